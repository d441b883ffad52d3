//! Measuring: a model beside baselines, and questions in replayed signups.

pub mod evaluate;
pub mod onboarding;
