//! What exchanging costs.

/// What this rank has been sent, and how long it has waited for it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Traffic {
    /// Bytes received, those of its own that it sends to all included.
    pub bytes: u64,
    /// Seconds that this rank has spent exchanging, waiting for others included.
    pub seconds: f64,
}

#[cfg(feature = "mpi")]
mod counters {
    use super::Traffic;
    use std::sync::Mutex;

    static SO_FAR: Mutex<Traffic> = Mutex::new(Traffic { bytes: 0, seconds: 0.0 });

    pub fn add(bytes: usize, seconds: f64) {
        let mut so_far = SO_FAR.lock().expect("no panic while it is held");
        so_far.bytes += bytes as u64;
        so_far.seconds += seconds;
    }

    pub fn take() -> Traffic {
        std::mem::take(&mut SO_FAR.lock().expect("no panic while it is held"))
    }
}
#[cfg(feature = "mpi")]
pub(super) use counters::add;

impl Traffic {
    /// Return what was exchanged since the last call; `None` with one rank.
    pub fn take() -> Option<Self> {
        #[cfg(feature = "mpi")]
        if super::size() > 1 {
            return Some(counters::take());
        }
        None
    }
}
