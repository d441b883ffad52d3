//! Strategies of choosing evidence candidates.

use clap::ValueEnum;
use fewclicks_model::adapt::Feedback;
use fewclicks_model::model::Model;

/// How candidates are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Strategy {
    /// What lowers the variance of predictions for what people know most, each after those before it
    Variance,
    /// Mean Frobenius norm of the local-update gradient × popularity (MeLU)
    Frobenius,
    /// The same with every loss divided by its own value, as the paper's public code has it
    FrobeniusUnit,
    /// Number of ratings alone
    Popularity,
    /// Entropy of opinions, not knowing the item being one of half the weight
    Entropy0,
    /// Harmonic mean of the logarithm of popularity and the entropy of opinions
    Helf,
    /// What lowers the error most on users in training, given what each of them can answer; takes a while
    Greedy,
    /// Any order of the items with ratings, by the run's seed
    Random,
    /// As `variance`, chosen on the device after each answer; its list is what is asked where none comes
    Adaptive,
}

impl Strategy {
    /// What suits `model`: for ratings `variance`. Of picks the most popular items tell most, as what is not picked says
    /// nothing.
    pub fn of(model: &Model) -> Self {
        match model.update.feedback() {
            Feedback::Ratings => Self::Variance,
            Feedback::Picks => Self::Popularity,
        }
    }

    /// As the command line has it.
    pub fn name(self) -> String {
        self.to_possible_value().expect("no strategy is hidden").get_name().to_owned()
    }
}
