//! What the numbers of a data set say: how much users like items, or only which they picked.

use crate::data::dataset::{Dataset, Rating, Scale};
use fewclicks_model::adapt::Feedback;

impl Scale {
    /// That of data with picks: each is 1, and nothing is 0.
    pub const PICKS: Self = Self { min: 0.0, max: 1.0 };
}

impl Dataset {
    /// Picks where every rating is the highest there is: such numbers tell no item from another.
    pub fn feedback(&self) -> Feedback {
        match self.ratings.iter().all(|rating| rating.value >= self.scale.max) {
            true => Feedback::Picks,
            false => Feedback::Ratings,
        }
    }

    /// The ratings that count as picks: those above [`Dataset::picked_above`].
    pub fn picks(&self) -> impl Iterator<Item = &Rating> {
        let threshold = self.picked_above();
        self.ratings.iter().filter(move |rating| rating.value > threshold)
    }

    /// The mean of explicit ratings, on their scale; the lowest number there is where all are picks.
    pub fn picked_above(&self) -> f32 {
        match self.feedback() {
            Feedback::Picks => self.scale.min,
            Feedback::Ratings => {
                let sum: f64 = self.ratings.iter().map(|rating| f64::from(rating.value)).sum();
                (sum / self.ratings.len() as f64) as f32
            }
        }
    }
}
