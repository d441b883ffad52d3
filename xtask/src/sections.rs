//! A WebAssembly module without its custom sections: notes for tools, which a browser reads past.

use anyhow::{Context, Result};

/// The magic number and the version.
const HEADER: usize = 8;
/// The id of a custom section.
const CUSTOM: u8 = 0;

/// The module without them.
pub fn without_custom(module: &[u8]) -> Result<Vec<u8>> {
    let (header, mut rest) = module.split_at_checked(HEADER).context("no WebAssembly module: it has no header")?;
    let mut kept = header.to_vec();
    while let Some(&id) = rest.first() {
        let end = end(rest).context("no WebAssembly module: a section is longer than the file")?;
        let (section, others) = rest.split_at_checked(end).context("no WebAssembly module: a section is cut short")?;
        if id != CUSTOM {
            kept.extend(section);
        }
        rest = others;
    }
    Ok(kept)
}

/// Where the section ends that `bytes` begin with: its id, the length of the rest (LEB128), the rest.
fn end(bytes: &[u8]) -> Option<usize> {
    let mut length = 0;
    for (place, &byte) in bytes.iter().enumerate().skip(1).take(5) {
        length |= usize::from(byte & 0x7f) << (7 * (place - 1));
        if byte < 0x80 {
            return (place + 1).checked_add(length);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Proves that custom sections go, others stay as they are, and what is no module is refused.
    #[test]
    fn notes_go_and_all_else_stays() {
        let long = [b"\x0b\x81\x01".as_slice(), &[7; 129]].concat();
        let parts: [&[u8]; 5] = [b"\0asm\x01\0\0\0", b"\x00\x03\x01xy", b"\x01\x01\x00", &long, b"\x00\x01\x00"];
        let kept = [parts[0], parts[2], parts[3]].concat();
        assert_eq!(without_custom(&parts.concat()).unwrap(), kept);
        assert!(without_custom(&parts.concat()[..20]).is_err(), "cut short");
        assert!(without_custom(b"\0asm").is_err());
    }
}
