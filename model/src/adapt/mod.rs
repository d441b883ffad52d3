//! The local update, which adapts a model to one user's support set, and its meta-gradient.

mod feedback;
pub mod gradient;
pub mod implicit;
mod local_update;
pub mod meta;
pub mod meta_gradient;
pub mod ridge;
pub mod softmax;

pub use feedback::Feedback;
pub use gradient::{Gradient, Rates};
pub use local_update::{LocalUpdate, MAX_STEPS};
pub use softmax::Softmax;
