//! Writes a generated site's folder.

use super::activity;
use super::catalogue::Catalogue;
use super::person::{People, Person};
use super::shape::Shape;
use crate::files::{create_folder, create_temporary, finish_temporary, write_atomically};
use crate::progress::Progress;
use anyhow::{Context, bail, ensure};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rayon::prelude::*;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Number of users that a thread generates at a time.
const CHUNK: usize = 256;
/// Number of users whose lines are held in memory until they are written.
const ROUND: usize = 64 * CHUNK;

const SCHEMA: &str = "\
name = \"generated\"
notice = \"All invented, users, items and ratings: data to measure with.\"

[ratings]
min = 0.5
max = 5

[items.fields]
genres = { kind = \"multi-valued\" }
year = { kind = \"display\" }

[users.fields]
age = { kind = \"categorical\" }
region = { kind = \"categorical\" }
";

/// Which files of users and ratings are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Files {
    /// `users.csv` and `ratings.csv`.
    Whole,
    /// Of so many files in the folders `users` and `ratings`, each of some users in a row, those of a range.
    Parts(usize, Range<usize>),
}

/// Write `schema.toml`, `items.csv`, `users.csv` and `ratings.csv` into `folder`, which is created if it is missing.
/// The same `shape` and `seed` give the same bytes. Each file is there once it is whole, and the schema is written last, so that an
/// interrupted folder is not read as a site. Of files in parts the first comes with schema and items, whether the others are there or
/// not: the folder is the site once all are.
///
/// # Errors
/// Return the errors of [`Shape::check`], or an error if a folder for parts holds anything but parts of the same site, or a file
/// cannot be written.
pub fn write(folder: &Path, shape: Shape, files: &Files, seed: u64) -> anyhow::Result<()> {
    shape.check()?;
    let catalogue = Catalogue::draw(shape.items, &mut stream(seed, 0));
    let schema = match files {
        Files::Whole => SCHEMA.to_owned(),
        Files::Parts(count, _) => {
            let Shape { users, items, ratings } = shape;
            format!("# {ratings} ratings of {items} items by {users} users, seed {seed}, in {count} files\n{SCHEMA}")
        }
    };
    let texts = [("items.csv", catalogue.csv()), ("schema.toml", schema)];
    if let Files::Parts(count, _) = files {
        check_parts(folder, *count, &texts)?;
    }
    create_folder(folder)?;
    let mut rng = stream(seed, 1);
    let people = People::draw(&mut rng);
    let counts = activity::counts(shape, &mut rng);
    let write = |users: &Path, ratings: &Path, range| {
        write_people([users, ratings], (range, &counts), seed, &people, &catalogue)
    };
    let is_first = match files {
        Files::Whole => {
            write(&folder.join("users.csv"), &folder.join("ratings.csv"), 0..shape.users)?;
            true
        }
        Files::Parts(count, parts) => {
            let folders = ["users", "ratings"].map(|name| folder.join(name));
            folders.iter().try_for_each(|folder| create_folder(folder))?;
            for part in parts.clone() {
                let range = shape.users * part / count..shape.users * (part + 1) / count;
                let [users, ratings] = folders.each_ref().map(|folder| folder.join(part_name(part)));
                write(&users, &ratings, range)?;
            }
            parts.contains(&0)
        }
    };
    if is_first {
        texts.iter().try_for_each(|(name, text)| write_atomically(&folder.join(name), text.as_bytes()))?;
    }
    Ok(())
}

fn part_name(part: usize) -> String {
    format!("part-{:05}.csv", part + 1)
}

/// Check that `folder` is missing, or holds nothing but parts of a site in `count` files, and these texts.
fn check_parts(folder: &Path, count: usize, texts: &[(&str, String)]) -> anyhow::Result<()> {
    for path in list(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match texts.iter().find(|(known, _)| *known == name) {
            Some((_, text)) => ensure!(
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))? == text.as_bytes(),
                "{} is that of another site: repeat its numbers, seed and --shards, or name another folder with --out",
                path.display()
            ),
            None => ensure!(
                ["users", "ratings"].contains(&&*name) && path.is_dir(),
                "{} is no part of a site in {count} files: name another folder with --out",
                path.display()
            ),
        }
    }
    let names: HashSet<String> = (0..count).map(part_name).collect();
    for table in ["users", "ratings"] {
        let strange = list(&folder.join(table))?
            .into_iter()
            .find(|path| !path.file_name().is_some_and(|name| names.contains(&*name.to_string_lossy())));
        if let Some(path) = strange {
            bail!("{} is no part of a site in {count} files: name another folder with --out", path.display());
        }
    }
    Ok(())
}

/// Return what is in `folder`, which may be missing, without hidden files, such as those that another process is writing.
fn list(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut paths: Vec<PathBuf> = entries.with_context(|| format!("cannot list {}", folder.display()))?;
    paths.retain(|path| !path.file_name().unwrap_or_default().to_string_lossy().starts_with('.'));
    Ok(paths)
}

/// Write the users of a range and their ratings, of whom each user has so many.
fn write_people(
    [users, ratings]: [&Path; 2],
    (range, counts): (Range<usize>, &[usize]),
    seed: u64,
    people: &People,
    catalogue: &Catalogue,
) -> anyhow::Result<()> {
    let mut users = Sink::create(users.into(), "id,age,region\n")?;
    let mut ratings = Sink::create(ratings.into(), "user,item,rating\n")?;
    let (first, counts) = (range.start, &counts[range]);
    let all = counts.iter().sum();
    let mut progress = Progress::new("generating");
    let mut done = 0;
    for (round, counts) in counts.chunks(ROUND).enumerate() {
        let first = first + round * ROUND;
        let written: Vec<[String; 2]> = counts
            .par_chunks(CHUNK)
            .enumerate()
            .map(|(chunk, counts)| rows(first + chunk * CHUNK, counts, seed, people, catalogue))
            .collect();
        for [users_rows, ratings_rows] in &written {
            users.write(users_rows)?;
            ratings.write(ratings_rows)?;
        }
        done += counts.iter().sum::<usize>();
        progress.show(done, all);
    }
    users.finish()?;
    ratings.finish()?;
    progress.finish(&format!("{all} ratings of {} items by {} users", catalogue.items.len(), counts.len()));
    Ok(())
}

/// Return the lines of `users.csv` and `ratings.csv` for users from `first` on, with `counts` ratings each.
fn rows(first: usize, counts: &[usize], seed: u64, people: &People, catalogue: &Catalogue) -> [String; 2] {
    /// Stars by twice the rating minus 1.
    const STARS: [&str; 10] = ["0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5"];
    let (mut users, mut ratings) = (String::new(), String::new());
    // The last user of these who rated each item.
    let mut rated = vec![usize::MAX; catalogue.items.len()];
    for (user, &count) in (first..).zip(counts) {
        let mut rng = stream(seed, 2 + user as u64);
        let person = Person::draw(people, &mut rng);
        let [age, region] = person.told();
        writeln!(users, "u{user},{age},{region}").expect("writing to a String succeeds");
        for _ in 0..count {
            let item = person.choose(catalogue, |item| rated[item] != user, &mut rng);
            rated[item] = user;
            let stars = STARS[person.rate(&catalogue.items[item], &mut rng) - 1];
            writeln!(ratings, "u{user},i{item},{stars}").expect("writing to a String succeeds");
        }
    }
    [users, ratings]
}

/// Return a stream of random numbers for each use, so that users do not depend on the order in which they are drawn.
fn stream(seed: u64, number: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(number);
    rng
}

/// A file that is written piece by piece, under a temporary name until it is whole.
struct Sink {
    file: NamedTempFile,
    path: PathBuf,
}

impl Sink {
    fn create(path: PathBuf, header: &str) -> anyhow::Result<Self> {
        let file = create_temporary(&path).with_context(|| format!("cannot write {}", path.display()))?;
        let mut sink = Self { file, path };
        sink.write(header)?;
        Ok(sink)
    }

    fn write(&mut self, text: &str) -> anyhow::Result<()> {
        self.file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", self.path.display()))
    }

    fn finish(self) -> anyhow::Result<()> {
        let Self { file, path } = self;
        let keep = || -> io::Result<()> {
            finish_temporary(file.as_file())?;
            file.persist(&path)?;
            Ok(())
        };
        keep().with_context(|| format!("cannot write {}", path.display()))
    }
}
