//! The product of matrices agrees with its definition for every shape and memory layout. One body for the library,
//! natively, and for the kernel of the wasm build.

use fewclicks_model::math::scalar::Scalar;
use ndarray::{Array2, ArrayView2, s};
use proptest::collection::vec;
use proptest::prelude::*;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[test]
fn a_product_is_rows_times_columns() {
    let matrices = (0..20usize, 0..40usize, 0..20usize)
        .prop_flat_map(|(rows, inner, columns)| (matrix(rows, inner), matrix(inner, columns)));
    proptest!(|((a, b) in matrices, a_layout in 0..6usize, b_layout in 0..6usize)| {
        let (a_laid, b_laid) = (laid(&a, a_layout), laid(&b, b_layout));
        let product = f32::matmul(view(&a_laid, a_layout), view(&b_laid, b_layout));
        prop_assert_eq!(product.dim(), (a.nrows(), b.ncols()));
        prop_assert!(product.is_standard_layout());
        let mut sum = product.clone();
        f32::add_product(view(&a_laid, a_layout), view(&b_laid, b_layout), sum.view_mut());
        prop_assert_eq!(&sum, &(2.0 * &product));
        // The transposed sum is a block of columns of a wider matrix.
        let mut wide = Array2::zeros((b.ncols(), a.nrows() + 3));
        f32::add_product(view(&a_laid, a_layout), view(&b_laid, b_layout), wide.slice_mut(s![.., 1..a.nrows() + 1]).reversed_axes());
        prop_assert!((&wide.slice(s![.., 1..a.nrows() + 1]).t() - &product).iter().all(|d| d.abs() <= 1e-4));
        prop_assert!(wide.slice(s![.., a.nrows() + 1..]).iter().chain(wide.column(0)).all(|&x| x == 0.0));
        for ((i, j), &got) in product.indexed_iter() {
            let terms = || (0..a.ncols()).map(|k| f64::from(a[[i, k]]) * f64::from(b[[k, j]]));
            let (expected, size): (f64, f64) = (terms().sum(), terms().map(f64::abs).sum());
            prop_assert!((f64::from(got) - expected).abs() <= 1e-5 * size, "[{i}, {j}] = {got}, expected {expected}");
        }
    });
}

#[test]
fn loops_over_slices_agree_with_their_definitions() {
    let numbers = |count: usize| vec(-2.0f32..2.0, count);
    let all = (0..40usize).prop_flat_map(|count| (numbers(count), numbers(count), vec(any::<u8>(), count)));
    proptest!(|((start, rates, bytes) in all)| {
        let (mut theta, mut open, mut row) = (start.clone(), start.clone(), start.clone());
        f32::descend(&mut theta, &rates, &start);
        f32::relu(&mut open);
        f32::dequantise(&mut row, &bytes, 0.25);
        for (i, &x) in start.iter().enumerate() {
            prop_assert!((theta[i] - (x - rates[i] * x)).abs() < 1e-6);
            prop_assert_eq!(open[i], x.max(0.0));
            prop_assert_eq!(row[i], f32::from(bytes[i] as i8) / 4.0);
        }
    });
}

fn matrix(rows: usize, columns: usize) -> impl Strategy<Value = Array2<f32>> {
    let numbers = vec(-2.0f32..2.0, rows * columns);
    numbers.prop_map(move |numbers| Array2::from_shape_vec((rows, columns), numbers).unwrap())
}

/// Return the matrix of which [`view`] makes `a`, for one of six memory layouts.
fn laid(a: &Array2<f32>, layout: usize) -> Array2<f32> {
    let (rows, columns) = a.dim();
    match layout {
        0 => a.clone(),
        1 => a.t().as_standard_layout().to_owned(),
        2 => a.slice(s![..;-1, ..]).to_owned(),
        3 => a.slice(s![.., ..;-1]).to_owned(),
        // Within a wider matrix, of which the rest must not be read.
        4 => {
            Array2::from_shape_fn(
                (rows, columns + 5),
                |(i, j)| if j < 3 || j >= columns + 3 { f32::NAN } else { a[[i, j - 3]] },
            )
        }
        _ => Array2::from_shape_fn((2 * rows, 3 * columns), |(i, j)| {
            if i % 2 == 0 && j % 3 == 0 { a[[i / 2, j / 3]] } else { f32::NAN }
        }),
    }
}

/// Return the matrix that [`laid`] was given, by strides of this memory layout.
fn view(laid: &Array2<f32>, layout: usize) -> ArrayView2<'_, f32> {
    match layout {
        0 => laid.view(),
        1 => laid.t(),
        2 => laid.slice(s![..;-1, ..]),
        3 => laid.slice(s![.., ..;-1]),
        4 => laid.slice(s![.., 3..laid.ncols() - 2]),
        _ => laid.slice(s![..;2, ..;3]),
    }
}
