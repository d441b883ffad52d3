//! What launchers of MPI programs say in the environment, before MPI is started.

/// Variables with the number of processes: of Open MPI, of the process managers of MPICH and Slurm, and of a step of Slurm.
const SIZES: [&str; 3] = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"];

/// Variables with the number of this process.
const RANKS: [&str; 3] = ["OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK"];

/// Return the number of processes that were launched together, as far as the launcher says.
#[cfg(not(feature = "mpi"))]
pub fn processes() -> usize {
    number(&SIZES).unwrap_or(1)
}

/// Return whether a launcher of MPI programs started this process.
#[cfg(feature = "mpi")]
pub fn launched() -> bool {
    number(&SIZES).or(number(&RANKS)).is_some()
}

/// Return whether this process is the first of those that were launched together, or alone.
pub fn is_first() -> bool {
    number(&RANKS).unwrap_or(0) == 0
}

fn number(names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| std::env::var(name).ok()?.parse().ok())
}
