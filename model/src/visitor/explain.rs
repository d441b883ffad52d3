//! Explain predictions by leaving out each answer.

use super::answer::Answer;
use super::reason::Reason;
use super::session::Visitor;
use crate::math::sort::argsort;

/// The maximum number of answers, the latest ones, that reasons are computed for; each costs a local update.
const MAX_REASONS: usize = 50;

impl Visitor {
    /// Return for each item its reasons, strongest first: one for each of the latest [`MAX_REASONS`] answers with a rating.
    pub(super) fn reasons(&self, items: &[usize]) -> Vec<Vec<Reason>> {
        let scale = &self.bundle.model.scale;
        let mut reasons: Vec<Vec<Reason>> = items.iter().map(|_| Vec::new()).collect();
        let with_all = self.predict_items(items, None);
        let has_rating = |(_, (_, answer)): &(usize, &(usize, Answer))| answer.rating(scale).is_some();
        let latest = self.answers.iter().enumerate().rev().filter(has_rating).take(MAX_REASONS);
        for (index, &(item, answer)) in latest {
            let without = self.predict_items(items, Some(index));
            for ((reasons, with), without) in reasons.iter_mut().zip(&with_all).zip(without) {
                reasons.push(Reason { item, answer, influence: with - without });
            }
        }
        for reasons in &mut reasons {
            *reasons = strongest_first(reasons);
        }
        reasons
    }

    /// Return the expected ratings of `items` after a local update without the answer at the index `except`.
    fn predict_items(&self, items: &[usize], except: Option<usize>) -> Vec<f32> {
        let query = self.bundle.items.select(items.iter().copied());
        self.bundle.model.predict(&self.user(), self.support(except), query)
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
