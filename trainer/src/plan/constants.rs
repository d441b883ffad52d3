//! Measured costs of the default preset on one core; BENCHMARKS.md has the commands.

/// Bytes of memory for a rating, on the rank that has its user: as it was read, as both halves read it, and grouped for a fit.
pub const BYTES_A_RATING: f64 = 65.0;

/// Bytes for a user on their rank: covariances, and what the teacher names.
pub const BYTES_A_USER: f64 = 2050.0;

/// Bytes for a user on every rank: id and fields, as read and as encoded, means, and counts.
pub const BYTES_A_KNOWN_USER: f64 = 720.0;

/// Bytes for an item, beside the parameters of the choice half.
pub const BYTES_AN_ITEM: f64 = 1500.0;

/// Bytes for a parameter of the choice half: itself, two moments, the gradient, and copies while a checkpoint is written.
pub const BYTES_A_PARAMETER: f64 = 28.0;

/// Bytes for a pair of items that the teacher knows.
pub const BYTES_A_PAIR: f64 = 8.0;

/// Bytes of a trainer without data.
pub const BYTES_AT_REST: f64 = 30e6;

/// Bytes for a task that ranks send each other: its answers and up to 256 items that the teacher names.
pub const BYTES_A_TASK: f64 = 1530.0;

/// Core-seconds for a rating in a round of the stars half.
pub const SECONDS_A_RATING: f64 = 1.1e-6;

/// Core-seconds for a multiply-add of the softmax, of its reverse, and of the teacher's inverse.
pub const SECONDS_A_PRODUCT: f64 = 3.4e-11;

/// Core-seconds for a parameter in a step, which every rank moves all of: hiding and sampling items, gradient and Adam.
pub const SECONDS_A_PARAMETER: f64 = 4e-8;
