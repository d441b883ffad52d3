//! The WebAssembly without what only people and tools read. wasm-bindgen gives imports and exports names that tell what they
//! are, with hashes that nothing compresses, and they stand in two files of the download: numbers do as well.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// Whom the module imports from, in a word.
const IMPORTED: &str = "A";
/// Said of the module to whoever starts it.
const KEPT: &str = "memory";

/// Short names by those that wasm-bindgen gave.
#[derive(Default)]
pub struct Names {
    short: BTreeMap<String, String>,
    /// The long name of whom the module imports from.
    module: String,
}

impl Names {
    /// The same module with short names, without its custom sections, and the names.
    pub fn shorten(module: &[u8]) -> Result<(Vec<u8>, Self)> {
        let mut names = Self::default();
        let mut shorter = Module::new();
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload.context("no WebAssembly module")?;
            match payload {
                Payload::CustomSection(_) => {}
                Payload::ImportSection(imports) => {
                    let mut section = ImportSection::new();
                    for (place, import) in imports.into_imports().enumerate() {
                        let import = import?;
                        names.module = import.module.into();
                        section.import(
                            IMPORTED,
                            &names.number(import.name, place),
                            RoundtripReencoder.entity_type(import.ty)?,
                        );
                    }
                    shorter.section(&section);
                }
                Payload::ExportSection(exports) => {
                    let mut section = ExportSection::new();
                    for (place, export) in exports.into_iter().enumerate() {
                        let export = export?;
                        let kind = RoundtripReencoder.export_kind(export.kind)?;
                        section.export(&names.number(export.name, place), kind, export.index);
                    }
                    shorter.section(&section);
                }
                section => {
                    if let Some((id, range)) = section.as_section() {
                        shorter.section(&RawSection { id, data: &module[range] });
                    }
                }
            }
        }
        Ok((shorter.finish(), names))
    }

    fn number(&mut self, name: &str, place: usize) -> String {
        let short = if name == KEPT { name.into() } else { letters(place) };
        self.short.insert(name.into(), short.clone());
        short
    }

    /// The script or the types with the short names in place of the others.
    pub fn put_into(&self, text: &str) -> String {
        let quoted = |module: &str| format!("\"{module}\"");
        let text = text.replace(&quoted(&self.module), &quoted(IMPORTED));
        let mut renamed = String::with_capacity(text.len());
        for word in text.split_inclusive(|c| !is_of_name(c)) {
            let name = word.trim_end_matches(|c| !is_of_name(c));
            renamed.push_str(self.short.get(name).map_or(name, String::as_str));
            renamed.push_str(&word[name.len()..]);
        }
        renamed
    }
}

/// The name with this number: one letter, then two. Capitals, which wasm-bindgen calls nothing by.
fn letters(number: usize) -> String {
    let letter = char::from(b'A' + (number % 26) as u8);
    if number < 26 { letter.into() } else { letters(number / 26 - 1) + &letter.to_string() }
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports a function from `./x_bg.js`, exports it together with its memory, and carries a note.
    fn module() -> Vec<u8> {
        let parts: [&[u8]; 6] = [
            b"\0asm\x01\0\0\0",
            b"\x01\x04\x01\x60\0\0",
            b"\x02\x17\x01\x09./x_bg.js\x09__wbg_get\0\0",
            b"\x05\x03\x01\0\x01",
            b"\x07\x12\x02\x06memory\x02\0\x05x_run\0\0",
            b"\x00\x06\x04notex",
        ];
        parts.concat()
    }

    /// Proves that the same names are short in module and text, that others stay, and that notes go.
    #[test]
    fn names_are_short_in_all_files() {
        let (shorter, names) = Names::shorten(&module()).unwrap();
        let expected: [&[u8]; 5] = [
            b"\0asm\x01\0\0\0",
            b"\x01\x04\x01\x60\0\0",
            b"\x02\x07\x01\x01A\x01A\0\0",
            b"\x05\x03\x01\0\x01",
            b"\x07\x0e\x02\x06memory\x02\0\x01B\0\0",
        ];
        assert_eq!(shorter, expected.concat());
        let text = r#"{ "./x_bg.js": { __wbg_get: function(a) { a.x_run() } } }; wasm.x_run(memory, x_runs)"#;
        let renamed = r#"{ "A": { A: function(a) { a.B() } } }; wasm.B(memory, x_runs)"#;
        assert_eq!(names.put_into(text), renamed);
        assert_eq!([0, 25, 26, 52].map(letters), ["A", "Z", "AA", "BA"]);
    }

    /// Proves that what is no module, or cut short, is refused.
    #[test]
    fn damage_is_refused() {
        let module = module();
        assert!(Names::shorten(&module[..module.len() - 3]).is_err());
        assert!(Names::shorten(b"asm").is_err());
    }
}
