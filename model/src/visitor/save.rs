//! Save a visitor's session, and go on from it.

use super::error::VisitorError;
use super::session::Visitor;
use super::state::{MAX_ANSWERS, SavedAnswer, SavedState, VERSION};

impl Visitor {
    /// What to keep.
    pub fn save(&self) -> SavedState {
        let mut answers = Vec::new();
        for &(item, value) in &self.answers {
            answers.push(SavedAnswer { id: self.bundle.catalogue.id(item).into(), value });
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
            let reason = format!("version {}, expected {VERSION}", state.version);
            return Err(VisitorError::BadState(reason));
        }
        if state.answers.len() > MAX_ANSWERS {
            let reason = format!("{} answers, expected at most {MAX_ANSWERS}", state.answers.len());
            return Err(VisitorError::BadState(reason));
        }
        for saved in &state.answers {
            let in_place = |error: VisitorError| VisitorError::BadState(format!("{}: {error}", saved.id));
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
        self.user_fields.clear();
        self.changed();
    }
}
