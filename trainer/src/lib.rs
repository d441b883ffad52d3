//! Meta-learns models from a site's ratings, natively.

pub mod adam;
pub mod baselines;
pub mod checkpoint;
pub mod cli;
pub mod commands;
pub mod data;
pub mod encode;
pub mod evaluate;
pub mod evidence;
pub mod export;
pub mod files;
pub mod graph;
pub mod learner;
pub mod metrics;
pub mod picks;
pub mod population;
pub mod predict;
pub mod preset;
pub mod progress;
pub mod readout;
pub mod rng;
pub mod run;
pub mod serve;
pub mod tasks;
pub mod train;
