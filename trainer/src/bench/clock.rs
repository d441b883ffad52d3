//! Time that passes, and time that processors work.

use cpu_time::ProcessTime;
use serde::Serialize;
use std::time::Instant;

/// Both since a moment.
pub struct Clock {
    start: Instant,
    cpu: ProcessTime,
}

/// What a [`Clock`] says.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Elapsed {
    pub seconds: f64,
    /// Of all threads of this process together.
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
