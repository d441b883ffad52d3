//! Ranking: the best of many scores.

use crate::math::sort::partial_sort;
use std::cmp::Ordering;

/// How many are gathered beside the best `k` before all but these are dropped.
const SPARE: usize = 64;

/// Positions of the `k` highest of the `scores` that are `wanted`, best first. Equal scores are ordered by `tie_break`,
/// so that no item is favoured by its place in the catalogue. All but a few items cost one comparison, with the worst of
/// the best so far.
pub fn top_k(scores: &[f32], wanted: &dyn Fn(usize) -> bool, k: usize, tie_break: TieBreak) -> Vec<usize> {
    let better = |a: usize, b: usize| scores[b].total_cmp(&scores[a]).then_with(|| tie_break.compare(a, b));
    let (mut best, mut bar) = (Vec::new(), f32::NEG_INFINITY);
    for (item, &score) in scores.iter().enumerate() {
        // An equal one may still come first.
        if score >= bar && wanted(item) {
            best.push(item);
            if best.len() == k.saturating_add(SPARE) {
                best = partial_sort(best, k, &better);
                bar = best.last().map_or(f32::INFINITY, |&item| scores[item]);
            }
        }
    }
    partial_sort(best, k, &better)
}

/// A visitor's own order of equals.
#[derive(Clone, Copy, Debug)]
pub struct TieBreak {
    /// What the order depends on.
    pub seed: u32,
}

impl TieBreak {
    /// An order of positions that looks random and depends on nothing but the seed.
    pub fn compare(self, a: usize, b: usize) -> Ordering {
        self.key(a).cmp(&self.key(b)).then(a.cmp(&b))
    }

    /// SplitMix64 (Steele et al. 2014) of seed and position.
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
