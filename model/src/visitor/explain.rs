//! Why an item is recommended: what its prediction would be without each answer.

use super::answer::Answer;
use super::reason::Reason;
use super::session::Visitor;
use crate::math::sort::argsort;

/// The most answers looked at for reasons, each of which costs a local update: the latest.
const MAX_REASONS: usize = 50;

impl Visitor {
    /// Per item the reasons, strongest first: one for each of the latest [`MAX_REASONS`] answers with a rating. An
    /// answer without one moves nothing.
    pub(super) fn reasons(&self, items: &[usize]) -> Vec<Vec<Reason>> {
        let scale = &self.bundle.model.scale;
        let mut reasons: Vec<Vec<Reason>> = items.iter().map(|_| Vec::new()).collect();
        let with_all = self.predict_items(items, None);
        let says_something = |(_, (_, answer)): &(usize, &(usize, Answer))| answer.rating(scale).is_some();
        let latest = self.answers.iter().enumerate().rev().filter(says_something).take(MAX_REASONS);
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

    /// Predicted ratings after a local update without the answer at `except`.
    fn predict_items(&self, items: &[usize], except: Option<usize>) -> Vec<f32> {
        let query = self.bundle.items.select(items.iter().copied());
        self.bundle.model.predict(&self.user(), self.support(except), query)
    }
}

fn strongest_first(reasons: &[Reason]) -> Vec<Reason> {
    let stronger = |a: usize, b: usize| reasons[b].influence.abs().total_cmp(&reasons[a].influence.abs());
    let mut ordered = Vec::new();
    for index in argsort(reasons.len(), &stronger) {
        ordered.push(reasons[index]);
    }
    ordered
}
