//! How well a model does: on new users, on new items, and at asking.

pub mod evaluate;
pub mod onboarding;
