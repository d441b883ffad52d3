//! The processes that train together: the ranks of MPI with the feature `mpi`, otherwise this process alone.
//!
//! Every rank does the same training. What costs time is split: a rank computes its share and all ranks exchange what they have
//! computed, in the order in which one process computes it. Sums are taken after that, or one rank after another where each has
//! the ratings of other users ([`Shard`]), so that they have the same bits whatever the number of ranks. The first rank alone reads
//! and writes the folder of the run, and prints.
//!
//! Whatever exchanges ([`map`], [`gather`], [`exchange`], [`sum`], [`complete`], [`from_first`], [`first`], [`is_same`],
//! [`check_same`], the methods of a [`Shard`]) is called by all ranks in the same order, each from the thread that called
//! [`start`]. A rank that fails calls [`abort`], which ends them all. With one rank nothing is exchanged.

#[cfg(not(feature = "mpi"))]
#[path = "alone.rs"]
mod processes;
#[cfg(feature = "mpi")]
#[path = "mpi.rs"]
mod processes;

mod launcher;
mod message;
mod shard;
mod traffic;

pub use launcher::is_first as was_launched_first;
pub use message::Message;
pub use processes::{Started, abort, rank, size, start, sum};
pub use shard::{Shard, TOGETHER};
pub use traffic::Traffic;

use anyhow::ensure;
use rayon::prelude::*;
use std::ops::Range;

/// Return whether this is the rank that reads and writes the folder of the run, and prints.
pub fn is_first() -> bool {
    rank() == 0
}

/// Return which of `len` things in a row this rank computes.
pub fn share(len: usize) -> Range<usize> {
    let (rank, size) = (rank(), size());
    len * rank / size..len * (rank + 1) / size
}

/// As [`share`], so that the sums of `weight` are about the same for all ranks.
pub fn share_by(len: usize, weight: impl Fn(usize) -> usize) -> Range<usize> {
    if size() == 1 {
        return 0..len;
    }
    let ends: Vec<usize> = (0..len)
        .scan(0, |sum, index| {
            *sum += weight(index);
            Some(*sum)
        })
        .collect();
    let total = ends.last().copied().unwrap_or(0);
    let start = |rank: usize| match rank == size() {
        true => len,
        false => ends.partition_point(|&end| end <= (total as u128 * rank as u128 / size() as u128) as usize),
    };
    start(rank())..start(rank() + 1)
}

/// Return what all ranks have, in the order of the ranks.
pub fn gather<T: Message>(own: Vec<T>) -> Vec<T> {
    match size() {
        1 => own,
        _ => processes::all_gather(message::encode(&own))
            .iter()
            .flat_map(|bytes| message::decode::<Vec<T>>(bytes))
            .collect(),
    }
}

/// Return what all ranks have for this one, in the order of the ranks, given what this one has for each.
pub fn exchange<T: Message>(own: Vec<Vec<T>>) -> Vec<T> {
    if size() == 1 {
        return own.into_iter().flatten().collect();
    }
    let own = own.into_iter().map(|part| message::encode(&part)).collect();
    processes::all_to_all(own).iter().flat_map(|bytes| message::decode::<Vec<T>>(bytes)).collect()
}

/// Compute `work` of 0 to `len`, shared between ranks and threads, and return all results in order. Neighbours go to different
/// ranks, as they often cost the same.
pub fn map<T: Message + Send>(len: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    map_with(len, || (), |&mut (), index| work(index))
}

/// As [`map`], with a value that each thread keeps between calls, which `start` makes.
pub fn map_with<S, T: Message + Send>(
    len: usize,
    start: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, usize) -> T + Sync + Send,
) -> Vec<T> {
    let (rank, size) = (rank(), size());
    let count = len.saturating_sub(rank).div_ceil(size);
    let own: Vec<T> =
        (0..count).into_par_iter().map_init(start, |kept, index| work(kept, rank + index * size)).collect();
    if size == 1 {
        return own;
    }
    let parts = processes::all_gather(message::encode(&own));
    let mut parts: Vec<_> = parts.iter().map(|bytes| message::decode::<Vec<T>>(bytes).into_iter()).collect();
    (0..len).filter_map(|index| parts[index % size].next()).collect()
}

/// Fill in what the other ranks have computed of `numbers`; this one has computed those in `own`. The ranges of all ranks follow
/// each other and are the whole.
pub fn complete<T: Message + Copy>(numbers: &mut [T], own: Range<usize>) {
    if size() > 1 {
        numbers.copy_from_slice(&gather(numbers[own].to_vec()));
    }
}

/// Return what `of_first` returns on the first rank.
///
/// # Errors
/// Return its error, on the first rank; the others wait until it ends them.
pub fn from_first<T: Message>(of_first: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    if size() == 1 {
        return of_first();
    }
    match is_first() {
        true => {
            let value = of_first()?;
            processes::broadcast(Some(message::encode(&value)));
            Ok(value)
        }
        false => Ok(message::decode(&processes::broadcast(None))),
    }
}

/// Return whether `own` is the same on the first rank.
///
/// # Errors
/// As [`from_first`].
pub fn is_same(own: &str) -> anyhow::Result<bool> {
    Ok(size() == 1 || from_first(|| Ok(own.to_owned()))? == own)
}

/// Check that `own`, which tells what this rank has read, is the same on the first rank.
///
/// # Errors
/// Return an error on a rank where it is not.
pub fn check_same(own: &str) -> anyhow::Result<()> {
    ensure!(
        is_same(own)?,
        "rank {} reads other data than the first: share the folder, or copy all of it to each machine",
        rank()
    );
    Ok(())
}

/// Do `work` on the first rank alone, and return what it returns there; the others wait for it.
///
/// # Errors
/// Return its error, on the first rank; the others wait until it ends them.
pub fn first<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<Option<T>> {
    let mut done = None;
    from_first(|| {
        done = Some(work()?);
        Ok(())
    })?;
    Ok(done)
}
