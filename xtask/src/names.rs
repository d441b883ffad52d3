//! Numbers in place of the hashes with which wasm-bindgen makes the names of imports and exports unique. They are the only
//! text of what is downloaded that no compression makes shorter, and they stand in it twice.

/// Hexadecimal digits of a hash.
const DIGITS: usize = 16;

/// The hashes in `glue`, each once, in their order.
pub fn of(glue: &str) -> Vec<String> {
    let mut hashes: Vec<String> = Vec::new();
    for word in glue.split(|c: char| !c.is_ascii_alphanumeric()) {
        // Of closures it follows an h.
        let digits = word.strip_prefix('h').unwrap_or(word);
        if digits.len() == DIGITS
            && digits.bytes().all(|b| b.is_ascii_hexdigit())
            && !hashes.iter().any(|h| h == digits)
        {
            hashes.push(digits.into());
        }
    }
    hashes
}

/// Puts the place of each of `hashes` where it stands in `file`, in as many digits: nothing moves.
pub fn number(file: &mut [u8], hashes: &[String]) {
    for (place, hash) in hashes.iter().enumerate() {
        let number = format!("{place:0DIGITS$}");
        let mut at = 0;
        while let Some(found) = file[at..].windows(DIGITS).position(|window| window == hash.as_bytes()) {
            file[at + found..][..DIGITS].copy_from_slice(number.as_bytes());
            at += found + DIGITS;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Proves that the same names stay the same in both files, different ones different, and all else as it was.
    #[test]
    fn names_that_were_equal_stay_equal() {
        let glue = "__wbg_call_aaa4dc9ebc7de24b: f, invoke__h7af06d38255f967f(x), __wbg_get_aaa4dc9ebc7de24b, 0123456789abcdef0";
        let hashes = of(glue);
        assert_eq!(hashes, ["aaa4dc9ebc7de24b", "7af06d38255f967f"]);
        let (mut script, mut wasm) = (glue.as_bytes().to_vec(), b"\0\x1b__wbg_call_aaa4dc9ebc7de24b\xff".to_vec());
        number(&mut script, &hashes);
        number(&mut wasm, &hashes);
        let numbered = "__wbg_call_0000000000000000: f, invoke__h0000000000000001(x), __wbg_get_0000000000000000, 0123456789abcdef0";
        assert_eq!(script, numbered.as_bytes());
        assert_eq!(wasm, b"\0\x1b__wbg_call_0000000000000000\xff");
    }
}
