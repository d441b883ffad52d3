//! The kinds of local update.

use super::feedback::Feedback;
use super::gradient::{Gradient, Rates};
use super::softmax::Softmax;
use crate::network::architecture::Scope;
use crate::network::loss::Loss;
use serde::{Deserialize, Serialize};

/// The maximum number of gradient steps; it bounds the time that an untrusted bundle can take.
pub const MAX_STEPS: usize = 1000;

/// A local update: which parameters it moves, and how.
///
/// ```
/// use fewclicks_model::{Feedback, LocalUpdate, Loss, Scope, Softmax};
/// assert_eq!(LocalUpdate::Ridge.scope(), Scope::Linear);
/// assert_eq!(LocalUpdate::Ridge.loss(), Some(Loss::SquaredError));
///
/// let picks = LocalUpdate::Softmax(Softmax { steps: 5, kappa: 1.0 });
/// assert_eq!(picks.feedback(), Feedback::Picks);
/// assert_eq!(picks.with_steps(1), LocalUpdate::Softmax(Softmax { steps: 1, kappa: 1.0 }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "lowercase")]
pub enum LocalUpdate {
    /// Move the parameters of a scope by gradient steps on the loss of each rating.
    Gradient(Gradient),
    /// Move the linear path in closed form to the minimum of squared error and a learned prior ([`crate::adapt::ridge`]).
    Ridge,
    /// Move the linear path by gradient steps on the cross-entropy of a softmax over the catalogue
    /// ([`crate::adapt::softmax`]).
    Softmax(Softmax),
}

impl LocalUpdate {
    /// Return which parameters the update moves.
    pub fn scope(&self) -> Scope {
        match self {
            LocalUpdate::Gradient(gradient) => gradient.scope,
            LocalUpdate::Ridge | LocalUpdate::Softmax(_) => Scope::Linear,
        }
    }

    /// Return which local rates are learned; of [`LocalUpdate::Ridge`], which prior precisions.
    pub fn rates(&self) -> Rates {
        match self {
            LocalUpdate::Gradient(gradient) => gradient.rates,
            LocalUpdate::Ridge | LocalUpdate::Softmax(_) => Rates::PerParameter,
        }
    }

    /// Return the loss of one rating; `None` for a softmax, whose loss is over the whole catalogue.
    pub fn loss(&self) -> Option<Loss> {
        match self {
            LocalUpdate::Gradient(gradient) => Some(gradient.loss),
            LocalUpdate::Ridge => Some(Loss::SquaredError),
            LocalUpdate::Softmax(_) => None,
        }
    }

    /// Return the kind of feedback that a model with this update learns from.
    pub fn feedback(&self) -> Feedback {
        match self {
            LocalUpdate::Gradient(_) | LocalUpdate::Ridge => Feedback::Ratings,
            LocalUpdate::Softmax(_) => Feedback::Picks,
        }
    }

    /// Return the same update with `steps` gradient steps; [`LocalUpdate::Ridge`] has none and stays as it is.
    #[must_use]
    pub fn with_steps(self, steps: usize) -> Self {
        match self {
            LocalUpdate::Gradient(gradient) => LocalUpdate::Gradient(Gradient { steps, ..gradient }),
            LocalUpdate::Ridge => LocalUpdate::Ridge,
            LocalUpdate::Softmax(softmax) => LocalUpdate::Softmax(Softmax { steps, ..softmax }),
        }
    }
}
