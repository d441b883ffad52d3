//! Ranking: the best of many scores.

use crate::order::first;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Positions of the `k` highest scores among `positions`, best first. Equal scores are ordered by `tie_break`, so that
/// no item is favoured by its place in the catalogue.
pub fn top_k(scores: &[f32], positions: impl Iterator<Item = usize>, k: usize, tie_break: TieBreak) -> Vec<usize> {
    let better = |a: usize, b: usize| scores[b].total_cmp(&scores[a]).then_with(|| tie_break.compare(a, b));
    first(positions.collect(), k, &better)
}

/// A visitor's own order of equals.
#[derive(Clone, Copy, Debug)]
pub struct TieBreak {
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
        fn partial_selection_equals_a_full_sort(scores in prop::collection::vec(-3i8..3, 0..40), k in 0usize..50, seed: u32) {
            let scores: Vec<f32> = scores.into_iter().map(f32::from).collect();
            let tie_break = TieBreak { seed };
            let mut sorted: Vec<usize> = (0..scores.len()).collect();
            sorted.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(tie_break.compare(a, b)));
            sorted.truncate(k);
            prop_assert_eq!(top_k(&scores, 0..scores.len(), k, tie_break), sorted);
        }
    }

    #[test]
    fn seeds_order_equals_differently() {
        let orders = [1, 2].map(|seed| top_k(&[0.0; 20], 0..20, 20, TieBreak { seed }));
        assert_ne!(orders[0], orders[1]);
    }
}
