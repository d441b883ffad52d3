//! An encoded data set: vocabularies, embedding rows, and the ratings to learn from.

use crate::data::{Dataset, Feedback, Rating, Table};
use crate::encode::columns::{encode, features, field, fields, vocabularies};
use crate::encode::graph::neighbours;
use crate::encode::population::Population;
use crate::preset::ModelConfig;
use crate::ranks::Shard;
use fewclicks_model::model::scale::Scale;
use fewclicks_model::model::vocabulary::{UNKNOWN, Vocabulary};
use fewclicks_model::network::architecture::{Architecture, Field};
use fewclicks_model::network::layout::{Layout, LayoutError};
use fewclicks_model::network::task::{Items, Rows, User};

/// Name of the item id's field; the brackets keep it apart from columns of the data.
pub const ID: &str = "(id)";

/// Name of the field that all items share.
pub const CONSTANT: &str = "(constant)";

/// An encoded data set.
#[derive(Debug)]
pub struct Encoded {
    /// Layout of the parameters.
    pub layout: Layout,
    /// Vocabularies of the user fields.
    pub user_vocabularies: Vec<Vocabulary>,
    /// Vocabularies of the item fields, the id aside.
    pub item_vocabularies: Vec<Vocabulary>,
    /// The catalogue. An item without training ratings has the unknown row for id and bias.
    pub items: Items,
    /// All users, in the order of the data set.
    pub users: Vec<User>,
    /// Training ratings (or, for a preset that learns from picks, picks) by user, sorted by item; empty for held-out
    /// users, and for those of other ranks.
    pub ratings: Vec<Vec<(u32, f32)>>,
    /// The number of training ratings or picks of each user, of any rank.
    pub lens: Vec<u32>,
    /// The users whose ratings this rank has.
    pub shard: Shard,
    /// How much each of them counts, on average 1: 1 + ln of how often a pick was made. Empty where all count alike.
    pub confidence: Vec<Vec<f32>>,
    /// Number of training ratings or picks of each item.
    pub popularity: Vec<u32>,
    /// Mean training rating.
    pub mean: f32,
    /// Scale of the ratings, with the ratings that stand for likes and dislikes.
    pub scale: Scale,
    /// Index of the item field that is the id, if the model has one.
    pub id_field: Option<usize>,
}

impl Encoded {
    /// Encode `data`, all of whose ratings this rank has. As [`Encoded::of_shard`].
    ///
    /// # Errors
    /// Return an error if the configuration makes no model.
    pub fn new(
        data: &Dataset,
        population: &Population,
        config: &ModelConfig,
        feedback: Feedback,
    ) -> Result<Self, LayoutError> {
        Self::of_shard(data, Shard::whole(data.users.ids.len()), population, config, feedback)
    }

    /// Encode `data`, which has the ratings of a shard, for a model that learns from `feedback`. Vocabularies and counts come from the
    /// training part of `population` alone.
    ///
    /// # Errors
    /// Return an error if the configuration makes no model.
    pub fn of_shard(
        data: &Dataset,
        shard: Shard,
        population: &Population,
        config: &ModelConfig,
        feedback: Feedback,
    ) -> Result<Self, LayoutError> {
        let learned = || data.ratings.iter().filter(|rating| population.may_learn(rating));
        let values = || learned().map(|rating| rating.value);
        let mean = mean(&shard, values()).unwrap_or((data.scale.min + data.scale.max) / 2.0);
        let scale = scale(data, &shard, values, mean);
        let is_learned = |rating: &Rating| feedback == Feedback::Ratings || scale.is_like(rating.value);
        let mut lens = vec![0; data.users.ids.len()];
        let mut popularity = vec![0; data.items.ids.len()];
        for rating in learned().filter(|rating| is_learned(rating)) {
            lens[rating.user as usize] += 1;
            popularity[rating.item as usize] += 1;
        }
        let mut ratings: Vec<Vec<(u32, f32)>> = lens.iter().map(|&len| Vec::with_capacity(len as usize)).collect();
        for &Rating { user, item, value } in learned().filter(|rating| is_learned(rating)) {
            ratings[user as usize].push((item, value));
        }
        ratings.iter_mut().for_each(|list| list.sort_unstable_by_key(|&(item, _)| item));
        shard.sum(&mut lens);
        shard.sum(&mut popularity);

        let confidence = confidence(data, &shard, |rating| population.may_learn(rating) && is_learned(rating));

        let item_columns = features(&data.items, config, |item| popularity[item] > 0);
        let item_vocabularies = vocabularies(&item_columns, |item| popularity[item] > 0, config.min_count);
        let user_columns = features(&data.users, config, |user| lens[user] > 0);
        let user_vocabularies = vocabularies(&user_columns, |user| lens[user] > 0, config.min_count);

        let own_rows = own_rows(&popularity);
        let own_table = 1 + own_rows.iter().max().copied().unwrap_or(UNKNOWN) as usize;
        let mut item_fields = fields(&item_vocabularies, config);
        let mut item_rows = encode(&item_columns, &item_vocabularies, data.items.ids.len());
        let id_field = config.id.then_some(item_fields.len());
        if config.id {
            let adds = config.sum && !item_fields.is_empty();
            item_fields.push(Field { adds, ..field(ID, own_table, config) });
            item_rows.push(match config.graph {
                0 => own_rows.iter().map(std::slice::from_ref).collect(),
                count => with_neighbours(&own_rows, &neighbours(&ratings, &popularity, count)),
            });
        }
        if config.constant {
            item_fields.push(Field::new(CONSTANT, 1, 1));
            item_rows.push(own_rows.iter().map(|_| &[UNKNOWN][..]).collect());
        }
        let user_rows = encode(&user_columns, &user_vocabularies, data.users.ids.len());
        let user = |u: usize| user_rows.iter().map(|rows| rows.get(u).to_vec()).collect();
        let layout = Layout::new(Architecture {
            item_fields,
            user_fields: fields(&user_vocabularies, config),
            hidden: config.hidden.clone(),
            linear: config.linear,
            item_bias: config.bias.then_some(own_table),
            implicit: config.start.then_some(own_table),
        })?;
        Ok(Self {
            layout,
            user_vocabularies,
            item_vocabularies,
            items: Items { fields: item_rows, bias: own_rows },
            users: (0..data.users.ids.len()).map(user).collect(),
            scale,
            ratings,
            lens,
            shard,
            confidence,
            popularity,
            mean,
            id_field,
        })
    }
}

impl Encoded {
    /// Encode the users anew by the vocabularies of a model that learned from other data.
    pub fn with_users(self, users: &Table, vocabularies: &[Vocabulary]) -> Self {
        let of_user = |user: usize| vocabularies.iter().map(|vocabulary| users.encode(user, vocabulary)).collect();
        let users = (0..users.ids.len()).map(of_user).collect();
        Self { users, user_vocabularies: vocabularies.to_vec(), ..self }
    }

    /// The share of training users who have an opinion of the item.
    pub fn known(&self, item: usize) -> f32 {
        let users = self.lens.iter().filter(|&&len| len > 0).count();
        self.popularity[item] as f32 / users.max(1) as f32
    }
}

/// Return how much each rating that is learned from counts, by user, in the order of the items; the mean is 1. Counts of implicit
/// feedback span orders of magnitude, so that their logarithm is taken (Hu, Koren and Volinsky 2008).
fn confidence(data: &Dataset, shard: &Shard, is_learned: impl Fn(&Rating) -> bool) -> Vec<Vec<f32>> {
    if shard.total(data.counts.len()) == 0 {
        return Vec::new();
    }
    let mut by_user = vec![Vec::new(); data.users.ids.len()];
    for (rating, count) in data.ratings.iter().zip(&data.counts).filter(|(rating, _)| is_learned(rating)) {
        by_user[rating.user as usize].push((rating.item, 1.0 + count.max(1.0).ln()));
    }
    let mean = mean(shard, by_user.iter().flatten().map(|&(_, confidence)| confidence)).unwrap_or(1.0);
    let sorted = |mut list: Vec<(u32, f32)>| {
        list.sort_unstable_by_key(|&(item, _)| item);
        list.into_iter().map(|(_, confidence)| confidence / mean).collect()
    };
    by_user.into_iter().map(sorted).collect()
}

/// Return the data's scale, with ratings for likes and dislikes: the means of the training ratings above the mean and
/// of the others, or for picks 1 and 0.
fn scale<I: Iterator<Item = f32>>(data: &Dataset, shard: &Shard, values: impl Fn() -> I, middle: f32) -> Scale {
    let crate::data::Scale { min, max } = data.scale;
    let (like, dislike) = match data.feedback() {
        Feedback::Picks => (max, min),
        Feedback::Ratings => (
            mean(shard, values().filter(|&value| value > middle)).unwrap_or(max),
            mean(shard, values().filter(|&value| value <= middle)).unwrap_or(min),
        ),
    };
    Scale { min, max, like, dislike }
}

/// Return the id rows of each item for the graph: its own row as often as it has neighbours, and the neighbours' rows,
/// so that both halves have the same weight in the mean. An item without neighbours has its own row alone.
fn with_neighbours(own_rows: &[u32], neighbours: &[Vec<u32>]) -> Rows {
    let mut rows = Rows::default();
    for (&own, neighbours) in own_rows.iter().zip(neighbours) {
        let mut list = vec![own; neighbours.len().max(1)];
        list.extend(neighbours.iter().map(|&item| own_rows[item as usize]));
        rows.push(&list);
    }
    rows
}

/// Return the row of each item in tables with a row per training item; all other items have row [`UNKNOWN`].
fn own_rows(popularity: &[u32]) -> Vec<u32> {
    let mut last = UNKNOWN;
    let row = |&ratings: &u32| {
        if ratings == 0 {
            return UNKNOWN;
        }
        last += 1;
        last
    };
    popularity.iter().map(row).collect()
}

/// Return the mean of the `values` of all ranks; `None` if there are none.
fn mean(shard: &Shard, values: impl Iterator<Item = f32>) -> Option<f32> {
    let add = |start| values.fold(start, |(sum, count), value| (sum + f64::from(value), count + 1));
    let (sum, count) = shard.in_turn((0.0, 0u64), add);
    (count > 0).then(|| (sum / count as f64) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Scale, Table};

    /// Counts that differ by orders of magnitude differ by steps of a logarithm, in the order of the items, and their mean is 1.
    #[test]
    fn confidence_is_the_logarithm_of_counts() {
        let ids = |count: usize| Table { ids: (0..count).map(|id| id.to_string()).collect(), ..Table::default() };
        let pick = |user, item| Rating { user, item, value: 1.0 };
        let data = Dataset {
            name: String::new(),
            notice: String::new(),
            scale: Scale::PICKS,
            items: ids(3),
            users: ids(2),
            ratings: vec![pick(0, 2), pick(0, 0), pick(1, 1)],
            times: Vec::new(),
            counts: vec![1e6, 1.0, 1e3],
            changes: Vec::new(),
        };
        let shard = Shard::whole(2);
        let found = confidence(&data, &shard, |_| true);
        let expected = [1.0, 1.0 + 1e6f32.ln(), 1.0 + 1e3f32.ln()];
        let mean = expected.iter().sum::<f32>() / 3.0;
        let close =
            |found: &[f32], expected: &[f32]| found.iter().zip(expected).all(|(a, b)| (a - b / mean).abs() < 1e-5);
        assert!(close(&found[0], &expected[..2]) && close(&found[1], &expected[2..]), "{found:?}");
        assert!(confidence(&Dataset { counts: Vec::new(), ..data }, &shard, |_| true).is_empty());
    }
}
