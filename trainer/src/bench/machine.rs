//! The machine that costs are measured on.

use serde::Serialize;
use std::thread::available_parallelism;

/// The machine that costs are measured on.
#[derive(Debug, Serialize)]
pub struct Machine {
    pub version: &'static str,
    pub architecture: &'static str,
    /// Cores that this process may use.
    pub cores: usize,
}

impl Machine {
    pub fn this() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self { version: env!("CARGO_PKG_VERSION"), architecture: std::env::consts::ARCH, cores }
    }
}
