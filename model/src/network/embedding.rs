//! Embedding layers θ₁. An item vector or user vector is the concatenation of the embeddings of its fields, or for fields
//! that add up their sum; the embedding of a field with several values is the mean of their rows.

use crate::math::matrix::{add_scaled, as_mut_slice, as_slice, zeros};
use crate::math::scalar::Scalar;
use crate::network::architecture::Field;
use crate::network::layout::Layout;
use crate::network::task::{Rows, User};
use ndarray::Array2;

/// Return item vectors, (items × `layout.item_width`).
///
/// # Panics
/// Where a row lies outside its table.
pub fn items<S: Scalar>(layout: &Layout, theta: &[S], fields: &[Rows]) -> Array2<S> {
    let mut vectors = zeros(fields.first().map_or(0, Rows::len), layout.item_width);
    update_items(layout, theta, fields, &mut vectors);
    vectors
}

/// Replace `vectors` by [`items`].
pub(super) fn update_items<S: Scalar>(layout: &Layout, theta: &[S], fields: &[Rows], vectors: &mut Array2<S>) {
    let vectors = as_mut_slice(vectors);
    vectors.fill(S::zero());
    for (column, field, table, rows) in item_tables(layout, fields) {
        for (i, vector) in vectors.chunks_exact_mut(layout.item_width).enumerate() {
            add_mean(&mut vector[column..column + field.width], &theta[table..], rows.get(i));
        }
    }
}

/// Return the user vector, `layout.user_width` numbers.
///
/// # Panics
/// Where a row lies outside its table.
pub fn user<S: Scalar>(layout: &Layout, theta: &[S], user: &User) -> Vec<S> {
    let mut vector = vec![S::zero(); layout.user_width];
    update_user(layout, theta, user, &mut vector);
    vector
}

/// Replace `vector` by [`user`].
pub(super) fn update_user<S: Scalar>(layout: &Layout, theta: &[S], user: &User, vector: &mut [S]) {
    vector.fill(S::zero());
    for (column, field, table, rows) in user_tables(layout, user) {
        add_mean(&mut vector[column..column + field.width], &theta[table..], rows);
    }
}

/// Add the derivative by the item tables to `gradient`, which begins at the parameter `from`, given the derivative
/// `d_vectors` by item vectors (items × item width).
///
/// # Panics
/// Where a row lies outside its table, or `from` is beyond the first item table.
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
            add_mean_reverse(d_vector, &mut gradient[table - from..], rows.get(i));
        }
    }
}

/// Add the derivative by the user tables to `gradient`, which begins at the parameter `from`, given the derivative
/// `d_vector` by the user vector.
///
/// # Panics
/// As [`items_reverse`].
pub fn user_reverse<S: Scalar>(layout: &Layout, user: &User, d_vector: &[S], gradient: &mut [S], from: usize) {
    for (column, field, table, rows) in user_tables(layout, user) {
        add_mean_reverse(&d_vector[column..column + field.width], &mut gradient[table - from..], rows);
    }
}

/// Return for each item field its first column in the item vector, the field, the offset of its table, and its rows.
pub(crate) fn item_tables<'a>(
    layout: &'a Layout,
    fields: &'a [Rows],
) -> impl Iterator<Item = (usize, &'a Field, usize, &'a Rows)> {
    zip_fields(&layout.architecture.item_fields, &layout.columns, &layout.tables, fields)
}

/// Return for each user field its first column in the user vector, the field, the offset of its table, and its rows.
pub(crate) fn user_tables<'a>(
    layout: &'a Layout,
    user: &'a User,
) -> impl Iterator<Item = (usize, &'a Field, usize, &'a Vec<u32>)> {
    let items = layout.architecture.item_fields.len();
    zip_fields(&layout.architecture.user_fields, &layout.columns[items..], &layout.tables[items..], user)
}

/// Return for each field its column, the field, the offset of its table, and its rows.
fn zip_fields<'a, R>(
    fields: &'a [Field],
    columns: &'a [usize],
    tables: &'a [usize],
    rows: &'a [R],
) -> impl Iterator<Item = (usize, &'a Field, usize, &'a R)> {
    let zipped = columns.iter().zip(fields).zip(tables).zip(rows);
    zipped.map(|(((&column, field), &table), rows)| (column, field, table, rows))
}

/// Add the mean of `rows` of `table` to `vector`.
fn add_mean<S: Scalar>(vector: &mut [S], table: &[S], rows: &[u32]) {
    let weight = S::constant(1.0 / rows.len().max(1) as f64);
    for &row in rows {
        let offset = row as usize * vector.len();
        add_scaled(vector, weight, &table[offset..]);
    }
}

/// Add the derivative by `rows` of a table to `table`, given the derivative by their mean.
fn add_mean_reverse<S: Scalar>(d_vector: &[S], table: &mut [S], rows: &[u32]) {
    let weight = S::constant(1.0 / rows.len().max(1) as f64);
    for &row in rows {
        let offset = row as usize * d_vector.len();
        add_scaled(&mut table[offset..], weight, d_vector);
    }
}
