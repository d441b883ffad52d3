//! Tensors as they lie in a safetensors file: eight bytes that say how long the header is, the header in JSON, the data.

use super::error::{BundleError, Rule, refuse};
use crate::compact::decimal::whole;
use crate::compact::json::{self, Node, parse};
use crate::compact::order::sorted;
use crate::compact::words::listed;

/// The longest header: what the format allows.
const MAX_HEADER_BYTES: u64 = 100_000_000;
/// Free text about the file, where a tensor's name would stand.
const METADATA: &str = "__metadata__";

/// A tensor.
pub(super) struct Stored<'a> {
    pub name: String,
    /// The kind of its numbers, such as `F32`.
    pub dtype: String,
    pub shape: Vec<usize>,
    pub data: &'a [u8],
    /// Where these begin in the file.
    pub start: usize,
}

impl Stored<'_> {
    /// Whether it has that shape, of numbers of that kind, and as much data as that takes.
    pub fn is(&self, dtype: &str, shape: &[usize]) -> bool {
        let size = match dtype {
            "I8" => 1,
            "F16" => 2,
            _ => 4,
        };
        let bytes = shape.iter().try_fold(size, |bytes: usize, &n| bytes.checked_mul(n));
        self.dtype == dtype && self.shape == shape && bytes == Some(self.data.len())
    }

    /// Its data in words of four bytes.
    pub fn words(&self) -> impl Iterator<Item = u32> {
        self.data.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }

    /// That it should have been `expected`.
    pub fn misshaped(&self, file: &str, expected: String) -> Box<BundleError> {
        let found = [&self.dtype, " ", &shape(&self.shape)].concat();
        refuse(file, &self.name, Rule::Shape { found, expected })
    }
}

/// A shape in words, such as `[2, 3]`.
pub(super) fn shape(shape: &[usize]) -> String {
    let mut numbers = Vec::new();
    for n in shape {
        numbers.push(whole(*n));
    }
    listed("[", &numbers) + "]"
}

/// The tensors of a file, which fill it without gaps or overlaps, in the order of its header.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Stored<'_>>, String> {
    let (length, rest) = bytes.split_first_chunk().ok_or("it has no 8 bytes")?;
    let length = u64::from_le_bytes(*length).min(MAX_HEADER_BYTES) as usize;
    let (header, data) = rest.split_at_checked(length).ok_or("it is longer than the file")?;
    let header = parse(header)?;
    let entries = json::read(&header, tensors).map_err(|unfit| [&unfit.path, ": ", &*unfit.reason].concat())?;
    let order = sorted(entries.len(), &|a, b| entries[a].stretch.cmp(&entries[b].stretch));
    let mut end = 0;
    for place in order {
        let Entry { name, stretch: [from, to], .. } = &entries[place];
        let (from, to) = (*from, *to);
        if from != end || to < from {
            return Err([name, ": its data begin at ", &whole(from), ", expected ", &whole(end)].concat());
        }
        end = to;
    }
    if end != data.len() {
        return Err(["its tensors end at ", &whole(end), ", the data at ", &whole(data.len())].concat());
    }
    let mut tensors = Vec::new();
    for Entry { name, dtype, shape, stretch: [from, to] } in entries {
        let (start, data) = (bytes.len() - data.len() + from, data.get(from..to).unwrap_or_default());
        tensors.push(Stored { name, dtype, shape, data, start });
    }
    Ok(tensors)
}

/// A tensor of the header, and its stretch of the data.
struct Entry {
    name: String,
    dtype: String,
    shape: Vec<usize>,
    stretch: [usize; 2],
}

fn tensors(header: &Node) -> Vec<Entry> {
    let mut tensors = Vec::new();
    for (name, node) in header.entries().iter().filter(|(name, _)| *name != METADATA) {
        node.has_only(&["dtype", "shape", "data_offsets"]);
        let stretch = node.field("data_offsets");
        let ends = stretch.list(|end| end.whole()).try_into();
        tensors.push(Entry {
            name: (*name).to_owned(),
            dtype: node.field("dtype").text(),
            shape: node.field("shape").list(|n| n.whole()),
            stretch: ends.unwrap_or_else(|_| stretch.expected("where it begins and where it ends")),
        });
    }
    tensors
}
