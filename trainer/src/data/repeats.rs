//! Several ratings or picks of an item by one user: counted once, merged, or refused.

use crate::data::dataset::Rating;
use crate::data::policy::Repeats;
use std::collections::{HashMap, HashSet};

/// The number of parts that users are split into.
const PARTS: u32 = 8;

/// Which ratings are dropped because the user rated the item again.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    /// Indices of ratings to drop.
    pub dropped: HashSet<usize>,
    /// Number of these that equal another rating of the same item by the same user.
    pub equal: u64,
    /// Values of ratings that stand for several, by index.
    pub merged: Vec<(usize, f32)>,
    /// First and second index of ratings that contradict each other, in the order of the second.
    pub refused: Vec<(usize, usize)>,
}

/// Find the repeated pairs of user and item. `times` is empty where there are none.
pub(super) fn find(ratings: &[Rating], times: &[i64], policy: Repeats) -> Repeated {
    let repeated = repeated(ratings);
    let mut found = Repeated::default();
    if repeated.is_empty() {
        return found;
    }
    let mut groups: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, rating) in ratings.iter().enumerate() {
        let key = key(rating);
        if repeated.contains(&key) {
            groups.entry(key).or_default().push(index);
        }
    }
    let time = |index: usize| times.get(index).copied().unwrap_or_default();
    let value = |index: usize| ratings[index].value;
    for group in groups.into_values() {
        let mut distinct: Vec<usize> = Vec::new();
        // Of equal ratings the one that may count is kept: another may lie between them.
        let order: Vec<usize> = match policy {
            Repeats::Last => group.into_iter().rev().collect(),
            _ => group,
        };
        for index in order {
            if distinct.iter().any(|&other| value(other) == value(index) && time(other) == time(index)) {
                found.dropped.insert(index);
                found.equal += 1;
            } else {
                distinct.push(index);
            }
        }
        let [first, others @ ..] = &distinct[..] else { continue };
        let kept = match policy {
            Repeats::Refuse => {
                match others.iter().find(|&&other| value(other) != value(*first)) {
                    Some(&second) => found.refused.push((*first, second)),
                    None => found.equal += others.len() as u64,
                }
                *first
            }
            Repeats::First => distinct.iter().copied().min_by_key(|&index| (time(index), index)).unwrap_or(*first),
            Repeats::Last => distinct.iter().copied().max_by_key(|&index| (time(index), index)).unwrap_or(*first),
            Repeats::Mean => {
                let sum: f64 = distinct.iter().map(|&index| f64::from(value(index))).sum();
                found.merged.push((*first, (sum / distinct.len() as f64) as f32));
                *first
            }
        };
        found.dropped.extend(distinct.iter().copied().filter(|&index| index != kept));
    }
    found.refused.sort_unstable_by_key(|&(_, second)| second);
    found
}

/// Return the keys that several ratings have. Sorted keys need far less memory than a map of all of them, and those of a part of the
/// users at a time less still.
fn repeated(ratings: &[Rating]) -> HashSet<u64> {
    let mut repeated = HashSet::new();
    let mut keys = Vec::new();
    for part in 0..PARTS {
        keys.clear();
        keys.extend(ratings.iter().filter(|rating| rating.user % PARTS == part).map(key));
        keys.sort_unstable();
        repeated.extend(keys.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]));
    }
    repeated
}

fn key(rating: &Rating) -> u64 {
    u64::from(rating.user) << 32 | u64::from(rating.item)
}
