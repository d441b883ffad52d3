//! How many epochs a site is worth.

use super::config::ChoiceConfig;

/// The number of passes over all item vectors per task, forward and back.
const PRODUCTS: f64 = 9.0;

/// The multiply-adds that a training may take: a minute or less on two cores.
const BUDGET: f64 = 1.5e12;

/// The minimum number of steps, which small sites have too few users for, and of epochs, whatever they cost.
const MIN_STEPS: usize = 300;
const MIN_EPOCHS: usize = 6;

/// The epochs of a training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The number of epochs without the held-out users, to choose by them; 0 where nothing is chosen.
    pub without: usize,
    /// The number of epochs from the start with all users; 0 where the budget has no room for them.
    pub with: usize,
}

impl Plan {
    /// Plan the epochs for a number of users with tasks and of items. Where the budget allows it, half of the epochs are done
    /// twice: without the held-out users, and then all of them with all users.
    pub fn new(config: &ChoiceConfig, users: usize, items: usize) -> Self {
        let cost = PRODUCTS * users as f64 * items as f64 * config.width as f64;
        let wanted = config.epochs.max(MIN_STEPS / users.div_ceil(config.batch).max(1));
        let affordable = (BUDGET / cost.max(1.0)) as usize;
        if config.neighbours == 0 {
            return Self { without: 0, with: wanted.min(affordable).max(MIN_EPOCHS) };
        }
        if wanted + wanted / 2 <= affordable {
            return Self { without: wanted / 2, with: wanted };
        }
        Self { without: wanted.min(affordable).max(MIN_EPOCHS), with: 0 }
    }
}
