//! The sections of a WebAssembly module, taken apart and put together.

use anyhow::{Context, Result, ensure};

/// The magic number and the version.
const HEADER: &[u8] = b"\0asm\x01\0\0\0";
/// The id of a custom section: notes for tools, which a browser reads past.
const CUSTOM: u8 = 0;

/// An id and what it is of.
pub type Section<'a> = (u8, &'a [u8]);

/// All sections of `module` but the custom ones.
pub fn of(module: &[u8]) -> Result<Vec<Section<'_>>> {
    ensure!(module.starts_with(HEADER), "no WebAssembly module: it has no header");
    let (mut sections, mut rest) = (Vec::new(), &module[HEADER.len()..]);
    while let Some((&id, behind)) = rest.split_first() {
        let (start, length) = length(behind).context("no WebAssembly module: a section has no length")?;
        let (content, others) =
            behind[start..].split_at_checked(length).context("no WebAssembly module: a section is cut short")?;
        if id != CUSTOM {
            sections.push((id, content));
        }
        rest = others;
    }
    Ok(sections)
}

/// The module of these sections.
pub fn module(sections: impl Iterator<Item = (u8, Vec<u8>)>) -> Vec<u8> {
    let mut module = HEADER.to_vec();
    for (id, content) in sections {
        module.push(id);
        let mut left = content.len();
        while left >= 0x80 {
            module.push(left as u8 | 0x80);
            left >>= 7;
        }
        module.push(left as u8);
        module.extend(content);
    }
    module
}

/// The length (LEB128) that `bytes` begin with, behind how many of its own.
fn length(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut length = 0;
    for (place, &byte) in bytes.iter().enumerate().take(5) {
        length |= usize::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            return Some((place + 1, length));
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
        let parts = [(0, b"xy".to_vec()), (1, vec![0]), (11, vec![7; 129]), (0, vec![0])];
        let whole = module(parts.clone().into_iter());
        let kept = of(&whole).unwrap();
        assert_eq!(kept, [(1, parts[1].1.as_slice()), (11, parts[2].1.as_slice())]);
        assert!(of(&whole[..20]).is_err(), "cut short");
        assert!(of(b"\0asm").is_err());
    }
}
