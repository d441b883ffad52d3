//! The commands of `docs/CLUSTER.md` that split ratings by user, run with the data of a site.

use crate::launch::{alone, assert_same, has_mpirun, on_ranks, succeed};
use crate::sites::{Files, USERS, write_in_files, write_preset};
use std::fs;
use std::path::Path;
use std::process::Command;
use trainer::terminal::note;

/// Return the documented command that follows the line that begins with `tool`.
fn documented(tool: &str) -> String {
    let document = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/CLUSTER.md")).unwrap();
    let rest = document.split(&format!("\n{tool}")).nth(1).unwrap_or_else(|| panic!("no recipe of {tool}"));
    rest.split("```sh\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
}

/// Proves that each recipe writes files that ranks can share, with all ratings. `PYTHON` may name a Python with DuckDB and Polars.
#[test]
fn documented_recipes_split_ratings_by_user() {
    let python = std::env::var("PYTHON").unwrap_or("python3".into());
    for (tool, read) in [
        ("DuckDB", "import duckdb; duckdb.sql(\"COPY (FROM '../whole.csv') TO 'all.parquet'\")"),
        ("Polars", "import polars; polars.read_csv('../whole.csv').write_parquet('all.parquet')"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (folder, site) = (folder.path(), folder.path().join("site"));
        write_in_files(&site, Files { count: 1, users: USERS, has_users: true });
        fs::rename(site.join("ratings/part-0.csv"), folder.join("whole.csv")).unwrap();
        fs::remove_dir(site.join("ratings")).unwrap();
        let run = |command: &mut Command| command.current_dir(&site).output().unwrap();
        if !Command::new(&python).args(["-c", read]).current_dir(&site).output().is_ok_and(|read| read.status.success())
        {
            note(&format!("skipped: {python} has no {tool}"));
            continue;
        }
        let command = documented(tool).replacen("python ", &format!("{python} "), 1);
        let split = run(Command::new("sh").args(["-c", &command]));
        assert!(split.status.success(), "{command}: {}", String::from_utf8_lossy(&split.stderr));
        fs::remove_file(site.join("all.parquet")).unwrap();
        assert_eq!(fs::read_dir(site.join("ratings")).unwrap().count(), 16);
        let file = write_preset(folder, "ratings");
        let words = |out: &'static str| ["train", "--data", "site", "--preset", &file, "--out", out].map(str::to_owned);
        let read = succeed(alone(folder, &words("alone").each_ref().map(String::as_str)));
        assert!(read.contains(" 2160 ratings of 1100 items by 90 users"), "{read}");
        if has_mpirun() {
            succeed(on_ranks(folder, 3, 1, &words("three").each_ref().map(String::as_str)));
            assert_same(folder, "alone", "three");
        }
    }
}
