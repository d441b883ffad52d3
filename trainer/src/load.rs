//! Loads a data set by name: embedded, MovieLens, or a site's own folder.

use crate::data::{DataError, Dataset, movielens, site};
use crate::ranks;
use crate::simulate::{comics, films};
use std::path::Path;

/// Names of the embedded data sets.
pub const EMBEDDED: [&str; 2] = ["films", "comics"];

/// Load a data set: `films` (embedded; ratings by simulated people), `comics` (embedded; picks, all invented), a
/// MovieLens folder (which has a `ratings.dat`) or a site's own folder (which has a `schema.toml`). A folder called
/// like one of [`EMBEDDED`] is written `./films`. Each of several ranks returns a part of the ratings, which follow each other.
///
/// # Errors
/// Return an error that names file, line and column, what was found and what was expected.
pub fn load_dataset(source: &str) -> Result<Dataset, DataError> {
    match source {
        "films" => part(films::films(films::DEFAULT_SEED), Path::new(source)),
        "comics" => part(comics::comics(comics::DEFAULT_SEED), Path::new(source)),
        folder => read(Path::new(folder)),
    }
}

/// Return the part of this rank of a data set that all ranks have read from `source`.
///
/// # Errors
/// Return an error on a rank that has read other data than the first.
fn part(data: Dataset, source: &Path) -> Result<Dataset, DataError> {
    fn share<T>(mut list: Vec<T>) -> Vec<T> {
        let own = ranks::share(list.len());
        list.truncate(own.end);
        list.split_off(own.start)
    }
    if ranks::size() == 1 {
        return Ok(data);
    }
    ranks::check_same(&data.fingerprint())
        .map_err(|error| DataError::new(source, error.to_string(), "the same data on all ranks"))?;
    Ok(Dataset { ratings: share(data.ratings), times: share(data.times), counts: share(data.counts), ..data })
}

fn read(folder: &Path) -> Result<Dataset, DataError> {
    if folder.join("ratings.dat").is_file() {
        return part(movielens::read(folder)?, folder);
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
