//! Tiles of four by eight numbers, which stay in registers while everything that they are sums of passes by.
//!
//! Both matrices are packed for that: the left in strips of four rows, the right in strips of eight columns, each strip
//! in the order in which it is read, and filled up with zeros. So a tile is always whole, however odd the shapes are,
//! and what is transposed costs no more than what is not.

use crate::linalg::owned;
use alloc::vec::Vec;
use core::arch::wasm32::{f32x4_add, f32x4_mul, f32x4_splat, v128, v128_load, v128_store};
use ndarray::{Array2, ArrayView2};

const ROWS: usize = 4;
const COLUMNS: usize = 8;

/// A row of a tile.
type Row = [v128; 2];

/// `a · b`, row by row.
pub fn product(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Array2<f32> {
    let shape = (a.nrows(), b.ncols());
    // A single column is the transposed of a single row, of which tiles take less.
    let (a, b) = if b.ncols() == 1 { (b.reversed_axes(), a.reversed_axes()) } else { (a, b) };
    let (rows, inner, columns) = (a.nrows(), a.ncols(), b.ncols());
    assert!(inner == b.nrows(), "as many columns on the left as rows on the right");
    let left = strips(a.reversed_axes(), ROWS);
    let right = strips(b, COLUMNS);
    let mut product = vec![0.0; rows.next_multiple_of(ROWS) * columns + COLUMNS];
    for row in (0..rows).step_by(ROWS) {
        let left = &left[row * inner..][..ROWS * inner];
        // Backwards, as a tile that is wider than what is left spills over to where the next row begins.
        for column in (0..columns).step_by(COLUMNS).rev() {
            let right = &right[column * inner..][..COLUMNS * inner];
            tile(left, right, &mut product[row * columns + column..], columns);
        }
    }
    product.truncate(rows * columns);
    owned(shape.0, shape.1, product)
}

/// The columns of `matrix`, `width` by `width`, each strip row by row.
fn strips(matrix: ArrayView2<f32>, width: usize) -> Vec<f32> {
    let (rows, columns) = matrix.dim();
    let (down, right) = (matrix.strides()[0], matrix.strides()[1]);
    let mut strips = vec![0.0; columns.next_multiple_of(width) * rows];
    let mut packed = strips.as_mut_ptr();
    for first in (0..columns).step_by(width) {
        let mut start = matrix.as_ptr().wrapping_offset(first as isize * right);
        let present = (columns - first).min(width);
        for _ in 0..rows {
            let mut from = start;
            for i in 0..present {
                // SAFETY: a row and a column that the matrix has, and the next row of the strip.
                unsafe { *packed.add(i) = *from };
                from = from.wrapping_offset(right);
            }
            start = start.wrapping_offset(down);
            packed = packed.wrapping_add(width);
        }
    }
    strips
}

/// Writes the product of two strips, whose rows lie `step` numbers apart.
fn tile(left: &[f32], right: &[f32], product: &mut [f32], step: usize) {
    let mut sums = [[f32x4_splat(0.0); 2]; ROWS];
    for (a, b) in left.as_chunks::<ROWS>().0.iter().zip(right.as_chunks::<COLUMNS>().0) {
        // SAFETY: eight numbers are two times four.
        let b = unsafe { [v128_load(b.as_ptr().cast()), v128_load(b.as_ptr().add(4).cast())] };
        // No loop, here and below: built for size it would stay one, with the sums in memory.
        add(&mut sums[0], a[0], b);
        add(&mut sums[1], a[1], b);
        add(&mut sums[2], a[2], b);
        add(&mut sums[3], a[3], b);
    }
    write(product, sums[0]);
    write(&mut product[step..], sums[1]);
    write(&mut product[2 * step..], sums[2]);
    write(&mut product[3 * step..], sums[3]);
}

/// sums ← sums + a·b.
#[inline(always)]
fn add(sums: &mut Row, a: f32, b: Row) {
    let a = f32x4_splat(a);
    sums[0] = f32x4_add(sums[0], f32x4_mul(a, b[0]));
    sums[1] = f32x4_add(sums[1], f32x4_mul(a, b[1]));
}

/// Writes a row of a tile to where `product` begins.
#[inline(always)]
fn write(product: &mut [f32], row: Row) {
    let product = &mut product[..COLUMNS];
    // SAFETY: eight numbers are two times four.
    unsafe {
        v128_store(product.as_mut_ptr().cast(), row[0]);
        v128_store(product.as_mut_ptr().add(4).cast(), row[1]);
    }
}
