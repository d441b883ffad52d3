//! Describe the local update, and explain list scores by leaving out each answer.

use super::reason::Reason;
use super::session::Visitor;
use crate::math::sort::argsort;
use crate::recommender::Adaptation;

/// The maximum number of answers, the latest ones, that reasons are computed for.
const MAX_REASONS: usize = 50;

impl Visitor {
    /// Describe the local update on the answers so far. The two losses cost up to two local updates.
    pub fn adaptation(&self) -> Adaptation {
        self.bundle.model.adaptation(&self.user(), &self.given())
    }

    /// Return for each item its reasons, strongest first: one for each of the latest [`MAX_REASONS`] answers that the
    /// model reads.
    pub(super) fn reasons(&self, items: &[usize]) -> Vec<Vec<Reason>> {
        let (model, given) = (&self.bundle.model, self.given());
        let read = |&index: &usize| model.reads(&given[index]);
        let latest: Vec<usize> = (0..given.len()).rev().filter(read).take(MAX_REASONS).collect();
        let influences = model.influences(&self.user(), &given, &latest, items);
        let mut reasons: Vec<Vec<Reason>> = items.iter().map(|_| Vec::new()).collect();
        for (&index, influences) in latest.iter().zip(influences) {
            let (item, answer) = self.answers[index];
            for (reasons, influence) in reasons.iter_mut().zip(influences) {
                reasons.push(Reason { item, answer, influence });
            }
        }
        for reasons in &mut reasons {
            *reasons = strongest_first(reasons);
        }
        reasons
    }
}

/// Return the reasons by descending absolute influence.
fn strongest_first(reasons: &[Reason]) -> Vec<Reason> {
    let stronger = |a: usize, b: usize| reasons[b].influence.abs().total_cmp(&reasons[a].influence.abs());
    let mut sorted = Vec::new();
    for index in argsort(reasons.len(), &stronger) {
        sorted.push(reasons[index]);
    }
    sorted
}
