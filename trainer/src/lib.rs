//! Trains fewclicks models on a site's ratings or picks, measures them, and exports them for the browser.

#![deny(missing_docs, missing_debug_implementations)]

pub mod baselines;
mod bench;
pub mod bundle;
mod chart;
pub mod choice;
pub mod commands;
pub mod data;
mod demo;
pub mod encode;
pub mod evidence;
mod files;
pub mod load;
pub mod measure;
pub mod metrics;
pub mod page;
pub mod predict;
pub mod preset;
mod progress;
mod report;
mod rng;
mod simulate;
pub mod train;
