//! A data set in numbers: sizes, and distributions of ratings.

use super::recommended::Popular;
use crate::data::{Change, Feedback, Rating};
use crate::preset::Preset;
use crate::train::{Learned, LeftOut, Loaded};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Maximum number of bars for values; more values are put into as many bins of equal width.
const MAX_VALUES: usize = 20;

/// A data set in numbers.
#[derive(Debug, Serialize)]
pub struct Summary {
    pub name: String,
    /// The data's notice.
    pub notice: String,
    /// Whether the data is ratings or picks; serialised as the boolean `picks`.
    #[serde(rename = "picks", serialize_with = "is_picks")]
    pub feedback: Feedback,
    pub users: usize,
    pub items: usize,
    /// Number of ratings or picks.
    pub ratings: usize,
    /// Ratings as a share of all pairs of user and item.
    pub density: f64,
    pub min: f32,
    pub max: f32,
    /// Users, items and ratings (or picks) in training.
    pub learned: [usize; 3],
    /// What training left out.
    pub left_out: Vec<LeftOut>,
    /// What reading dropped, merged or found unknown.
    pub changes: Vec<Change>,
    /// Number of held-out users.
    pub held_out: usize,
    /// Popularity of the items in training.
    pub popular: Popular,
    pub per_user: Vec<Bar>,
    pub per_item: Vec<Bar>,
    /// Distribution of the ratings; empty for picks.
    pub values: Vec<Bar>,
}

/// Number of values from `from` to below `below`; exactly `from` if the two are equal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bar {
    pub from: f64,
    pub below: f64,
    pub count: usize,
}

fn is_picks<S: Serializer>(feedback: &Feedback, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(*feedback == Feedback::Picks)
}

/// Summarise the data of a run with `preset`.
pub fn summarise(loaded: &Loaded, preset: &Preset) -> Summary {
    let Loaded { data, population, encoded, .. } = loaded;
    let (users, items) = (data.users.ids.len(), data.items.ids.len());
    let feedback = data.feedback();
    let count = |row: fn(&Rating) -> u32, rows: usize| {
        let mut counts = vec![0; rows];
        data.ratings.iter().for_each(|rating| counts[row(rating) as usize] += 1);
        counts
    };
    let per_item = count(|rating| rating.item, items);
    let learned = Learned::of(loaded, preset);
    Summary {
        name: data.name.clone(),
        notice: data.notice.clone(),
        feedback,
        users,
        items,
        ratings: data.ratings.len(),
        density: data.ratings.len() as f64 / (users as f64 * items as f64),
        min: data.scale.min,
        max: data.scale.max,
        learned: [learned.users, learned.items, learned.ratings],
        left_out: learned.left_out,
        changes: data.changes.clone(),
        held_out: population.validation.len(),
        popular: Popular::of(&encoded.popularity, &encoded.popularity),
        per_user: doubling(&count(|rating| rating.user, users)),
        per_item: doubling(&per_item),
        values: match feedback {
            Feedback::Ratings => values(data.ratings.iter().map(|rating| rating.value)),
            Feedback::Picks => Vec::new(),
        },
    }
}

/// Count values in bars 0, 1, 2–3, 4–7, …, from the first that is not empty to the last.
pub fn doubling(counts: &[u32]) -> Vec<Bar> {
    let mut bars: BTreeMap<u32, usize> = BTreeMap::new();
    counts.iter().for_each(|&count| *bars.entry(u32::BITS - count.leading_zeros()).or_default() += 1);
    let ends = bars.keys().min().copied().zip(bars.keys().max().copied());
    let bar = |bits: u32| {
        let (from, below) = if bits == 0 { (0, 1) } else { (1 << (bits - 1), 1u64 << bits) };
        Bar { from: from as f64, below: below as f64, count: bars.get(&bits).copied().unwrap_or_default() }
    };
    ends.map(|(first, last)| (first..=last).map(bar).collect()).unwrap_or_default()
}

/// Count ratings in a bar per value, or in [`MAX_VALUES`] bars of equal width if there are more values.
fn values(values: impl Iterator<Item = f32>) -> Vec<Bar> {
    let mut sorted: Vec<f32> = values.collect();
    sorted.sort_by(f32::total_cmp);
    let alike = sorted.chunk_by(|a, b| a == b);
    let bars: Vec<Bar> =
        alike.map(|same| Bar { from: same[0].into(), below: same[0].into(), count: same.len() }).collect();
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else { return bars };
    if bars.len() <= MAX_VALUES {
        return bars;
    }
    let width = (last.from - first.from) / MAX_VALUES as f64;
    let edge = |bin: usize| first.from + width * bin as f64;
    let mut equal: Vec<Bar> =
        (0..MAX_VALUES).map(|bin| Bar { from: edge(bin), below: edge(bin + 1), count: 0 }).collect();
    for bar in &bars {
        equal[(((bar.from - first.from) / width) as usize).min(MAX_VALUES - 1)].count += bar.count;
    }
    equal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_double_and_leave_no_gap() {
        let bars = doubling(&[1, 3, 2, 9]);
        let expected = [(1, 2, 1), (2, 4, 2), (4, 8, 0), (8, 16, 1)];
        assert_eq!(
            bars,
            expected.map(|(from, below, count)| Bar { from: f64::from(from), below: f64::from(below), count })
        );
        assert_eq!(doubling(&[0, 1])[0], Bar { from: 0.0, below: 1.0, count: 1 });
    }

    #[test]
    fn few_values_have_a_bar_each_and_many_share_some() {
        assert_eq!(values([3.0, 1.0, 3.0].into_iter())[1], Bar { from: 3.0, below: 3.0, count: 2 });
        let many = values((0..=1000).map(|i| i as f32));
        assert_eq!((many.len(), many.iter().map(|bar| bar.count).sum::<usize>()), (MAX_VALUES, 1001));
        assert_eq!((many[1].from, many[19].below), (50.0, 1000.0));
    }
}
