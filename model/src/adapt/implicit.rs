//! Implicit feedback: a user's linear path before the local update, v + c + Σ_{j∈S} yⱼ / √(|S| + 1).
//!
//! The learned offset yⱼ says what it means that a user answered about item j, whatever the answer (SVD++, Koren 2008); in
//! a model of picks the offsets are the encoder of an autoencoder. The user vector c is added where there is no network to
//! read it. The local update then moves the result.

use crate::math::matrix::add_scaled;
use crate::math::scalar::Scalar;
use crate::network::architecture::Scope;
use crate::network::embedding;
use crate::network::layout::Layout;
use crate::network::task::{Items, User};
use std::ops::Range;

/// Return the linear path of `user` before the local update, given the answered items `support`: `layout.item_width`
/// numbers.
///
/// # Panics
/// Where an embedding row lies outside its table.
pub fn linear_path<S: Scalar>(layout: &Layout, theta: &[S], user: &User, support: &Items) -> Vec<S> {
    let mut linear = theta[layout.offset(Scope::Linear)..].to_vec();
    let Some(table) = layout.implicit_table() else { return linear };
    if layout.adds_user_vector() && !user.is_empty() {
        add_scaled(&mut linear, S::one(), &embedding::user(layout, theta, user));
    }
    let weight = weight(support);
    rows(layout, table, support).for_each(|row| add_scaled(&mut linear, weight, &theta[row]));
    linear
}

/// Set the linear path of `theta` to [`linear_path`].
///
/// # Panics
/// As [`linear_path`].
pub fn apply<S: Scalar>(layout: &Layout, theta: &mut [S], user: &User, support: &Items) {
    let initial = linear_path(layout, theta, user, support);
    theta[layout.offset(Scope::Linear)..].copy_from_slice(&initial);
}

/// Add to `gradient` (all parameters) the derivative by user embeddings and offsets yⱼ, given the derivative `d_linear` by
/// the result of [`linear_path`]. The derivative by v itself is `d_linear`; it is not added.
///
/// # Panics
/// As [`linear_path`].
pub fn reverse<S: Scalar>(layout: &Layout, user: &User, support: &Items, d_linear: &[S], gradient: &mut [S]) {
    let Some(table) = layout.implicit_table() else { return };
    let weight: S = weight(support);
    rows(layout, table, support).for_each(|row| add_scaled(&mut gradient[row], weight, d_linear));
    if layout.adds_user_vector() && !user.is_empty() {
        embedding::user_reverse(layout, user, &d_linear[..layout.user_width], gradient, 0);
    }
}

/// Return 1 / √(|S| + 1).
fn weight<S: Scalar>(support: &Items) -> S {
    S::constant(1.0 / (support.len() as f64 + 1.0).sqrt())
}

/// Return the parameter range of yⱼ for each item of the support set.
fn rows(layout: &Layout, table: usize, support: &Items) -> impl Iterator<Item = Range<usize>> {
    let width = layout.item_width;
    support.bias.iter().map(move |&row| {
        let start = table + row as usize * width;
        start..start + width
    })
}
