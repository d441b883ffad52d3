//! Reads the table of ratings or picks.

use super::schema::Interactions;
use super::shards;
use super::tables::list_error;
use crate::data::dataset::Scale;
use crate::data::error::{DataError, quoted};
use crate::data::findings::Findings;
use crate::data::ids::Ids;
use crate::data::ratings::{AllRatings, NumberFormat, RatingsBuilder, RatingsFormat, Said};
use crate::data::source::Source;
use crate::data::table::{Format, Places, Record, Rows, TableFile, Wanted, file_name};
use crate::data::time;
use crate::ranks;

/// Words that exports write where there is no value.
const MISSING_WORDS: [&str; 12] =
    ["NULL", "null", "\\N", "nan", "NaN", "None", "none", "N/A", "n/a", "NA", "<NA>", "-"];

/// Read ratings or picks with their times and counts, if there are any. `files_of` are the names of the files of items and users; if there
/// is no file of users, the users are added to `users`. Each of several ranks returns what it has read.
pub fn read(
    files: Vec<TableFile>,
    interactions: &Interactions,
    [items_file, users_file]: [Option<&str>; 2],
    items: &Ids,
    users: &mut Ids,
    findings: &mut Findings,
) -> Result<AllRatings, DataError> {
    let format = RatingsFormat {
        feedback: interactions.feedback,
        columns: interactions.columns,
        items_file: items_file.unwrap_or_default(),
        users_file,
        policies: interactions.policies,
    };
    let mut ratings = RatingsBuilder::new(format, items);
    let read = |files, ratings: &mut RatingsBuilder, users: &mut Ids, findings: &mut Findings| {
        read_files(files, interactions, ratings, users, findings)
    };
    if ranks::size() == 1 {
        let places = read(files, &mut ratings, users, findings)?;
        return ratings.finish(&places, users, findings);
    }
    let mut own = Findings::default();
    let places = shards::read(files, &mut ratings, users, &mut own, read)?;
    let all = ratings.finish(&places, users, &mut own)?;
    shards::join_changes(&own, findings);
    Ok(all)
}

/// Read `files` into `ratings` and `users`, and return where their rows are.
fn read_files(
    files: Vec<TableFile>,
    interactions: &Interactions,
    ratings: &mut RatingsBuilder,
    users: &mut Ids,
    findings: &mut Findings,
) -> Result<Places, DataError> {
    let Interactions { format, columns, number, time, count, policies, .. } = interactions;
    let names = columns.iter().copied().chain(number.map(|number| number.column)).chain(*time).chain(*count);
    let name = files.first().map(|file| file_name(&file.path)).unwrap_or_default();
    let mut rows = Rows::open(files, format, names.map(|name| Wanted { name, needed: true }).collect())?;
    findings.unread.push((name, rows.unread().to_vec()));
    let time_index = 2 + usize::from(number.is_some());
    let mut record = Record::default();
    loop {
        let at = match rows.next(&mut record) {
            Ok(Some(at)) => at,
            Ok(None) => break,
            Err(error) => {
                findings.problem("rows that cannot be read", error)?;
                continue;
            }
        };
        let value = match number {
            None => Scale::PICKS.max,
            Some(number) => {
                let cell = record.get(2);
                if format.is_missing(cell) {
                    findings.change("ratings that are missing: dropped", 1);
                    continue;
                }
                let value = format.number(cell).map(|value| value as f32);
                match number.within(&rows, at, cell, value, policies.out_of_range, findings) {
                    Ok(Some(value)) => value,
                    Ok(None) => continue,
                    Err(error) => {
                        let (kind, guess) = cause(cell, value, number, format);
                        findings.problem(kind, guess.into_iter().fold(error, DataError::guess))?;
                        continue;
                    }
                }
            }
        };
        let instant = match time {
            None => None,
            Some(column) => match time::parse(record.get(time_index)) {
                Some(instant) => Some(instant),
                None => {
                    let expected = "seconds or milliseconds since 1970, or a time such as 2026-01-31T12:00:00Z";
                    let error = rows.error_at(at, quoted(record.get(time_index)).into(), expected.into());
                    findings.problem("times that are none", error.in_column(column))?;
                    continue;
                }
            },
        };
        let counted = match count {
            None => None,
            Some(column) => match count_of(record.get(time_index + usize::from(time.is_some())), format) {
                Some(count) => Some(count),
                None => {
                    let cell = record.get(time_index + usize::from(time.is_some()));
                    let error = rows.error_at(at, quoted(cell).into(), "a number above 0".into()).in_column(column);
                    findings.problem("counts that are none", error)?;
                    continue;
                }
            },
        };
        let [user, item] = [record.get(0), record.get(1)];
        if let Some(error) = list_error(&rows, at, user, columns[0]).or(list_error(&rows, at, item, columns[1])) {
            findings.problem("rows that cannot be read", error)?;
            continue;
        }
        ratings.add(&rows, at, [user, item], Said { value, time: instant, count: counted }, users, findings)?;
    }
    Ok(rows.into_places())
}

/// Return how often a pick was made: once, where that is missing; `None` if the cell says no such number.
fn count_of(cell: &str, format: &Format) -> Option<f32> {
    if format.is_missing(cell) {
        return Some(1.0);
    }
    format.number(cell).map(|count| count as f32).filter(|count| *count > 0.0 && count.is_finite())
}

/// Return the kind of a rating that is refused, and what may be the cause.
fn cause(cell: &str, value: Option<f32>, number: &NumberFormat, format: &Format) -> (&'static str, Option<String>) {
    let Scale { min, max } = number.scale;
    if value.is_some_and(f32::is_finite) {
        let guess = format!(
            "if the scale is right, write out_of_range = \"drop\" or \"clamp\" in schema.toml; if it is not, min = {min} and max = \
             {max} are wrong"
        );
        return ("ratings beyond the scale", Some(guess));
    }
    let guess = if MISSING_WORDS.contains(&cell) {
        Some(format!("if {} means that there is none, write missing = [\"\", {cell:?}] in schema.toml", quoted(cell)))
    } else if format.decimal == '.' && cell.contains(',') && cell.replacen(',', ".", 1).parse::<f32>().is_ok() {
        Some("this looks like a decimal comma; write decimal = \",\" in schema.toml".to_owned())
    } else if format.decimal == ',' && cell.contains('.') && cell.parse::<f32>().is_ok() {
        Some("this looks like a decimal point; write decimal = \".\" in schema.toml".to_owned())
    } else {
        None
    };
    ("ratings that are no number", guess)
}
