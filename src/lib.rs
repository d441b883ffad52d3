//! The fewclicks model: MeLU (Lee et al., KDD 2019) as pure Rust, the same code in the trainer and in the browser.
//!
//! Of the standard library it needs `alloc`, and on a device has no more: what formats the message of a panic is large,
//! and nobody reads it there.
#![cfg_attr(all(target_arch = "wasm32", not(test)), no_std)]

#[macro_use]
extern crate alloc;

pub mod adapt;
pub mod bundle;
pub mod decimal;
pub mod decision;
pub mod embedding;
pub mod entries;
pub mod evidence;
pub mod examples;
pub mod features;
pub mod json;
pub mod layout;
pub mod linalg;
pub mod loss;
pub mod meta;
pub mod model;
pub mod network;
pub mod order;
pub mod picks;
pub mod product;
pub mod question;
pub mod rank;
pub mod readout;
pub mod ridge;
pub mod scalar;
pub mod scale;
pub mod start;
pub mod visitor;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub mod web;
