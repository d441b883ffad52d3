//! Baselines as predictors.

use crate::baselines::{PickBaseline, RatingBaseline, only_items};
use crate::predict::Predictor;
use fewclicks_model::adapt::Feedback;
use fewclicks_model::model::readout::Readout;
use fewclicks_model::network::task::User;

/// A baseline for ratings, with its read-out.
pub(super) struct Rates {
    pub baseline: Box<dyn RatingBaseline>,
    pub readout: Option<Readout>,
    pub items: u32,
}

impl Predictor for Rates {
    fn feedback(&self) -> Feedback {
        Feedback::Ratings
    }

    fn ratings(&self, user: &User, support: &[(u32, f32)], query: &[u32]) -> Vec<f32> {
        self.baseline.predict(user, support, query)
    }

    fn read_out(&self, expected: f32) -> f32 {
        self.readout.as_ref().map_or(expected, |readout| readout.apply(expected))
    }

    fn scores(&self, user: &User, support: &[(u32, f32)]) -> Vec<f32> {
        self.baseline.predict(user, support, &(0..self.items).collect::<Vec<_>>())
    }
}

/// A baseline for picks.
pub(super) struct Lists {
    pub baseline: Box<dyn PickBaseline>,
    /// Minimum rating of an answer that counts as a pick.
    pub picked: f32,
    /// Number of picks of each item, the scores where nothing was picked.
    pub popularity: Vec<f32>,
}

impl Predictor for Lists {
    fn feedback(&self) -> Feedback {
        Feedback::Picks
    }

    fn ratings(&self, user: &User, support: &[(u32, f32)], query: &[u32]) -> Vec<f32> {
        let scores = self.scores(user, support);
        query.iter().map(|&item| scores[item as usize]).collect()
    }

    fn read_out(&self, expected: f32) -> f32 {
        expected
    }

    fn scores(&self, _user: &User, support: &[(u32, f32)]) -> Vec<f32> {
        let picked: Vec<(u32, f32)> = support.iter().copied().filter(|&(_, rating)| rating >= self.picked).collect();
        if picked.is_empty() { self.popularity.clone() } else { self.baseline.scores(&only_items(&picked)) }
    }
}
