//! Training of the default model in two halves.
//!
//! The stars half is fitted first, by variational EM. The choice half is trained epoch by epoch: first without the held-out
//! users, by whom the weight of stars in lists, the read-out and the neighbours are chosen, then with all users.

mod chosen;
mod former;
mod inputs;
mod learn;
mod new_items;
mod over;
mod store;

pub use inputs::Inputs;
pub use learn::{check_learnable, train};
pub use over::over;
pub use store::{FILES, read_learned, read_model};
