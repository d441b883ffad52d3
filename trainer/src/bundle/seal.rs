//! The SHA-256 of a manifest, as the last words of its `about.made`: browsers read it as part of that text, and every command that
//! reads a bundle refuses a manifest that has changed since it was written.

use anyhow::{Context, ensure};
use fewclicks_model::bundle::sha256;
use std::ops::Range;

/// What precedes and follows `about.made`. A text of JSON has no line breaks, so that no other text holds this.
const MADE: [&str; 2] = ["\n    \"made\": \"", "\",\n"];

/// What precedes the hash.
const MARK: &str = "; manifest ";

/// Return the manifest with the SHA-256 of `manifest`.
///
/// # Errors
/// Return an error if it has no `about.made`.
pub fn seal(manifest: &[u8]) -> anyhow::Result<Vec<u8>> {
    let text = std::str::from_utf8(manifest)?;
    let Range { end, .. } = made(text).context("the manifest does not say how it was made")?;
    Ok([&text[..end], MARK, &sha256(manifest), &text[end..]].concat().into_bytes())
}

/// Return whether a manifest has a hash, right or wrong; those that older trainers wrote have none.
pub fn is_sealed(manifest: &[u8]) -> bool {
    std::str::from_utf8(manifest).is_ok_and(|text| made(text).is_some_and(|range| text[range].contains(MARK)))
}

/// Check that a manifest is as [`seal`] returned it.
///
/// # Errors
/// Return an error if it has no hash, or has changed since.
pub fn check_sealed(manifest: &[u8]) -> anyhow::Result<()> {
    let parts = || {
        let text = std::str::from_utf8(manifest).ok()?;
        let Range { start, end } = made(text)?;
        let mark = start + text[start..end].rfind(MARK)?;
        Some((&text[..mark], &text[mark + MARK.len()..end], &text[end..]))
    };
    let (start, noted, rest) = parts()
        .context("manifest.json has no SHA-256 of itself in about.made: it is damaged, or an older trainer wrote it; export again")?;
    ensure!(
        sha256([start, rest].concat().as_bytes()) == noted,
        "manifest.json is damaged: its SHA-256 is another than when it was written; export again, or `trainer rollback`"
    );
    Ok(())
}

/// Return where `about.made` is.
fn made(manifest: &str) -> Option<Range<usize>> {
    let start = manifest.find(MADE[0])? + MADE[0].len();
    Some(start..start + manifest[start..].find(MADE[1])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_flipped_bit_is_refused() {
        let manifest = "{\n  \"about\": {\n    \"notice\": \"; manifest \",\n    \"made\": \"seed 1\",\n    \"metrics\": {}\n  }\n}";
        let sealed = seal(manifest.as_bytes()).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&sealed).replace(&format!("; manifest {}", sha256(manifest.as_bytes())), ""),
            manifest
        );
        check_sealed(&sealed).unwrap();
        assert!(check_sealed(manifest.as_bytes()).unwrap_err().to_string().contains("no SHA-256"));
        for bit in 0..8 * sealed.len() {
            let mut bytes = sealed.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            check_sealed(&bytes).expect_err(&format!("bit {bit}"));
        }
    }
}
