//! Which values of each field a model learns.

use crate::data::{Column, ColumnKind};
use crate::preset::Preset;
use crate::train::Loaded;
use serde::Serialize;
use std::collections::HashMap;

/// The values of a field in training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldUse {
    /// Name of the field.
    pub name: String,
    /// `items` or `users`.
    pub of: &'static str,
    /// Whether the model has the field.
    pub used: bool,
    /// Number of items or users in training that have a value.
    pub known: usize,
    /// Number of values that are frequent enough to be learned.
    pub kept: usize,
    /// Number of values that are too rare, and count as unknown.
    pub rare: usize,
}

impl FieldUse {
    /// Return the use of each field, the items' first.
    pub fn of(loaded: &Loaded, preset: &Preset) -> Vec<Self> {
        let Loaded { data, encoded, .. } = loaded;
        let min_count = preset.min_count();
        let item_fields = &encoded.layout.architecture.item_fields;
        let in_items = |name: &str| item_fields.iter().any(|field| field.name == name);
        let in_users = |name: &str| encoded.user_vocabularies.iter().any(|vocabulary| vocabulary.name() == name);
        let items = data.items.columns.iter().map(|column| {
            Self::of_column(column, "items", in_items(&column.name), &|item| encoded.popularity[item] > 0, min_count)
        });
        let users = data.users.columns.iter().map(|column| {
            let learned = |user: usize| encoded.lens[user] > 0;
            Self::of_column(column, "users", in_users(&column.name), &learned, min_count)
        });
        items.chain(users).flatten().collect()
    }

    /// Return the use of a column; `None` if it is only shown.
    fn of_column(
        column: &Column,
        of: &'static str,
        used: bool,
        in_training: &dyn Fn(usize) -> bool,
        min_count: usize,
    ) -> Option<Self> {
        if column.kind == ColumnKind::Display {
            return None;
        }
        let column = column.learned(in_training);
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut known = 0;
        for (_, values) in column.values.iter().enumerate().filter(|&(row, _)| in_training(row)) {
            known += usize::from(!values.is_empty());
            values.iter().for_each(|value| *counts.entry(value).or_default() += 1);
        }
        let kept = counts.values().filter(|&&count| count >= min_count).count();
        Some(Self { name: column.name.clone(), of, used, known, kept, rare: counts.len() - kept })
    }
}
