//! The numbers that the choice half is trained with.

use crate::ranks::Message;
use fewclicks_model::math::scalar::Real;

/// A number to compute with, which ranks can exchange.
pub trait Number: Real + Message {}

impl<S: Real + Message> Number for S {}
