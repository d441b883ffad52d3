//! How many epochs a site is worth.

use super::config::ChoiceConfig;
use super::data::ChoiceData;
use super::sampler::sampled;

/// The number of passes over the item vectors per task, forward and back.
pub const PRODUCTS: f64 = 9.0;

/// The multiply-adds that a run from the start may take: about half a minute on two cores.
const BUDGET: f64 = 0.75e12;

/// The mean number of answers about an item from which on all epochs are done. Vectors of items with fewer answers soon know
/// the training users by heart, so that the number of epochs falls with the square root.
const MANY_ANSWERS: f64 = 100.0;

/// The minimum number of epochs, before cost is considered and after, and of steps, which small sites have few of.
const MIN_EPOCHS: usize = 16;
const MIN_AFFORDED: usize = 6;
const MIN_STEPS: usize = 200;

/// The epochs of a training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The number of epochs without the held-out users, to choose by them; at least 1.
    pub without: usize,
    /// The number of epochs from the start with all users; 0 where the budget has no room for them.
    pub with: usize,
}

impl Plan {
    /// Plan the epochs for a site. Where the budget allows it, they are done twice: without the held-out users, and then from
    /// the start with all users.
    pub fn new(config: &ChoiceConfig, data: &ChoiceData) -> Self {
        let users = data.usable.iter().filter(|&&usable| usable).count();
        let answers: usize = data.lens.iter().map(|&len| len as usize).sum();
        let answered = data.counts().iter().filter(|&&count| count > 0).count();
        let density = answers as f64 / answered.max(1) as f64;
        let epochs = config.epochs as f64 * (density / MANY_ANSWERS).min(1.0).sqrt();
        let steps = users.div_ceil(config.batch).max(1);
        let wanted =
            (epochs as usize).max(MIN_EPOCHS.min(config.epochs)).max(MIN_STEPS.div_ceil(steps).min(config.epochs));
        let cost = PRODUCTS * users as f64 * sampled(data.items) as f64 * config.width as f64;
        let affordable = (BUDGET / cost.max(1.0)) as usize;
        let once = wanted.min(affordable.max(MIN_AFFORDED));
        match wanted <= affordable {
            true => Self { without: wanted, with: wanted },
            false => Self { without: once, with: 0 },
        }
    }
}
