//! Check that a session's numbers are finite.

use super::error::VisitorError;
use super::session::Visitor;

impl Visitor {
    /// Check that list score and shown rating of every item are finite after the local update on the answers so far. Of a
    /// trained model they are; of one whose numbers were changed they need not be, and no list can be made then.
    ///
    /// # Errors
    /// [`VisitorError::NotFinite`] with the id of the first item without.
    pub fn check_finite(&mut self) -> Result<(), VisitorError> {
        for item in 0..self.excluded.len() {
            let score = self.scores().list[item] + self.shown_rating(item);
            if !score.is_finite() {
                return Err(VisitorError::NotFinite(self.bundle.catalogue.id(item).into()));
            }
        }
        Ok(())
    }
}
