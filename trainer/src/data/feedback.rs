//! Tells ratings from picks.

use crate::data::dataset::{Dataset, Rating, Scale};
use crate::ranks;
use fewclicks_model::adapt::Feedback;

impl Scale {
    /// The scale of picks: 1 for an item that was picked.
    pub const PICKS: Self = Self { min: 0.0, max: 1.0 };
}

impl Dataset {
    /// Return whether the data is ratings or picks. It is picks if every rating, of any rank, is the maximum of the scale: such
    /// ratings do not distinguish items.
    pub fn feedback(&self) -> Feedback {
        let are_picks = self.ratings.iter().all(|rating| rating.value >= self.scale.max);
        match ranks::gather(vec![are_picks]).into_iter().all(|are_picks| are_picks) {
            true => Feedback::Picks,
            false => Feedback::Ratings,
        }
    }

    /// Return the ratings that count as picks: those above [`Dataset::picked_above`].
    pub fn picks(&self) -> impl Iterator<Item = &Rating> {
        let threshold = self.picked_above();
        self.ratings.iter().filter(move |rating| rating.value > threshold)
    }

    /// Return the rating above which an item counts as picked: the mean rating, or the minimum of the scale if all
    /// ratings are picks.
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
