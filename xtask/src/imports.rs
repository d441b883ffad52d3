//! Number the imports of the WebAssembly. wasm-bindgen ends their names in hashes, which do not compress.

/// The number of hexadecimal digits of a hash.
const DIGITS: usize = 16;

/// Replace the hash of each import by a number of as many digits, in the WebAssembly and in the script that passes the imports.
pub fn number(wasm: &[u8], script: &str) -> (Vec<u8>, String) {
    let (mut wasm, mut script) = (wasm.to_vec(), script.to_owned());
    for (number, name) in names(&script).iter().enumerate() {
        let numbered = format!("{}{number:0DIGITS$}", &name[..name.len() - DIGITS]);
        script = script.replace(name, &numbered);
        let mut start = 0;
        while let Some(offset) = wasm[start..].windows(name.len()).position(|window| window == name.as_bytes()) {
            start += offset + name.len();
            wasm[start - name.len()..start].copy_from_slice(numbered.as_bytes());
        }
    }
    (wasm, script)
}

/// Return the names of the imports, sorted.
fn names(script: &str) -> Vec<String> {
    let words = script.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let mut names: Vec<String> = words.filter(|word| has_hash(word)).map(Into::into).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Return whether `word` is the name of an import with a hash.
fn has_hash(word: &str) -> bool {
    let parts = word.strip_prefix("__wbg_").and_then(|name| name.rsplit_once('_'));
    parts.is_some_and(|(_, hash)| hash.len() == DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::number;

    /// Each import has a number of its own, the same in both files, and nothing else changes.
    #[test]
    fn imports_are_numbered() {
        let script =
            "__wbg_set_d2d33b52458e984a: f, __wbg_get_d7176cfb76d71114: g, this.__wbg_ptr, __wbg_set_8282f7e0d2d01336";
        let wasm = b"\0\x1a__wbg_set_d2d33b52458e984a\0__wbg_get_d7176cfb76d71114__wbg_set_d2d33b52458e984a\xff";
        let (wasm, script) = number(wasm, script);
        let expected =
            "__wbg_set_0000000000000002: f, __wbg_get_0000000000000000: g, this.__wbg_ptr, __wbg_set_0000000000000001";
        assert_eq!(script, expected);
        let expected = b"\0\x1a__wbg_set_0000000000000002\0__wbg_get_0000000000000000__wbg_set_0000000000000002\xff";
        assert_eq!(wasm, expected);
    }
}
