//! Formats numbers for people.

/// Format a whole number in groups of three digits.
pub fn count(n: usize) -> String {
    let digits = n.to_string();
    let start = digits.len() % 3;
    let groups = digits.as_bytes()[start..].chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let first = (start > 0).then(|| digits[..start].to_owned());
    first.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

/// Format with `digits` decimals and a proper minus sign.
pub fn number(x: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", x.abs());
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if x < 0.0 && !is_zero { format!("−{text}") } else { text }
}

/// Format with `digits` decimals and a sign.
pub fn difference(x: f64, digits: usize) -> String {
    let text = number(x, digits);
    if x > 0.0 { format!("+{text}") } else { text }
}

/// Format the value of a tick, with as few digits as distinguish it from its neighbours.
pub fn tick(x: f64) -> String {
    match x.abs() {
        size if size >= 10_000.0 => format!("{}k", number(x / 1000.0, 0)),
        size if size >= 10.0 || x == 0.0 => number(x, 0),
        _ => {
            let text = number(x, 4);
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
    }
}

pub fn percent(share: f64) -> String {
    let digits = if (0.0001..0.0995).contains(&share) { 1 } else { 0 };
    format!("{} %", number(share * 100.0, digits))
}

/// Format a duration.
pub fn seconds(seconds: f64) -> String {
    match seconds {
        s if s < 10.0 => format!("{} s", number(s, 1)),
        s if s < 120.0 => format!("{} s", number(s, 0)),
        s => format!("{} min", number(s / 60.0, 1)),
    }
}

/// Format a size in bytes.
pub fn bytes(bytes: usize) -> String {
    match bytes as f64 {
        b if b < 1e6 => format!("{} kB", number(b / 1e3, 0)),
        b => format!("{} MB", number(b / 1e6, 1)),
    }
}

/// Format a number of answers; `None` is `all`.
pub fn answers(answers: Option<usize>) -> String {
    answers.map_or("all".into(), |n| n.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_signed() {
        assert_eq!([0, 999, 1000, 1_000_209].map(count), ["0", "999", "1,000", "1,000,209"]);
        assert_eq!([number(-0.5, 2), number(-0.001, 2), difference(0.25, 2)], ["−0.50", "0.00", "+0.25"]);
        assert_eq!([0.0, 0.65, 0.7, 2.0, 120.0, 25_000.0].map(tick), ["0", "0.65", "0.7", "2", "120", "25k"]);
        assert_eq!([0.0, 0.041, 0.5, 1.0].map(percent), ["0 %", "4.1 %", "50 %", "100 %"]);
    }
}
