//! The most popular items, for every user.

use super::baseline::PickBaseline;
use super::picks::Picks;

/// Scores an item by the number of training users who picked it.
pub struct Popularity {
    counts: Vec<f32>,
}

impl Popularity {
    pub fn fit(picks: Picks) -> Self {
        Self { counts: picks.counts() }
    }
}

impl PickBaseline for Popularity {
    fn name(&self) -> &'static str {
        "popularity"
    }

    fn scores(&self, _support: &[u32]) -> Vec<f32> {
        self.counts.clone()
    }
}
