//! The commands of `docs/DATA.md` export tables of a real PostgreSQL, SQLite and Spark so that they are read. Each test is skipped where
//! the programs are missing.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use trainer::data::Rating;
use trainer::load::load_dataset;
use trainer::terminal::note;

const TABLES: &str = "CREATE TABLE reviews (customer text, article integer, stars real, rated_at timestamp, said text);
INSERT INTO reviews VALUES ('anna', 1, 5, '2024-03-01 10:00:00', 'good, \"really\"'), ('anna', 2, NULL, '2024-03-02 10:00:00', NULL),
('bo; \"b\"', 1, 2.5, '2024-03-03 10:00:00', 'two
lines');";

/// A folder with an empty site, in which commands run.
fn site(schema_of_time: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    fs::create_dir(&site).unwrap();
    fs::write(site.join("items.csv"), "id,title\n1,A\n2,B\n").unwrap();
    fs::write(site.join("schema.toml"), format!("name = \"shop\"\n[ratings]\n{schema_of_time}min = 1\nmax = 5\n"))
        .unwrap();
    folder
}

/// Return the documented command that begins with `program`.
fn documented(program: &str) -> String {
    let document = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/DATA.md")).unwrap();
    let command = document.lines().find(|line| line.starts_with(program));
    command.unwrap_or_else(|| panic!("no command of {program} in docs/DATA.md")).to_owned()
}

fn succeed(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn expect_reviews(folder: &TempDir) {
    let data = load_dataset(folder.path().join("site").to_str().unwrap()).unwrap();
    assert_eq!(data.users.ids, ["anna", "bo; \"b\""]);
    let rating = |user, value| Rating { user, item: 0, value };
    assert_eq!(data.ratings, [rating(0, 5.0), rating(1, 2.5)]);
    let missing = data.changes.iter().find(|change| change.what.contains("missing"));
    assert_eq!(missing.map(|change| change.count), Some(1), "NULL is missing");
    assert!(data.times.first().is_none_or(|&time| time == 1_709_287_200_000), "{:?}", data.times);
}

/// Return whether a program is there.
fn has(program: &str) -> bool {
    let there = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !there {
        note(&format!("skipped: {program} is not there"));
    }
    there
}

#[test]
fn sqlite() {
    if !has("sqlite3") {
        return;
    }
    let folder = site("");
    succeed(Command::new("sqlite3").current_dir(&folder).args(["shop.db", TABLES]));
    succeed(Command::new("sh").current_dir(&folder).args(["-c", &documented("sqlite3 ")]));
    expect_reviews(&folder);
}

/// The view that the documented script of Spark reads: the table of [`TABLES`] with an amount and a time.
const VIEW: &str = r#"
import datetime, decimal
from pyspark.sql import SparkSession

spark = SparkSession.builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
day = lambda day: datetime.datetime(2024, 3, day, 10, tzinfo=datetime.timezone.utc)
rows = [("anna", 1, decimal.Decimal(5), day(1)), ("anna", 2, None, day(2)), ('bo; "b"', 1, decimal.Decimal("2.5"), day(3))]
columns = "customer string, article int, stars decimal(3,1), rated_at timestamp"
spark.createDataFrame(rows, columns).createOrReplaceTempView("reviews")
"#;

#[test]
fn spark() {
    let has_spark = Command::new("python3").args(["-c", "import pyspark"]).stderr(Stdio::null()).status();
    if !has_spark.is_ok_and(|status| status.success()) || !has("java") {
        note("skipped: PySpark or its Java is not there");
        return;
    }
    let folder = site("time = \"time\"\n");
    let document = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/DATA.md")).unwrap();
    let script = document.split("```python\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let mut python = Command::new("python3");
    python.current_dir(&folder).env("SPARK_LOCAL_IP", "127.0.0.1").args(["-c", &format!("{VIEW}{script}")]);
    succeed(&mut python);
    expect_reviews(&folder);
}

/// A server of its own, which ends with the test.
struct Server {
    child: Child,
    folder: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGQUIT: an immediate shutdown. PostgreSQL's own processes end with the first.
        let _ = Command::new("kill").args(["-QUIT", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

/// Return a command of PostgreSQL, which does not run as root.
fn unprivileged(program: &Path) -> Command {
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    if !root {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program);
    command
}

/// Start a server; `None` where there is none to start.
fn postgresql() -> Option<Server> {
    let installed = Command::new("sh")
        .args(["-c", "ls -d /usr/lib/postgresql/*/bin; dirname \"$(command -v initdb)\""])
        .output()
        .ok()?;
    let folders = String::from_utf8(installed.stdout).ok()?;
    let programs = folders.lines().map(PathBuf::from).find(|folder| folder.join("initdb").exists());
    let Some(programs) = programs.filter(|_| has("psql")) else {
        note("skipped: PostgreSQL is not there");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    succeed(Command::new("chmod").arg("777").arg(folder.path()));
    let data = folder.path().join("data");
    succeed(
        unprivileged(&programs.join("initdb"))
            .arg("-D")
            .arg(&data)
            .args(["-U", "shop", "-A", "trust"])
            .current_dir("/"),
    );
    let mut server = unprivileged(&programs.join("postgres"));
    server.arg("-D").arg(&data).arg("-k").arg(folder.path()).args(["-c", "listen_addresses="]).current_dir("/");
    let child = server.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    Some(Server { child, folder })
}

#[test]
fn postgres() {
    let Some(server) = postgresql() else { return };
    let folder = site("time = \"time\"\n");
    let client = |program: &str| {
        let mut client = Command::new(program);
        client.current_dir(&folder).env("PGHOST", server.folder.path()).env("PGUSER", "shop").stderr(Stdio::piped());
        client
    };
    let start = Instant::now();
    while !client("psql").args(["postgres", "-c", "CREATE DATABASE shop"]).output().unwrap().status.success() {
        assert!(start.elapsed() < Duration::from_secs(30), "the server does not start");
        std::thread::sleep(Duration::from_millis(200));
    }
    succeed(client("psql").args(["shop", "-c", TABLES]));
    succeed(client("sh").args(["-c", &documented("psql ")]));
    expect_reviews(&folder);
    let schema = folder.path().join("site/schema.toml");
    let text = fs::read_to_string(&schema).unwrap();
    let keys = "separator = \"\\t\"\nquote = \"\"\nheader = false\nmissing = [\"\\\\N\"]\ncolumns = [\"user\", \"item\", \"rating\", \"time\"]\n";
    fs::write(&schema, text.replace("[ratings]\n", &format!("[ratings]\n{keys}"))).unwrap();
    succeed(client("sh").args(["-c", &documented("psql ").replace(" WITH (FORMAT csv, HEADER)", "")]));
    expect_reviews(&folder);
}
