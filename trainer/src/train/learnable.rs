//! Tells whether there is anybody to learn from.

use super::halves::{self, Inputs};
use super::{Learned, Loaded};
use crate::preset::Preset;
use anyhow::ensure;

/// Check that a training with `preset` has users to learn from.
///
/// # Errors
/// Return an error that says what users it needs.
pub fn check_learnable(loaded: &Loaded, preset: &Preset) -> anyhow::Result<()> {
    let (min, max) = preset.ratings_of_a_user();
    ensure!(
        Learned::of(loaded, preset).users > 0,
        "nobody to learn from: preset {} wants users with {min} to {max} ratings",
        preset.name()
    );
    match preset {
        Preset::Halves(_) => halves::check_learnable(&Inputs::new(loaded)),
        Preset::Network(_) => Ok(()),
    }
}
