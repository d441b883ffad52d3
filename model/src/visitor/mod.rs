//! A visitor's session: answers, questions, recommendations and their reasons, and the state to save.

mod answer;
mod error;
mod explain;
mod finite;
mod list_options;
mod reason;
mod recommend;
mod save;
mod session;
mod state;

pub use answer::Answer;
pub use error::VisitorError;
pub use list_options::{ListOptions, VARIED, VARIETY};
pub use reason::Reason;
pub use recommend::Recommendation;
pub use session::Visitor;
pub use state::{SavedAnswer, SavedState, VERSION};
