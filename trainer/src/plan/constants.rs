//! Measured costs of the default preset on one core; BENCHMARKS.md has the commands.

/// Bytes of memory on every rank for a rating: as it was read, as both halves read it, and grouped for two fits.
pub const BYTES_A_RATING: f64 = 115.0;

/// Bytes for a user: posteriors of two fits, and what the teacher names.
pub const BYTES_A_USER: f64 = 2200.0;

/// Bytes for an item, beside the parameters of the choice half.
pub const BYTES_AN_ITEM: f64 = 1500.0;

/// Bytes for a parameter of the choice half: itself, two moments, the gradient, and copies while a checkpoint is written.
pub const BYTES_A_PARAMETER: f64 = 28.0;

/// Bytes for a pair of items that the teacher knows.
pub const BYTES_A_PAIR: f64 = 8.0;

/// Bytes of a trainer without data.
pub const BYTES_AT_REST: f64 = 30e6;

/// Core-seconds for a rating in a round of the stars half.
pub const SECONDS_A_RATING: f64 = 1.1e-6;

/// Core-seconds for a multiply-add of the softmax, of its reverse, and of the teacher's inverse.
pub const SECONDS_A_PRODUCT: f64 = 3.4e-11;

/// Core-seconds for a parameter in a step, which every rank moves all of: hiding and sampling items, gradient and Adam.
pub const SECONDS_A_PARAMETER: f64 = 4e-8;
