//! The fewclicks model: MeLU (Lee et al., KDD 2019) as pure Rust, the same code in the trainer and in the browser.

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
pub mod parameters;
pub mod picks;
pub mod product;
pub mod question;
pub mod rank;
pub mod readout;
pub mod ridge;
pub mod scalar;
pub mod scale;
pub mod scores;
pub mod start;
pub mod visitor;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub mod web;
