//! What a list of recommendations is to be like.

/// The default of [`ListOptions::variety`]; docs/MODEL.md says what it costs and gains.
pub const VARIETY: f32 = 0.2;

/// The number of best items that a list is varied with.
pub const VARIED: usize = 100;

/// What a list of recommendations is to be like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListOptions {
    /// Whether to recommend items with an answer too.
    pub include_answered: bool,
    /// How much the items of a list differ, 0 to 1: 0 sorts by score alone, 1 takes of the [`VARIED`] best what is least alike.
    /// It concerns the default model; a network sorts by score.
    pub variety: f32,
}

impl Default for ListOptions {
    fn default() -> Self {
        Self { include_answered: false, variety: VARIETY }
    }
}
