//! Ratings in several files, of which each rank reads some.

use crate::launch::{alone, assert_same, errors, has_mpirun, on_ranks, succeed};
use crate::sites::{Files, MANY_USERS, USERS, write_in_files, write_preset};
use std::fs;
use std::path::Path;

const SITE: &str = "parts";

fn train<'a>(data: &'a str, preset: &'a str, out: &'a str) -> [&'a str; 7] {
    ["train", "--data", data, "--preset", preset, "--out", out]
}

/// Proves that the data is that of one file, and the training that of one process, with and without a table of users, whose order is
/// then that of the files; and where a rank has no file.
#[test]
fn files_that_ranks_share_are_the_same_data() {
    if !has_mpirun() {
        return;
    }
    for has_users in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        write_in_files(&folder.join(SITE), Files { count: 5, users: MANY_USERS, has_users });
        write_in_files(&folder.join("whole"), Files { count: 1, users: MANY_USERS, has_users });
        for preset in ["default", "ratings"] {
            let file = write_preset(folder, preset);
            let out = |name: &str| format!("{preset}-{name}");
            succeed(alone(folder, &train("whole", &file, &out("whole"))));
            succeed(alone(folder, &train(SITE, &file, &out("alone"))));
            let data = |run: &str| fs::read(folder.join(out(run)).join("data.sha256")).unwrap();
            assert_eq!(data("alone"), data("whole"), "one process reads the same from several files");
            for ranks in [2, 3] {
                let run = out(&ranks.to_string());
                succeed(on_ranks(folder, ranks, 1, &train(SITE, &file, &run)));
                assert_same(folder, &out("alone"), &run);
            }
        }
        let file = write_preset(folder, "ratings");
        succeed(on_ranks(folder, 7, 1, &train(SITE, &file, "seven")));
        assert_same(folder, "ratings-alone", "seven");
        // One that is empty, as the first rank's only file would be.
        fs::write(folder.join(SITE).join("ratings/part-.csv"), "").unwrap();
        succeed(on_ranks(folder, 7, 1, &train(SITE, &file, "with-empty")));
        assert_same(folder, "ratings-alone", "with-empty");
    }
}

/// Train on three ranks, which must fail within seconds; return what was printed.
fn refused(folder: &Path) -> String {
    let file = write_preset(folder, "ratings");
    let started = std::time::Instant::now();
    let output = on_ranks(folder, 3, 1, &train(SITE, &file, "run")).output().unwrap();
    assert!(!output.status.success() && started.elapsed().as_secs() < 20);
    assert!(!folder.join("run").exists());
    errors(&output)
}

/// Proves that a file that one rank alone reads ends all of them with its error, once.
#[test]
fn a_bad_file_ends_all_ranks() {
    if !has_mpirun() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    write_in_files(&folder.path().join(SITE), Files { count: 5, users: USERS, has_users: true });
    let path = folder.path().join(SITE).join("ratings/part-4.csv");
    let text = fs::read_to_string(&path).unwrap();
    let (header, rest) = text.split_once('\n').unwrap();
    fs::write(&path, format!("{header}\nu80,i1,9\n{rest}")).unwrap();
    let message = refused(folder.path());
    let expected = "part-4.csv:2: column \"rating\": found \"9\", expected a number from 1 to 5";
    assert_eq!(message.matches(expected).count(), 1, "{message}");
    assert!(message.contains("error on rank 2 of 3"), "{message}");
}

/// Proves that a user in two files is refused by name, with both files; and a repeated rating with its line, as by one process.
#[test]
fn users_are_in_one_file_each() {
    if !has_mpirun() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    write_in_files(&folder.path().join(SITE), Files { count: 5, users: USERS, has_users: true });
    let path = folder.path().join(SITE).join("ratings/part-3.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}u0,i1099,3\n")).unwrap();
    let message = refused(folder.path());
    assert_eq!(message.matches("part-3.csv: found user \"u0\", who is in ").count(), 1, "{message}");
    assert!(message.contains("part-0.csv too"), "{message}");
    let second = text.lines().nth(1).unwrap().rsplit_once(',').unwrap().0;
    fs::write(&path, format!("{text}{second},1\n{second},2\n")).unwrap();
    let message = refused(folder.path());
    let expected = format!("part-3.csv:{}: found user", text.lines().count() + 1);
    assert!(message.contains(&expected) && message.contains("first on line"), "{message}");
}
