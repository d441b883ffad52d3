//! Training of the choice half ([`fewclicks_model::halves::Choice`]): a softmax over the catalogue, meta-learned on tasks of
//! few answers.

mod config;
mod cooccurrence;
mod data;
mod forward;
mod held_out;
mod items;
mod layout;
mod learner;
mod neighbour_choice;
mod net;
mod plan;
mod reverse;
mod tasks;
mod teacher;
#[cfg(test)]
mod tests;

pub use config::ChoiceConfig;
pub use cooccurrence::{Cooccurrence, Strength};
pub use data::{Answered, ChoiceData, LIKE};
pub use learner::{ChoiceLearner, ChoiceState};
pub use neighbour_choice::NeighbourChoice;
