//! Rank, recommend and explain items.

use super::answer::Answer;
use super::error::VisitorError;
use super::reason::Reason;
use super::session::Visitor;
use crate::model::rank::top_k;

/// A recommended item.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    /// The position in the catalogue.
    pub item: usize,
    /// The predicted rating, which may lie slightly outside the scale; with picks a score, of which only the order has a
    /// meaning.
    pub score: f32,
    /// The liked answer with the largest positive influence on the score.
    pub because: Option<Reason>,
}

impl Visitor {
    /// Return the positions of the `k` items with the highest predicted ratings, best first, without excluded items
    /// ([`Visitor::exclude`]), and without answered ones unless `include_answered`.
    pub fn rank(&mut self, k: usize, include_answered: bool) -> Vec<usize> {
        self.scores();
        let mut eligible: Vec<bool> = self.excluded.iter().map(|&excluded| !excluded).collect();
        for &(item, _) in &self.answers {
            eligible[item] &= include_answered;
        }
        let scores = self.scores.as_deref().unwrap_or_default();
        top_k(scores, &|item| eligible[item], k, self.tie_break)
    }

    /// Return the items of [`Visitor::rank`] with scores and reasons.
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

    /// Return whether an answer is closer to a like than to a dislike.
    fn is_like(&self, answer: Answer) -> bool {
        let scale = &self.bundle.model.scale;
        answer.rating(scale).is_some_and(|rating| scale.is_like(rating))
    }

    /// Return the predicted rating of the item with this id; with picks its score.
    ///
    /// # Errors
    /// [`VisitorError::UnknownItem`] where the catalogue does not have the id.
    pub fn predict(&mut self, id: &str) -> Result<f32, VisitorError> {
        let item = self.position(id)?;
        let expected = self.scores()[item];
        Ok(self.bundle.model.read_out(expected))
    }

    /// Return the influence of each answer on the prediction for the item with this id, strongest first; at most of the
    /// latest 50 answers with a rating.
    ///
    /// # Errors
    /// [`VisitorError::UnknownItem`] where the catalogue does not have the id.
    pub fn explain(&self, id: &str) -> Result<Vec<Reason>, VisitorError> {
        Ok(self.reasons(&[self.position(id)?]).swap_remove(0))
    }

    /// Return the expected rating of each item after the local update; with picks its score.
    fn scores(&mut self) -> &[f32] {
        self.adapt();
        let model = &self.bundle.model;
        let products = self.products.as_ref().as_ref();
        let scores = || self.adapted.as_ref().map(|adapted| model.predict_all(adapted, products)).unwrap_or_default();
        self.scores.get_or_insert_with(scores)
    }
}
