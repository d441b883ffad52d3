//! A trained model, of either kind.

use crate::encode::Encoded;
use fewclicks_model::adapt::Feedback;
use fewclicks_model::halves::Halves;
use fewclicks_model::model::Model;
use fewclicks_model::network::layout::LayoutError;
use fewclicks_model::recommender::Recommender;

/// What a run has learned.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "a run has one")]
pub enum Trained {
    /// A network, not folded.
    Network(Model),
    /// The default model.
    Halves(Halves),
}

impl Trained {
    /// Return what the model predicts: ratings, or picks.
    pub fn feedback(&self) -> Feedback {
        match self {
            Self::Network(model) => model.update.feedback(),
            Self::Halves(halves) if halves.stars.is_some() => Feedback::Ratings,
            Self::Halves(_) => Feedback::Picks,
        }
    }

    /// Return the model as a bundle ships it, for the catalogue of `encoded`.
    ///
    /// # Errors
    /// Return an error if the catalogue makes the model too large.
    pub fn recommender(&self, encoded: &Encoded) -> Result<Recommender, LayoutError> {
        Ok(match self {
            Self::Network(model) => model.fold(&encoded.items)?.into(),
            Self::Halves(halves) => halves.clone().into(),
        })
    }
}
