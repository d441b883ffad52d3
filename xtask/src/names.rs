//! Short names of imports and exports. wasm-bindgen makes theirs unique with a hash, which no compression makes shorter,
//! and each stands in both of what is downloaded.

use crate::sections::{self, Section};
use anyhow::Result;

/// Hexadecimal digits of a hash.
const DIGITS: usize = 16;

/// The ids of the sections with names.
const NAMED: [u8; 2] = [2, 7];

/// The names in `glue` that end with a hash, each once, in their order.
pub fn with_hashes(glue: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for word in glue.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
        let generated = word.starts_with("__wb") || word.starts_with("wasm_bindgen_");
        let hash = word.len().checked_sub(DIGITS).and_then(|start| word.get(start..)).unwrap_or_default();
        let hashed = !hash.is_empty() && hash.bytes().all(|b| b.is_ascii_hexdigit());
        if generated && hashed && !names.iter().any(|name| name == word) {
            names.push(word.into());
        }
    }
    names
}

/// `text` with short names in the place of `names`.
pub fn shorten(text: &str, names: &[String]) -> String {
    names.iter().enumerate().fold(text.into(), |text, (place, name)| text.replace(name, &short(place)))
}

/// As [`shorten`], of a module, where a name follows its length.
pub fn shorten_module(module: &[u8], names: &[String]) -> Result<Vec<u8>> {
    let shortened = |(id, content): Section| {
        let mut content = content.to_vec();
        for (place, name) in names.iter().enumerate().filter(|_| NAMED.contains(&id)) {
            content = replaced(&content, &counted(name), &counted(&short(place)));
        }
        (id, content)
    };
    Ok(sections::module(sections::of(module)?.into_iter().map(shortened)))
}

fn short(place: usize) -> String {
    format!("_{place}")
}

/// Behind its length, which one byte holds.
fn counted(name: &str) -> Vec<u8> {
    [&[name.len() as u8], name.as_bytes()].concat()
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    match bytes.windows(from.len()).position(|window| window == from) {
        Some(at) => [&bytes[..at], to, &bytes[at + from.len()..]].concat(),
        None => bytes.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASHED: [&str; 3] =
        ["__wbg_call_aaa4dc9ebc7de24b", "wasm_bindgen_invoke__h7af06d38255f967f", "__wbg_get_aaa4dc9ebc7de24b"];

    /// Proves that generated names are found and become short everywhere, and all else stays as it was.
    #[test]
    fn generated_names_become_short() {
        let glue = "__wbg_call_aaa4dc9ebc7de24b: f, wasm_bindgen_invoke__h7af06d38255f967f(x), __wbg_get_aaa4dc9ebc7de24b, \
                    __wbg_call_aaa4dc9ebc7de24b, fewclicks_undo, 0123456789abcdef";
        let names = with_hashes(glue);
        assert_eq!(names, HASHED);
        assert_eq!(shorten(glue, &names), "_0: f, _1(x), _2, _0, fewclicks_undo, 0123456789abcdef");
    }

    /// Proves that lengths stay true, and that code is left alone.
    #[test]
    fn a_module_names_its_imports_as_its_glue_does() {
        let import = |name: &str| [&[1][..], &counted("m"), &counted(name), &[0, 3]].concat();
        let module = |name: &str| {
            let code = (10, counted(HASHED[2]));
            sections::module([(2, import(name)), code].into_iter())
        };
        let names = HASHED.map(String::from);
        assert_eq!(shorten_module(&module(HASHED[2]), &names).unwrap(), module("_2"));
    }
}
