//! Why an item is recommended: what its prediction would be without each answer.

use super::{Answer, Visitor};
use crate::compact::order::sorted;

/// The most answers looked at for reasons, each of which costs a local update: the latest.
const MAX_REASONS: usize = 50;

/// How far one answer moved a prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// Position of the answered item.
    pub item: usize,
    pub answer: Answer,
    /// The rating to expect with the answer less that without it; of a picks bundle the difference of two scores.
    pub influence: f32,
}

impl Visitor {
    /// Per item the reasons, strongest first: one for each of the latest [`MAX_REASONS`] answers with a rating. One
    /// without moves nothing and is no reason.
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
        let predicted = self.bundle.model.predict(&self.user(), self.support(except), query);
        predicted.unwrap_or_else(|_| unreachable!("a part of a laid-out model can be laid out"))
    }
}

fn strongest_first(reasons: &[Reason]) -> Vec<Reason> {
    let stronger = |a: usize, b: usize| reasons[b].influence.abs().total_cmp(&reasons[a].influence.abs());
    let mut ordered = Vec::new();
    for place in sorted(reasons.len(), &stronger) {
        ordered.push(reasons[place]);
    }
    ordered
}
