//! Rank, recommend and explain items.

use super::answer::Answer;
use super::error::VisitorError;
use super::list_options::{ListOptions, VARIED};
use super::reason::Reason;
use super::session::Visitor;
use crate::model::rank::top_k;
use crate::recommender::Scores;

/// A recommended item.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    /// The position in the catalogue.
    pub item: usize,
    /// The predicted rating, which may lie slightly outside the scale; with picks a score, of which only the order has a
    /// meaning. A list need not be sorted by it: the default model also weighs what a visitor would choose.
    pub score: f32,
    /// The liked answer with the largest positive influence on the item's score in the list.
    pub because: Option<Reason>,
    /// The answers with a positive influence on the item's score in the list, strongest first, without
    /// [`Answer::Unknown`].
    pub reasons: Vec<Reason>,
}

impl Visitor {
    /// Return the positions of the best `k` items, best first, without excluded items ([`Visitor::exclude`]). The best
    /// [`VARIED`] by score are varied as `options` ask for; all others follow by score.
    pub fn rank(&mut self, k: usize, options: &ListOptions) -> Vec<usize> {
        let tie_break = self.tie_break;
        let mut eligible: Vec<bool> = self.excluded.iter().map(|&excluded| !excluded).collect();
        for &(item, _) in &self.answers {
            eligible[item] &= options.include_answered;
        }
        self.scores();
        let Self { bundle, scores: Some(Scores { list, .. }), .. } = self else { return Vec::new() };
        let mut best = top_k(list, &|item| eligible[item], k.max(VARIED), tie_break);
        let rest = best.split_off(best.len().min(VARIED));
        let mut best = bundle.model.vary(list, best, k, options.variety);
        best.extend(rest);
        best.truncate(k);
        best
    }

    /// Return the items of [`Visitor::rank`] with scores and reasons.
    pub fn recommend(&mut self, k: usize, options: &ListOptions) -> Vec<Recommendation> {
        let items = self.rank(k, options);
        let mut recommended = Vec::new();
        for (&item, mut reasons) in items.iter().zip(self.reasons(&items)) {
            let score = self.shown_rating(item);
            reasons.retain(|reason| reason.influence > 0.0 && reason.answer != Answer::Unknown);
            let because = reasons.iter().find(|reason| self.is_like(reason.answer)).copied();
            recommended.push(Recommendation { item, score, because, reasons });
        }
        recommended
    }

    /// Return whether an answer is closer to a like than to a dislike.
    fn is_like(&self, answer: Answer) -> bool {
        let scale = self.bundle.model.scale();
        answer.rating(scale).is_some_and(|rating| scale.is_like(rating))
    }

    /// Return the predicted rating of the item with this id; with picks its score.
    ///
    /// # Errors
    /// [`VisitorError::UnknownItem`] where the catalogue does not have the id.
    pub fn predict(&mut self, id: &str) -> Result<f32, VisitorError> {
        let item = self.position(id)?;
        Ok(self.shown_rating(item))
    }

    /// Return the read-out rating of an item; with picks its score.
    pub(super) fn shown_rating(&mut self, item: usize) -> f32 {
        let expected = self.scores().rating(item);
        self.bundle.model.read_out(expected)
    }

    /// Return the influence of each answer on the list score of the item with this id, strongest first; at most of the
    /// latest 50 answers that the model reads.
    ///
    /// # Errors
    /// [`VisitorError::UnknownItem`] where the catalogue does not have the id.
    pub fn explain(&self, id: &str) -> Result<Vec<Reason>, VisitorError> {
        Ok(self.reasons(&[self.position(id)?]).swap_remove(0))
    }

    /// Return the scores of the items after the local update.
    pub(super) fn scores(&mut self) -> &Scores {
        self.adapt();
        let Self { bundle, adapted, scores, .. } = self;
        let adapted = adapted.as_ref().expect("adapted before");
        scores.get_or_insert_with(|| bundle.model.scores(adapted))
    }
}
