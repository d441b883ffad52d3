//! A visitor's session: answers come in, recommendations come out. No web in it.

mod answer;
mod error;
mod explain;
mod progress;
mod state;

pub use answer::{Answer, Word};
pub use error::VisitorError;
pub use explain::Reason;
pub use progress::Adaptation;
pub use state::{SavedAnswer, SavedState, VERSION};

use crate::ask::question::Questions;
use crate::bundle::Bundle;
use crate::compact::decimal::whole;
use crate::compact::entries::Entries;
use crate::compact::order::sorted;
use crate::compact::words::listed;
use crate::model::Adapted;
use crate::model::features::UNKNOWN;
use crate::model::rank::{TieBreak, top_k};
use crate::model::scores::Products;
use crate::network::layout::Scope;
use crate::network::task::{Examples, Items, User};
use std::sync::Arc;

/// One visitor with one bundle.
pub struct Visitor {
    bundle: Arc<Bundle>,
    /// Of all visitors with this bundle.
    products: Arc<Option<Products>>,
    tie_break: TieBreak,
    /// Positions of the evidence candidates, best first, equals in the visitor's own order.
    candidates: Vec<usize>,
    /// Oldest first.
    answers: Vec<(usize, Answer)>,
    user_fields: Entries<String>,
    /// Per item whether it may not be asked about nor recommended.
    excluded: Vec<bool>,
    /// The model after the local update on what was said, and the rating to expect for every item; dropped whenever
    /// that changes.
    adapted: Option<Adapted>,
    scores: Option<Vec<f32>>,
}

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
    /// Starts a session. `seed` decides nothing but the order of equals.
    pub fn new(bundle: Arc<Bundle>, seed: u32) -> Self {
        let products = bundle.model.products().into();
        Self::beside(bundle, products, seed)
    }

    fn beside(bundle: Arc<Bundle>, products: Arc<Option<Products>>, seed: u32) -> Self {
        let tie_break = TieBreak { seed };
        let asked = bundle.catalogue.candidates();
        let better = |a: usize, b: usize| {
            let (a, b) = (&asked[a], &asked[b]);
            b.score.total_cmp(&a.score).then_with(|| tie_break.compare(a.item, b.item))
        };
        Self {
            excluded: vec![false; bundle.catalogue.len()],
            candidates: sorted(asked.len(), &better).into_iter().map(|place| asked[place].item).collect(),
            bundle,
            tie_break,
            answers: Vec::new(),
            user_fields: Entries::default(),
            products,
            adapted: None,
            scores: None,
        }
    }

    /// Another visitor with the same bundle.
    pub fn another(&self, seed: u32) -> Self {
        Self::beside(self.bundle.clone(), self.products.clone(), seed)
    }

    pub fn bundle(&self) -> &Arc<Bundle> {
        &self.bundle
    }

    /// The best `n` evidence candidates without an answer yet, as positions.
    pub fn candidates(&self, n: usize) -> Vec<usize> {
        self.open_candidates(n, &[])
    }

    /// The best `n` that are not among `shown` either.
    fn open_candidates(&self, n: usize, shown: &[usize]) -> Vec<usize> {
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
        if model.update.learns_picks() {
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
        let questions = Questions::new(model, items, &self.user(), &candidates, &answers);
        questions.unwrap_or_else(|_| unreachable!("a part of a laid-out model can be laid out")).take(n).collect()
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
        if self.answers.len() >= state::MAX_ANSWERS && self.answer_of(item).is_none() {
            return Err(VisitorError::TooMany(self.answers.len()));
        }
        self.set(item, answer);
        Ok(())
    }

    fn set(&mut self, item: usize, answer: Answer) {
        match self.answers.iter_mut().find(|(answered, _)| *answered == item) {
            Some(entry) => entry.1 = answer,
            None => self.answers.push((item, answer)),
        }
        self.changed();
    }

    /// What was computed is of what was said before.
    fn changed(&mut self) {
        (self.adapted, self.scores) = (None, None);
    }

    fn check(&self, answer: Answer) -> Result<(), VisitorError> {
        let scale = &self.bundle.model.scale;
        match answer {
            Answer::Rating(rating) if !(scale.min..=scale.max).contains(&rating) => {
                Err(VisitorError::BadRating { rating, min: scale.min, max: scale.max })
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

    fn answer_of(&self, item: usize) -> Option<Answer> {
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
            let known = if known.is_empty() { "none".into() } else { listed("", &known) };
            return Err(VisitorError::UnknownField { field: field.into(), known });
        };
        match value {
            Some(value) if vocabulary.row(value).is_none() => {
                return Err(VisitorError::UnknownValue { field: field.into(), value: value.into() });
            }
            Some(value) => self.user_fields.set(field, value.into()),
            None => self.user_fields.remove(field),
        };
        self.changed();
        Ok(())
    }

    fn user(&self) -> User {
        let mut user = User::new();
        for vocabulary in &self.bundle.user_vocabularies {
            let said = self.user_fields.get(vocabulary.name());
            user.push(vec![said.and_then(|value| vocabulary.row(value)).unwrap_or(UNKNOWN)]);
        }
        user
    }

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

    /// What to keep.
    pub fn save(&self) -> SavedState {
        let mut answers = Vec::new();
        for &(item, value) in &self.answers {
            answers.push(SavedAnswer { id: self.bundle.catalogue.item(item).id, value });
        }
        SavedState { version: VERSION, answers, user: self.user_fields.clone() }
    }

    /// Goes on from what was kept, in place of everything said so far. Returns the ids of items that this catalogue
    /// does not have any more; user fields that the bundle does not know any more are left out too.
    ///
    /// # Errors
    /// For another version, or a rating outside the scale; then nothing changes.
    pub fn restore(&mut self, state: &SavedState) -> Result<Vec<String>, VisitorError> {
        if state.version != VERSION {
            let reason = ["version ", &whole(state.version), ", expected ", &whole(VERSION)].concat();
            return Err(VisitorError::BadState(reason));
        }
        if state.answers.len() > state::MAX_ANSWERS {
            let reason =
                [&whole(state.answers.len()), " answers, expected at most ", &whole(state::MAX_ANSWERS)].concat();
            return Err(VisitorError::BadState(reason));
        }
        for saved in &state.answers {
            let in_place = |error: VisitorError| VisitorError::BadState([&saved.id, ": ", &error.words()].concat());
            self.check(saved.value).map_err(in_place)?;
        }
        self.forget();
        let mut gone = Vec::new();
        for SavedAnswer { id, value } in &state.answers {
            match self.bundle.catalogue.find(id) {
                Some(item) => self.set(item, *value),
                None => gone.push(id.clone()),
            }
        }
        for (field, value) in state.user.iter() {
            // An unknown field or value says nothing to this bundle: the visitor stays undescribed there.
            let _ = self.describe(field, Some(value));
        }
        Ok(gone)
    }

    /// Forgets everything said.
    pub fn forget(&mut self) {
        self.answers.clear();
        self.user_fields = Entries::default();
        self.changed();
    }

    fn position(&self, id: &str) -> Result<usize, VisitorError> {
        self.bundle.catalogue.find(id).ok_or_else(|| VisitorError::UnknownItem(id.to_owned()))
    }

    /// The answers that say something about taste, as the model reads them, without the one at `except`.
    fn support(&self, except: Option<usize>) -> Examples {
        let Bundle { model, items, .. } = &*self.bundle;
        let mut rated = Vec::new();
        for (index, &(item, answer)) in self.answers.iter().enumerate() {
            if let Some(rating) = answer.rating(&model.scale).filter(|_| Some(index) != except) {
                rated.push((item, rating));
            }
        }
        model.support(items, &rated)
    }

    /// The local update on `support`, of what this and the items of `query` touch.
    fn update(&self, support: Examples, query: Items) -> Adapted {
        let adapted = self.bundle.model.adapt(&self.user(), support, query);
        adapted.unwrap_or_else(|_| unreachable!("a part of a laid-out model can be laid out"))
    }

    /// Does the local update on what was said, unless it is done: the next recommendation then only has to rank.
    pub fn adapt(&mut self) {
        if self.adapted.is_none() {
            let Bundle { model, items, .. } = &*self.bundle;
            // Where embeddings move, any item may have moved with them.
            let whole = model.update.scope == Scope::All;
            let query = if whole { items.clone() } else { Examples::nothing(&model.layout).items };
            self.adapted = Some(self.update(self.support(None), query));
        }
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
