//! Tiles of four by eight numbers, which stay in registers while everything that they are sums of passes by.
//!
//! The left matrix is read where it lies, number by number, and so is the right, eight numbers of a row at a time.
//! Where the right one's rows do not lie like that, eight columns are packed first, in the order in which they are read
//! and filled up with zeros; but the smaller of the two matrices, as the product may be transposed as well. A single
//! column would leave most of a tile empty: it is multiplied with one row after the other.

use ndarray::{ArrayView2, ArrayViewMut2};
use std::arch::wasm32::{f32x4_add, f32x4_mul, f32x4_splat, v128, v128_load, v128_load32_splat, v128_store};

const ROWS: usize = 4;
const COLUMNS: usize = 8;

/// A row of a tile.
type Row = [v128; 2];

/// Adds `a · b` to `sum`.
pub fn add_product(a: ArrayView2<f32>, b: ArrayView2<f32>, sum: ArrayViewMut2<f32>) {
    assert!(a.ncols() == b.nrows(), "as many columns on the left as rows on the right");
    assert!(sum.dim() == (a.nrows(), b.ncols()), "a sum of products has their shape");
    let (a, b, mut sum) = match b.strides()[1] != 1 && a.nrows() < b.ncols() {
        true => (b.reversed_axes(), a.reversed_axes(), sum.reversed_axes()),
        false => (a, b, sum),
    };
    let (rows, inner, columns) = (a.nrows(), a.ncols(), b.ncols());
    let (down, right) = (a.strides()[0], a.strides()[1]);
    let (sum_down, sum_right) = (sum.strides()[0], sum.strides()[1]);
    if columns == 1 && right == 1 && b.strides()[0] == 1 {
        let (mut row, mut to) = (a.as_ptr(), sum.as_mut_ptr());
        for _ in 0..rows {
            // SAFETY: a row and a column of as many numbers, side by side, and a number of the sum.
            unsafe { *to += dot(row, b.as_ptr(), inner) };
            (row, to) = (row.wrapping_offset(down), to.wrapping_offset(sum_down));
        }
        return;
    }
    let mut packed = Vec::new();
    for column in (0..columns).step_by(COLUMNS) {
        let present = (columns - column).min(COLUMNS);
        let first = b.as_ptr().wrapping_offset(column as isize * b.strides()[1]);
        let strip = match present == COLUMNS && b.strides()[1] == 1 {
            true => (first, b.strides()[0]),
            false => {
                pack(&mut packed, first, inner, present, b.strides());
                (packed.as_ptr(), COLUMNS as isize)
            }
        };
        for row in (0..rows).step_by(ROWS) {
            // A row that the matrix does not have is its last one again, and is not written.
            let start = |i: usize| a.as_ptr().wrapping_offset((row + i).min(rows - 1) as isize * down);
            // SAFETY: numbers of rows that are there, and of columns that are there or were packed.
            let tile = unsafe { tile([start(0), start(1), start(2), start(3)], right, strip, inner) };
            let mut to = sum.as_mut_ptr().wrapping_offset(row as isize * sum_down + column as isize * sum_right);
            for tile in tile.iter().take(rows - row) {
                // SAFETY: a row of the sum, and as many columns as it has.
                unsafe { write(to, tile, present, sum_right) };
                to = to.wrapping_offset(sum_down);
            }
        }
    }
}

/// a·b, of `len` numbers each.
unsafe fn dot(a: *const f32, b: *const f32, len: usize) -> f32 {
    let mut sums = [f32x4_splat(0.0); 2];
    let whole = len / COLUMNS * COLUMNS;
    for at in (0..whole).step_by(COLUMNS) {
        // SAFETY: the caller's.
        unsafe {
            let [low, high] =
                [at, at + 4].map(|at| f32x4_mul(v128_load(a.add(at).cast()), v128_load(b.add(at).cast())));
            sums = [f32x4_add(sums[0], low), f32x4_add(sums[1], high)];
        }
    }
    let mut lanes = [0.0f32; 4];
    // SAFETY: four numbers.
    unsafe { v128_store(lanes.as_mut_ptr().cast(), f32x4_add(sums[0], sums[1])) };
    let mut sum = lanes[0] + lanes[1] + lanes[2] + lanes[3];
    for at in whole..len {
        // SAFETY: the caller's.
        sum += unsafe { *a.add(at) * *b.add(at) };
    }
    sum
}

/// The columns that are `present`, from `first` on, row by row, and zeros up to [`COLUMNS`].
fn pack(packed: &mut Vec<f32>, first: *const f32, rows: usize, present: usize, strides: &[isize]) {
    packed.clear();
    packed.resize(rows * COLUMNS, 0.0);
    let mut start = first;
    for row in packed.chunks_exact_mut(COLUMNS) {
        let mut from = start;
        for number in &mut row[..present] {
            // SAFETY: of a row and a column that the matrix has.
            *number = unsafe { *from };
            from = from.wrapping_offset(strides[1]);
        }
        start = start.wrapping_offset(strides[0]);
    }
}

/// The product of four rows, whose numbers lie `right` apart, and eight columns, whose rows lie a step apart.
unsafe fn tile(
    [mut a, mut b, mut c, mut d]: [*const f32; ROWS],
    right: isize,
    (mut strip, step): (*const f32, isize),
    inner: usize,
) -> [Row; ROWS] {
    let mut sums = [[f32x4_splat(0.0); 2]; ROWS];
    for _ in 0..inner {
        // SAFETY: the caller's.
        unsafe {
            let row = [v128_load(strip.cast()), v128_load(strip.wrapping_add(4).cast())];
            // No loop: built for size it would stay one, with the sums in memory.
            add(&mut sums[0], v128_load32_splat(a.cast()), row);
            add(&mut sums[1], v128_load32_splat(b.cast()), row);
            add(&mut sums[2], v128_load32_splat(c.cast()), row);
            add(&mut sums[3], v128_load32_splat(d.cast()), row);
        }
        a = a.wrapping_offset(right);
        b = b.wrapping_offset(right);
        c = c.wrapping_offset(right);
        d = d.wrapping_offset(right);
        strip = strip.wrapping_offset(step);
    }
    sums
}

/// sums ← sums + a·b.
#[inline(always)]
fn add(sums: &mut Row, a: v128, b: Row) {
    sums[0] = f32x4_add(sums[0], f32x4_mul(a, b[0]));
    sums[1] = f32x4_add(sums[1], f32x4_mul(a, b[1]));
}

/// Adds those of a tile's row that are `present` to what lies at `to`, `right` apart.
unsafe fn write(mut to: *mut f32, row: &Row, present: usize, right: isize) {
    // SAFETY: the caller's; a row of a tile is eight numbers.
    unsafe {
        if present == COLUMNS && right == 1 {
            let high = to.wrapping_add(4);
            v128_store(to.cast(), f32x4_add(v128_load(to.cast()), row[0]));
            v128_store(high.cast(), f32x4_add(v128_load(high.cast()), row[1]));
            return;
        }
        let mut numbers = [0.0f32; COLUMNS];
        v128_store(numbers.as_mut_ptr().cast(), row[0]);
        v128_store(numbers.as_mut_ptr().add(4).cast(), row[1]);
        for number in &numbers[..present] {
            *to += number;
            to = to.wrapping_offset(right);
        }
    }
}
