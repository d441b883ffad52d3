//! The session of one visitor: answers, user fields and questions.

use super::answer::Answer;
use super::error::VisitorError;
use super::state::MAX_ANSWERS;
use crate::bundle::Bundle;
use crate::compact::decimal::Decimal;
use crate::compact::node::join;
use crate::halves::Given;
use crate::math::sort::argsort;
use crate::model::rank::TieBreak;
use crate::model::vocabulary::{UNKNOWN, Vocabulary};
use crate::network::task::User;
use crate::recommender::{RecommenderFor, Scores};
use std::sync::Arc;

/// The session of one visitor with a bundle.
///
/// ```
/// # let (dishes, model, features) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/doc/dishes.rs"));
/// # use fewclicks_model::{About, Bundle, Catalogue};
/// # let (about, model, catalogue) = (About::default(), model.fold(&features)?, Catalogue::new(&dishes, vec![])?);
/// # let bundle = Bundle { about, model: model.into(), user_vocabularies: vec![], catalogue };
/// use fewclicks_model::{Answer, Visitor, VisitorError};
///
/// let mut visitor = Visitor::new(std::sync::Arc::new(bundle), 1);
/// visitor.answer("ramen", Answer::Dislike)?;
/// assert!(visitor.predict("pho")? < visitor.predict("brownie")?);
/// assert_eq!(visitor.undo(None)?, Some((0, Answer::Dislike)));
///
/// let error = visitor.answer("pizza", Answer::Like).unwrap_err();
/// assert_eq!(error, VisitorError::UnknownItem("pizza".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Visitor {
    pub(super) bundle: Arc<Bundle>,
    pub(super) tie_break: TieBreak,
    /// The positions of the evidence candidates, best first, equal scores in the order of `tie_break`.
    candidates: Vec<usize>,
    /// Positions and answers, oldest first.
    pub(super) answers: Vec<(usize, Answer)>,
    /// The values of user fields, by name.
    pub(super) user_fields: Vec<(String, String)>,
    /// Whether an item is excluded from questions and recommendations, by position.
    pub(super) excluded: Vec<bool>,
    /// The model after the local update; `None` after a change of answers or user fields.
    pub(super) adapted: Option<RecommenderFor>,
    /// The scores of the items; `None` after a change of answers or user fields.
    pub(super) scores: Option<Scores>,
}

impl Visitor {
    /// Start a session. `seed` determines the order of items with equal scores.
    pub fn new(bundle: Arc<Bundle>, seed: u32) -> Self {
        let tie_break = TieBreak { seed };
        let asked = bundle.catalogue.candidates();
        let better = |a: usize, b: usize| {
            let (a, b) = (&asked[a], &asked[b]);
            b.score.total_cmp(&a.score).then_with(|| tie_break.compare(a.item, b.item))
        };
        Self {
            excluded: vec![false; bundle.catalogue.len()],
            candidates: argsort(asked.len(), &better).into_iter().map(|index| asked[index].item).collect(),
            bundle,
            tie_break,
            answers: Vec::new(),
            user_fields: Vec::new(),
            adapted: None,
            scores: None,
        }
    }

    /// Start the session of another visitor with the same bundle, which shares all memory but the answers.
    pub fn new_session(&self, seed: u32) -> Self {
        Self::new(self.bundle.clone(), seed)
    }

    /// Return the bundle.
    pub fn bundle(&self) -> &Arc<Bundle> {
        &self.bundle
    }

    /// Return the positions of the best `n` evidence candidates that are neither answered nor excluded.
    pub fn candidates(&self, n: usize) -> Vec<usize> {
        self.open_candidates(n, &[])
    }

    /// As [`Visitor::candidates`], without the positions in `shown`.
    pub(super) fn open_candidates(&self, n: usize, shown: &[usize]) -> Vec<usize> {
        let mut open = Vec::new();
        for &item in &self.candidates {
            let answered = self.answer_of(item).is_some();
            if open.len() < n && !answered && !self.excluded[item] && !shown.contains(&item) {
                open.push(item);
            }
        }
        open
    }

    /// Return the position of the best item to ask about next; `None` where there is no candidate left.
    pub fn next_question(&self) -> Option<usize> {
        self.questions(1, &[]).first().copied()
    }

    /// Return the positions of the best `n` items to ask about next, in addition to the positions `shown`, which are being
    /// asked about already. They are the evidence candidates whose answers are expected to tell most, given the answers so far
    /// and each other ([`crate::Recommender::questions`]). Where the model does not know what to ask by, they are the best
    /// candidates by score.
    ///
    /// # Panics
    /// Where a position in `shown` is outside the catalogue.
    pub fn questions(&self, n: usize, shown: &[usize]) -> Vec<usize> {
        let mut candidates = self.candidates.clone();
        candidates.retain(|&item| !self.excluded[item]);
        let questions = self.bundle.model.questions(&candidates, &self.given(), shown, n);
        questions.unwrap_or_else(|| self.open_candidates(n, shown))
    }

    /// Exclude the items at these positions, and no others, from questions and recommendations.
    ///
    /// # Panics
    /// Where a position is outside the catalogue.
    pub fn exclude(&mut self, items: &[usize]) {
        self.excluded.fill(false);
        for &item in items {
            self.excluded[item] = true;
        }
    }

    /// Return the positions of the items with these ids, without ids that are not in the catalogue.
    pub fn positions(&self, ids: &[String]) -> Vec<usize> {
        ids.iter().filter_map(|id| self.bundle.catalogue.find(id)).collect()
    }

    /// Add an answer about the item with this id, or replace the answer about it.
    ///
    /// # Errors
    /// For an unknown item, a rating outside the scale, or more than 1000 answers.
    pub fn answer(&mut self, id: &str, answer: Answer) -> Result<(), VisitorError> {
        let item = self.position(id)?;
        self.check(answer)?;
        if self.answers.len() >= MAX_ANSWERS && self.answer_of(item).is_none() {
            return Err(VisitorError::TooMany(self.answers.len()));
        }
        self.set(item, answer);
        Ok(())
    }

    /// Add or replace the answer about the item at a position.
    pub(super) fn set(&mut self, item: usize, answer: Answer) {
        match self.answers.iter_mut().find(|(answered, _)| *answered == item) {
            Some(entry) => entry.1 = answer,
            None => self.answers.push((item, answer)),
        }
        self.invalidate();
    }

    /// Drop the results that depend on answers and user fields.
    pub(super) fn invalidate(&mut self) {
        (self.adapted, self.scores) = (None, None);
    }

    /// Check that a rating is on the scale.
    pub(super) fn check(&self, answer: Answer) -> Result<(), VisitorError> {
        let scale = self.bundle.model.scale();
        match answer {
            Answer::Rating(rating) if !(scale.min..=scale.max).contains(&rating) => {
                let [rating, min, max] = [rating, scale.min, scale.max].map(Decimal::from);
                Err(VisitorError::BadRating { rating, min, max })
            }
            _ => Ok(()),
        }
    }

    /// Remove the answer about the item with this id, or the latest answer. Return its position and the answer; `None` where
    /// there is none.
    ///
    /// # Errors
    /// [`VisitorError::UnknownItem`] where the catalogue does not have the id.
    pub fn undo(&mut self, id: Option<&str>) -> Result<Option<(usize, Answer)>, VisitorError> {
        let index = match id {
            None => self.answers.len().checked_sub(1),
            Some(id) => {
                let item = self.position(id)?;
                self.answers.iter().position(|&(answered, _)| answered == item)
            }
        };
        self.invalidate();
        Ok(index.map(|index| self.answers.remove(index)))
    }

    /// Return the positions of answered items and the answers, oldest first.
    pub fn answers(&self) -> &[(usize, Answer)] {
        &self.answers
    }

    /// Return the answer about the item at a position.
    pub(super) fn answer_of(&self, item: usize) -> Option<Answer> {
        self.answers.iter().find(|(answered, _)| *answered == item).map(|&(_, answer)| answer)
    }

    /// Set a user field, such as an age group; `None` removes it.
    ///
    /// # Errors
    /// For a field or a value that is not in the bundle.
    pub fn describe(&mut self, field: &str, value: Option<&str>) -> Result<(), VisitorError> {
        let vocabularies = &self.bundle.user_vocabularies;
        let Some(vocabulary) = vocabularies.iter().find(|vocabulary| vocabulary.name() == field) else {
            let known: Vec<&str> = vocabularies.iter().map(Vocabulary::name).collect();
            let known = if known.is_empty() { "none".into() } else { join(&known, ", ") };
            return Err(VisitorError::UnknownField { field: field.into(), known });
        };
        match value {
            Some(value) if vocabulary.row(value).is_none() => {
                return Err(VisitorError::UnknownValue { field: field.into(), value: value.into() });
            }
            Some(value) => match self.user_fields.iter_mut().find(|(name, _)| name == field) {
                Some(entry) => entry.1 = value.into(),
                None => self.user_fields.push((field.into(), value.into())),
            },
            None => self.user_fields.retain(|(name, _)| name != field),
        }
        self.invalidate();
        Ok(())
    }

    /// Return the embedding rows of the user fields.
    pub(super) fn user(&self) -> User {
        let mut user = User::new();
        for vocabulary in &self.bundle.user_vocabularies {
            let entry = self.user_fields.iter().find(|(name, _)| name == vocabulary.name());
            user.push(vec![entry.and_then(|(_, value)| vocabulary.row(value)).unwrap_or(UNKNOWN)]);
        }
        user
    }

    /// Return the position of the item with this id.
    pub(super) fn position(&self, id: &str) -> Result<usize, VisitorError> {
        self.bundle.catalogue.find(id).ok_or_else(|| VisitorError::UnknownItem(id.into()))
    }

    /// Return the answers as the recommender reads them, oldest first.
    pub(super) fn given(&self) -> Vec<Given> {
        let scale = self.bundle.model.scale();
        let mut given = Vec::new();
        for &(item, answer) in &self.answers {
            given.push(Given { item, rating: answer.rating(scale) });
        }
        given
    }

    /// Do the local update now if answers or user fields have changed, so that the next call need not wait for it.
    pub fn adapt(&mut self) {
        if self.adapted.is_none() {
            self.adapted = Some(self.bundle.model.adapt(&self.user(), &self.given()));
        }
    }
}
