//! Seeded random numbers without state: every use has its own stream, so that nothing depends on the order of work, on
//! the number of threads, or on where an interrupted run was resumed.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// What random numbers are used for.
#[derive(Clone, Copy)]
pub enum Purpose {
    Parameters = 1,
    Holdout = 2,
    Batches = 3,
    Tasks = 4,
    ItemDropout = 5,
    EvaluationTasks = 6,
    RandomEvidence = 7,
    Readout = 8,
    Greedy = 9,
    Factors = 10,
    StarsTasks = 11,
    StarsContext = 12,
    Tuning = 13,
    ListTasks = 14,
    Incidence = 15,
    Samples = 16,
    NewItems = 17,
}

/// Return the stream of `seed` for a purpose and two numbers that tell its uses apart, such as epoch and user.
pub fn stream(seed: u64, purpose: Purpose, a: u64, b: u64) -> ChaCha8Rng {
    let mut key = [0; 32];
    for (bytes, part) in key.chunks_exact_mut(8).zip([seed, purpose as u64, a, b]) {
        bytes.copy_from_slice(&part.to_le_bytes());
    }
    ChaCha8Rng::from_seed(key)
}
