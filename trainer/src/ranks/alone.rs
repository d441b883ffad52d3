//! One process: the feature `mpi` is off.

use super::launcher;
use anyhow::ensure;

/// Nothing is started.
#[derive(Debug)]
pub struct Started;

/// Check that this process was not launched together with others.
///
/// # Errors
/// Return an error if it was.
pub fn start() -> anyhow::Result<Started> {
    let processes = launcher::processes();
    ensure!(
        processes <= 1,
        "launched as {processes} processes, but this trainer is built for one: build it with \
         `cargo build --release --package trainer --features mpi`, or launch it without mpirun"
    );
    Ok(Started)
}

/// Return the number of this process.
pub fn rank() -> usize {
    0
}

/// Return the number of processes.
pub fn size() -> usize {
    1
}

/// End all processes but this one: there is none.
pub fn abort() {}

/// Return the bytes of all ranks.
pub fn all_gather(own: Vec<u8>) -> Vec<Vec<u8>> {
    vec![own]
}

/// Return the bytes of the first rank.
pub fn broadcast(bytes: Option<Vec<u8>>) -> Vec<u8> {
    bytes.unwrap_or_default()
}

/// Return what this rank has for each rank: all is for this one.
pub fn all_to_all(own: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    own
}

/// Add the numbers of all ranks.
pub fn sum(_: &mut [u32]) {}

/// Send bytes to another rank: there is none.
pub fn send(to: usize, _: &[u8]) {
    unreachable!("there is no rank {to}")
}

/// Return the bytes that another rank sends: there is none.
pub fn receive(from: usize) -> Vec<u8> {
    unreachable!("there is no rank {from}")
}
