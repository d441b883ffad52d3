//! Training of the choice half ([`fewclicks_model::halves::Choice`]): a softmax over the catalogue, meta-learned on tasks of
//! few answers.
//!
//! A task is a user's answers, split in up to 20 that the model adapts to (`tasks`) and the other likes, which it should
//! choose from the catalogue; half of the target is what a teacher would recommend (`teacher`). The loss is differentiated
//! through the local update, exactly (`forward`, `reverse`), and Adam takes a step per batch (`learner`). Held-out users
//! choose how much neighbours weigh (`neighbour_weight`); training then starts again with all users where it can afford to
//! (`plan`).

mod config;
mod cooccurrence;
mod data;
mod forward;
mod held_out;
mod items;
mod layout;
mod learner;
mod neighbour_weight;
mod net;
mod number;
mod plan;
mod reverse;
mod sampler;
mod start;
mod tasks;
mod teacher;
#[cfg(test)]
mod tests;

pub use config::ChoiceConfig;
pub use data::{Answered, ChoiceData, LIKE};
pub use held_out::is_usable;
pub use layout::Layout;
pub use learner::{ChoiceLearner, ChoiceState};
pub use net::BLOCK;
pub use plan::PRODUCTS;
pub use sampler::sampled;
pub use start::{ChoiceStart, FormerField};
pub use teacher::MAX_ITEMS as MAX_KNOWN;
