//! Numbers and dates as features: ranges of about as many rows each, learned in training and open at both ends.
//!
//! A range is a value of a vocabulary like any other, and its name tells its ends, as in `18 to below 25`: whoever has the
//! vocabulary can find the range of a new number.

use super::days;
use crate::data::{Column, ColumnKind};
use fewclicks_model::model::vocabulary::Vocabulary;

/// Maximum number of ranges.
const MAX_RANGES: usize = 8;

/// Minimum number of rows that a range has on average.
const ROWS: usize = 5;

const BELOW: &str = "below ";
const FROM: &str = "from ";
const TO: &str = " to below ";

/// Return whether the values of a column are numbers or dates.
pub fn is_ordered(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Number | ColumnKind::Date)
}

/// Return a column of numbers or dates with the ranges of its values. Their ends are quantiles of the rows in training.
pub fn binned(column: &Column, in_training: &dyn Fn(usize) -> bool) -> Column {
    let numbers: Vec<Option<f64>> =
        column.values.iter().map(|values| position(values.first()?, column.kind == ColumnKind::Date)).collect();
    let trained = numbers.iter().enumerate().filter(|&(row, _)| in_training(row));
    let ends = quantiles(trained.filter_map(|(_, number)| *number).collect());
    let text = |end: f64| match column.kind {
        ColumnKind::Date => days::to_date(end as i64),
        _ => end.to_string(),
    };
    let name = |number: f64| {
        let above = ends.partition_point(|&end| end <= number);
        match (above.checked_sub(1).map(|lower| ends[lower]), ends.get(above)) {
            (None, None) => None,
            (None, Some(&upper)) => Some(BELOW.to_owned() + &text(upper)),
            (Some(lower), None) => Some(FROM.to_owned() + &text(lower)),
            (Some(lower), Some(&upper)) => Some(text(lower) + TO + &text(upper)),
        }
    };
    let values = numbers.iter().map(|number| number.and_then(name).into_iter().collect()).collect();
    Column { name: column.name.clone(), kind: column.kind, values }
}

/// Return the value of a number or date on the axis of its field.
fn position(text: &str, date: bool) -> Option<f64> {
    match date {
        true => days::of(text).map(|days| days as f64),
        false => text.parse().ok().filter(|number: &f64| number.is_finite()),
    }
}

/// Return the ends of ranges with about as many `numbers` each, ascending.
fn quantiles(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    let ranges = (numbers.len() / ROWS).min(MAX_RANGES);
    let mut ends: Vec<f64> = Vec::new();
    for range in 1..ranges {
        let end = numbers[range * numbers.len() / ranges];
        if end > *ends.last().unwrap_or(&numbers[0]) {
            ends.push(end);
        }
    }
    ends
}

/// Return the lower and the upper end of a range by its name; `None` if it is none.
fn ends(name: &str) -> Option<[&str; 2]> {
    if let Some((lower, upper)) = name.split_once(TO) {
        return Some([lower, upper]);
    }
    name.strip_prefix(BELOW).map(|upper| ["", upper]).or_else(|| name.strip_prefix(FROM).map(|lower| [lower, ""]))
}

/// Return where a range begins, to sort by.
pub fn lower_end(name: &str) -> f64 {
    let lower = ends(name).map_or("", |[lower, _]| lower);
    position(lower, false).or_else(|| position(lower, true)).unwrap_or(f64::NEG_INFINITY)
}

/// Return the value of `vocabulary` that stands for `value`: the range that a number or date lies in, or else `value` itself.
pub fn range_of<'a>(vocabulary: &'a Vocabulary, value: &'a str) -> &'a str {
    if vocabulary.row(value).is_some() {
        return value;
    }
    let holds = |name: &&String| {
        let Some(ends) = ends(name) else { return false };
        // Of dates every end is one; a number is no date, though it may be a time.
        let date = ends.iter().any(|end| !end.is_empty() && position(end, false).is_none());
        let Some(position_of) = position(value, date) else { return false };
        let [lower, upper] = ends.map(|end| position(end, date));
        lower.is_none_or(|lower| lower <= position_of) && upper.is_none_or(|upper| position_of < upper)
    };
    vocabulary.values().iter().find(holds).map_or(value, String::as_str)
}

/// Return the value of `vocabulary` that stands for `value` of a vocabulary with other ranges: the range where that one begins.
pub fn range_like<'a>(vocabulary: &'a Vocabulary, value: &'a str) -> &'a str {
    match ends(value) {
        Some(["", _]) => vocabulary.values().iter().find(|name| name.starts_with(BELOW)).map_or(value, String::as_str),
        Some([lower, _]) if vocabulary.row(value).is_none() => range_of(vocabulary, lower),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: ColumnKind, values: impl Iterator<Item = String>) -> Column {
        Column { name: "x".into(), kind, values: values.map(|value| vec![value]).collect() }
    }

    /// Ranges have as many rows of training each, rows out of training are in them too, and a number or date that nobody has is
    /// found by the names alone.
    #[test]
    fn ranges_are_quantiles_with_open_ends() {
        let prices = column(ColumnKind::Number, (0..20).map(|k| format!("{}", 0.5 + f64::from(k))));
        let binned = binned(&prices, &|row| row < 15);
        let names: Vec<&str> = binned.values.iter().map(|values| &*values[0]).collect();
        assert_eq!(names[..5], ["below 5.5"; 5]);
        assert_eq!(names[5..10], ["5.5 to below 10.5"; 5]);
        assert_eq!(names[10..], ["from 10.5"; 10]);
        let names = ["from 10.5", "below 5.5", "5.5 to below 10.5"].map(String::from);
        let vocabulary = Vocabulary::new("price", names.into());
        let found = ["-3", "5.5", "10.49", "1e9", "dear"].map(|value| range_of(&vocabulary, value));
        assert_eq!(found, ["below 5.5", "5.5 to below 10.5", "5.5 to below 10.5", "from 10.5", "dear"]);
        let others = ["below 7", "7 to below 10.5", "from 10.5", "from 11", "dear"];
        let found = others.map(|value| range_like(&vocabulary, value));
        assert_eq!(found, ["below 5.5", "5.5 to below 10.5", "from 10.5", "from 10.5", "dear"]);
    }

    #[test]
    fn dates_are_in_ranges_of_days() {
        let dates = column(ColumnKind::Date, (1..=10).map(|day| format!("2024-03-{day:02}")));
        let binned = binned(&dates, &|_| true);
        assert_eq!([&binned.values[4][0], &binned.values[5][0]], ["below 2024-03-06", "from 2024-03-06"]);
        let vocabulary = Vocabulary::new("day", vec!["from 2024-03-06".into(), "below 2024-03-06".into()]);
        assert_eq!(range_of(&vocabulary, "1999-12-31"), "below 2024-03-06");
        assert_eq!(range_of(&vocabulary, "2024-03-06T12:00:00Z"), "from 2024-03-06");
    }

    #[test]
    fn too_few_or_equal_numbers_have_no_ranges() {
        for values in [vec!["7".to_owned(); 40], vec!["1".into(), "2".into()]] {
            let equal = column(ColumnKind::Number, values.into_iter());
            assert!(binned(&equal, &|_| true).values.iter().all(Vec::is_empty));
        }
    }
}
