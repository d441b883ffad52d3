//! Times as sites write them: seconds or finer units since 1970, or ISO 8601.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp, tz::Offset};
use std::fmt::Write;

const MILLISECONDS: i64 = 1_000;

/// Parse a time as milliseconds since 1970 in UTC; `None` if it is none. A number is in seconds, or, from 10¹¹ on, in
/// milliseconds, microseconds or nanoseconds by its size. A time without an offset is taken as UTC.
pub fn parse(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse::<f64>() {
        let size = number.abs();
        let milliseconds = match size {
            _ if size < 1e11 => number * 1e3,
            _ if size < 1e14 => number,
            _ if size < 1e17 => number / 1e3,
            _ => number / 1e6,
        };
        return milliseconds.is_finite().then_some(milliseconds as i64);
    }
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.as_millisecond());
    }
    let time = text.parse::<DateTime>().ok()?;
    Offset::UTC.to_timestamp(time).ok().map(Timestamp::as_millisecond)
}

/// Append the date `days` after 1970-01-01; the number, if that is no date.
pub(super) fn date(days: i64, out: &mut String) {
    let time = Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_hours(days.saturating_mul(24)));
    // Writing to a string does not fail.
    let _ = match time {
        Ok(time) => write!(out, "{}", Offset::UTC.to_datetime(time).date()),
        Err(_) => write!(out, "{days}"),
    };
}

/// Append the time `value` units after 1970, of which `units` are a second.
pub(super) fn timestamp(value: i64, units: i64, out: &mut String) {
    let time = Timestamp::from_millisecond(match units / MILLISECONDS {
        0 => value.saturating_mul(MILLISECONDS),
        finer => value.div_euclid(finer),
    });
    let _ = match time {
        Ok(time) => write!(out, "{time}"),
        Err(_) => write!(out, "{value}"),
    };
}
