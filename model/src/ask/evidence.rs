//! Score items as evidence candidates.
//!
//! By MeLU's rule (Lee et al. 2019, section 3.4) an item is worth asking about if an answer moves the decision layers far,
//! measured by the Frobenius norm of the local-update gradient, and if many people know the item.

use crate::adapt::LocalUpdate;
use crate::math::matrix::{as_slice, column, dot, row, zeros};
use crate::math::scalar::Real;
use crate::network::architecture::Scope;
use crate::network::embedding;
use crate::network::forward::forward;
use crate::network::layout::Layout;
use crate::network::mlp::{Deltas, first_layer, first_weight, linear};
use crate::network::task::{Examples, User};
use serde::{Deserialize, Serialize};

/// Return for each example the Frobenius norm of the gradient of its loss by the parameters that `update` moves.
///
/// A layer's gradient for one example is the outer product δ·aᵀ, whose norm is ‖δ‖·‖a‖: no gradient is computed, and all
/// examples take one pass.
///
/// # Panics
/// Where an embedding row lies outside its table.
pub fn gradient_norms<T: Real>(
    layout: &Layout,
    theta: &[T],
    user: &User,
    examples: &Examples,
    update: &LocalUpdate,
) -> Vec<T> {
    let (scope, loss) = (update.scope(), update.loss());
    let pass = forward(layout, theta, user, &examples.items);
    // For a softmax, the term −ŷ of the example; the logarithm of the sum is of all items.
    let slope = |y, label: f32| loss.map_or(T::constant(-f64::from(label)), |loss| loss.slope(y, label));
    let slopes: Vec<T> = pass.prediction.iter().zip(&examples.labels).map(|(&y, &label)| slope(y, label)).collect();
    let first = first_layer(layout, layout.offset(scope));
    let mut deltas = Deltas::new(layout, slopes.len());
    deltas.update(layout, theta, &pass.activations, &slopes, first);
    let mut squares = vec![T::zero(); slopes.len()];
    for k in first..layout.layers.len() {
        let inputs = if k == 0 { &pass.x } else { &pass.activations.hidden[k - 1] };
        // The input of the bias is 1; the first layer's inputs include the user vector, the same for all examples.
        let shared = T::one() + if k == 0 { square(&pass.c) } else { T::zero() };
        let delta = deltas.hidden.get(k).map_or(slopes.as_slice(), as_slice);
        for (i, (sum, delta)) in squares.iter_mut().zip(delta.chunks_exact(layout.layers[k].outputs)).enumerate() {
            *sum += square(delta) * (square(row(inputs, i)) + shared);
        }
    }
    if layout.architecture.linear {
        for (i, (sum, &slope)) in squares.iter_mut().zip(&slopes).enumerate() {
            *sum += slope * slope * square(row(&pass.x, i));
        }
    }
    if scope == Scope::All {
        add_embeddings(layout, theta, user, examples, &slopes, &deltas, &mut squares);
    }
    squares.iter().map(|square| square.sqrt()).collect()
}

/// Add the squared norms of the gradients by embedding rows to `squares`: the gradient by each of a field's n rows is 1/n of
/// that by the vector.
fn add_embeddings<T: Real>(
    layout: &Layout,
    theta: &[T],
    user: &User,
    examples: &Examples,
    slopes: &[T],
    deltas: &Deltas<T>,
    squares: &mut [T],
) {
    // For each example the gradient by its item vector, and by the user vector.
    let mut d_x = zeros(slopes.len(), layout.item_width);
    let mut d_c = zeros(slopes.len(), layout.user_width);
    if let Some(v) = linear(layout, theta) {
        T::add_product(column(slopes), column(v).reversed_axes(), d_x.view_mut());
    }
    if !layout.layers.is_empty() {
        let (weight_x, weight_c) = first_weight(layout, theta);
        let delta = deltas.hidden[0].view();
        T::add_product(delta, weight_x, d_x.view_mut());
        T::add_product(delta, weight_c, d_c.view_mut());
    }
    let square_of_rows = |part: &[T], rows: usize| square(part) / T::constant(rows.max(1) as f64);
    for (i, sum) in squares.iter_mut().enumerate() {
        for (column, field, _, rows) in embedding::item_tables(layout, &examples.items.fields) {
            *sum += square_of_rows(&row(&d_x, i)[column..column + field.width], rows.get(i).len());
        }
        for (column, field, _, rows) in embedding::user_tables(layout, user) {
            *sum += square_of_rows(&row(&d_c, i)[column..column + field.width], rows.len());
        }
    }
}

/// Return ‖vector‖².
fn square<T: Real>(vector: &[T]) -> T {
    dot(vector, vector)
}

/// The score of an item by MeLU's rule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The position in the catalogue.
    pub item: usize,
    /// The mean, over the users who rated the item, of the gradient norm by the parameters that the local update moves.
    pub norm: f64,
    /// The number of ratings in the training set.
    pub popularity: f64,
    /// `norm`, min-max normalised to 0 to 1 over the items with ratings; 0 for others.
    pub norm_share: f64,
    /// `popularity`, likewise.
    pub popularity_share: f64,
    /// `norm_share * popularity_share`.
    pub score: f64,
}

/// Score all items by mean norm × popularity, both min-max normalised over the items with ratings; `norms` and
/// `popularity` have one number per item. Return them best first, equal scores by popularity, then by position. Items
/// without ratings have score 0 and come last.
///
/// ```
/// use fewclicks_model::ask::evidence::evidence;
/// let best = evidence(&[1.0, 3.0, 2.0], &[10.0, 20.0, 30.0])[0];
/// assert_eq!((best.item, best.norm_share, best.popularity_share, best.score), (2, 0.5, 1.0, 0.5));
/// ```
///
/// # Panics
/// Where `popularity` is shorter than `norms`.
pub fn evidence(norms: &[f64], popularity: &[f64]) -> Vec<Evidence> {
    let rated: Vec<bool> = popularity.iter().map(|&ratings| ratings > 0.0).collect();
    let (norm_share, popularity_share) = (min_max(norms, &rated), min_max(popularity, &rated));
    let mut candidates: Vec<Evidence> = (0..norms.len())
        .map(|item| Evidence {
            item,
            norm: norms[item],
            popularity: popularity[item],
            norm_share: norm_share[item],
            popularity_share: popularity_share[item],
            score: norm_share[item] * popularity_share[item],
        })
        .collect();
    candidates.sort_by(|a, b| {
        (b.score.total_cmp(&a.score)).then(b.popularity.total_cmp(&a.popularity)).then(a.item.cmp(&b.item))
    });
    candidates
}

/// Return (x − min) / (max − min) of the included values; 0 where all are equal, and for values that are not included.
fn min_max(values: &[f64], included: &[bool]) -> Vec<f64> {
    let range = || values.iter().zip(included).filter(|&(_, &included)| included).map(|(&value, _)| value);
    let (min, max) = (range().fold(f64::INFINITY, f64::min), range().fold(f64::NEG_INFINITY, f64::max));
    let width = if max > min { max - min } else { 1.0 };
    values.iter().zip(included).map(|(value, &included)| if included { (value - min) / width } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn score_is_the_product_of_both_shares() {
        let ranked = evidence(&[1.0, 3.0, 2.0], &[10.0, 20.0, 30.0]);
        let order: Vec<_> = ranked.iter().map(|candidate| (candidate.item, candidate.score)).collect();
        assert_eq!(order, [(2, 0.5), (1, 0.5), (0, 0.0)]);
    }

    #[test]
    fn items_without_ratings_change_nothing_and_come_last() {
        let rated = evidence(&[1.0, 3.0, 2.0], &[10.0, 20.0, 30.0]);
        let mut ranked = evidence(&[1.0, 3.0, 2.0, 0.0], &[10.0, 20.0, 30.0, 0.0]);
        let last = ranked.pop().unwrap();
        assert_eq!((last.item, last.norm_share, last.popularity_share, last.score), (3, 0.0, 0.0, 0.0));
        assert_eq!(ranked, rated);
    }

    #[test]
    fn equal_values_do_not_divide_by_zero() {
        assert!(evidence(&[2.0, 2.0], &[1.0, 1.0]).iter().all(|candidate| candidate.score == 0.0));
    }
}
