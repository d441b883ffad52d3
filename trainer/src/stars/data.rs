//! What the stars half learns from.

use crate::ranks::Shard;
use fewclicks_model::network::task::{Rows, User};

/// What the stars half learns from.
#[derive(Clone, Copy, Debug)]
pub struct StarsData<'a> {
    /// Items and stars, 1 to 5, by user; empty for users who are left out, and for those of other ranks.
    pub users: &'a [Vec<(u32, f32)>],
    /// The number of ratings of each user, of any rank.
    pub lens: &'a [u32],
    /// The users whose ratings this rank has.
    pub shard: &'a Shard,
    /// The size of the catalogue.
    pub items: usize,
    /// The rows of the items' fields; row 0 is for unknown values.
    pub item_fields: &'a [Rows],
    /// The rows of each user's fields; row 0 is for unknown values.
    pub user_fields: &'a [User],
}
