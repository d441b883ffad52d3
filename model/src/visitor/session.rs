//! One visitor with one bundle: what they said, and the local update on it.

use super::answer::Answer;
use super::error::VisitorError;
use super::state::MAX_ANSWERS;
use crate::adapt::Feedback;
use crate::ask::question::Questions;
use crate::bundle::Bundle;
use crate::compact::decimal::Decimal;
use crate::compact::vec_map::VecMap;
use crate::math::sort::argsort;
use crate::model::Adapted;
use crate::model::rank::TieBreak;
use crate::model::scores::Products;
use crate::model::vocabulary::UNKNOWN;
use crate::network::architecture::Scope;
use crate::network::task::{Examples, User};
use std::sync::Arc;

/// One visitor with one bundle.
#[derive(Debug)]
pub struct Visitor {
    pub(super) bundle: Arc<Bundle>,
    /// Of all visitors with this bundle.
    pub(super) products: Arc<Option<Products>>,
    pub(super) tie_break: TieBreak,
    /// Positions of the evidence candidates, best first, equals in the visitor's own order.
    candidates: Vec<usize>,
    /// Oldest first.
    pub(super) answers: Vec<(usize, Answer)>,
    pub(super) user_fields: VecMap<String>,
    /// Per item whether it may not be asked about nor recommended.
    pub(super) excluded: Vec<bool>,
    /// The model after the local update on what was said, and the rating to expect for every item; dropped whenever
    /// that changes.
    pub(super) adapted: Option<Adapted>,
    pub(super) scores: Option<Vec<f32>>,
}

impl Visitor {
    /// Starts a session. `seed` decides nothing but the order of equals.
    pub fn new(bundle: Arc<Bundle>, seed: u32) -> Self {
        let products = bundle.model.products().into();
        Self::with_products(bundle, products, seed)
    }

    fn with_products(bundle: Arc<Bundle>, products: Arc<Option<Products>>, seed: u32) -> Self {
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
            user_fields: VecMap::default(),
            products,
            adapted: None,
            scores: None,
        }
    }

    /// Start a session of another visitor with the same bundle.
    pub fn new_session(&self, seed: u32) -> Self {
        Self::with_products(self.bundle.clone(), self.products.clone(), seed)
    }

    pub fn bundle(&self) -> &Arc<Bundle> {
        &self.bundle
    }

    /// The best `n` evidence candidates without an answer yet, as positions.
    pub fn candidates(&self, n: usize) -> Vec<usize> {
        self.open_candidates(n, &[])
    }

    /// The best `n` that are not among `shown` either.
    pub(super) fn open_candidates(&self, n: usize, shown: &[usize]) -> Vec<usize> {
        let mut open = Vec::new();
        for &item in &self.candidates {
            let said = self.answer_of(item).is_some();
            if open.len() < n && !said && !self.excluded[item] && !shown.contains(&item) {
                open.push(item);
            }
        }
        open
    }

    /// The item to ask about next.
    pub fn next_question(&self) -> Option<usize> {
        self.questions(1, &[]).first().copied()
    }

    /// The `n` items to ask about next, beside those at the positions `shown`, which are being asked about already: of
    /// the evidence candidates without an answer those whose answers are expected to tell most beyond what the visitor
    /// said, and beyond each other ([`Questions`]). Of picks, the best of the candidates: where what is not picked says
    /// nothing, the best known items bring the most picks.
    pub fn questions(&self, n: usize, shown: &[usize]) -> Vec<usize> {
        let Bundle { model, items, catalogue, .. } = &*self.bundle;
        if model.update.feedback() == Feedback::Picks {
            return self.open_candidates(n, shown);
        }
        let (mut candidates, mut answers) = (Vec::new(), Vec::new());
        for candidate in catalogue.candidates() {
            if !self.excluded[candidate.item] {
                candidates.push((candidate.item, candidate.known));
            }
        }
        for &(item, answer) in &self.answers {
            answers.push((item, answer.rating(&model.scale)));
        }
        for &item in shown {
            if self.answer_of(item).is_none() {
                answers.push((item, None));
            }
        }
        Questions::new(model, items, &self.user(), &candidates, &answers).take(n).collect()
    }

    /// Neither asks about the items at these positions any more nor recommends them, in place of those named before.
    pub fn exclude(&mut self, items: &[usize]) {
        self.excluded.fill(false);
        for &item in items {
            self.excluded[item] = true;
        }
    }

    /// Positions of these ids, without those that the catalogue does not have.
    pub fn known(&self, ids: &[String]) -> Vec<usize> {
        ids.iter().filter_map(|id| self.bundle.catalogue.find(id)).collect()
    }

    /// Takes an answer; a second one for the same item replaces the first, in its place.
    ///
    /// # Errors
    /// For an unknown item, a rating outside the scale, or more answers than a state holds.
    pub fn answer(&mut self, id: &str, answer: Answer) -> Result<(), VisitorError> {
        let item = self.position(id)?;
        self.check(answer)?;
        if self.answers.len() >= MAX_ANSWERS && self.answer_of(item).is_none() {
            return Err(VisitorError::TooMany(self.answers.len()));
        }
        self.set(item, answer);
        Ok(())
    }

    pub(super) fn set(&mut self, item: usize, answer: Answer) {
        match self.answers.iter_mut().find(|(answered, _)| *answered == item) {
            Some(entry) => entry.1 = answer,
            None => self.answers.push((item, answer)),
        }
        self.changed();
    }

    /// What was computed is of what was said before.
    pub(super) fn changed(&mut self) {
        (self.adapted, self.scores) = (None, None);
    }

    pub(super) fn check(&self, answer: Answer) -> Result<(), VisitorError> {
        let scale = &self.bundle.model.scale;
        match answer {
            Answer::Rating(rating) if !(scale.min..=scale.max).contains(&rating) => {
                let [rating, min, max] = [rating, scale.min, scale.max].map(Decimal::from);
                Err(VisitorError::BadRating { rating, min, max })
            }
            _ => Ok(()),
        }
    }

    /// Takes back the answer for an item, or the latest one. `None` where there is none.
    ///
    /// # Errors
    /// For an unknown item.
    pub fn undo(&mut self, id: Option<&str>) -> Result<Option<(usize, Answer)>, VisitorError> {
        let index = match id {
            None => self.answers.len().checked_sub(1),
            Some(id) => {
                let item = self.position(id)?;
                self.answers.iter().position(|&(answered, _)| answered == item)
            }
        };
        self.changed();
        Ok(index.map(|index| self.answers.remove(index)))
    }

    /// All answers, oldest first, as positions and what was said.
    pub fn answers(&self) -> &[(usize, Answer)] {
        &self.answers
    }

    pub(super) fn answer_of(&self, item: usize) -> Option<Answer> {
        self.answers.iter().find(|(answered, _)| *answered == item).map(|&(_, answer)| answer)
    }

    /// Says something of the visitor, such as an age band; `None` takes it back.
    ///
    /// # Errors
    /// For a field or a value that the bundle does not know.
    pub fn describe(&mut self, field: &str, value: Option<&str>) -> Result<(), VisitorError> {
        let vocabularies = &self.bundle.user_vocabularies;
        let Some(vocabulary) = vocabularies.iter().find(|vocabulary| vocabulary.name() == field) else {
            let known: Vec<&str> = vocabularies.iter().map(|vocabulary| vocabulary.name()).collect();
            let known = if known.is_empty() { "none".into() } else { known.join(", ") };
            return Err(VisitorError::UnknownField { field: field.into(), known });
        };
        match value {
            Some(value) if vocabulary.row(value).is_none() => {
                return Err(VisitorError::UnknownValue { field: field.into(), value: value.into() });
            }
            Some(value) => self.user_fields.insert(field, value.into()),
            None => self.user_fields.remove(field),
        };
        self.changed();
        Ok(())
    }

    pub(super) fn user(&self) -> User {
        let mut user = User::new();
        for vocabulary in &self.bundle.user_vocabularies {
            let said = self.user_fields.get(vocabulary.name());
            user.push(vec![said.and_then(|value| vocabulary.row(value)).unwrap_or(UNKNOWN)]);
        }
        user
    }

    pub(super) fn position(&self, id: &str) -> Result<usize, VisitorError> {
        self.bundle.catalogue.find(id).ok_or_else(|| VisitorError::UnknownItem(id.into()))
    }

    /// The answers that say something about taste, as the model reads them, without the one at `except`.
    pub(super) fn support(&self, except: Option<usize>) -> Examples {
        let Bundle { model, items, .. } = &*self.bundle;
        let mut rated = Vec::new();
        for (index, &(item, answer)) in self.answers.iter().enumerate() {
            if let Some(rating) = answer.rating(&model.scale).filter(|_| Some(index) != except) {
                rated.push((item, rating));
            }
        }
        model.support(items, &rated)
    }

    /// Does the local update on what was said, unless it is done: the next recommendation then only has to rank.
    pub fn adapt(&mut self) {
        if self.adapted.is_none() {
            let Bundle { model, items, .. } = &*self.bundle;
            // Where embeddings move, any item may have moved with them.
            let whole = model.update.scope() == Scope::All;
            let query = if whole { items.clone() } else { Examples::none(&model.layout).items };
            self.adapted = Some(model.adapt(&self.user(), self.support(None), query));
        }
    }
}
