//! Loops over slices, four numbers at a time, of which a compiler that is to save space would take one after the other.
//! Each is what the method of [`crate::math::scalar::Scalar`] with its name does by itself.

use std::arch::wasm32::{
    f32x4_convert_i32x4, f32x4_max, f32x4_mul, f32x4_splat, f32x4_sub, i16x8_load_extend_i8x8, i32x4_extend_high_i16x8,
    i32x4_extend_low_i16x8, v128, v128_load, v128_store,
};

const LANES: usize = 4;

pub fn relu(z: &mut [f32]) {
    let (lanes, rest) = z.as_chunks_mut::<LANES>();
    for lanes in lanes {
        put(lanes, f32x4_max(get(lanes), f32x4_splat(0.0)));
    }
    rest.iter_mut().for_each(|z| *z = z.max(0.0));
}

pub fn descend(theta: &mut [f32], rates: &[f32], gradient: &[f32]) {
    let (lanes, rest) = theta.as_chunks_mut::<LANES>();
    let (rate_lanes, rate_rest) = rates.as_chunks::<LANES>();
    let (slope_lanes, slope_rest) = gradient.as_chunks::<LANES>();
    for ((theta, rates), slopes) in lanes.iter_mut().zip(rate_lanes).zip(slope_lanes) {
        put(theta, f32x4_sub(get(theta), f32x4_mul(get(rates), get(slopes))));
    }
    for ((theta, rate), slope) in rest.iter_mut().zip(rate_rest).zip(slope_rest) {
        *theta -= rate * slope;
    }
}

pub fn scaled(row: &mut [f32], bytes: &[u8], scale: f32) {
    let (lanes, rest) = row.as_chunks_mut::<{ 2 * LANES }>();
    let (byte_lanes, byte_rest) = bytes.as_chunks::<{ 2 * LANES }>();
    for (numbers, bytes) in lanes.iter_mut().zip(byte_lanes) {
        // SAFETY: eight bytes.
        let wide = unsafe { i16x8_load_extend_i8x8(bytes.as_ptr().cast()) };
        let (low, high) = numbers.split_at_mut(LANES);
        for (numbers, wide) in [(low, i32x4_extend_low_i16x8(wide)), (high, i32x4_extend_high_i16x8(wide))] {
            // SAFETY: four numbers.
            unsafe {
                v128_store(numbers.as_mut_ptr().cast(), f32x4_mul(f32x4_convert_i32x4(wide), f32x4_splat(scale)))
            };
        }
    }
    rest.iter_mut().zip(byte_rest).for_each(|(x, &byte)| *x = f32::from(byte as i8) * scale);
}

#[inline(always)]
fn get(lanes: &[f32; LANES]) -> v128 {
    // SAFETY: four numbers.
    unsafe { v128_load(lanes.as_ptr().cast()) }
}

#[inline(always)]
fn put(lanes: &mut [f32; LANES], numbers: v128) {
    // SAFETY: four numbers.
    unsafe { v128_store(lanes.as_mut_ptr().cast(), numbers) }
}
