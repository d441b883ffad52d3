//! The fewclicks model: MeLU (Lee et al., KDD 2019) as pure Rust, the same code in the trainer and in the browser.

pub mod adapt;
pub mod ask;
pub mod bundle;
pub mod compact;
pub mod math;
pub mod model;
pub mod network;
pub mod visitor;
