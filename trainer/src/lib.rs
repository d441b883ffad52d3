//! Trains fewclicks models on a site's ratings or picks, measures them, and exports them for the browser.

#![deny(missing_docs, missing_debug_implementations)]
// `println!` and `eprintln!` panic where nobody takes their output.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod baselines;
mod bench;
pub mod bundle;
mod chart;
mod check;
pub mod choice;
pub mod commands;
pub mod data;
mod demo;
pub mod encode;
pub mod evidence;
mod files;
pub mod incidence;
mod interrupt;
pub mod load;
pub mod measure;
pub mod metrics;
pub mod page;
mod pairs;
pub mod placing;
mod plan;
pub mod predict;
pub mod preset;
mod progress;
pub mod ranks;
mod report;
mod rng;
mod sealed;
mod simulate;
pub mod stars;
mod strongest;
mod suite;
pub mod terminal;
pub mod train;
pub mod versus;
