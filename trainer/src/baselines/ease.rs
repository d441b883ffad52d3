//! EASE (Steck 2019, *Embarrassingly shallow autoencoders for sparse data*): item-item weights, in closed form, that
//! best reconstruct each of a user's picks from the others.

use super::baseline::PickBaseline;
use super::inverse::invert;
use super::picks::{CoPicks, Picks};
use ndarray::{Array1, Array2};
use rayon::prelude::*;

/// EASE for one catalogue. Its matrix (items × items, in single precision) takes 60 MB for 3,900 items.
pub struct Ease {
    /// P = (XᵀX + λI)⁻¹ for the matrix X of users × items.
    inverse: Array2<f32>,
}

impl Ease {
    /// The largest catalogue it is fitted for: 100 MB, and about ten seconds to invert.
    pub const MAX_ITEMS: usize = 5_000;

    /// Choices of λ, the weight of the squared item-item weights beside squared errors.
    pub const RIDGES: [f32; 3] = [3000.0, 800.0, 200.0];

    /// Fit the weights with λ = `ridge`. Time grows with the cube of the catalogue.
    pub fn fit(picks: Picks, ridge: f32) -> Self {
        let co_picks = CoPicks::of(picks);
        let mut gram = vec![0.0; picks.items * picks.items];
        // A chunk size of 0 would panic for an empty catalogue.
        gram.par_chunks_mut(picks.items.max(1)).enumerate().for_each(|(item, row)| {
            co_picks.add(item, 1.0, row);
            row[item] += ridge;
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

    /// Sum the weights −P[i, j] / P[j, j] over support items i. The weight of an item to itself, defined as zero, is
    /// not excluded: it changes scores of support items only.
    fn scores(&self, support: &[u32]) -> Vec<f32> {
        let mut sums = Array1::zeros(self.inverse.ncols());
        support.iter().for_each(|&item| sums += &self.inverse.row(item as usize));
        (-sums / self.inverse.diag()).to_vec()
    }
}
