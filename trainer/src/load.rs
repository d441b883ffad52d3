//! Loads a data set by name: embedded, MovieLens, or a site's own folder.

use crate::data::{DataError, Dataset, movielens, site};
use crate::simulate::{comics, films};
use std::path::Path;

/// Names of the data sets that come with the trainer.
pub const EMBEDDED: [&str; 2] = ["films", "comics"];

/// Loads a data set: `films` (embedded; ratings, of simulated raters), `comics` (embedded; picks,
/// all invented), a MovieLens folder (it has a `ratings.dat`) or a site's own folder (it has a
/// `schema.toml`). A folder called like one of [`EMBEDDED`] is reached as `./films`.
///
/// # Errors
/// Names file, line and column of what is wrong, and what was expected.
pub fn load_dataset(source: &str) -> Result<Dataset, DataError> {
    match source {
        "films" => Ok(films::films(films::DEFAULT_SEED)),
        "comics" => Ok(comics::comics(comics::DEFAULT_SEED)),
        folder => read(Path::new(folder)),
    }
}

fn read(folder: &Path) -> Result<Dataset, DataError> {
    if folder.join("ratings.dat").is_file() {
        return movielens::read(folder);
    }
    if folder.join("schema.toml").is_file() {
        return site::read(folder);
    }
    let found = match folder.is_dir() {
        true => "a folder with neither ratings.dat nor schema.toml",
        false => "no such folder",
    };
    Err(DataError::new(
        folder,
        found,
        "one of: films or comics (embedded), a MovieLens folder with ratings.dat, \
         or a folder with schema.toml, items.csv and ratings.csv or picks.csv",
    ))
}
