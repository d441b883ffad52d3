//! EASE (Steck 2019, *Embarrassingly shallow autoencoders for sparse data*): the item-item weights that best
//! reconstruct every user's picks from their other picks, in closed form.

use super::baseline::PickBaseline;
use super::inverse::invert;
use super::picks::{CoPicks, Picks};
use ndarray::{Array1, Array2};
use rayon::prelude::*;

/// Weight of the squared item-item weights beside squared errors.
const RIDGE: f32 = 3000.0;

/// A matrix of items × items in single precision: 60 MB for 3,900 items.
pub struct Ease {
    /// P = (XᵀX + λI)⁻¹ for the matrix X of users × items.
    inverse: Array2<f32>,
}

impl Ease {
    /// The largest catalogue it is sensible for: 100 MB, and some ten seconds to invert.
    pub const MAX_ITEMS: usize = 5_000;

    /// Inverts: time grows with the cube of the catalogue.
    pub fn fit(picks: Picks) -> Self {
        let co_picks = CoPicks::of(picks);
        let mut gram = vec![0.0; picks.items * picks.items];
        // Chunks of no item are no chunks.
        gram.par_chunks_mut(picks.items.max(1)).enumerate().for_each(|(item, row)| {
            co_picks.add(item, 1.0, row);
            row[item] += RIDGE;
        });
        let mut inverse = Array2::from_shape_vec((picks.items, picks.items), gram).expect("items² numbers");
        invert(&mut inverse);
        Self { inverse }
    }
}

impl PickBaseline for Ease {
    fn name(&self) -> &'static str {
        "EASE"
    }

    /// Weights are −P[i, j] / P[j, j]; those from an item to itself, which would be zero, only touch support items.
    fn scores(&self, support: &[u32]) -> Vec<f32> {
        let mut sums = Array1::zeros(self.inverse.ncols());
        support.iter().for_each(|&item| sums += &self.inverse.row(item as usize));
        (-sums / self.inverse.diag()).to_vec()
    }
}
