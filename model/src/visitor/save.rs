//! Save and restore a visitor's session.

use super::error::VisitorError;
use super::session::Visitor;
use super::state::{MAX_ANSWERS, SavedAnswer, SavedState, VERSION};

impl Visitor {
    /// Return the state to save: answers and user fields.
    pub fn save(&self) -> SavedState {
        let mut answers = Vec::new();
        for &(item, value) in &self.answers {
            answers.push(SavedAnswer { id: self.bundle.catalogue.id(item).into(), value });
        }
        SavedState { version: VERSION, answers, user: self.user_fields.clone() }
    }

    /// Replace answers and user fields by those of a saved state. Return the ids of answered items that are not in the
    /// catalogue; these answers, and user fields and values that are not in the bundle, are left out.
    ///
    /// # Errors
    /// [`VisitorError::BadState`] for another version, more than 1000 answers, or a rating outside the scale; then nothing
    /// changes.
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
            let with_id = |error: VisitorError| VisitorError::BadState(format!("{}: {error}", saved.id));
            self.check(saved.value).map_err(with_id)?;
        }
        self.forget();
        let mut missing = Vec::new();
        for SavedAnswer { id, value } in &state.answers {
            match self.bundle.catalogue.find(id) {
                Some(item) => self.set(item, *value),
                None => missing.push(id.clone()),
            }
        }
        for (field, value) in &state.user {
            // A field or value that is not in the bundle is left out.
            let _ = self.describe(field, Some(value));
        }
        Ok(missing)
    }

    /// Remove all answers and user fields.
    pub fn forget(&mut self) {
        self.answers.clear();
        self.user_fields.clear();
        self.invalidate();
    }
}
