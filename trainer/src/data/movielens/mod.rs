//! A MovieLens-1M folder in its original formats.
//!
//! | file | fields, separated by `::` |
//! |---|---|
//! | `ratings.dat` | user, movie, rating (1 to 5), timestamp (not used) |
//! | `users.dat` | user, gender, age code, occupation code, zip code |
//! | `movies.dat` | movie, title with its year, genres separated by <code>&#124;</code> |
//! | `movies_extrainfos.dat` (optional) | id, title, year, rated, released, genres, directors, writers, actors, plot, poster |
//!
//! `movies_extrainfos.dat` is MeLU's addition; its lists are separated by `, ` and `N/A` means unknown.

mod codebook;
mod lines;
mod movies;
mod title;
mod users;

use crate::data::dataset::{Dataset, Scale, Table};
use crate::data::error::DataError;
use crate::data::findings::Findings;
use crate::data::ids::Ids;
use crate::data::policy::Policies;
use crate::data::ratings::{AllRatings, NumberFormat, RatingsBuilder, RatingsFormat, Said};
use crate::data::source::Encoding;
use fewclicks_model::adapt::Feedback;
use lines::{dat, fields};
use std::path::Path;

const SCALE: Scale = Scale { min: 1.0, max: 5.0 };

/// Read the folder.
///
/// Item columns are `genre`, `period` and `year`; with `movies_extrainfos.dat` also `rated`,
/// `director` and `actors`, and its genres. User columns are `gender`, `age`, `occupation`, `zip`.
///
/// # Errors
/// Return an error that names the file and line of whatever departs from the formats above.
pub fn read(folder: &Path) -> Result<Dataset, DataError> {
    let (item_ids, items) = movies::read(folder)?;
    let (mut user_ids, users) = users::read(folder)?;
    let text = dat(folder, "ratings.dat", Encoding::Utf8OrLatin1)?;
    let format = RatingsFormat {
        feedback: Feedback::Ratings,
        columns: ["user", "movie"],
        items_file: "movies.dat",
        users_file: Some("users.dat"),
        policies: Policies::default(),
    };
    let number = NumberFormat { column: "rating", scale: SCALE, whole: true };
    let mut ratings = RatingsBuilder::new(format, &item_ids);
    let mut findings = Findings::default();
    for (line, row) in text.lines() {
        let [user, item, rating, _timestamp] = fields(&text, line, row)?;
        let value = number.check(&text, line, rating, rating.parse().ok())?;
        ratings.add(
            &text,
            line,
            [user, item],
            Said { value, time: None, count: None },
            &mut user_ids,
            &mut findings,
        )?;
    }
    let AllRatings { ratings, .. } = ratings.finish(&text, &user_ids, &mut findings)?;
    Ok(Dataset {
        name: "movielens-1m".to_owned(),
        notice: "Ratings of MovieLens-1M (F. M. Harper and J. A. Konstan, 2015); \
                 its licence allows research and forbids redistribution."
            .to_owned(),
        scale: SCALE,
        items: with_ids(items, item_ids),
        users: with_ids(users, user_ids),
        ratings,
        times: Vec::new(),
        counts: Vec::new(),
        changes: findings.changes(),
    })
}

fn with_ids(table: Table, ids: Ids) -> Table {
    Table { ids: ids.into_vec(), ..table }
}
