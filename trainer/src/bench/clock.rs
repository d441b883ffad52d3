//! A clock of wall time and CPU time.

use cpu_time::ProcessTime;
use serde::Serialize;
use std::time::Instant;

/// A clock that was started.
pub struct Clock {
    start: Instant,
    cpu: ProcessTime,
}

/// Time since the clock was started.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Elapsed {
    pub seconds: f64,
    /// CPU time of all threads of this process.
    pub cpu_seconds: f64,
}

impl Clock {
    pub fn start() -> Self {
        Self { start: Instant::now(), cpu: ProcessTime::now() }
    }

    pub fn read(&self) -> Elapsed {
        Elapsed { seconds: self.start.elapsed().as_secs_f64(), cpu_seconds: self.cpu.elapsed().as_secs_f64() }
    }
}
