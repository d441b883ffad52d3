//! The costs of a training.

use super::constants::{
    BYTES_A_KNOWN_USER, BYTES_A_PAIR, BYTES_A_PARAMETER, BYTES_A_RATING, BYTES_A_TASK, BYTES_A_USER, BYTES_AN_ITEM,
    BYTES_AT_REST, SECONDS_A_PARAMETER, SECONDS_A_PRODUCT, SECONDS_A_RATING,
};
use crate::choice::{BLOCK, MAX_KNOWN, PRODUCTS, sampled};
use crate::preset::HalvesPreset;

/// A site, and the machines to train its model on.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Number of ratings.
    pub ratings: f64,
    /// Number of users.
    pub users: f64,
    /// Number of items.
    pub items: f64,
    /// Number of ranks.
    pub ranks: f64,
    /// Cores of each rank.
    pub cores: f64,
    /// Memory of each rank in bytes.
    pub memory: f64,
    /// Bytes a second that a rank receives.
    pub bandwidth: f64,
    /// The preset.
    pub preset: HalvesPreset,
}

/// What a training costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Bytes of memory on each rank that fall with the number of ranks, for ratings and users.
    pub divided: [f64; 2],
    /// Bytes of memory on each rank whatever their number, for users, items, parameters, the teacher and the program.
    pub repeated: [f64; 5],
    /// Number of steps of an epoch.
    pub steps: f64,
    /// Bytes that each rank receives in a step.
    pub bytes_a_step: f64,
    /// Hours of an epoch of the choice half: computing that ranks share, computing that each of them does, and exchanging.
    pub epoch: [f64; 3],
    /// Hours of a round of the stars half: computing that ranks share, and exchanging.
    pub round: [f64; 2],
    /// Hours of the teacher's inverse, which each rank computes.
    pub teacher: f64,
}

impl Plan {
    /// Compute the costs.
    pub fn cost(&self) -> Cost {
        let (choice, stars) = (&self.preset.choice, &self.preset.stars);
        let (width, batch, items) = (choice.width as f64, choice.batch as f64, self.items);
        let candidates = sampled(items as usize) as f64;
        let known = items.min(MAX_KNOWN as f64);
        let parameters = items * (width + 1.0);
        let cores = self.ranks * self.cores;
        let hours = |seconds: f64| seconds / 3600.0;
        let exchanging = |bytes: f64| if self.ranks > 1.0 { hours(bytes / self.bandwidth) } else { 0.0 };

        let steps = (self.users / batch).ceil();
        let blocks = (candidates / BLOCK as f64).ceil();
        let numbers = blocks * (2.0 + width)
            + candidates
            + blocks * batch * (2.0 + width)
            + blocks * batch * 3.0
            + 2.0 * blocks * batch * width
            + candidates * (width + 1.0);
        let bytes_a_step = 4.0 * numbers + batch * BYTES_A_TASK;
        // No more ranks than blocks have work.
        let busy = cores.min(blocks * self.cores);
        let shared = PRODUCTS * self.users * candidates * width * SECONDS_A_PRODUCT / busy;
        let repeated = steps * parameters * SECONDS_A_PARAMETER / self.cores;

        let size = stars.factors + 1;
        // Of a user means and variances are sent; of an item sums, and then the posterior.
        let of_user = 2.0 * 4.0 * size as f64;
        let of_item = (8.0 + 4.0) * (size + size * (size + 1) / 2) as f64;
        Cost {
            divided: [self.ratings * BYTES_A_RATING / self.ranks, self.users * BYTES_A_USER / self.ranks],
            repeated: [
                self.users * BYTES_A_KNOWN_USER,
                items * BYTES_AN_ITEM,
                parameters * BYTES_A_PARAMETER,
                known * known * BYTES_A_PAIR,
                BYTES_AT_REST,
            ],
            steps,
            bytes_a_step,
            epoch: [hours(shared), hours(repeated), exchanging(steps * bytes_a_step)],
            round: [hours(self.ratings * SECONDS_A_RATING / cores), exchanging(of_user * self.users + of_item * items)],
            teacher: hours(known.powi(3) * SECONDS_A_PRODUCT / self.cores),
        }
    }
}

impl Cost {
    /// Return the bytes of memory that each rank needs.
    pub fn total_memory(&self) -> f64 {
        self.divided.iter().chain(&self.repeated).sum()
    }
}
