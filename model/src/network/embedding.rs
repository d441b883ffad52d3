//! Embedding layers θ₁: the vector of an item or a user is the concatenation of its fields' embeddings, or, of fields
//! that add up, their sum; a field with several values contributes their mean.

use crate::math::matrix::{as_mut_slice, as_slice, zeros};
use crate::math::scalar::Scalar;
use crate::network::architecture::Field;
use crate::network::layout::Layout;
use crate::network::task::{Rows, User};
use ndarray::Array2;

/// Item vectors, (items × `layout.item_width`).
pub fn items<S: Scalar>(layout: &Layout, theta: &[S], fields: &[Rows]) -> Array2<S> {
    let mut vectors = zeros(fields.first().map_or(0, Rows::len), layout.item_width);
    update_items(layout, theta, fields, &mut vectors);
    vectors
}

/// As [`items`], in the place of the vectors that these items had before.
pub fn update_items<S: Scalar>(layout: &Layout, theta: &[S], fields: &[Rows], vectors: &mut Array2<S>) {
    let vectors = as_mut_slice(vectors);
    vectors.fill(S::zero());
    for (column, field, table, rows) in item_tables(layout, fields) {
        for (i, vector) in vectors.chunks_exact_mut(layout.item_width).enumerate() {
            add_mean(&mut vector[column..column + field.width], &theta[table..], rows.get(i));
        }
    }
}

/// The user vector, `layout.user_width` numbers.
pub fn user<S: Scalar>(layout: &Layout, theta: &[S], user: &User) -> Vec<S> {
    let mut vector = vec![S::zero(); layout.user_width];
    update_user(layout, theta, user, &mut vector);
    vector
}

/// As [`user`], in the place of the vector that the user had before.
pub fn update_user<S: Scalar>(layout: &Layout, theta: &[S], user: &User, vector: &mut [S]) {
    vector.fill(S::zero());
    for (column, field, table, rows) in user_tables(layout, user) {
        add_mean(&mut vector[column..column + field.width], &theta[table..], rows);
    }
}

/// Adds the gradient of the tables to `gradient`, whose first number stands at `from` in the flat vector.
pub fn items_reverse<S: Scalar>(
    layout: &Layout,
    fields: &[Rows],
    d_vectors: &Array2<S>,
    gradient: &mut [S],
    from: usize,
) {
    for (column, field, table, rows) in item_tables(layout, fields) {
        for (i, d_vector) in as_slice(d_vectors).chunks_exact(layout.item_width).enumerate() {
            let d_vector = &d_vector[column..column + field.width];
            spread_mean(d_vector, &mut gradient[table - from..], rows.get(i));
        }
    }
}

/// As [`items_reverse`], for the user's tables.
pub fn user_reverse<S: Scalar>(layout: &Layout, user: &User, d_vector: &[S], gradient: &mut [S], from: usize) {
    for (column, field, table, rows) in user_tables(layout, user) {
        spread_mean(&d_vector[column..column + field.width], &mut gradient[table - from..], rows);
    }
}

/// Per item field: its first column in the item vector, its shape, its table's start, its rows.
pub fn item_tables<'a>(
    layout: &'a Layout,
    fields: &'a [Rows],
) -> impl Iterator<Item = (usize, &'a Field, usize, &'a Rows)> {
    placed(&layout.architecture.item_fields, &layout.columns, &layout.tables, fields)
}

/// Per user field: its first column in the user vector, its shape, its table's start, the user's rows.
pub fn user_tables<'a>(
    layout: &'a Layout,
    user: &'a User,
) -> impl Iterator<Item = (usize, &'a Field, usize, &'a Vec<u32>)> {
    let items = layout.architecture.item_fields.len();
    placed(&layout.architecture.user_fields, &layout.columns[items..], &layout.tables[items..], user)
}

fn placed<'a, R>(
    fields: &'a [Field],
    columns: &'a [usize],
    tables: &'a [usize],
    rows: &'a [R],
) -> impl Iterator<Item = (usize, &'a Field, usize, &'a R)> {
    let places = columns.iter().zip(fields).zip(tables).zip(rows);
    places.map(|(((&column, field), &table), rows)| (column, field, table, rows))
}

fn add_mean<S: Scalar>(vector: &mut [S], table: &[S], rows: &[u32]) {
    let share = S::constant(1.0 / rows.len().max(1) as f64);
    for &row in rows {
        let start = row as usize * vector.len();
        for (x, &e) in vector.iter_mut().zip(&table[start..]) {
            *x += share * e;
        }
    }
}

fn spread_mean<S: Scalar>(d_vector: &[S], table: &mut [S], rows: &[u32]) {
    let share = S::constant(1.0 / rows.len().max(1) as f64);
    for &row in rows {
        let start = row as usize * d_vector.len();
        for (e, &x) in table[start..].iter_mut().zip(d_vector) {
            *e += share * x;
        }
    }
}
