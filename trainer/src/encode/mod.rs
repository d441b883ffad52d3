//! A data set as the model reads it: vocabularies, embedding rows, and which ratings may be learned from.

pub mod graph;
pub mod population;

use crate::data::{Column, ColumnKind, Dataset, Feedback, Rating, Table};
use crate::encode::graph::neighbours;
use crate::encode::population::Population;
use crate::preset::{ModelConfig, Preset};
use fewclicks_model::model::features::{UNKNOWN, Vocabulary};
use fewclicks_model::model::scale::Scale;
use fewclicks_model::network::layout::{Architecture, Field, Layout, LayoutError};
use fewclicks_model::network::task::{Items, Rows, User};
use std::cmp::Reverse;
use std::collections::HashMap;

/// The name of the field that is the item's own id; in brackets, as no column of the data is likely to be.
pub const ID: &str = "(id)";

/// The name of the field that all items share.
pub const CONSTANT: &str = "(constant)";

/// Everything that training needs of a data set.
#[derive(Debug)]
pub struct Encoded {
    pub layout: Layout,
    pub user_vocabularies: Vec<Vocabulary>,
    /// The whole catalogue; an item without training ratings has the unknown row for id and bias.
    pub items: Items,
    /// All users.
    pub users: Vec<User>,
    /// Per user the ratings, or of a preset for picks the picks, that may be learned from, by item; none for users who
    /// are held out.
    pub ratings: Vec<Vec<(u32, f32)>>,
    /// Per item how many of these there are.
    pub popularity: Vec<u32>,
    /// Their mean.
    pub mean: f32,
    pub scale: Scale,
    /// Which item field is the id, if any.
    pub id_field: Option<usize>,
}

impl Encoded {
    /// Encodes `data`; vocabularies and counts come from the training part of `population` alone.
    ///
    /// # Errors
    /// Where the configuration makes no model.
    pub fn new(data: &Dataset, population: &Population, preset: &Preset) -> Result<Self, LayoutError> {
        let config = &preset.model;
        let mut trained: Vec<Rating> = data.ratings.iter().copied().filter(|r| population.may_learn(r)).collect();
        let mean = mean(trained.iter().map(|r| r.value)).unwrap_or((data.scale.min + data.scale.max) / 2.0);
        let scale = scale(data, &trained, mean);
        if preset.feedback() == Feedback::Picks {
            trained.retain(|rating| scale.is_like(rating.value));
        }
        let mut ratings = vec![Vec::new(); data.users.ids.len()];
        let mut popularity = vec![0; data.items.ids.len()];
        for &Rating { user, item, value } in &trained {
            ratings[user as usize].push((item, value));
            popularity[item as usize] += 1;
        }
        ratings.iter_mut().for_each(|list| list.sort_unstable_by_key(|&(item, _)| item));

        let item_columns = features(&data.items, config);
        let item_vocabularies = vocabularies(&item_columns, |item| popularity[item] > 0, config.min_count);
        let user_columns = features(&data.users, config);
        let user_vocabularies = vocabularies(&user_columns, |user| !ratings[user].is_empty(), config.min_count);

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
            start: config.start.then_some(own_table),
        })?;
        Ok(Self {
            layout,
            user_vocabularies,
            items: Items { fields: item_rows, bias: own_rows },
            users: (0..data.users.ids.len()).map(user).collect(),
            scale,
            ratings,
            popularity,
            mean,
            id_field,
        })
    }
}

impl Encoded {
    /// The share of training users who have an opinion of the item.
    pub fn known(&self, item: usize) -> f32 {
        let users = self.ratings.iter().filter(|ratings| !ratings.is_empty()).count();
        self.popularity[item] as f32 / users.max(1) as f32
    }
}

/// All items, the most popular first; equals in the catalogue's order.
pub fn by_popularity(popularity: &[u32]) -> Vec<usize> {
    let mut items: Vec<usize> = (0..popularity.len()).collect();
    items.sort_by_key(|&item| Reverse(popularity[item]));
    items
}

/// The data's scale; a like is the mean of the ratings above the mean, or a pick.
fn scale(data: &Dataset, trained: &[Rating], mean: f32) -> Scale {
    let crate::data::Scale { min, max } = data.scale;
    let (like, dislike) = match data.feedback() {
        Feedback::Picks => (max, min),
        Feedback::Ratings => (
            mean_of(trained, |value| value > mean).unwrap_or(max),
            mean_of(trained, |value| value <= mean).unwrap_or(min),
        ),
    };
    Scale { min, max, like, dislike }
}

/// Per item its own row as often as it has neighbours, and theirs: in the mean of the rows both halves weigh the same.
/// An item without neighbours has its own row alone.
fn with_neighbours(own_rows: &[u32], neighbours: &[Vec<u32>]) -> Rows {
    let mut rows = Rows::default();
    for (&own, neighbours) in own_rows.iter().zip(neighbours) {
        let mut list = vec![own; neighbours.len().max(1)];
        list.extend(neighbours.iter().map(|&item| own_rows[item as usize]));
        rows.push(&list);
    }
    rows
}

/// Per item its row in tables with a row for each item in training; all others share [`UNKNOWN`].
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

fn mean_of(ratings: &[Rating], keep: impl Fn(f32) -> bool) -> Option<f32> {
    mean(ratings.iter().map(|r| r.value).filter(|&value| keep(value)))
}

fn mean(values: impl Iterator<Item = f32>) -> Option<f32> {
    let (sum, count) = values.fold((0.0, 0u64), |(sum, count), value| (sum + f64::from(value), count + 1));
    (count > 0).then(|| (sum / count as f64) as f32)
}

fn features<'a>(table: &'a Table, config: &ModelConfig) -> Vec<&'a Column> {
    let used = |column: &&Column| column.kind != ColumnKind::Display && !config.drop.contains(&column.name);
    table.columns.iter().filter(used).collect()
}

/// Per column the values that at least `min_count` of the rows in training have, in the order they first appear.
fn vocabularies(columns: &[&Column], in_training: impl Fn(usize) -> bool, min_count: usize) -> Vec<Vocabulary> {
    let vocabulary = |column: &&Column| {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut order = Vec::new();
        let rows = column.values.iter().enumerate().filter(|&(row, _)| in_training(row));
        for value in rows.flat_map(|(_, values)| values) {
            let count = counts.entry(value).or_default();
            if *count == 0 {
                order.push(value);
            }
            *count += 1;
        }
        let frequent = order.into_iter().filter(|value| counts[value.as_str()] >= min_count).cloned().collect();
        Vocabulary::new(column.name.clone(), frequent)
    };
    columns.iter().map(vocabulary).collect()
}

fn fields(vocabularies: &[Vocabulary], config: &ModelConfig) -> Vec<Field> {
    let place = |(k, vocabulary): (usize, &Vocabulary)| {
        let adds = config.sum && k > 0;
        Field { adds, ..field(vocabulary.name(), vocabulary.table_rows(), config) }
    };
    vocabularies.iter().enumerate().map(place).collect()
}

fn field(name: &str, rows: usize, config: &ModelConfig) -> Field {
    Field::new(name, rows, config.widths.get(name).copied().unwrap_or(config.width))
}

fn encode(columns: &[&Column], vocabularies: &[Vocabulary], entities: usize) -> Vec<Rows> {
    let rows = |(column, vocabulary): (&&Column, &Vocabulary)| {
        let mut rows = Rows::default();
        for entity in 0..entities {
            rows.push(&vocabulary.encode(column.values[entity].iter().map(String::as_str)));
        }
        rows
    };
    columns.iter().zip(vocabularies).map(rows).collect()
}
