//! What a training of the default preset would cost on several ranks, before there is one.
//!
//! Memory and time are sums of what was measured to grow with ratings, users, items and parameters (`constants`); what a step
//! exchanges follows from what the code exchanges. It is a plan: expect the right order of magnitude.

mod advice;
mod constants;
mod cost;
mod text;

pub use cost::Plan;
pub use text::text;
