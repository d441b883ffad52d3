//! The numbers of an item by its fields.

use crate::stars::StarsOfNew;
use fewclicks_model::model::vocabulary::Vocabulary;

/// What items without answers are in the choice half, by the rows of their fields.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceOfNew {
    /// For each field a table with the vector and the bias that each of its rows adds, (rows × width + 1).
    pub tables: Vec<Vec<f32>>,
    /// The same of an item without fields, (width + 1).
    pub base: Vec<f32>,
}

/// A field of items.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedField {
    /// Its values, by row.
    pub vocabulary: Vocabulary,
    /// The numbers that each of its rows adds, (rows × width of a placing).
    pub table: Vec<f32>,
}

/// How items are placed: the numbers of an item are `base`, and for each field the mean of the rows that it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Placing {
    /// The fields.
    pub fields: Vec<PlacedField>,
    /// The numbers of an item without fields: of the choice half vector and bias; of the stars half, where there is one, b, q and
    /// the mean rating less μ.
    pub base: Vec<f32>,
    /// What else the stars half says of a new item; `None` where the site has picks only.
    pub stars: Option<PlacedStars>,
}

/// What the stars half says of a new item besides its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedStars {
    /// v, its variance.
    pub variance: f32,
    /// The weight of the audience term.
    pub audience: f32,
    /// The row of the context of an item whose bias is 0, and what a bias of 1 adds to it.
    pub context: [Vec<f32>; 2],
}

impl Placing {
    /// Join what both halves say.
    pub fn new(vocabularies: &[Vocabulary], choice: ChoiceOfNew, stars: Option<StarsOfNew>) -> Self {
        let width = choice.base.len();
        let size = stars.as_ref().map_or(0, |stars| stars.base.len());
        let joined = |choice: &[f32], stars: &[f32]| -> Vec<f32> {
            let rows = choice.chunks_exact(width).enumerate();
            rows.flat_map(|(row, numbers)| numbers.iter().chain(&stars[row * size..][..size]).copied()).collect()
        };
        let of_stars = |field: usize| stars.as_ref().map_or(&[][..], |stars| &stars.tables[field]);
        let field = |(field, vocabulary): (usize, &Vocabulary)| PlacedField {
            vocabulary: vocabulary.clone(),
            table: joined(&choice.tables[field], of_stars(field)),
        };
        Self {
            fields: vocabularies.iter().enumerate().map(field).collect(),
            base: joined(&choice.base, stars.as_ref().map_or(&[][..], |stars| &stars.base)),
            stars: stars.map(|stars| PlacedStars {
                variance: stars.variance,
                audience: stars.audience,
                context: stars.context,
            }),
        }
    }

    /// Return the numbers of an item with these rows of each field.
    pub fn numbers(&self, rows: &[Vec<u32>]) -> Vec<f32> {
        let width = self.base.len();
        let mut numbers = self.base.clone();
        for (field, rows) in self.fields.iter().zip(rows) {
            let share = 1.0 / rows.len().max(1) as f32;
            for &row in rows {
                let added = &field.table[row as usize * width..][..width];
                numbers.iter_mut().zip(added).for_each(|(number, x)| *number += share * x);
            }
        }
        numbers
    }
}
