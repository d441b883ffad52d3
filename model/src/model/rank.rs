//! Select the best of many scores.

use crate::math::sort::partial_sort;
use std::cmp::Ordering;

/// How many candidates are collected beyond the best `k` before they are sorted and cut to `k`.
const BUFFER: usize = 64;

/// Return the positions of the `k` highest of the `scores` for which `is_eligible` is true, best first. `tie_break`
/// orders equal scores, so that no item is favoured by its position in the catalogue. Most items cost one comparison
/// with the k-th best score so far.
///
/// ```
/// use fewclicks_model::model::rank::{TieBreak, top_k};
/// let best = top_k(&[0.1, 0.9, 0.8, 0.7], &|item| item != 1, 2, TieBreak { seed: 1 });
/// assert_eq!(best, [2, 3]);
/// ```
pub fn top_k(scores: &[f32], is_eligible: &dyn Fn(usize) -> bool, k: usize, tie_break: TieBreak) -> Vec<usize> {
    let better = |a: usize, b: usize| scores[b].total_cmp(&scores[a]).then_with(|| tie_break.compare(a, b));
    let (mut best, mut threshold) = (Vec::new(), f32::NEG_INFINITY);
    for (item, &score) in scores.iter().enumerate() {
        // A score equal to the threshold may win by the tie break.
        if score >= threshold && is_eligible(item) {
            best.push(item);
            if best.len() == k.saturating_add(BUFFER) {
                best = partial_sort(best, k, &better);
                threshold = best.last().map_or(f32::INFINITY, |&item| scores[item]);
            }
        }
    }
    partial_sort(best, k, &better)
}

/// A pseudo-random order of items with equal scores.
#[derive(Clone, Copy, Debug)]
pub struct TieBreak {
    /// The seed, which alone determines the order.
    pub seed: u32,
}

impl TieBreak {
    /// Compare the positions `a` and `b` in this order; `Equal` only for the same position.
    pub fn compare(self, a: usize, b: usize) -> Ordering {
        self.key(a).cmp(&self.key(b)).then(a.cmp(&b))
    }

    /// Return SplitMix64 (Steele et al. 2014) of seed and position.
    fn key(self, position: usize) -> u64 {
        let mut z = (u64::from(self.seed) << 32 ^ position as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn partial_selection_equals_a_full_sort(scores in prop::collection::vec(-30i8..30, 0..400), k in 0usize..50, seed: u32) {
            let scores: Vec<f32> = scores.into_iter().map(|score| f32::from(score / 3)).collect();
            let tie_break = TieBreak { seed };
            let wanted = |item: usize| item % 7 != 3;
            let mut sorted: Vec<usize> = (0..scores.len()).filter(|&item| wanted(item)).collect();
            sorted.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(tie_break.compare(a, b)));
            sorted.truncate(k);
            prop_assert_eq!(top_k(&scores, &wanted, k, tie_break), sorted);
        }
    }

    #[test]
    fn seeds_order_equals_differently() {
        let orders = [1, 2].map(|seed| top_k(&[0.0; 20], &|_| true, 20, TieBreak { seed }));
        assert_ne!(orders[0], orders[1]);
    }
}
