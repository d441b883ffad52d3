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

use crate::bundle::Bundle;
use crate::examples::{Examples, User};
use crate::features::UNKNOWN;
use crate::question::Questions;
use crate::rank::{TieBreak, top_k};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// One visitor with one bundle.
pub struct Visitor {
    bundle: Arc<Bundle>,
    positions: HashMap<String, usize>,
    tie_break: TieBreak,
    /// Positions of the evidence candidates, best first, equals in the visitor's own order.
    candidates: Vec<usize>,
    /// Oldest first.
    answers: Vec<(usize, Answer)>,
    user_fields: BTreeMap<String, String>,
    /// Per item whether it may not be asked about nor recommended.
    excluded: Vec<bool>,
    /// The rating to expect for every item as last computed; dropped whenever an answer changes.
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
        let tie_break = TieBreak { seed };
        let mut asked = bundle.catalogue.candidates.clone();
        asked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| tie_break.compare(a.item, b.item)));
        Self {
            positions: bundle.catalogue.positions(),
            excluded: vec![false; bundle.catalogue.items.len()],
            candidates: asked.iter().map(|asked| asked.item).collect(),
            bundle,
            tie_break,
            answers: Vec::new(),
            user_fields: BTreeMap::new(),
            scores: None,
        }
    }

    pub fn bundle(&self) -> &Arc<Bundle> {
        &self.bundle
    }

    /// The best `n` evidence candidates without an answer yet, as positions.
    pub fn candidates(&self, n: usize) -> Vec<usize> {
        self.open_candidates().take(n).collect()
    }

    fn open_candidates(&self) -> impl Iterator<Item = usize> {
        self.candidates.iter().copied().filter(|&item| self.answer_of(item).is_none() && !self.excluded[item])
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
            return self.open_candidates().filter(|item| !shown.contains(item)).take(n).collect();
        }
        let candidates = catalogue.candidates.iter().filter(|candidate| !self.excluded[candidate.item]);
        let candidates: Vec<(usize, f32)> = candidates.map(|candidate| (candidate.item, candidate.known)).collect();
        let answers = self.answers.iter().map(|&(item, answer)| (item, answer.rating(&model.scale)));
        let asked = shown.iter().filter(|&&item| self.answer_of(item).is_none()).map(|&item| (item, None));
        let answers: Vec<(usize, Option<f32>)> = answers.chain(asked).collect();
        let questions = Questions::new(model, items, &self.user(), &candidates, &answers);
        questions.expect("a part of a laid-out model can be laid out").take(n).collect()
    }

    /// Neither asks about these items any more nor recommends them, in place of those named before. An id that the
    /// catalogue does not have is left out.
    pub fn exclude<'a>(&mut self, ids: impl Iterator<Item = &'a str>) {
        self.excluded.fill(false);
        for item in self.known(ids) {
            self.excluded[item] = true;
        }
    }

    /// Positions of these ids, without those that the catalogue does not have.
    pub fn known<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Vec<usize> {
        ids.filter_map(|id| self.positions.get(id).copied()).collect()
    }

    /// Takes an answer; a second one for the same item replaces the first, in its place.
    ///
    /// # Errors
    /// For an unknown item, a rating outside the scale, or more answers than a state holds.
    pub fn answer(&mut self, id: &str, answer: Answer) -> Result<(), VisitorError> {
        let item = self.position(id)?;
        self.check(answer)?;
        if self.answers.len() >= state::MOST_ANSWERS && self.answer_of(item).is_none() {
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
        self.scores = None;
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
        self.scores = None;
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
            let known = if known.is_empty() { "none".into() } else { known.join(", ") };
            return Err(VisitorError::UnknownField { field: field.into(), known });
        };
        match value {
            Some(value) if !vocabulary.contains(value) => {
                return Err(VisitorError::UnknownValue { field: field.into(), value: value.into() });
            }
            Some(value) => self.user_fields.insert(field.into(), value.into()),
            None => self.user_fields.remove(field),
        };
        self.scores = None;
        Ok(())
    }

    fn user(&self) -> User {
        let rows = |vocabulary: &crate::features::Vocabulary| match self.user_fields.get(vocabulary.name()) {
            Some(value) => vocabulary.encode([value.as_str()]),
            None => vec![UNKNOWN],
        };
        self.bundle.user_vocabularies.iter().map(rows).collect()
    }

    /// The `k` items with the highest predicted ratings, best first, each with its reason; without those already
    /// answered, unless asked for.
    pub fn recommend(&mut self, k: usize, include_answered: bool) -> Vec<Recommendation> {
        let answered: Vec<usize> = self.answers.iter().map(|&(item, _)| item).collect();
        let excluded = self.excluded.clone();
        let wanted = |item: &usize| !excluded[*item] && (include_answered || !answered.contains(item));
        let tie_break = self.tie_break;
        let scores = self.scores();
        let items = top_k(scores, (0..scores.len()).filter(wanted), k, tie_break);
        let expected: Vec<f32> = items.iter().map(|&item| scores[item]).collect();
        let scores: Vec<f32> = expected.into_iter().map(|x| self.bundle.model.read_out(x)).collect();
        let reasons = self.reasons(&items);
        let best_like =
            |reasons: Vec<Reason>| reasons.into_iter().find(|r| r.influence > 0.0 && self.is_like(r.answer));
        let parts = items.into_iter().zip(scores).zip(reasons);
        parts.map(|((item, score), reasons)| Recommendation { item, score, because: best_like(reasons) }).collect()
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
        let saved = |&(item, value): &(usize, Answer)| SavedAnswer { id: self.id(item).to_owned(), value };
        SavedState {
            version: VERSION,
            answers: self.answers.iter().map(saved).collect(),
            user: self.user_fields.clone(),
        }
    }

    /// Goes on from what was kept, in place of everything said so far. Returns the ids of items that this catalogue
    /// does not have any more; user fields that the bundle does not know any more are left out too.
    ///
    /// # Errors
    /// For another version, or a rating outside the scale; then nothing changes.
    pub fn restore(&mut self, state: &SavedState) -> Result<Vec<String>, VisitorError> {
        if state.version != VERSION {
            let reason = format!("version {}, expected {VERSION}", state.version);
            return Err(VisitorError::BadState(reason));
        }
        if state.answers.len() > state::MOST_ANSWERS {
            let reason = format!("{} answers, expected at most {}", state.answers.len(), state::MOST_ANSWERS);
            return Err(VisitorError::BadState(reason));
        }
        for saved in &state.answers {
            self.check(saved.value).map_err(|error| VisitorError::BadState(format!("{}: {error}", saved.id)))?;
        }
        self.forget();
        let mut gone = Vec::new();
        for SavedAnswer { id, value } in &state.answers {
            match self.positions.get(id) {
                Some(&item) => self.set(item, *value),
                None => gone.push(id.clone()),
            }
        }
        for (field, value) in &state.user {
            // An unknown field or value says nothing to this bundle: the visitor stays undescribed there.
            let _ = self.describe(field, Some(value));
        }
        Ok(gone)
    }

    /// Forgets everything said.
    pub fn forget(&mut self) {
        self.answers.clear();
        self.user_fields.clear();
        self.scores = None;
    }

    fn position(&self, id: &str) -> Result<usize, VisitorError> {
        self.positions.get(id).copied().ok_or_else(|| VisitorError::UnknownItem(id.to_owned()))
    }

    fn id(&self, item: usize) -> &str {
        &self.bundle.catalogue.items[item].id
    }

    /// The answers that say something about taste, as the model reads them, without the one at `except`.
    fn support(&self, except: Option<usize>) -> Examples {
        let Bundle { model, items, .. } = &*self.bundle;
        let rated = self.answers.iter().enumerate().filter(|&(index, _)| Some(index) != except);
        let rated = rated.filter_map(|(_, &(item, answer))| Some((item, answer.rating(&model.scale)?)));
        model.support(items, &rated.collect::<Vec<_>>())
    }

    /// The rating to expect for every item after the local update; of a picks bundle its score.
    fn scores(&mut self) -> &[f32] {
        if self.scores.is_none() {
            let Bundle { model, items, .. } = &*self.bundle;
            let predicted = model.predict_all(&self.user(), self.support(None), items);
            self.scores = Some(predicted.expect("a part of a laid-out model can be laid out"));
        }
        self.scores.as_deref().unwrap_or_default()
    }
}
