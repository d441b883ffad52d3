//! What is chosen on held-out users: the weight of expected stars in lists, and the read-out.

use crate::choice::LIKE;
use crate::encode::Encoded;
use crate::ranks;
use crate::rng::{Purpose, stream};
use crate::stars::Tuning;
use crate::train::readout;
use fewclicks_model::halves::{Given, Halves, level};
use fewclicks_model::model::readout::Readout;
use fewclicks_model::recommender::Recommender;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

/// The weights of stars that are tried. With more, items that few people know would lead lists by their expected stars.
const WEIGHTS: [f32; 6] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5];

/// The numbers of answers after which lists are measured.
const ANSWERS: [usize; 4] = [1, 5, 10, 20];

/// The length of a list.
const LISTED: usize = 10;

/// What held-out users decide.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chosen {
    /// β, the weight of expected stars in a list.
    pub stars_weight: f32,
    /// The read-out, on the scale of the ratings.
    pub readout: Option<Readout>,
    /// w_n, the weight of neighbours in the choice half; 0 where they do not help.
    pub neighbour_weight: f32,
    /// What held-out users decided of the stars half; `None` where the site has picks only.
    pub tuning: Option<Tuning>,
    /// How far new items are below the last row of a list before any answer, on average; `None` without new items.
    pub new_items: Option<f32>,
}

/// Choose for a model that the users `held_out` were left out of.
pub fn choose(halves: &Halves, encoded: &Encoded, held_out: &[usize], seed: u64) -> Chosen {
    let Some(_) = &halves.stars else { return Chosen::default() };
    let users: Vec<usize> = held_out.iter().copied().filter(|&user| encoded.lens[user] >= 2).collect();
    let ratings = encoded.shard.lists(&encoded.ratings, &users);
    let gains_of = |index: usize| gains_of(halves, encoded, (users[index], &ratings[index]), seed);
    let gains: Vec<[f64; WEIGHTS.len()]> = ranks::map(users.len(), gains_of).concat();
    let readout = readout::fit_on(&Recommender::from(halves.clone()), encoded, &users, &ratings, seed);
    Chosen { stars_weight: WEIGHTS[highest_at_no_cost(&gains)], readout, ..Chosen::default() }
}

/// Return the index of the highest weight whose nDCG is within a standard error of the best: stars keep disliked items off a
/// list, which shows in so few of them that their number would be a noisy thing to choose by.
fn highest_at_no_cost(gains: &[[f64; WEIGHTS.len()]]) -> usize {
    let total = |k: usize| gains.iter().map(|gains| gains[k]).sum::<f64>();
    let best = (1..WEIGHTS.len()).fold(0, |best, k| if total(k) > total(best) { k } else { best });
    let costs_nothing = |&k: &usize| {
        let losses: Vec<f64> = gains.iter().map(|gains| gains[best] - gains[k]).collect();
        let mean = losses.iter().sum::<f64>() / losses.len().max(1) as f64;
        let squares: f64 = losses.iter().map(|loss| (loss - mean).powi(2)).sum();
        mean <= squares.sqrt() / losses.len().max(1) as f64
    };
    (best..WEIGHTS.len()).rev().find(costs_nothing).unwrap_or(best)
}

/// Return, after each number of answers, the nDCG@10 of a user's list by weight.
fn gains_of(
    halves: &Halves,
    encoded: &Encoded,
    (user, ratings): (usize, &[(u32, f32)]),
    seed: u64,
) -> Vec<[f64; WEIGHTS.len()]> {
    let mut answers = ratings.to_vec();
    answers.shuffle(&mut stream(seed, Purpose::ListTasks, user as u64, 0));
    let is_liked = |rating: f32| level(&encoded.scale, Some(rating)) >= usize::from(LIKE);
    let mut gains = Vec::new();
    for count in ANSWERS.into_iter().filter(|&count| 2 * count <= answers.len()) {
        let (support, query) = answers.split_at(count);
        let likes = query.iter().filter(|&&(_, rating)| is_liked(rating)).count();
        if likes == 0 {
            continue;
        }
        let given: Vec<Given> =
            support.iter().map(|&(item, rating)| Given { item: item as usize, rating: Some(rating) }).collect();
        let adapted = halves.adapt(&Vec::new(), &given);
        let (choice, stars) = (halves.choice.scores(&adapted.choice), halves.expect_all(&adapted));
        let ideal: f64 = (0..LISTED.min(likes)).map(discount).sum();
        gains.push(WEIGHTS.map(|weight| {
            let mut scores: Vec<(usize, f32)> =
                choice.iter().zip(&stars).map(|(choice, stars)| choice + weight * stars).enumerate().collect();
            support.iter().for_each(|&(item, _)| scores[item as usize].1 = f32::NEG_INFINITY);
            let by_score = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
            if scores.len() > LISTED {
                scores.select_nth_unstable_by(LISTED, by_score);
                scores.truncate(LISTED);
            }
            scores.sort_unstable_by(by_score);
            let of = |(rank, (item, _)): (usize, &(usize, f32))| {
                let hit = query.iter().any(|&(other, rating)| other as usize == *item && is_liked(rating));
                if hit { discount(rank) } else { 0.0 }
            };
            scores.iter().enumerate().map(of).sum::<f64>() / ideal
        }));
    }
    gains
}

fn discount(rank: usize) -> f64 {
    1.0 / (rank as f64 + 2.0).log2()
}
