//! What a visitor is shown: the best items, with reasons.

use super::answer::Answer;
use super::error::VisitorError;
use super::reason::Reason;
use super::session::Visitor;
use crate::model::rank::top_k;

/// An item worth showing.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    /// Position in the catalogue.
    pub item: usize,
    /// The predicted rating, which may lie a little outside the scale; of a picks bundle a score, whose order is all it
    /// means.
    pub score: f32,
    /// The liked answer that moved it up most.
    pub because: Option<Reason>,
}

impl Visitor {
    /// Positions of the `k` items with the highest predicted ratings, best first; without those already answered, unless
    /// asked for.
    pub fn rank(&mut self, k: usize, include_answered: bool) -> Vec<usize> {
        self.scores();
        let mut wanted: Vec<bool> = self.excluded.iter().map(|&excluded| !excluded).collect();
        for &(item, _) in &self.answers {
            wanted[item] &= include_answered;
        }
        let scores = self.scores.as_deref().unwrap_or_default();
        top_k(scores, &|item| wanted[item], k, self.tie_break)
    }

    /// As [`Visitor::rank`], each with its reason.
    pub fn recommend(&mut self, k: usize, include_answered: bool) -> Vec<Recommendation> {
        let items = self.rank(k, include_answered);
        let scores = self.scores.as_deref().unwrap_or_default();
        let mut recommended = Vec::new();
        for (&item, reasons) in items.iter().zip(&self.reasons(&items)) {
            let score = self.bundle.model.read_out(scores[item]);
            let because = reasons.iter().find(|r| r.influence > 0.0 && self.is_like(r.answer)).copied();
            recommended.push(Recommendation { item, score, because });
        }
        recommended
    }

    fn is_like(&self, answer: Answer) -> bool {
        let scale = &self.bundle.model.scale;
        answer.rating(scale).is_some_and(|rating| scale.is_like(rating))
    }

    /// The predicted rating of an item; of a picks bundle its score.
    ///
    /// # Errors
    /// For an unknown item.
    pub fn predict(&mut self, id: &str) -> Result<f32, VisitorError> {
        let item = self.position(id)?;
        let expected = self.scores()[item];
        Ok(self.bundle.model.read_out(expected))
    }

    /// How far each answer moved the prediction for an item, strongest first; at most the latest 50 with a rating.
    ///
    /// # Errors
    /// For an unknown item.
    pub fn explain(&self, id: &str) -> Result<Vec<Reason>, VisitorError> {
        Ok(self.reasons(&[self.position(id)?]).swap_remove(0))
    }

    /// The rating to expect for every item after the local update; of a picks bundle its score.
    fn scores(&mut self) -> &[f32] {
        self.adapt();
        let model = &self.bundle.model;
        let products = self.products.as_ref().as_ref();
        let scores = || self.adapted.as_ref().map(|adapted| model.predict_all(adapted, products)).unwrap_or_default();
        self.scores.get_or_insert_with(scores)
    }
}
