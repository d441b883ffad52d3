//! Read the tensors of a safetensors file: eight bytes with the length of the header, the header in JSON, the data.
//!
//! The header is read field by field ([`crate::compact::node`]), so that a visitor downloads no second JSON parser.

use super::error::{BundleError, BundleErrorKind};
use crate::compact::json::Parse;
use crate::compact::node::{self, Node};
use crate::math::sort::argsort;
use std::ops::Range;

/// The longest header: what the format allows.
const MAX_HEADER_BYTES: u64 = 100_000_000;
/// The name under which a header has free text about the file, in place of a tensor.
const METADATA: &str = "__metadata__";

/// A tensor of a file.
#[derive(Debug)]
pub(super) struct FileTensor<'a> {
    pub name: String,
    /// The type of its numbers, such as `F32`.
    pub dtype: String,
    pub shape: Vec<usize>,
    pub data: &'a [u8],
    /// The index of its first byte in the file.
    pub offset: usize,
}

impl FileTensor<'_> {
    /// Whether it has that shape and type, and as much data as that takes.
    pub fn is(&self, dtype: &str, shape: &[usize]) -> bool {
        let size = match dtype {
            "I8" => 1,
            "F16" => 2,
            _ => 4,
        };
        let bytes = shape.iter().try_fold(size, |bytes: usize, &n| bytes.checked_mul(n));
        self.dtype == dtype && self.shape == shape && bytes == Some(self.data.len())
    }

    /// Its data as words of four bytes.
    pub fn words(&self) -> impl Iterator<Item = u32> {
        self.data.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }

    /// The error that it should have been `expected`.
    pub fn shape_error(&self, file: &str, expected: String) -> BundleError {
        let found = format!("{} {}", self.dtype, shape(&self.shape));
        BundleError::new(file, &self.name, BundleErrorKind::Shape { found, expected })
    }
}

/// A shape in words, such as `[2, 3]`.
pub(super) fn shape(shape: &[usize]) -> String {
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    format!("[{}]", sizes.join(", "))
}

/// Return the tensors of a file, in the order of its header. They must fill it without gaps or overlaps.
pub(super) fn read(bytes: &[u8], parse: Parse) -> Result<Vec<FileTensor<'_>>, String> {
    let (length, rest) = bytes.split_first_chunk().ok_or("it has no 8 bytes")?;
    let length = u64::from_le_bytes(*length).min(MAX_HEADER_BYTES) as usize;
    let (header, data) = rest.split_at_checked(length).ok_or("it is longer than the file")?;
    let entries = node::read(&parse(header)?, read_entries).map_err(|error| error.to_string())?;
    let mut end = 0;
    for index in argsort(entries.len(), &|a, b| entries[a].offsets.cmp(&entries[b].offsets)) {
        let Entry { name, offsets: [from, to], .. } = &entries[index];
        if *from != end || to < from {
            return Err(format!("{name}: its data begin at {from}, expected {end}"));
        }
        end = *to;
    }
    if end != data.len() {
        return Err(format!("its tensors end at {end}, the data at {}", data.len()));
    }
    let first = bytes.len() - data.len();
    let tensor = |Entry { name, dtype, shape, offsets: [from, to] }: Entry| {
        let range: Range<usize> = from..to;
        FileTensor { name, dtype, shape, data: &data[range], offset: first + from }
    };
    Ok(entries.into_iter().map(tensor).collect())
}

/// A tensor of the header.
struct Entry {
    name: String,
    dtype: String,
    shape: Vec<usize>,
    /// Where its data begin and end.
    offsets: [usize; 2],
}

fn read_entries(header: &Node<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (name, node) in header.entries().iter().filter(|(name, _)| *name != METADATA) {
        node.expect_only(&["dtype", "shape", "data_offsets"]);
        let offsets = node.field("data_offsets");
        let ends = offsets.list(|end| end.usize()).try_into();
        entries.push(Entry {
            name: (*name).to_owned(),
            dtype: node.field("dtype").string(),
            shape: node.field("shape").list(|n| n.usize()),
            offsets: ends.unwrap_or_else(|_| offsets.expected("where it begins and where it ends")),
        });
    }
    entries
}
