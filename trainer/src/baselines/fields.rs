//! Fields of items as rows, whatever fields the model reads.

use crate::data::{ColumnKind, Table};
use fewclicks_model::network::task::Rows;
use std::collections::HashMap;

/// Return the values of each feature column of `items` as rows, from 1; values of one item alone are unknown (0).
pub fn item_fields(items: &Table) -> Vec<Rows> {
    let features = items.columns.iter().filter(|column| column.kind != ColumnKind::Display);
    let rows = |values: &Vec<Vec<String>>| {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        values.iter().flatten().for_each(|value| *counts.entry(value).or_default() += 1);
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut rows = Rows::default();
        for values in values {
            let known = values.iter().map(String::as_str).filter(|value| counts[value] > 1);
            let list: Vec<u32> = known
                .map(|value| {
                    let next = numbers.len() as u32 + 1;
                    *numbers.entry(value).or_insert(next)
                })
                .collect();
            rows.push(&list);
        }
        rows
    };
    features.map(|column| rows(&column.learned(&|_| true).values)).collect()
}
