//! Which items people know, or which they like: factors of a matrix of yes and no.
//!
//! Whether a visitor says yes of item j is x_j = p_j + v_j·f + ε with f ~ N(0, I) and ε ~ N(0, ψ_j). Its variance is that of a
//! share, so that ψ_j = p_j(1 − p_j) − |v_j|² needs no storage.

use super::table::Table;
use crate::math::matrix::dot;

/// The lower bound of ψ_j, as a share of the variance p_j(1 − p_j).
const MIN_NOISE: f32 = 0.05;

/// The lower bound of a share, and of what it lacks to 1, in a variance.
const MIN_SHARE: f32 = 1e-4;

/// Factors of a matrix of yes and no.
#[derive(Clone, Debug, PartialEq)]
pub struct Incidence {
    /// p, the share of users who say yes, 0 to 1, (items).
    pub share: Vec<f32>,
    /// v, the factors of the covariance, (items × factors).
    pub vectors: Table,
}

impl Incidence {
    /// Return ψ of the item in a row, the variance that the factors leave.
    ///
    /// # Panics
    /// Where there is no such row.
    pub fn noise(&self, row: usize) -> f32 {
        let share = self.share[row].clamp(MIN_SHARE, 1.0 - MIN_SHARE);
        let (variance, vector) = (share * (1.0 - share), self.vectors.row(row));
        (variance - dot(&vector, &vector)).max(MIN_NOISE * variance)
    }
}

/// What decides on questions besides the two halves.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// The positions of the items that the rows of both tables are about, ascending.
    pub items: Vec<u32>,
    /// Which items people know.
    pub known: Incidence,
    /// Which items people like.
    pub liked: Incidence,
    /// The variance of each factor of likes over the whole catalogue, the diagonal of VᵀV, (factors).
    pub liked_strength: Vec<f32>,
}

impl Asking {
    /// Return the row of an item, `None` where there is none.
    pub fn row(&self, item: usize) -> Option<usize> {
        self.items.binary_search(&(item as u32)).ok()
    }

    /// Return the part about these items.
    ///
    /// # Panics
    /// Where an item has no row.
    pub fn select(&self, items: &[usize]) -> Self {
        let mut items: Vec<u32> = items.iter().map(|&item| item as u32).collect();
        items.sort_unstable();
        let rows: Vec<usize> = items.iter().map(|&item| self.row(item as usize).expect("the item has a row")).collect();
        let part = |incidence: &Incidence| Incidence {
            share: rows.iter().map(|&row| incidence.share[row]).collect(),
            vectors: Table::new(
                incidence.vectors.width(),
                rows.iter().flat_map(|&row| incidence.vectors.row(row).into_owned()).collect(),
            ),
        };
        Self { known: part(&self.known), liked: part(&self.liked), liked_strength: self.liked_strength.clone(), items }
    }
}
