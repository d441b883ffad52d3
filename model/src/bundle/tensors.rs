//! Read the tensors of a safetensors file: eight bytes with the length of the header, the header in JSON, the data.
//!
//! The header is read with [`crate::compact::node`] instead of the `safetensors` crate, which would add a second JSON parser
//! to the download.

use crate::compact::json::Parse;
use crate::compact::node::{self, Node};
use crate::math::sort::argsort;
use std::ops::Range;

/// The maximum length of the header in the format.
const MAX_HEADER_BYTES: u64 = 100_000_000;
/// The name of the header's entry that is no tensor but free text about the file.
const METADATA: &str = "__metadata__";

/// A tensor of a safetensors file.
#[derive(Debug)]
pub(super) struct FileTensor<'a> {
    /// The name.
    pub name: String,
    /// The type of its numbers, such as `F32`.
    pub dtype: String,
    /// The shape.
    pub shape: Vec<usize>,
    /// The bytes of the numbers, row-major and little-endian.
    pub data: &'a [u8],
    /// The index of the first byte in the file.
    pub offset: usize,
}

impl FileTensor<'_> {
    /// Return whether it has this type, `I8`, `U8`, `F16`, `U16`, `F32` or `U32`, this shape, and as many bytes as these need.
    pub(super) fn is(&self, dtype: &str, shape: &[usize]) -> bool {
        let size = match dtype {
            "I8" | "U8" => 1,
            "F16" | "U16" => 2,
            _ => 4,
        };
        let bytes = shape.iter().try_fold(size, |bytes: usize, &n| bytes.checked_mul(n));
        self.dtype == dtype && self.shape == shape && bytes == Some(self.data.len())
    }

    /// Return the data as little-endian words of four bytes.
    pub(super) fn words(&self) -> impl Iterator<Item = u32> {
        self.data.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }
}

/// Return a shape as text, such as `[2, 3]`.
pub(super) fn shape(shape: &[usize]) -> String {
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    format!("[{}]", node::join(&sizes, ", "))
}

/// Read the tensors of a file, in the order of its header, and check that their data fill the file without gaps or overlaps.
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

/// The entry of a tensor in the header.
struct Entry {
    name: String,
    dtype: String,
    shape: Vec<usize>,
    /// The begin and the end of the data, relative to the end of the header.
    offsets: [usize; 2],
}

/// Read the entries of the header.
fn read_entries(header: &Node<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (name, node) in header.entries().iter().filter(|(name, _)| *name != METADATA) {
        node.expect_only(&["dtype", "shape", "data_offsets"]);
        let offsets = node.field("data_offsets");
        let pair = offsets.list(|offset| offset.usize()).try_into();
        entries.push(Entry {
            name: (*name).to_owned(),
            dtype: node.field("dtype").string(),
            shape: node.field("shape").list(|n| n.usize()),
            offsets: pair.unwrap_or_else(|_| offsets.expected("where it begins and where it ends")),
        });
    }
    entries
}
