//! Where a visitor's linear path starts: v + c + Σ_{j∈S} yⱼ / √(|S| + 1).
//!
//! The learned yⱼ say what it means that somebody *has an opinion* of item j, whichever it is (the implicit half of
//! SVD++, Koren 2008); where every opinion is a pick, they are the encoder of an autoencoder. The user vector c is a
//! part of it where there is no network to take it in. The local update goes on from there.

use crate::math::scalar::Scalar;
use crate::network::architecture::Scope;
use crate::network::embedding;
use crate::network::layout::Layout;
use crate::network::task::{Items, User};

/// Where the linear path starts for `user` with the answered items `support`: `layout.item_width` numbers.
pub fn linear_path<S: Scalar>(layout: &Layout, theta: &[S], user: &User, support: &Items) -> Vec<S> {
    let mut linear = theta[layout.offset(Scope::Linear)..].to_vec();
    let Some(table) = layout.implicit_table() else { return linear };
    let mut add = |share: S, part: &[S]| linear.iter_mut().zip(part).for_each(|(v, &x)| *v += share * x);
    if layout.adds_user_vector() && !user.is_empty() {
        add(S::one(), &embedding::user(layout, theta, user));
    }
    let share = share(support);
    rows(layout, table, support).for_each(|row| add(share, &theta[row]));
    linear
}

/// Puts the linear path of `theta` there.
pub fn apply<S: Scalar>(layout: &Layout, theta: &mut [S], user: &User, support: &Items) {
    let initial = linear_path(layout, theta, user, support);
    theta[layout.offset(Scope::Linear)..].copy_from_slice(&initial);
}

/// Adds to `gradient`, of all parameters, what `d_linear`, by [`linear_path`], means for user vector
/// and table of starts.
pub fn reverse<S: Scalar>(layout: &Layout, user: &User, support: &Items, d_linear: &[S], gradient: &mut [S]) {
    let Some(table) = layout.implicit_table() else { return };
    let share: S = share(support);
    for row in rows(layout, table, support) {
        gradient[row].iter_mut().zip(d_linear).for_each(|(d_y, &d_v)| *d_y += share * d_v);
    }
    if layout.adds_user_vector() && !user.is_empty() {
        embedding::user_reverse(layout, user, &d_linear[..layout.user_width], gradient, 0);
    }
}

/// 1 / √(|S| + 1).
fn share<S: Scalar>(support: &Items) -> S {
    S::constant(1.0 / (support.len() as f64 + 1.0).sqrt())
}

fn rows(layout: &Layout, table: usize, support: &Items) -> impl Iterator<Item = std::ops::Range<usize>> {
    let width = layout.item_width;
    support.bias.iter().map(move |&row| {
        let start = table + row as usize * width;
        start..start + width
    })
}
