//! Strategies for choosing evidence candidates.

use crate::train::Trained;
use clap::ValueEnum;
use fewclicks_model::adapt::Feedback;

/// How candidates are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Strategy {
    /// Expected size of the local update × chance that the visitor knows the item, given their answers (MeLU's rule for one
    /// visitor); ranked as walls of nine for a visitor of whom nothing is known; of a network as `popularity`
    Personal,
    /// Greatest decrease in the variance of predictions, for what people know, given the candidates before
    Variance,
    /// Mean Frobenius norm of the local-update gradient × popularity (MeLU)
    Frobenius,
    /// As `frobenius`, with each norm divided by the loss, as in the paper's public code
    FrobeniusUnit,
    /// Number of ratings
    Popularity,
    /// Entropy of opinions, with not knowing the item as an opinion of half the weight
    Entropy0,
    /// Harmonic mean of log popularity and entropy of opinions
    Helf,
    /// Greatest decrease in the measured error of training users, given what each of them can answer; slow
    Greedy,
    /// Random order of the items with ratings, by the run's seed
    Random,
    /// As `variance`, chosen on the device after each answer; ranked as `variance`
    Adaptive,
}

impl Strategy {
    /// Return the strategy of a bundle: of the default model `personal`; of a network for ratings `variance`, and for picks
    /// `popularity`, as an item that was not picked says nothing to it.
    pub fn of(model: &Trained) -> Self {
        match (model, model.feedback()) {
            (Trained::Halves(_), _) => Self::Personal,
            (Trained::Network(_), Feedback::Ratings) => Self::Variance,
            (Trained::Network(_), Feedback::Picks) => Self::Popularity,
        }
    }

    /// Return the strategy's name on the command line.
    #[allow(clippy::missing_panics_doc, reason = "every strategy has a name")]
    pub fn name(self) -> String {
        self.to_possible_value().expect("no strategy is hidden").get_name().to_owned()
    }
}
