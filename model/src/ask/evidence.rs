//! Evidence candidates: the items worth asking a new user about.
//!
//! MeLU's recipe (Lee et al. 2019, section 3.4): an item is worth asking about where an answer moves the decision
//! layers far, by the Frobenius norm of the local-update gradient, and where many people know it.

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

/// The Frobenius norm, for each example alone, of the gradient of its loss by the parameters that `update`
/// moves.
///
/// A layer's gradient for one example is the outer product δ·aᵀ, whose norm is ‖δ‖·‖a‖: no gradient is ever formed, and
/// all examples take one pass.
pub fn gradient_norms<T: Real>(
    layout: &Layout,
    theta: &[T],
    user: &User,
    examples: &Examples,
    update: &LocalUpdate,
) -> Vec<T> {
    let (scope, loss) = (update.scope(), update.loss());
    let pass = forward(layout, theta, user, &examples.items);
    // Of a softmax only −ŷ is an example's own; the logarithm of the sum belongs to all.
    let slope = |y, label: f32| loss.map_or(T::constant(-f64::from(label)), |loss| loss.slope(y, label));
    let slopes: Vec<T> = pass.prediction.iter().zip(&examples.labels).map(|(&y, &label)| slope(y, label)).collect();
    let first = first_layer(layout, layout.offset(scope));
    let mut deltas = Deltas::new(layout, slopes.len());
    deltas.update(layout, theta, &pass.activations, &slopes, first);
    let mut squares = vec![T::zero(); slopes.len()];
    for k in first..layout.layers.len() {
        let inputs = if k == 0 { &pass.x } else { &pass.activations.hidden[k - 1] };
        // The bias sees a constant 1; the first layer the user vector too, which is the same for all.
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

/// Adds the embedding rows' share: each of a field's n rows receives 1/n of the vector's gradient.
fn add_embeddings<T: Real>(
    layout: &Layout,
    theta: &[T],
    user: &User,
    examples: &Examples,
    slopes: &[T],
    deltas: &Deltas<T>,
    squares: &mut [T],
) {
    // Every example's own gradient by its item vector, and by the user vector.
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
    let share = |part: &[T], rows: usize| square(part) / T::constant(rows.max(1) as f64);
    for (i, sum) in squares.iter_mut().enumerate() {
        for (column, field, _, rows) in embedding::item_tables(layout, &examples.items.fields) {
            *sum += share(&row(&d_x, i)[column..column + field.width], rows.get(i).len());
        }
        for (column, field, _, rows) in embedding::user_tables(layout, user) {
            *sum += share(&row(&d_c, i)[column..column + field.width], rows.len());
        }
    }
}

fn square<T: Real>(vector: &[T]) -> T {
    dot(vector, vector)
}

/// How an item fares by the published rule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Position in the catalogue.
    pub item: usize,
    /// Mean gradient norm over the users who rated it, by the parameters that the local update moves: under the scope
    /// `all` those of the embeddings count too.
    pub norm: f64,
    /// Number of ratings in the training set.
    pub popularity: f64,
    /// The norm, min-max normalised to [0, 1] over the items with ratings; 0 for all others.
    pub norm_share: f64,
    /// The popularity, likewise.
    pub popularity_share: f64,
    /// Their product.
    pub score: f64,
}

/// Scores all items: mean norm × popularity, both min-max normalised over the items with ratings. `norms` and
/// `popularity` are per item. Best first; equals by popularity, then by position: items without ratings, whose score is
/// 0, come last.
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

/// (x − min) / (max − min) of those that count; 0 where all are equal, and for those that do not count.
fn min_max(values: &[f64], counts: &[bool]) -> Vec<f64> {
    let counted = || values.iter().zip(counts).filter(|&(_, &counts)| counts).map(|(&value, _)| value);
    let (min, max) = (counted().fold(f64::INFINITY, f64::min), counted().fold(f64::NEG_INFINITY, f64::max));
    let span = if max > min { max - min } else { 1.0 };
    values.iter().zip(counts).map(|(value, &counts)| if counts { (value - min) / span } else { 0.0 }).collect()
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
    fn equal_values_are_no_division_by_zero() {
        assert!(evidence(&[2.0, 2.0], &[1.0, 1.0]).iter().all(|candidate| candidate.score == 0.0));
    }
}
