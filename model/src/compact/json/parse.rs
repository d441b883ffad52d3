//! From text to [`Json`] (RFC 8259). Stricter than that in three things: names within an object are unique, numbers are
//! finite, nesting is bounded.

use super::Json;
use crate::compact::decimal::whole;
use crate::compact::order::twice;

/// The deepest nesting; what is read here has six levels at most.
const MAX_DEPTH: usize = 32;

/// Parses the whole of `bytes`.
///
/// # Errors
/// Says what was expected at which line and column.
pub fn parse(bytes: &[u8]) -> Result<Json, String> {
    let text =
        std::str::from_utf8(bytes).map_err(|error| ["byte ", &whole(error.valid_up_to()), " is no UTF-8"].concat())?;
    parse_long(text, "", &mut |_, _| ())
}

/// As [`parse`], of an object with a list called `name` that may be too long for a tree: `element` is given one of its
/// elements after the other, each with where it begins, and the list itself is left empty.
///
/// # Errors
/// As [`parse`].
pub fn parse_long(text: &str, name: &str, element: &mut dyn FnMut(usize, Json)) -> Result<Json, String> {
    let mut parser = Parser { text, at: 0, long: (name, element) };
    let parsed = parser.value(0).and_then(|json| match parser.peek() {
        None => Ok(json),
        Some(_) => Err("the end".into()),
    });
    parsed.map_err(|expected| parser.failure(&expected))
}

/// The value that begins at `at`, of a text that was parsed before.
pub fn parse_at(text: &str, at: usize) -> Json {
    let mut parser = Parser { text, at, long: ("", &mut |_, _| ()) };
    parser.value(1).unwrap_or(Json::Null)
}

struct Parser<'a> {
    text: &'a str,
    /// Bytes read.
    at: usize,
    /// The list of the topmost object whose elements go elsewhere.
    long: (&'a str, &'a mut dyn FnMut(usize, Json)),
}

/// What was parsed, or what was expected in its place.
type Parsed<T> = Result<T, String>;

impl Parser<'_> {
    fn failure(&self, expected: &str) -> String {
        let before = self.text.as_bytes().get(..self.at).unwrap_or_default();
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count() + 1;
        let end = if self.at < self.text.len() { "" } else { ", where it ends" };
        ["expected ", expected, " at line ", &whole(line), ", column ", &whole(column), end].concat()
    }

    /// The next byte that is no white space, which stays there.
    fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.here() {
            self.at += 1;
        }
        self.here()
    }

    fn here(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes `byte` if it comes now.
    fn take(&mut self, byte: u8) -> bool {
        let comes = self.here() == Some(byte);
        self.at += usize::from(comes);
        comes
    }

    fn value(&mut self, depth: usize) -> Parsed<Json> {
        if depth > MAX_DEPTH {
            return Err("nothing so deep".into());
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => {
                let mut list = Vec::new();
                self.between(b']', |parser| {
                    list.push(parser.value(depth + 1)?);
                    Ok(())
                })?;
                Ok(Json::List(list))
            }
            Some(b'"') => Ok(Json::Text(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'n') => self.word("null", Json::Null),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            _ => Err("a value".into()),
        }
    }

    fn object(&mut self, depth: usize) -> Parsed<Json> {
        let mut entries: Vec<(String, Json)> = Vec::new();
        self.between(b'}', |parser| {
            parser.peek();
            let name = parser.string()?;
            parser.peek();
            if !parser.take(b':') {
                return Err("a colon".into());
            }
            let value = match parser.peek() {
                Some(b'[') if depth == 0 && name == parser.long.0 => parser.long_list()?,
                _ => parser.value(depth + 1)?,
            };
            entries.push((name, value));
            Ok(())
        })?;
        match twice(entries.len(), &|entry| entries[entry].0.as_str().into()) {
            Some(entry) => Err(["\"", &entries[entry].0, "\" but once in the object that ends"].concat()),
            None => Ok(Json::Object(entries)),
        }
    }

    fn long_list(&mut self) -> Parsed<Json> {
        self.between(b']', |parser| {
            parser.peek();
            let start = parser.at;
            let element = parser.value(2)?;
            (parser.long.1)(start, element);
            Ok(())
        })?;
        Ok(Json::List(Vec::new()))
    }

    /// What stands between the bracket here and the one that closes it, with commas.
    fn between(&mut self, close: u8, mut element: impl FnMut(&mut Self) -> Parsed<()>) -> Parsed<()> {
        self.at += 1;
        self.peek();
        if self.take(close) {
            return Ok(());
        }
        loop {
            element(self)?;
            self.peek();
            if self.take(close) {
                return Ok(());
            }
            if !self.take(b',') {
                return Err(if close == b']' { "a comma or ]" } else { "a comma or }" }.into());
            }
        }
    }

    fn word(&mut self, word: &str, json: Json) -> Parsed<Json> {
        let comes = self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.at += if comes { word.len() } else { 0 };
        if comes { Ok(json) } else { Err("a value".into()) }
    }

    fn string(&mut self) -> Parsed<String> {
        if !self.take(b'"') {
            return Err("a string".into());
        }
        let mut string = String::new();
        loop {
            let start = self.at;
            while self.here().is_some_and(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            // Both ends are ASCII characters.
            string.push_str(self.text.get(start..self.at).unwrap_or_default());
            if self.take(b'"') {
                return Ok(string);
            }
            if !self.take(b'\\') {
                return Err("the end of a string".into());
            }
            string.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Parsed<char> {
        let letter = self.here();
        self.at += 1;
        Ok(match letter {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'u') => return self.unicode(),
            Some(sign @ (b'"' | b'\\' | b'/')) => char::from(sign),
            _ => return Err("an escape sequence".into()),
        })
    }

    /// Four hexadecimal digits, or, of what lies beyond, two surrogates of four.
    fn unicode(&mut self) -> Parsed<char> {
        let mut code = self.four_digits()?;
        if (0xd800..0xdc00).contains(&code) && self.take(b'\\') && self.take(b'u') {
            let low = self.four_digits()?.wrapping_sub(0xdc00);
            code = if low < 0x400 { 0x10000 + ((code - 0xd800) << 10) + low } else { code };
        }
        char::from_u32(code).ok_or_else(|| "a pair of surrogates".into())
    }

    fn four_digits(&mut self) -> Parsed<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.here().and_then(|byte| char::from(byte).to_digit(16));
            code = code << 4 | digit.ok_or("four hexadecimal digits")?;
            self.at += 1;
        }
        Ok(code)
    }

    fn number(&mut self) -> Parsed<Json> {
        let negative = self.take(b'-');
        let mut number = Decimal::default();
        let zero = self.take(b'0');
        if !zero && self.digits(|digit| number.push(digit, 0)) == 0 {
            return Err("a digit".into());
        }
        if self.take(b'.') && self.digits(|digit| number.push(digit, 1)) == 0 {
            return Err("a digit".into());
        }
        if self.take(b'e') || self.take(b'E') {
            let below = self.take(b'-');
            // A plus says nothing, and must not follow a minus.
            if !below {
                self.take(b'+');
            }
            let mut power = 0i32;
            // Far beyond all numbers, and still far from overflow.
            if self.digits(|digit| power = (power * 10 + digit as i32).min(100_000)) == 0 {
                return Err("a digit".into());
            }
            number.exponent += if below { -power } else { power };
        }
        let size = number.value();
        match size.is_finite() {
            true => Ok(Json::Number(if negative { -size } else { size })),
            false => Err("a smaller number".into()),
        }
    }

    /// Takes all digits that come; returns how many.
    fn digits(&mut self, mut each: impl FnMut(u64)) -> usize {
        let start = self.at;
        while let Some(byte @ b'0'..=b'9') = self.here() {
            each(u64::from(byte - b'0'));
            self.at += 1;
        }
        self.at - start
    }
}

/// digits · 10^exponent.
#[derive(Default)]
struct Decimal {
    digits: u64,
    exponent: i32,
}

impl Decimal {
    /// Appends a digit that stands `behind` the point (1) or before (0). Those beyond 18 change nothing but the size.
    fn push(&mut self, digit: u64, behind: i32) {
        if self.digits < 100_000_000_000_000_000 {
            self.digits = self.digits * 10 + digit;
            self.exponent -= behind;
        } else {
            self.exponent += 1 - behind;
        }
    }

    /// The nearest number, or one beside it; exactly the nearest for up to 15 digits and 22 powers of ten.
    fn value(&self) -> f64 {
        let (mut value, mut left) = (self.digits as f64, self.exponent.unsigned_abs());
        while left > 0 && value != 0.0 && value.is_finite() {
            let step = left.min(22);
            let power = (0..step).fold(1.0, |power, _| power * 10.0);
            value = if self.exponent < 0 { value / power } else { value * power };
            left -= step;
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn of(value: Value) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Bool(b) => Json::Bool(b),
            Value::Number(n) => Json::Number(n.as_f64().unwrap()),
            Value::String(s) => Json::Text(s),
            Value::Array(list) => Json::List(list.into_iter().map(of).collect()),
            Value::Object(map) => Json::Object(map.into_iter().map(|(name, value)| (name, of(value))).collect()),
        }
    }

    /// Numbers may be neighbours, and another order of names is the same object.
    fn alike(a: &Json, b: &Json) -> bool {
        match (a, b) {
            (Json::Number(a), Json::Number(b)) => (a - b).abs() <= b.abs() * 4.0 * f64::EPSILON + 1e-320,
            (Json::List(a), Json::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
            (Json::Object(a), Json::Object(b)) => {
                let same = |(name, a): &(String, Json)| b.iter().any(|(other, b)| name == other && alike(a, b));
                a.len() == b.len() && a.iter().all(same)
            }
            _ => a == b,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5000))]

        #[test]
        fn numbers_and_strings_are_what_serde_reads(x: f64, text: String, whole: i64) {
            let written = serde_json::json!({ "x": x, "text": text, "list": [whole, "\\ud83c\\udf5c", null], "": true });
            for bytes in [serde_json::to_vec(&written).unwrap(), serde_json::to_vec_pretty(&written).unwrap()] {
                let read = parse(&bytes).unwrap();
                prop_assert!(alike(&read, &of(written.clone())), "{read:?}");
            }
        }

        #[test]
        fn what_serde_takes_or_leaves_so_does_this(text in r#"[\[\]{}:, "\\/bfnrtu0-9eE.+\-a-f€\n]{0,16}"#) {
            match (parse(text.as_bytes()), serde_json::from_str::<Value>(&text)) {
                (Ok(read), Ok(expected)) => prop_assert!(alike(&read, &of(expected)), "{read:?}"),
                (Err(error), Ok(_)) => prop_assert!(error.contains("but once"), "{error}"),
                (Ok(read), Err(error)) => prop_assert!(false, "{read:?}, expected {error}"),
                (Err(_), Err(_)) => {}
            }
        }
    }

    #[test]
    fn errors_say_what_and_where() {
        for (text, words) in [
            ("", "expected a value at line 1, column 1, where it ends"),
            ("{\n  \"a\": 1,\n}", "expected a string at line 3, column 1"),
            ("[1 2]", "expected a comma or ] at line 1, column 4"),
            ("{\"a\": 1, \"a\": 2}", "expected \"a\" but once in the object that ends at line 1, column 17"),
            ("1e999", "expected a smaller number"),
            ("01", "expected the end"),
            ("-", "expected a digit"),
            ("\"\\ud83c\"", "expected a pair of surrogates"),
            (&"[".repeat(100_000), "expected nothing so deep"),
        ] {
            let error = parse(text.as_bytes()).unwrap_err();
            assert!(error.contains(words), "{error}");
        }
        assert_eq!(parse(b"\"a\xff\""), Err("byte 2 is no UTF-8".into()));
        assert_eq!(parse(b"\"\\ud83c\\udf5c\\u00e9\\/\""), Ok(Json::Text("🍜é/".into())));
    }
}
