//! Decimal numbers in messages. The standard library writes floats in the fewest digits that give them back, with tables
//! as large as all that reads a bundle; here seven significant digits do, as many as `f32` has.
//!
//! Messages are put together of strings: formatting as the standard library has it, for every width and sign and base, is
//! two kilobytes more of what a visitor downloads.

/// `x` in decimal: whole numbers in all their digits, others in seven.
pub fn decimal(x: f64) -> String {
    let (size, sign) = (x.abs(), if x < 0.0 { "-" } else { "" });
    match size {
        _ if x.is_nan() => "NaN".into(),
        _ if x.is_infinite() => sign.to_owned() + "inf",
        _ if size < 1e15 && is_whole(size) => sign.to_owned() + &digits(size as u64),
        _ => sign.to_owned() + &seven_digits(size),
    }
}

/// Whether `x` has no fraction. Numbers beyond those of 64 bits have none.
pub fn is_whole(x: f64) -> bool {
    x.abs() >= 1e18 || (x as i64) as f64 == x
}

/// `n` in decimal.
pub fn whole(n: usize) -> String {
    digits(n as u64)
}

fn seven_digits(size: f64) -> String {
    let (mut first, mut exponent) = (size, 0i32);
    while first >= 9.999_999_5 {
        (first, exponent) = (first / 10.0, exponent + 1);
    }
    while first < 0.999_999_95 {
        (first, exponent) = (first * 10.0, exponent - 1);
    }
    let mut digits = digits((first * 1e6 + 0.5) as u64);
    let (whole, power) = match exponent {
        0..7 => (exponent as usize + 1, String::new()),
        -5..0 => {
            (exponent..0).for_each(|_| digits.insert(0, '0'));
            (1, String::new())
        }
        _ => (1, String::from("e") + &decimal(exponent.into())),
    };
    digits.insert(whole, '.');
    digits.trim_end_matches('0').trim_end_matches('.').to_owned() + &power
}

fn digits(mut left: u64) -> String {
    let mut digits = String::new();
    loop {
        digits.insert(0, char::from(b'0' + (left % 10) as u8));
        left /= 10;
        if left == 0 {
            return digits;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn seven_digits_are_near(x in any::<f64>()) {
            let read: f64 = decimal(x).parse().unwrap();
            prop_assert!((read - x).abs() <= x.abs() * 6e-7, "{} for {x}", decimal(x));
        }
    }

    #[test]
    fn people_write_them_so() {
        for (x, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (6.0, "6"),
            (-0.5, "-0.5"),
            (f64::from(1.1f32), "1.1"),
            (0.05, "0.05"),
            (1e39, "1e39"),
            (0.99999999, "1"),
            (9_999_999.6, "1e7"),
            (123.456, "123.456"),
            (2.5e-7, "2.5e-7"),
            (1e6 + 0.4, "1000000"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-inf"),
            (4_294_967_296.0, "4294967296"),
        ] {
            assert_eq!(decimal(x), text);
        }
    }
}
