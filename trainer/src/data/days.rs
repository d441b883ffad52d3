//! Days since 1970 as dates.

use super::time;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// Return the day of a date or time, in UTC.
pub fn of(text: &str) -> Option<i64> {
    time::parse(text).map(|time| time.div_euclid(DAY))
}

/// Return the date of a time in milliseconds since 1970.
pub fn day(time: i64) -> String {
    to_date(time.div_euclid(DAY))
}

/// Return the date of a day, such as 2024-03-06.
pub fn to_date(day: i64) -> String {
    let mut date = String::new();
    time::date(day, &mut date);
    date
}
