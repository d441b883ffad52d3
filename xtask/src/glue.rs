//! The script that wasm-bindgen makes, in fewer words. Its own is for every browser that there ever was; the element needs
//! newer ones, for its style sheet alone. `glue.js` has shorter functions for these.

use anyhow::{Context, Result, ensure};

/// Each takes the place of the function of the same name.
const SHORTER: &str = include_str!("glue.js");

/// Of what else is written, what says the same in fewer words: without ways around what old browsers lack, and one function
/// in place of two where an error is caught.
const REWORDED: [(&str, &str); 6] = [
    (
        "(typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : ",
        "",
    ),
    (
        "
cachedTextDecoder.decode();",
        "",
    ),
    (
        "
if (!('encodeInto' in cachedTextEncoder)) {
    cachedTextEncoder.encodeInto = function (arg, view) {
        const buf = cachedTextEncoder.encode(arg);
        view.set(buf);
        return {
            read: arg.length,
            written: buf.length
        };
    };
}
",
        "",
    ),
    (
        "
function handleError(f, args) {
    try {
        return f.apply(this, args);",
        "
const handleError = (f) => function (...args) {
    try {
        return f(...args);",
    ),
    ("function() { return handleError(function (", "handleError(function ("),
    ("}, arguments); }", "})"),
];

/// The end of a function that begins with a line.
const END: &str = "\n}\n";

/// The same script, which imports from the folder that it comes to stand in what wasm-bindgen has copied from there.
pub fn beside(script: &str) -> String {
    let mut pieces = script.split("./snippets/");
    let mut beside = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        beside.push_str("./");
        beside.push_str(piece.split_once("/pkg/").map_or(piece, |(_, name)| name));
    }
    beside
}

/// The same script in fewer words, or an error that says which of its parts it does not have any more.
pub fn shorten(script: &str) -> Result<String> {
    let mut script = script.to_owned();
    for (long, short) in REWORDED {
        ensure!(script.contains(long), "wasm-bindgen does not write what src/glue.rs says in fewer words:\n{long}");
        script = script.replace(long, short);
    }
    for function in SHORTER.split_inclusive(END) {
        let head = function.split_inclusive('(').next().unwrap_or_default();
        let place = script.find(&format!("\n{head}")).map(|before| before + 1);
        let place =
            place.with_context(|| format!("wasm-bindgen writes no {head}…) any more, which src/glue.js shortens"))?;
        let length = script[place..].find(END).with_context(|| format!("{head}…) has no end"))? + END.len();
        script.replace_range(place..place + length, function);
    }
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As wasm-bindgen would write it.
    fn script() -> String {
        let functions = SHORTER.split_inclusive(END).map(|function| {
            let (head, _) = function.split_once('(').unwrap();
            format!("\n{head}(args) {{\n    long(args);\n}}\n")
        });
        let long = REWORDED.map(|(long, _)| long).concat();
        long + &functions.collect::<String>() + "\nfunction other() {\n    stays();\n}\n"
    }

    /// Proves that each part is found and replaced, and all else stays.
    #[test]
    fn only_what_is_shorter_is_replaced() {
        let shorter = shorten(&script()).unwrap();
        let expected = SHORTER.split_inclusive(END).map(|function| format!("\n{function}")).collect::<String>();
        let short = REWORDED.map(|(_, short)| short).concat();
        assert_eq!(shorter, short + &expected + "\nfunction other() {\n    stays();\n}\n");
    }

    /// Proves that what lies in the package is imported from there, once.
    #[test]
    fn what_was_copied_is_imported_from_where_it_was() {
        let script = "import { a } from './snippets/fewclicks-0af1/pkg/download.js';\nf();\n";
        assert_eq!(beside(script), "import { a } from './download.js';\nf();\n");
    }

    /// Proves that a newer wasm-bindgen that does without one of the parts is noticed, and the part is named.
    #[test]
    fn what_is_not_there_is_named() {
        let error = |missing: &str| shorten(&script().replace(missing, "")).unwrap_err().to_string();
        assert!(error("encodeInto").contains("encodeInto"));
        assert!(error("async function __wbg_load").contains("__wbg_load"));
    }
}
