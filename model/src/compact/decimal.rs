//! Format floating-point numbers in messages.

use std::fmt;

/// A number whose `Display` is decimal: natively that of the standard library; in WebAssembly all digits of an integer and
/// seven significant digits of other numbers, without the standard library's tables of powers.
///
/// ```
/// use fewclicks_model::compact::decimal::Decimal;
/// assert_eq!(Decimal(6.0).to_string(), "6");
/// assert_eq!(Decimal::from(1.1f32).to_string(), "1.1");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decimal(
    /// The number.
    pub f64,
);

impl From<f32> for Decimal {
    fn from(x: f32) -> Self {
        Self(x.into())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(not(target_arch = "wasm32"))]
        // A number that was an `f32` is formatted as one, in the fewest digits that identify it.
        return if self.0 == f64::from(self.0 as f32) {
            write!(f, "{}", self.0 as f32)
        } else {
            write!(f, "{}", self.0)
        };
        #[cfg(target_arch = "wasm32")]
        write_digits(self.0, f)
    }
}

/// Write `x` in seven significant digits; in scientific notation below 1e-5, and from 1e7 on unless it is an integer.
#[cfg(any(test, target_arch = "wasm32"))]
fn write_digits(x: f64, f: &mut impl fmt::Write) -> fmt::Result {
    let (size, sign) = (x.abs(), if x < 0.0 { "-" } else { "" });
    if x.is_nan() {
        return f.write_str("NaN");
    }
    if x.is_infinite() {
        return write!(f, "{sign}inf");
    }
    if size < 1e15 && size.trunc() == size {
        return write!(f, "{sign}{}", size as u64);
    }
    let (mut mantissa, mut exponent) = (size, 0i32);
    while mantissa >= 9.999_999_5 {
        (mantissa, exponent) = (mantissa / 10.0, exponent + 1);
    }
    while mantissa < 0.999_999_95 {
        (mantissa, exponent) = (mantissa * 10.0, exponent - 1);
    }
    let mut digits = ((mantissa * 1e6 + 0.5) as u64).to_string();
    let (whole, scientific) = match exponent {
        0..7 => (exponent as usize + 1, false),
        -5..0 => {
            digits.insert_str(0, &"00000"[..exponent.unsigned_abs() as usize]);
            (1, false)
        }
        _ => (1, true),
    };
    digits.insert(whole, '.');
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    if scientific { write!(f, "{sign}{digits}e{exponent}") } else { write!(f, "{sign}{digits}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn digits(x: f64) -> String {
        let mut text = String::new();
        write_digits(x, &mut text).unwrap();
        text
    }

    proptest! {
        /// Proves that the text for WebAssembly parses to the number, to seven digits.
        #[test]
        fn printed_numbers_read_back(x: f64) {
            let read: f64 = digits(x).parse().unwrap();
            prop_assert!(read == x || (read - x).abs() <= 1e-6 * x.abs() || x.is_nan(), "{x}: {}", digits(x));
        }

        /// Proves that both formats agree for ratings with up to three decimals.
        #[test]
        fn ratings_print_as_the_standard_library_prints_them(x in -99_999i32..99_999) {
            let x = f64::from(x) / 1000.0;
            prop_assert_eq!(digits(x), x.to_string());
            prop_assert_eq!(Decimal(x).to_string(), x.to_string());
            prop_assert_eq!(Decimal::from(x as f32).to_string(), (x as f32).to_string());
        }
    }

    #[test]
    fn numbers_of_every_size_print() {
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
            (1234.5678, "1234.568"),
            (2.5e-7, "2.5e-7"),
            (1e6 + 0.4, "1000000"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-inf"),
            (4_294_967_296.0, "4294967296"),
        ] {
            assert_eq!(digits(x), text);
        }
    }
}
