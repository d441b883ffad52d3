//! The ranks of MPI.

use super::{launcher, traffic};
use anyhow::{Context, ensure};
use mpi::Threading;
use mpi::collective::SystemOperation;
use mpi::datatype::{Partition, PartitionMut};
use mpi::environment::{Universe, initialize_with_threading};
use mpi::topology::SimpleCommunicator;
use mpi::traits::{Communicator, CommunicatorCollectives, Destination, Root, Source};
use std::ops::Range;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Rank and number of ranks, once MPI has started.
static WORLD: OnceLock<(usize, usize)> = OnceLock::new();

/// The maximum number of bytes that a call exchanges: MPI counts in 32 bits.
const MAX_BYTES: usize = 1 << 30;

/// How long MPI may take to end all ranks, before this one ends itself.
const MAX_ABORT: Duration = Duration::from_secs(5);

/// MPI; it ends when this is dropped, which waits for the other ranks.
#[derive(Debug)]
pub struct Started {
    _universe: Option<OpaqueUniverse>,
}

/// A [`Universe`], which cannot be printed.
struct OpaqueUniverse(#[expect(dead_code, reason = "it is held until it is dropped")] Universe);

impl std::fmt::Debug for OpaqueUniverse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Universe")
    }
}

/// Start MPI, if this process was launched by it. A panic then ends all ranks, which would otherwise wait for this one.
///
/// # Errors
/// Return an error if MPI cannot be started.
pub fn start() -> anyhow::Result<Started> {
    if !launcher::launched() {
        return Ok(Started { _universe: None });
    }
    let (universe, threading) = initialize_with_threading(Threading::Funneled).context("MPI was started already")?;
    ensure!(threading >= Threading::Funneled, "this MPI library allows no threads: expected MPI_THREAD_FUNNELED");
    let world = universe.world();
    let (rank, size) = WORLD.get_or_init(|| (world.rank() as usize, world.size() as usize));
    if *size > 1 {
        let (rank, report) = (*rank, std::panic::take_hook());
        std::panic::set_hook(Box::new(move |panic| {
            crate::terminal::complain(&format!("rank {rank} has panicked"));
            report(panic);
            abort();
        }));
    }
    Ok(Started { _universe: Some(OpaqueUniverse(universe)) })
}

/// Return the number of this process.
pub fn rank() -> usize {
    WORLD.get().map_or(0, |world| world.0)
}

/// Return the number of processes.
pub fn size() -> usize {
    WORLD.get().map_or(1, |world| world.1)
}

/// End all processes, if there are several.
pub fn abort() {
    if size() > 1 {
        std::thread::spawn(|| {
            std::thread::sleep(MAX_ABORT);
            std::process::abort();
        });
        world().abort(1);
    }
}

fn world() -> SimpleCommunicator {
    SimpleCommunicator::world()
}

/// Return the bytes of all ranks.
pub fn all_gather(own: Vec<u8>) -> Vec<Vec<u8>> {
    fail_point::reach();
    let started = Instant::now();
    let mut lens = vec![0u64; size()];
    world().all_gather_into(&(own.len() as u64), &mut lens[..]);
    let lens: Vec<usize> = lens.into_iter().map(|len| len as usize).collect();
    let mut all: Vec<Vec<u8>> = lens.iter().map(|&len| Vec::with_capacity(len)).collect();
    let share = MAX_BYTES / size();
    let mut received = Vec::new();
    for from in (0..lens.iter().copied().max().unwrap_or(0)).step_by(share) {
        let counts: Vec<i32> = lens.iter().map(|&len| part(len, from, share).len() as i32).collect();
        let starts = starts(&counts);
        received.resize(counts.iter().sum::<i32>() as usize, 0u8);
        let sent = &own[part(own.len(), from, share)];
        world().all_gather_varcount_into(sent, &mut PartitionMut::new(&mut received[..], &counts[..], &starts[..]));
        append(&mut all, &received, &counts);
    }
    traffic::add(lens.iter().sum(), started.elapsed().as_secs_f64());
    all
}

/// Return what all ranks have for this one, given what this one has for each.
pub fn all_to_all(own: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    fail_point::reach();
    let started = Instant::now();
    let sent_lens: Vec<u64> = own.iter().map(|bytes| bytes.len() as u64).collect();
    let mut lens = vec![0u64; size()];
    world().all_to_all_into(&sent_lens[..], &mut lens[..]);
    let mut all: Vec<Vec<u8>> = lens.iter().map(|&len| Vec::with_capacity(len as usize)).collect();
    let mut longest = 0u64;
    let own_longest = sent_lens.iter().copied().max().unwrap_or(0);
    world().all_reduce_into(&own_longest, &mut longest, SystemOperation::max());
    let share = MAX_BYTES / size();
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for from in (0..longest as usize).step_by(share) {
        sent.clear();
        own.iter().for_each(|bytes| sent.extend_from_slice(&bytes[part(bytes.len(), from, share)]));
        let counts = |lens: &[u64]| -> Vec<i32> {
            lens.iter().map(|&len| part(len as usize, from, share).len() as i32).collect()
        };
        let (sent_counts, counts) = (counts(&sent_lens), counts(&lens));
        let (sent_starts, starts) = (starts(&sent_counts), starts(&counts));
        received.resize(counts.iter().sum::<i32>() as usize, 0u8);
        world().all_to_all_varcount_into(
            &Partition::new(&sent[..], &sent_counts[..], &sent_starts[..]),
            &mut PartitionMut::new(&mut received[..], &counts[..], &starts[..]),
        );
        append(&mut all, &received, &counts);
    }
    traffic::add(lens.iter().sum::<u64>() as usize, started.elapsed().as_secs_f64());
    all
}

/// Return which of `len` bytes are exchanged by a call that begins at `from`, at most `share`.
fn part(len: usize, from: usize, share: usize) -> Range<usize> {
    from.min(len)..len.min(from + share)
}

/// Return where each of parts in a row starts.
fn starts(counts: &[i32]) -> Vec<i32> {
    let start = |next: &mut i32, count: &i32| {
        *next += count;
        Some(*next - count)
    };
    counts.iter().scan(0, start).collect()
}

/// Append the part of each rank to what it has sent before.
fn append(all: &mut [Vec<u8>], mut received: &[u8], counts: &[i32]) {
    for (bytes, &count) in all.iter_mut().zip(counts) {
        bytes.extend_from_slice(received.split_off(..count as usize).expect("the part of a rank"));
    }
}

/// Add the numbers of all ranks.
pub fn sum(numbers: &mut [u32]) {
    fail_point::reach();
    let started = Instant::now();
    for part in numbers.chunks_mut(MAX_BYTES / size_of::<u32>()) {
        let own = part.to_vec();
        world().all_reduce_into(&own[..], part, SystemOperation::sum());
    }
    traffic::add(size_of_val(numbers), started.elapsed().as_secs_f64());
}

/// Send bytes to another rank, which must [`receive`] them.
pub fn send(to: usize, bytes: &[u8]) {
    fail_point::reach();
    let started = Instant::now();
    let world = world();
    let to = world.process_at_rank(to as i32);
    to.send(&(bytes.len() as u64));
    bytes.chunks(MAX_BYTES).for_each(|part| to.send(part));
    traffic::add(0, started.elapsed().as_secs_f64());
}

/// Return the bytes that another rank sends.
pub fn receive(from: usize) -> Vec<u8> {
    let started = Instant::now();
    let world = world();
    let from = world.process_at_rank(from as i32);
    let mut len = 0u64;
    from.receive_into(&mut len);
    let mut bytes = vec![0; len as usize];
    bytes.chunks_mut(MAX_BYTES).for_each(|part| {
        from.receive_into(part);
    });
    traffic::add(bytes.len(), started.elapsed().as_secs_f64());
    bytes
}

/// Return the bytes of the first rank, which alone gives some.
pub fn broadcast(bytes: Option<Vec<u8>>) -> Vec<u8> {
    let started = Instant::now();
    let world = world();
    let first = world.process_at_rank(0);
    let mut bytes = bytes.unwrap_or_default();
    let mut len = bytes.len() as u64;
    first.broadcast_into(&mut len);
    bytes.resize(len as usize, 0);
    bytes.chunks_mut(MAX_BYTES).for_each(|part| first.broadcast_into(part));
    traffic::add(bytes.len(), started.elapsed().as_secs_f64());
    bytes
}

/// Panics where a test wants it: `TRAINER_PANIC_AT=2:40` is the 40th exchange of rank 2. Builds with debug assertions only.
mod fail_point {
    #[cfg(debug_assertions)]
    pub fn reach() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static EXCHANGES: AtomicUsize = AtomicUsize::new(0);
        let exchange = EXCHANGES.fetch_add(1, Ordering::SeqCst) + 1;
        let here = format!("{}:{exchange}", super::rank());
        assert!(std::env::var("TRAINER_PANIC_AT").map_or(true, |at| at != here), "TRAINER_PANIC_AT={here}");
    }

    #[cfg(not(debug_assertions))]
    pub fn reach() {}
}
