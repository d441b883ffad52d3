//! Fits the read-out at the median: isotonic median regression on ratings of training users.

use crate::encode::Encoded;
use crate::predict::Predictor;
use crate::ranks;
use crate::rng::{Purpose, stream};
use fewclicks_model::model::Model;
use fewclicks_model::model::readout::Readout;
use fewclicks_model::model::vocabulary::UNKNOWN;
use fewclicks_model::network::layout::LayoutError;
use fewclicks_model::network::task::User;
use fewclicks_model::recommender::Recommender;
use rand::seq::{IndexedRandom, SliceRandom};
use rand_chacha::ChaCha8Rng;

/// Maximum number of knots.
const KNOTS: usize = 128;

/// Weight of the prediction itself in the read-out: makes the function strictly increasing, so that it keeps the order.
const SLOPE: f32 = 0.05;

/// Sizes of support sets to predict after.
const SUPPORT: [usize; 6] = [0, 3, 5, 10, 20, 40];

/// Maximum number of query ratings per user.
const MAX_QUERY: usize = 20;

/// Fit the read-out of `model` with the least absolute error on a task drawn from each training user; `None` if there are
/// too few ratings.
///
/// # Errors
/// Return an error if the catalogue makes the folded model too large.
pub fn fit(model: &Model, encoded: &Encoded, seed: u64) -> Result<Option<Readout>, LayoutError> {
    let predictor = Recommender::from(model.fold(&encoded.items)?);
    let users: Vec<usize> = (0..encoded.users.len()).filter(|&user| encoded.ratings[user].len() >= 2).collect();
    let pairs = |index: usize| {
        let user = users[index];
        let (mut rng, ratings) = shuffled(&encoded.ratings[user], user, seed);
        let size = SUPPORT.choose(&mut rng).map_or(0, |&size| size.min(ratings.len() / 2));
        let (support, query) = ratings.split_at(size);
        pairs(&predictor, &encoded.users[user], support, query)
    };
    Ok(isotonic_medians(ranks::map(users.len(), pairs).concat()))
}

/// Fit a read-out of the expected ratings of `predictor` on a few users who were held out of it, each with at least two
/// `ratings`: after each number of answers, as anonymous visitors and with their fields; `None` if there are too few ratings.
pub fn fit_on(
    predictor: &dyn Predictor,
    encoded: &Encoded,
    users: &[usize],
    ratings: &[Vec<(u32, f32)>],
    seed: u64,
) -> Option<Readout> {
    let pairs = |index: usize| {
        let user = users[index];
        let (_, ratings) = shuffled(&ratings[index], user, seed);
        let unknown: User = vec![vec![UNKNOWN]; encoded.users[user].len()];
        let after = |size: usize| {
            let (support, query) = ratings.split_at(size.min(ratings.len() / 2));
            let anonymous = pairs(predictor, &unknown, support, query);
            anonymous.into_iter().chain(pairs(predictor, &encoded.users[user], support, query))
        };
        SUPPORT.into_iter().flat_map(after).collect::<Vec<_>>()
    };
    isotonic_medians(ranks::map(users.len(), pairs).concat())
}

/// Return the ratings of a user in random order.
fn shuffled(ratings: &[(u32, f32)], user: usize, seed: u64) -> (ChaCha8Rng, Vec<(u32, f32)>) {
    let mut rng = stream(seed, Purpose::Readout, user as u64, 0);
    let mut ratings = ratings.to_vec();
    ratings.shuffle(&mut rng);
    (rng, ratings)
}

/// Return the predictions of `query` after `support`, each with its rating.
fn pairs(predictor: &dyn Predictor, user: &User, support: &[(u32, f32)], query: &[(u32, f32)]) -> Vec<(f32, f32)> {
    let query = &query[..query.len().min(MAX_QUERY)];
    let items: Vec<u32> = query.iter().map(|&(item, _)| item).collect();
    predictor.ratings(user, support, &items).into_iter().zip(query.iter().map(|&(_, rating)| rating)).collect()
}

/// Fit a read-out to `pairs` of prediction and rating.
fn isotonic_medians(mut pairs: Vec<(f32, f32)>) -> Option<Readout> {
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut blocks: Vec<Block> = Vec::new();
    let size = pairs.len().div_ceil(KNOTS).max(1);
    for bin in pairs.chunks(size) {
        let mut block = Block::of(bin);
        // Pool adjacent violators: merge a block with the one before it if the medians decrease.
        while let Some(last) = blocks.pop_if(|last| last.median() >= block.median()) {
            block = last.join(block);
        }
        blocks.push(block);
    }
    let mut knots: Vec<[f32; 2]> = Vec::new();
    for block in &blocks {
        for x in block.centres.iter().copied() {
            let y = (1.0 - SLOPE) * block.median() + SLOPE * x;
            if knots.last().is_none_or(|last| last[0] < x && last[1] < y) {
                knots.push([x, y]);
            }
        }
    }
    Some(Readout { knots }).filter(Readout::is_valid)
}

/// Adjacent bins that share one median.
struct Block {
    /// Median prediction of each bin.
    centres: Vec<f32>,
    /// Sorted ratings.
    ratings: Vec<f32>,
}

impl Block {
    fn of(bin: &[(f32, f32)]) -> Self {
        let mut ratings: Vec<f32> = bin.iter().map(|&(_, rating)| rating).collect();
        ratings.sort_by(f32::total_cmp);
        Self { centres: vec![bin[bin.len() / 2].0], ratings }
    }

    fn median(&self) -> f32 {
        self.ratings[self.ratings.len() / 2]
    }

    fn join(mut self, other: Self) -> Self {
        self.centres.extend(other.centres);
        self.ratings.extend(other.ratings);
        self.ratings.sort_by(f32::total_cmp);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Return predictions from 1 to 5, with rating 5 above 3.2 and 2 below, except for every fifth pair, which has the
    /// other one.
    fn pairs() -> Vec<(f32, f32)> {
        let rating = |i: usize, x: f32| if (x > 3.2) != i.is_multiple_of(5) { 5.0 } else { 2.0 };
        (0..4000).map(|i| (1.0 + i as f32 / 1000.0, i)).map(|(x, i)| (x, rating(i, x))).collect()
    }

    #[test]
    fn the_median_has_the_least_absolute_error_and_keeps_the_order() {
        let pairs = pairs();
        let readout = isotonic_medians(pairs.clone()).unwrap();
        let error = |read: &dyn Fn(f32) -> f32| pairs.iter().map(|&(x, r)| (read(x) - r).abs()).sum::<f32>();
        let best = error(&|x| if x > 3.2 { 5.0 } else { 2.0 });
        assert!(error(&|x| readout.apply(x)) < 1.15 * best);
        assert!(error(&|x| x) > 1.5 * best);
        assert!(pairs.windows(2).all(|pair| readout.apply(pair[0].0) < readout.apply(pair[1].0)));
    }

    #[test]
    fn too_little_to_learn_from_is_no_readout() {
        assert_eq!(isotonic_medians(vec![]), None);
        assert_eq!(isotonic_medians(vec![(3.0, 4.0)]), None);
        assert_eq!(isotonic_medians(vec![(3.0, 4.0), (3.0, 5.0)]), None);
    }
}
