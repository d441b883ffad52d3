//! The local update: a model adapts to one user's support set.

mod feedback;
pub mod gradient;
pub mod implicit;
pub mod meta;
pub mod meta_gradient;
pub mod ridge;
pub mod softmax;

pub use feedback::Feedback;
pub use gradient::{Gradient, Rates};
pub use softmax::Softmax;

use crate::network::architecture::Scope;
use crate::network::loss::Loss;
use serde::{Deserialize, Serialize};

/// The most gradient steps: more is a mistake, or an attack on a visitor's battery.
pub const MAX_STEPS: usize = 1000;

/// What a local update moves, and how.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "lowercase")]
pub enum LocalUpdate {
    /// By gradient steps on a loss of each rating.
    Gradient(Gradient),
    /// The linear path, in closed form ([`ridge`]), to the minimum of squared error and a learned prior.
    Ridge,
    /// The linear path, by gradient steps on the cross-entropy of a softmax over the whole catalogue ([`softmax`]).
    Softmax(Softmax),
}

impl LocalUpdate {
    /// What it moves.
    pub fn scope(&self) -> Scope {
        match self {
            LocalUpdate::Gradient(gradient) => gradient.scope,
            LocalUpdate::Ridge | LocalUpdate::Softmax(_) => Scope::Linear,
        }
    }

    /// Which local rates are learned; of [`LocalUpdate::Ridge`], which prior precisions.
    pub fn rates(&self) -> Rates {
        match self {
            LocalUpdate::Gradient(gradient) => gradient.rates,
            LocalUpdate::Ridge | LocalUpdate::Softmax(_) => Rates::PerParameter,
        }
    }

    /// The loss of one rating; `None` for a softmax, whose loss concerns the whole catalogue.
    pub fn loss(&self) -> Option<Loss> {
        match self {
            LocalUpdate::Gradient(gradient) => Some(gradient.loss),
            LocalUpdate::Ridge => Some(Loss::SquaredError),
            LocalUpdate::Softmax(_) => None,
        }
    }

    /// What a model with this update learns from.
    pub fn feedback(&self) -> Feedback {
        match self {
            LocalUpdate::Gradient(_) | LocalUpdate::Ridge => Feedback::Ratings,
            LocalUpdate::Softmax(_) => Feedback::Picks,
        }
    }

    /// The same with another number of gradient steps, where there are any.
    pub fn with_steps(self, steps: usize) -> Self {
        match self {
            LocalUpdate::Gradient(gradient) => LocalUpdate::Gradient(Gradient { steps, ..gradient }),
            LocalUpdate::Ridge => LocalUpdate::Ridge,
            LocalUpdate::Softmax(softmax) => LocalUpdate::Softmax(Softmax { steps, ..softmax }),
        }
    }
}
