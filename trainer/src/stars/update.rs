//! Fits the stars half to today's data, from where a former fit ended, without choosing anew.

use super::data::StarsData;
use super::fit::{Fit, FitConfig};
use super::tune::{StarsConfig, StarsFitted, Tuning};
use fewclicks_model::halves::Stars;

/// The number of rounds of EM.
const ROUNDS: usize = 3;

/// Where an update starts.
#[derive(Clone, Debug)]
pub struct StarsStart {
    /// The former half.
    pub stars: Stars,
    /// The former position of each item; `None` for new ones.
    pub items: Vec<Option<usize>>,
    /// What held-out users decided.
    pub tuning: Tuning,
}

/// Fit the stars half to `data`, starting from items, noise and prior of a former fit; `rows` are the numbers of rows of the
/// items' fields.
pub fn update(data: StarsData, rows: &[usize], config: &StarsConfig, start: &StarsStart, seed: u64) -> StarsFitted {
    let mut fit = Fit::start(data, &[], FitConfig { factors: config.factors, seed });
    fit.start_from(start);
    (0..ROUNDS).for_each(|_| fit.round());
    StarsFitted::new(&fit, data, rows, config, start.tuning, seed)
}
