//! Measuring: a model beside baselines, and questions in replayed signups.

mod adapters;
pub mod contender;
pub mod estimate;
pub mod evaluate;
pub mod metric;
pub mod onboarding;
pub mod outcome;
pub mod rows;
mod signup;
pub mod tasks;
