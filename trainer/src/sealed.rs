//! JSON objects with a SHA-256 of themselves, as their last field.

use anyhow::{Context, ensure};
use fewclicks_model::bundle::sha256;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What precedes and follows the hash.
const FIELD: [&str; 2] = [",\"sha256\":\"", "\"}"];

/// Return `value`, which must be serialized as an object with fields, as JSON in one line, sealed.
///
/// # Errors
/// Return an error if it cannot be serialized.
pub fn seal(value: &impl Serialize) -> anyhow::Result<String> {
    let json = serde_json::to_string(value)?;
    let fields = json.strip_suffix('}').context("not an object")?;
    Ok([fields, FIELD[0], &sha256(json.as_bytes()), FIELD[1]].concat())
}

/// Read what [`seal`] returned.
///
/// # Errors
/// Return an error if it has changed since.
pub fn unseal<T: DeserializeOwned>(sealed: &str) -> anyhow::Result<T> {
    let parts = sealed.trim_end().strip_suffix(FIELD[1]).and_then(|text| text.rsplit_once(FIELD[0]));
    let (fields, noted) = parts.context("damaged: it has no SHA-256 at its end")?;
    let json = format!("{fields}}}");
    ensure!(sha256(json.as_bytes()) == noted, "damaged: its SHA-256 is another than when it was written");
    Ok(serde_json::from_str(&json)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn any_flipped_bit_is_refused() {
        let value = BTreeMap::from([("epoch", 0.1), ("loss", 1e-7)]);
        let sealed = seal(&value).unwrap();
        let read = |bytes: &[u8]| {
            let text = std::str::from_utf8(bytes).ok()?;
            unseal::<BTreeMap<String, f64>>(text).ok()
        };
        assert_eq!(read(sealed.as_bytes()).unwrap()["loss"], 1e-7);
        for bit in 0..8 * sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(read(&bytes), None, "bit {bit}");
        }
    }
}
