//! A tiled matrix product in SIMD: the sums of a tile of 4 × 8 numbers stay in registers.
//!
//! The left matrix is read number by number, the right one eight numbers of a row at a time. Where the rows of the right
//! matrix are not contiguous, or have fewer than eight numbers left, eight columns are packed first, padded with zeros; if
//! the left matrix is smaller, the product is transposed to pack that instead. A single column would leave most of a tile
//! unused: it is multiplied with one row after the other.

use ndarray::{ArrayView2, ArrayViewMut2};
use std::arch::wasm32::{f32x4_add, f32x4_mul, f32x4_splat, v128, v128_load, v128_load32_splat, v128_store};

/// The number of rows of a tile.
const ROWS: usize = 4;
/// The number of columns of a tile.
const COLUMNS: usize = 8;

/// A row of a tile.
type Row = [v128; 2];

/// Add `a · b` to `sum`, as [`crate::add_product`].
pub(crate) fn add_product(a: ArrayView2<f32>, b: ArrayView2<f32>, sum: ArrayViewMut2<f32>) {
    assert!(a.ncols() == b.nrows(), "the left matrix needs as many columns as the right one rows");
    assert!(sum.dim() == (a.nrows(), b.ncols()), "the sum needs the shape of the product");
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
            // SAFETY: `row` points to `inner` contiguous numbers of a row of `a` (stride 1), `b` to as many of its column
            // (stride 1), and `to` to a number of `sum`, which is borrowed mutably.
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
                // SAFETY: `b` has `inner` rows and, from `column` on, at least `present` columns.
                unsafe { pack(&mut packed, first, inner, present, b.strides()) };
                (packed.as_ptr(), COLUMNS as isize)
            }
        };
        for row in (0..rows).step_by(ROWS) {
            // Missing rows are replaced by the last one; their sums are not written.
            let start = |i: usize| a.as_ptr().wrapping_offset((row + i).min(rows - 1) as isize * down);
            // SAFETY: the four pointers are rows of `a` with `inner` numbers `right` apart. `strip` has `inner` rows of
            // eight contiguous numbers: columns of `b`, or `packed`.
            let tile = unsafe { tile([start(0), start(1), start(2), start(3)], right, strip, inner) };
            let mut to = sum.as_mut_ptr().wrapping_offset(row as isize * sum_down + column as isize * sum_right);
            for tile in tile.iter().take(rows - row) {
                // SAFETY: `to` is a row of `sum` with at least `present` numbers `sum_right` apart from `column` on.
                unsafe { write(to, tile, present, sum_right) };
                to = to.wrapping_offset(sum_down);
            }
        }
    }
}

/// Return the dot product of `len` contiguous numbers each.
///
/// # Safety
/// `a` and `b` must each point to `len` readable numbers.
unsafe fn dot(a: *const f32, b: *const f32, len: usize) -> f32 {
    let mut sums = [f32x4_splat(0.0); 2];
    let whole = len / COLUMNS * COLUMNS;
    for at in (0..whole).step_by(COLUMNS) {
        // SAFETY: `at + 8 <= len`.
        unsafe {
            let [low, high] =
                [at, at + 4].map(|at| f32x4_mul(v128_load(a.add(at).cast()), v128_load(b.add(at).cast())));
            sums = [f32x4_add(sums[0], low), f32x4_add(sums[1], high)];
        }
    }
    let mut lanes = [0.0f32; 4];
    // SAFETY: `lanes` has four numbers.
    unsafe { v128_store(lanes.as_mut_ptr().cast(), f32x4_add(sums[0], sums[1])) };
    let mut sum = lanes[0] + lanes[1] + lanes[2] + lanes[3];
    for at in whole..len {
        // SAFETY: `at < len`.
        sum += unsafe { *a.add(at) * *b.add(at) };
    }
    sum
}

/// Copy `present` columns of a matrix, from the one at `first` on, to `packed`, row-major and padded with zeros to
/// [`COLUMNS`] columns.
///
/// # Safety
/// The matrix must have `rows` rows and, from `first` on, `present` columns of readable numbers at these strides.
unsafe fn pack(packed: &mut Vec<f32>, first: *const f32, rows: usize, present: usize, strides: &[isize]) {
    packed.clear();
    packed.resize(rows * COLUMNS, 0.0);
    let mut start = first;
    for row in packed.chunks_exact_mut(COLUMNS) {
        let mut from = start;
        for number in &mut row[..present] {
            // SAFETY: `from` is a number of the matrix: its row is below `rows`, its column below `present`.
            *number = unsafe { *from };
            from = from.wrapping_offset(strides[1]);
        }
        start = start.wrapping_offset(strides[0]);
    }
}

/// Return the product of four rows of the left matrix, with numbers `right` apart, and eight columns of the right one,
/// with rows `step` apart.
///
/// # Safety
/// Each row must have `inner` readable numbers, and `strip` must have `inner` rows of eight contiguous readable numbers.
unsafe fn tile(
    [mut a, mut b, mut c, mut d]: [*const f32; ROWS],
    right: isize,
    (mut strip, step): (*const f32, isize),
    inner: usize,
) -> [Row; ROWS] {
    let mut sums = [[f32x4_splat(0.0); 2]; ROWS];
    for _ in 0..inner {
        // SAFETY: this is one of `inner` iterations, each of which advances all pointers by one number or row.
        unsafe {
            let row = [v128_load(strip.cast()), v128_load(strip.wrapping_add(4).cast())];
            // Unrolled by hand: a build for size would keep a loop, and the sums in memory.
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

/// Add a·b to `sums`.
#[inline(always)]
fn add(sums: &mut Row, a: v128, b: Row) {
    sums[0] = f32x4_add(sums[0], f32x4_mul(a, b[0]));
    sums[1] = f32x4_add(sums[1], f32x4_mul(a, b[1]));
}

/// Add the first `present` numbers of a tile's row to the numbers at `to`, `right` apart.
///
/// # Safety
/// There must be `present` readable and writable numbers, at most [`COLUMNS`], `right` apart from `to` on.
unsafe fn write(mut to: *mut f32, row: &Row, present: usize, right: isize) {
    // SAFETY: with eight contiguous numbers all of them are read and written, else `present` of them; `numbers` has eight.
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
