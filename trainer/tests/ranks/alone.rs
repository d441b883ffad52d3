//! A trainer without the feature `mpi`.

use std::process::Command;

/// Proves that several processes, each of which would train the whole, are refused, and that one of them says so.
#[test]
#[cfg(not(feature = "mpi"))]
fn several_processes_of_a_trainer_for_one_are_refused() {
    let launched = |rank: &str| {
        let mut trainer = Command::new(env!("CARGO_BIN_EXE_trainer"));
        trainer.args(["train", "--print-preset"]);
        trainer.env("OMPI_COMM_WORLD_SIZE", "2").env("OMPI_COMM_WORLD_RANK", rank).output().unwrap()
    };
    let [first, second] = ["0", "1"].map(launched);
    assert_eq!([first.status.code(), second.status.code()], [Some(1), Some(1)]);
    let message = String::from_utf8_lossy(&first.stderr).into_owned();
    assert!(message.contains("launched as 2 processes") && message.contains("--features mpi"), "{message}");
    assert!(first.stdout.is_empty() && second.stdout.is_empty() && second.stderr.is_empty());
}

/// Proves that the trainer that everybody builds does not need an MPI library, and the other one does.
#[test]
#[cfg(target_os = "linux")]
fn an_mpi_library_is_linked_with_the_feature_alone() {
    let Ok(linked) = Command::new("ldd").arg(env!("CARGO_BIN_EXE_trainer")).output() else {
        trainer::terminal::note("skipped: ldd is not there");
        return;
    };
    assert!(linked.status.success());
    assert_eq!(String::from_utf8_lossy(&linked.stdout).contains("libmpi"), cfg!(feature = "mpi"));
}
