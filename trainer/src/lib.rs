//! Meta-learns models from a site's ratings, natively.

pub mod baselines;
pub mod bench;
pub mod chart;
pub mod cli;
pub mod commands;
pub mod data;
pub mod encode;
pub mod evidence;
pub mod export;
pub mod files;
pub mod measure;
pub mod metrics;
pub mod preset;
pub mod progress;
pub mod report;
pub mod rng;
pub mod serve;
pub mod simulate;
pub mod train;
