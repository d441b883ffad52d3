//! How much new items gain, so that they have a share of lists.
//!
//! The choice half places an item without answers by its fields, as an item of few answers: no list would name it, and nobody
//! could learn what it is worth. The biases of all new items are raised by the same number, as much as gives them [`SHARE`] of the
//! rows of lists after a few answers. None gains so much that it would be listed before any answer, where people expect what
//! they know.

use crate::encode::Encoded;
use crate::ranks;
use crate::rng::{Purpose, stream};
use crate::train::Loaded;
use fewclicks_model::halves::{Given, Halves};
use rand::seq::SliceRandom;

/// The share of the rows of lists that new items have together, if it is not more than their share of the catalogue.
const SHARE: f64 = 0.02;

/// The number of answers before a list, and its length.
const ANSWERS: usize = 5;
const LISTED: usize = 10;

/// The maximum gain, and the number of halvings of the range that it is searched in.
const MAX_GAIN: f32 = 16.0;
const HALVINGS: usize = 20;

/// The maximum number of users by whom it is chosen where training had no new items.
const MAX_USERS: usize = 500;

/// The scores of a user's possible rows.
struct Scores {
    /// Those of known items, best first, at most [`LISTED`].
    known: Vec<f32>,
    /// Those of all new items.
    new: Vec<f32>,
}

/// Return whether each item has no answers at all, or is left out of training as a new one. An item that only users who are
/// held out have answered is not new.
pub fn without_answers(Loaded { data, population, encoded, .. }: &Loaded) -> Vec<bool> {
    let mut is_known = vec![0; data.items.ids.len()];
    data.ratings.iter().for_each(|rating| is_known[rating.item as usize] = 1);
    encoded.shard.sum(&mut is_known);
    is_known.iter().zip(&population.cold_items).map(|(&is_known, is_cold)| is_known == 0 || *is_cold).collect()
}

/// Raise the biases of the items where `is_new`, so that on average they are `distance` below the last row of a list before any
/// answer.
pub fn raise(halves: &mut Halves, is_new: &[bool], distance: f32) {
    let limits = limits(halves, is_new);
    let gain = (mean(&limits) - distance).max(0.0);
    let new = halves.choice.bias.iter_mut().zip(is_new).filter(|(_, is_new)| **is_new);
    new.zip(limits).for_each(|((bias, _), limit)| *bias += gain.min(limit));
    halves.choice.start_mean = halves.choice.mean_vector(&halves.choice.start);
}

/// Choose the distance for [`raise`] on `users` whom `halves` did not learn from; `None` without users or new items.
pub fn choose(halves: &Halves, is_new: &[bool], encoded: &Encoded, users: &[usize], seed: u64) -> Option<f32> {
    let limits = limits(halves, is_new);
    let users: Vec<usize> = users.iter().copied().filter(|&user| encoded.lens[user] >= 2).collect();
    let ratings = encoded.shard.lists(&encoded.ratings, &users);
    if users.is_empty() || limits.is_empty() {
        return None;
    }
    let of_user = |index: usize| {
        let user = users[index];
        let mut answers = ratings[index].clone();
        answers.shuffle(&mut stream(seed, Purpose::NewItems, user as u64, 0));
        answers.truncate(ANSWERS.min(answers.len() / 2));
        let Scores { known, new } = scores(halves, is_new, &answers);
        (known, new)
    };
    let lists = ranks::map(users.len(), of_user).into_iter().map(|(known, new)| Scores { known, new });
    let lists: Vec<Scores> = lists.collect();
    let share = |gain: f32| {
        let rows: usize = lists.iter().map(|list| new_rows(list, &limits, gain)).sum();
        rows as f64 / (LISTED * users.len()) as f64
    };
    let wanted = SHARE.min(limits.len() as f64 / is_new.len() as f64);
    let (mut low, mut high) = (0.0, MAX_GAIN);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if share(middle) <= wanted { low = middle } else { high = middle }
    }
    Some(mean(&limits) - low)
}

/// Return the distance that was `chosen`, or one that is chosen on users whom `halves` learned from, where training had no new items.
pub fn distance(chosen: Option<f32>, halves: &Halves, is_new: &[bool], encoded: &Encoded, seed: u64) -> Option<f32> {
    let has_ratings = |&user: &usize| encoded.lens[user] > 0;
    let users: Vec<usize> = (0..encoded.lens.len()).filter(has_ratings).take(MAX_USERS).collect();
    chosen.or_else(|| choose(halves, is_new, encoded, &users, seed))
}

fn mean(numbers: &[f32]) -> f32 {
    let sum: f64 = numbers.iter().copied().map(f64::from).sum();
    (sum / numbers.len().max(1) as f64) as f32
}

/// Return how much each new item may gain without being listed before any answer.
fn limits(halves: &Halves, is_new: &[bool]) -> Vec<f32> {
    let Scores { known, new } = scores(halves, is_new, &[]);
    let last = known.last().copied().unwrap_or(0.0);
    new.iter().map(|score| (last - score).max(0.0)).collect()
}

/// Return the scores of all items but those of `answers`, after these.
fn scores(halves: &Halves, is_new: &[bool], answers: &[(u32, f32)]) -> Scores {
    let given: Vec<Given> =
        answers.iter().map(|&(item, rating)| Given { item: item as usize, rating: Some(rating) }).collect();
    let mut scores = Scores { known: Vec::new(), new: Vec::new() };
    for (item, score) in halves.scores(&halves.adapt(&Vec::new(), &given)).into_iter().enumerate() {
        if is_new[item] {
            scores.new.push(score);
        } else if given.iter().all(|given| given.item != item) {
            scores.known.push(score);
        }
    }
    scores.known.sort_unstable_by(|a, b| b.total_cmp(a));
    scores.known.truncate(LISTED);
    scores.known.shrink_to_fit();
    scores
}

/// Return how many new items are among the first [`LISTED`].
fn new_rows(Scores { known, new }: &Scores, limits: &[f32], gain: f32) -> usize {
    let mut raised: Vec<f32> = new.iter().zip(limits).map(|(score, limit)| score + gain.min(*limit)).collect();
    raised.sort_unstable_by(|a, b| b.total_cmp(a));
    raised.truncate(LISTED);
    let displaces = |&rows: &usize| known.get(LISTED - 1 - rows).is_none_or(|&score| raised[rows] > score);
    (0..raised.len()).take_while(displaces).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_items_are_listed_where_their_score_and_gain_exceed_those_they_displace() {
        let scores = Scores { known: (0..10).map(|rank| 10.0 - rank as f32).collect(), new: vec![0.0, 5.0, 4.5] };
        let free = [f32::MAX; 3];
        assert_eq!(new_rows(&scores, &free, 0.0), 2, "5 displaces the 1, and 4.5 the 2");
        assert_eq!(new_rows(&scores, &free, -3.8), 1, "1.2 displaces the 1, and .7 not the 2");
        assert_eq!(new_rows(&scores, &free, 10.0), 3);
        assert_eq!(new_rows(&scores, &[0.5, 9.0, 9.0], 10.0), 2, "the first may gain .5 at most");
        let short = Scores { known: scores.known[..3].to_vec(), ..scores };
        assert_eq!(new_rows(&short, &free, -100.0), 3, "a short list has room for all");
    }
}
