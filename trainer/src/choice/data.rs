//! What the choice half learns from.

use crate::ranks::Shard;
use fewclicks_model::halves::PICK;
use fewclicks_model::network::task::{Rows, User};

/// The lowest level of a like.
pub const LIKE: u8 = PICK as u8 - 1;

/// An item and the level of an answer about it, 1 to 5 ([`fewclicks_model::halves::level`]).
pub type Answered = (u32, u8);

/// The answers of the training users, and the fields of users and items.
#[derive(Clone, Copy, Debug)]
pub struct ChoiceData<'a> {
    /// All answers of each training user, each about another item; every pick has the level [`PICK`]. Users may have none, and those of
    /// other ranks have none here.
    pub answers: &'a [&'a [Answered]],
    /// The number of answers of each training user, of any rank.
    pub lens: &'a [u32],
    /// Whether each training user, of any rank, has a like and a further answer.
    pub usable: &'a [bool],
    /// The users whose answers this rank has.
    pub shard: &'a Shard,
    /// How much each answer of each training user counts as a choice; empty where all count alike.
    pub confidence: &'a [Vec<f32>],
    /// For each training user the rows of each user field; row 0 is for unknown values.
    pub users: &'a [&'a User],
    /// The number of rows of each user field.
    pub user_tables: &'a [usize],
    /// For each item field the rows of all items; row 0 is for unknown values.
    pub item_fields: &'a [&'a Rows],
    /// The number of rows of each item field.
    pub item_tables: &'a [usize],
    /// The number of items.
    pub items: usize,
}

impl ChoiceData<'_> {
    /// Return how much an answer of a user counts, by its index.
    pub fn confidence(&self, user: usize, answer: usize) -> f32 {
        self.confidence.get(user).map_or(1.0, |of_user| of_user[answer])
    }

    /// Return the number of answers about each item.
    pub fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.items];
        self.answers.iter().copied().flatten().for_each(|&(item, _)| counts[item as usize] += 1);
        self.shard.sum(&mut counts);
        counts
    }

    /// Return the number of likes of each item.
    pub fn likes(&self) -> Vec<u32> {
        let mut likes = vec![0; self.items];
        let liked = self.answers.iter().copied().flatten().filter(|&&(_, level)| level >= LIKE);
        liked.for_each(|&(item, _)| likes[item as usize] += 1);
        self.shard.sum(&mut likes);
        likes
    }
}
