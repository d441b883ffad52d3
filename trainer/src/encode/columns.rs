//! Feature columns as fields of a model: vocabularies, embedding tables, and rows.

use crate::data::bins::{is_ordered, lower_end};
use crate::data::{Column, ColumnKind, Table};
use crate::preset::ModelConfig;
use fewclicks_model::model::vocabulary::Vocabulary;
use fewclicks_model::network::architecture::Field;
use fewclicks_model::network::task::Rows;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Return the feature columns that the model uses, with the values that it learns.
pub fn features<'a>(
    table: &'a Table,
    config: &ModelConfig,
    in_training: impl Fn(usize) -> bool,
) -> Vec<Cow<'a, Column>> {
    let used = |column: &&Column| column.kind != ColumnKind::Display && !config.drop.contains(&column.name);
    table.columns.iter().filter(used).map(|column| column.learned(&in_training)).collect()
}

/// Return the names of the feature columns with fewer than two rows in training per value on average: such values are memorised,
/// not learned from, and nobody looks for theirs among so many.
pub fn nearly_unique(table: &Table, in_training: &[bool]) -> Vec<String> {
    let is = |column: &&Column| {
        let rows = column.values.iter().zip(in_training).filter(|(values, warm)| **warm && !values.is_empty());
        let values: HashSet<&String> = rows.clone().flat_map(|(values, _)| values).collect();
        column.kind != ColumnKind::Display
            && !is_ordered(column.kind)
            && values.len() > 1
            && rows.count() < 2 * values.len()
    };
    table.columns.iter().filter(is).map(|column| column.name.clone()).collect()
}

/// Build the vocabulary of each column: the values of at least `min_count` rows in training, in the order they first
/// appear; ranges are sorted.
pub fn vocabularies(columns: &[Cow<Column>], in_training: impl Fn(usize) -> bool, min_count: usize) -> Vec<Vocabulary> {
    let vocabulary = |column: &Cow<Column>| {
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
        let mut frequent: Vec<String> =
            order.into_iter().filter(|value| counts[value.as_str()] >= min_count).cloned().collect();
        if is_ordered(column.kind) {
            frequent.sort_by(|a, b| lower_end(a).total_cmp(&lower_end(b)));
        }
        Vocabulary::new(column.name.clone(), frequent)
    };
    columns.iter().map(vocabulary).collect()
}

pub fn fields(vocabularies: &[Vocabulary], config: &ModelConfig) -> Vec<Field> {
    let place = |(k, vocabulary): (usize, &Vocabulary)| {
        let adds = config.sum && k > 0;
        Field { adds, ..field(vocabulary.name(), vocabulary.table_rows(), config) }
    };
    vocabularies.iter().enumerate().map(place).collect()
}

pub fn field(name: &str, rows: usize, config: &ModelConfig) -> Field {
    Field::new(name, rows, config.widths.get(name).copied().unwrap_or(config.width))
}

pub fn encode(columns: &[Cow<Column>], vocabularies: &[Vocabulary], entities: usize) -> Vec<Rows> {
    let rows = |(column, vocabulary): (&Cow<Column>, &Vocabulary)| {
        let mut rows = Rows::default();
        for entity in 0..entities {
            rows.push(&vocabulary.encode(column.values[entity].iter().map(String::as_str)));
        }
        rows
    };
    columns.iter().zip(vocabularies).map(rows).collect()
}
