//! From the rating to expect to the rating to say.
//!
//! Squared error teaches a model the *mean* of what a visitor might rate; the error that people feel, and that
//! recommenders are compared by, is absolute, and least at the *median*. A read-out is the increasing function from the
//! one to the other. As it is increasing, no order of items changes.

use serde::{Deserialize, Serialize};

/// The most knots; more say nothing new.
pub const MAX_KNOTS: usize = 256;

/// A strictly increasing, piecewise linear function; its outer pieces go on for ever.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Readout {
    /// From and to, ascending in both; at least two.
    pub knots: Vec<[f32; 2]>,
}

impl Readout {
    /// Whether the knots are 2 to [`MAX_KNOTS`] finite pairs, strictly ascending in both numbers.
    pub fn is_valid(&self) -> bool {
        let ascending = |pair: &[[f32; 2]]| (0..2).all(|i| pair[0][i] < pair[1][i]);
        (2..=MAX_KNOTS).contains(&self.knots.len())
            && self.knots.as_flattened().iter().all(|x| x.is_finite())
            && self.knots.windows(2).all(ascending)
    }

    /// The function's value at `x`.
    pub fn apply(&self, x: f32) -> f32 {
        let above = self.knots.partition_point(|knot| knot[0] <= x).clamp(1, self.knots.len() - 1);
        let [[x0, y0], [x1, y1]] = [self.knots[above - 1], self.knots[above]];
        y0 + (x - x0) * ((y1 - y0) / (x1 - x0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_through_its_knots_and_goes_on_beyond_them() {
        let readout = Readout { knots: vec![[1.0, 1.0], [2.0, 3.0], [4.0, 4.0]] };
        assert!(readout.is_valid());
        let values = [0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0].map(|x| readout.apply(x));
        assert_eq!(values, [-1.0, 1.0, 2.0, 3.0, 3.5, 4.0, 5.0]);
    }

    #[test]
    fn what_is_not_strictly_increasing_is_refused() {
        for knots in [vec![], vec![[1.0, 1.0]], vec![[1.0, 1.0], [1.0, 2.0]], vec![[1.0, 2.0], [2.0, 2.0]]] {
            assert!(!Readout { knots: knots.clone() }.is_valid(), "{knots:?}");
        }
        assert!(!Readout { knots: vec![[1.0, 1.0], [2.0, f32::NAN]] }.is_valid());
    }
}
