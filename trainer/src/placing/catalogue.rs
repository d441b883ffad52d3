//! The model of a run over another catalogue.

use super::numbers::Placing;
use crate::data::Table;
use anyhow::ensure;
use fewclicks_model::halves::{Asking, Choice, Halves, Incidence, Neighbours, Stars, Table as Numbers};
use std::collections::HashMap;

/// What is different in a catalogue from that which a run learned from.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// Whether each item of the catalogue is new.
    pub is_new: Vec<bool>,
    /// The number of items that the run knows and the catalogue does not have.
    pub gone: usize,
}

impl Changes {
    /// Return the number of new items.
    pub fn new_items(&self) -> usize {
        self.is_new.iter().filter(|is_new| **is_new).count()
    }
}

/// An item of the catalogue.
enum Item {
    /// Its position in the catalogue that was learned from.
    Known(usize),
    /// Its numbers by its fields.
    New(Vec<f32>),
}

/// Return the model over the catalogue `items`: what the run knows of an item that it has learned from, whose ids are `known`, and
/// what its fields say of a new one.
///
/// # Errors
/// Return an error if the catalogue has no item that the run knows.
pub fn place(halves: &Halves, placing: &Placing, known: &[String], items: &Table) -> anyhow::Result<(Halves, Changes)> {
    let positions: HashMap<&str, usize> = known.iter().map(String::as_str).zip(0..).collect();
    let encoded = |row: usize| -> Vec<Vec<u32>> {
        placing.fields.iter().map(|field| items.encode(row, &field.vocabulary)).collect()
    };
    let item = |(row, id): (usize, &String)| match positions.get(id.as_str()) {
        Some(&position) => Item::Known(position),
        None => Item::New(placing.numbers(&encoded(row))),
    };
    let placed: Vec<Item> = items.ids.iter().enumerate().map(item).collect();
    let is_new: Vec<bool> = placed.iter().map(|item| matches!(item, Item::New(_))).collect();
    let kept = is_new.iter().filter(|is_new| !**is_new).count();
    ensure!(kept > 0, "the run knows none of the {} items: are they of another site?", items.ids.len());
    let mut position_of = vec![None; known.len()];
    for (position, item) in (0..).zip(&placed) {
        if let Item::Known(before) = item {
            position_of[*before] = Some(position);
        }
    }
    let catalogue = Catalogue { placed: &placed, position_of: &position_of };
    let choice = catalogue.choice(&halves.choice);
    let width = choice.vectors.width();
    let stars = halves.stars.as_ref().map(|stars| catalogue.stars(stars, placing, width + 1));
    let asking = halves.asking.as_ref().map(|asking| catalogue.asking(asking));
    Ok((Halves { choice, stars, asking, ..halves.clone() }, Changes { is_new, gone: known.len() - kept }))
}

/// The items of a catalogue, and where those that were learned from are in it.
struct Catalogue<'a> {
    placed: &'a [Item],
    position_of: &'a [Option<u32>],
}

impl Catalogue<'_> {
    /// Return a number of each item: `known` by its former position, or `new` by its numbers.
    fn numbers(&self, known: &[f32], new: impl Fn(&[f32]) -> f32) -> Vec<f32> {
        let number = |item: &Item| match item {
            Item::Known(before) => known[*before],
            Item::New(numbers) => new(numbers),
        };
        self.placed.iter().map(number).collect()
    }

    /// Return a table with a row of each item.
    fn table(&self, known: &Numbers, new: impl Fn(&[f32]) -> Vec<f32>) -> Numbers {
        let row = |item: &Item| match item {
            Item::Known(before) => known.row(*before).into_owned(),
            Item::New(numbers) => new(numbers),
        };
        Numbers::new(known.width(), self.placed.iter().flat_map(row).collect())
    }

    /// Return the neighbours that are left; new items have none.
    fn neighbours(&self, known: &Neighbours) -> Neighbours {
        let mut neighbours = Neighbours::default();
        if known.ends.is_empty() {
            return neighbours;
        }
        for item in self.placed {
            let list: Vec<(u32, f32)> = match item {
                Item::Known(before) => known
                    .of(*before)
                    .filter_map(|(other, strength)| Some((self.position_of[other]?, strength)))
                    .collect(),
                Item::New(_) => Vec::new(),
            };
            neighbours.push(&list);
        }
        neighbours
    }

    fn choice(&self, known: &Choice) -> Choice {
        let width = known.vectors.width();
        let mut choice = Choice {
            vectors: self.table(&known.vectors, |numbers| numbers[..width].to_vec()),
            bias: self.numbers(&known.bias, |numbers| numbers[width]),
            neighbours: self.neighbours(&known.neighbours),
            ..known.clone()
        };
        choice.start_mean = choice.mean_vector(&choice.start);
        choice
    }

    /// Return the stars half; the numbers of a new item have its part from `start` on.
    fn stars(&self, known: &Stars, placing: &Placing, start: usize) -> Stars {
        let Some(of_new) = &placing.stars else { return known.clone() };
        let mean = placing.base.len() - 1;
        let context = |numbers: &[f32]| -> Vec<f32> {
            let [constant, by_bias] = &of_new.context;
            constant.iter().zip(by_bias).map(|(c, b)| c + numbers[start] * b).collect()
        };
        Stars {
            bias: self.numbers(&known.bias, |numbers| numbers[start]),
            vectors: self.table(&known.vectors, |numbers| numbers[start + 1..mean].to_vec()),
            variance: self.numbers(&known.variance, |_| of_new.variance),
            audience: self.numbers(&known.audience, |numbers| of_new.audience * (numbers[mean] - numbers[start])),
            context: self.table(&known.context, context),
            neighbours: self.neighbours(&known.neighbours),
            ..known.clone()
        }
    }

    /// Return what decides on questions; nobody knows a new item.
    fn asking(&self, known: &Asking) -> Asking {
        let part = |incidence: &Incidence| {
            let row = |before: &usize| known.row(*before);
            let width = incidence.vectors.width();
            let rows = self.placed.iter().map(|item| match item {
                Item::Known(before) => row(before),
                Item::New(_) => None,
            });
            let (mut share, mut vectors) = (Vec::new(), Vec::new());
            for row in rows {
                share.push(row.map_or(0.0, |row| incidence.share[row]));
                vectors.extend(row.map_or_else(|| vec![0.0; width], |row| incidence.vectors.row(row).into_owned()));
            }
            Incidence { share, vectors: Numbers::new(width, vectors) }
        };
        Asking {
            items: (0..self.placed.len() as u32).collect(),
            known: part(&known.known),
            liked: part(&known.liked),
            liked_strength: known.liked_strength.clone(),
        }
    }
}
