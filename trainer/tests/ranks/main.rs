//! A training on several ranks of MPI ends with the bits of one process, and ends everywhere where it fails anywhere.
//!
//! Where there is no `mpirun`, or the trainer is built without the feature `mpi`, what needs them is skipped.
#![cfg(unix)]

mod alone;
#[cfg(feature = "mpi")]
mod equal;
#[cfg(feature = "mpi")]
mod faults;
#[cfg(feature = "mpi")]
mod launch;
#[cfg(feature = "mpi")]
mod recipes;
#[cfg(feature = "mpi")]
mod shards;
#[cfg(feature = "mpi")]
mod sites;
