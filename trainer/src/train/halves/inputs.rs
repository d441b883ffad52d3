//! A data set as the two halves read it.

use crate::choice::{Answered, ChoiceData, is_usable};
use crate::data::Feedback;
use crate::encode::Encoded;
use crate::stars::StarsData;
use crate::train::Loaded;
use fewclicks_model::halves::{PICK, level};
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::task::{Rows, User};

/// The answers of all users, and the fields of users and items.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// Items and levels, by user; empty for users of other ranks.
    levels: Vec<Vec<Answered>>,
    /// Whether each user, of any rank, makes tasks of the choice half.
    usable: Vec<bool>,
    /// Items and stars, by user; empty for a site with picks only.
    stars: Vec<Vec<(u32, f32)>>,
    users: Vec<&'a User>,
    user_tables: Vec<usize>,
    item_fields: &'a [Rows],
    item_field_refs: Vec<&'a Rows>,
    item_tables: Vec<usize>,
    encoded: &'a Encoded,
}

impl<'a> Inputs<'a> {
    /// Convert the ratings or picks of a data set.
    pub fn new(loaded: &'a Loaded) -> Self {
        let encoded = &loaded.encoded;
        let picks = loaded.feedback == Feedback::Picks;
        let to_level = |rating: f32| if picks { PICK as u8 } else { level(&encoded.scale, Some(rating)) as u8 };
        let levels = |ratings: &Vec<(u32, f32)>| ratings.iter().map(|&(item, y)| (item, to_level(y))).collect();
        let to_stars = |ratings: &Vec<(u32, f32)>| {
            ratings.iter().map(|&(item, y)| (item, encoded.scale.label(y, Loss::SquaredError))).collect()
        };
        let architecture = &encoded.layout.architecture;
        let fields = encoded.id_field.unwrap_or(encoded.items.fields.len());
        let item_fields = &encoded.items.fields[..fields];
        let levels: Vec<Vec<Answered>> = encoded.ratings.iter().map(levels).collect();
        let usable =
            encoded.shard.gather(levels[encoded.shard.users()].iter().map(|levels| is_usable(levels)).collect());
        Self {
            usable,
            levels,
            stars: if picks { Vec::new() } else { encoded.ratings.iter().map(to_stars).collect() },
            users: encoded.users.iter().collect(),
            user_tables: architecture.user_fields.iter().map(|field| field.rows).collect(),
            item_fields,
            item_field_refs: item_fields.iter().collect(),
            item_tables: architecture.item_fields[..fields].iter().map(|field| field.rows).collect(),
            encoded,
        }
    }

    /// Return the answers of each user.
    pub fn answers(&self) -> Vec<&[Answered]> {
        self.levels.iter().map(Vec::as_slice).collect()
    }

    /// Return whether each user makes tasks of the choice half.
    pub fn usable(&self) -> &[bool] {
        &self.usable
    }

    /// Return what the choice half learns from; `answers` are those of [`Inputs::answers`].
    pub fn choice<'b>(&'b self, answers: &'b [&'b [Answered]]) -> ChoiceData<'b> {
        ChoiceData {
            answers,
            lens: &self.encoded.lens,
            usable: &self.usable,
            shard: &self.encoded.shard,
            confidence: &self.encoded.confidence,
            users: &self.users,
            user_tables: &self.user_tables,
            item_fields: &self.item_field_refs,
            item_tables: &self.item_tables,
            items: self.encoded.popularity.len(),
        }
    }

    /// Return the number of rows of each item field.
    pub fn item_tables(&self) -> &[usize] {
        &self.item_tables
    }

    /// Return what the stars half learns from; `None` for a site with picks only.
    pub fn stars(&self) -> Option<StarsData<'_>> {
        (!self.stars.is_empty()).then(|| StarsData {
            users: &self.stars,
            lens: &self.encoded.lens,
            shard: &self.encoded.shard,
            items: self.encoded.popularity.len(),
            item_fields: self.item_fields,
            user_fields: &self.encoded.users,
        })
    }
}
