//! Writes a generated site's folder.

use super::activity;
use super::catalogue::Catalogue;
use super::person::{People, Person};
use super::shape::Shape;
use crate::files::create_folder;
use crate::progress::Progress;
use anyhow::Context;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rayon::prelude::*;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

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

/// Write `schema.toml`, `items.csv`, `users.csv` and `ratings.csv` into `folder`, which is created if it is missing.
/// The same `shape` and `seed` give the same bytes. The schema is written last, so that an interrupted folder is not
/// read as a site.
///
/// # Errors
/// Return the errors of [`Shape::check`], or an error if a file cannot be written.
pub fn write(folder: &Path, shape: Shape, seed: u64) -> anyhow::Result<()> {
    shape.check()?;
    create_folder(folder)?;
    let catalogue = Catalogue::draw(shape.items, &mut stream(seed, 0));
    write_whole(&folder.join("items.csv"), &catalogue.csv())?;
    write_people(folder, shape, seed, &catalogue)?;
    write_whole(&folder.join("schema.toml"), SCHEMA)
}

/// Write users and their ratings.
fn write_people(folder: &Path, shape: Shape, seed: u64, catalogue: &Catalogue) -> anyhow::Result<()> {
    let mut rng = stream(seed, 1);
    let people = People::draw(&mut rng);
    let counts = activity::counts(shape, &mut rng);
    let mut users = Sink::create(folder.join("users.csv"), "id,age,region\n")?;
    let mut ratings = Sink::create(folder.join("ratings.csv"), "user,item,rating\n")?;
    let mut progress = Progress::new("generating");
    let mut done = 0;
    for (round, counts) in counts.chunks(ROUND).enumerate() {
        let written: Vec<[String; 2]> = counts
            .par_chunks(CHUNK)
            .enumerate()
            .map(|(chunk, counts)| rows(round * ROUND + chunk * CHUNK, counts, seed, &people, catalogue))
            .collect();
        for [users_rows, ratings_rows] in &written {
            users.write(users_rows)?;
            ratings.write(ratings_rows)?;
        }
        done += counts.iter().sum::<usize>();
        progress.show(done, shape.ratings);
    }
    progress.finish(&format!("{} ratings of {} items by {} users", shape.ratings, shape.items, shape.users));
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

fn write_whole(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// A file that is written piece by piece.
struct Sink {
    file: File,
    path: PathBuf,
}

impl Sink {
    fn create(path: PathBuf, header: &str) -> anyhow::Result<Self> {
        let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        let mut sink = Self { file, path };
        sink.write(header)?;
        Ok(sink)
    }

    fn write(&mut self, text: &str) -> anyhow::Result<()> {
        self.file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", self.path.display()))
    }
}
