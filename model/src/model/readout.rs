//! Convert expected ratings to the ratings to show.
//!
//! A model trained by squared error predicts the *mean* of a visitor's possible ratings; the mean absolute error is least
//! at their *median*. A read-out is the increasing function from the one to the other. Because it increases, it does not
//! change the order of items.

use serde::{Deserialize, Serialize};

/// The maximum number of knots.
pub const MAX_KNOTS: usize = 256;

/// A strictly increasing, piecewise linear function; the first and the last piece extend to infinity.
///
/// ```
/// use fewclicks_model::Readout;
/// let readout = Readout { knots: vec![[1.0, 1.5], [3.0, 3.5], [5.0, 4.5]] };
/// assert!(readout.is_valid());
/// assert_eq!(readout.apply(2.0), 2.5);
/// assert_eq!(readout.apply(6.0), 5.0);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Readout {
    /// Pairs of an expected rating and the rating to show, strictly ascending in both; 2 to [`MAX_KNOTS`].
    pub knots: Vec<[f32; 2]>,
}

impl Readout {
    /// Return whether the knots are 2 to [`MAX_KNOTS`] finite pairs, strictly ascending in both numbers.
    pub fn is_valid(&self) -> bool {
        let ascending = |pair: &[[f32; 2]]| (0..2).all(|i| pair[0][i] < pair[1][i]);
        (2..=MAX_KNOTS).contains(&self.knots.len())
            && self.knots.as_flattened().iter().all(|x| x.is_finite())
            && self.knots.windows(2).all(ascending)
    }

    /// Return the value of the function at `x`, linearly interpolated between the two knots around `x`.
    ///
    /// # Panics
    /// Where there are fewer than two knots.
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
    fn interpolates_between_knots_and_extrapolates_beyond_them() {
        let readout = Readout { knots: vec![[1.0, 1.0], [2.0, 3.0], [4.0, 4.0]] };
        assert!(readout.is_valid());
        let values = [0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0].map(|x| readout.apply(x));
        assert_eq!(values, [-1.0, 1.0, 2.0, 3.0, 3.5, 4.0, 5.0]);
    }

    #[test]
    fn knots_that_do_not_increase_strictly_are_invalid() {
        for knots in [vec![], vec![[1.0, 1.0]], vec![[1.0, 1.0], [1.0, 2.0]], vec![[1.0, 2.0], [2.0, 2.0]]] {
            assert!(!Readout { knots: knots.clone() }.is_valid(), "{knots:?}");
        }
        assert!(!Readout { knots: vec![[1.0, 1.0], [2.0, f32::NAN]] }.is_valid());
    }
}
