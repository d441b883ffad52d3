//! The strongest neighbours of each item.

/// The maximum number of neighbours of an item, which a bundle stores in a byte.
pub const MAX_NEIGHBOURS: usize = 255;

/// Lists of items with strengths, one list per item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbours {
    /// The end of each item's list in the other two.
    pub ends: Vec<u32>,
    /// The positions of the neighbours.
    pub items: Vec<u32>,
    /// Their strengths.
    pub strengths: Vec<f32>,
}

impl Neighbours {
    /// Return the neighbours of `item`, with their strengths.
    ///
    /// # Panics
    /// Where there is no such item.
    pub fn of(&self, item: usize) -> impl Iterator<Item = (usize, f32)> {
        let start = item.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let range = start..self.ends[item] as usize;
        self.items[range.clone()].iter().map(|&item| item as usize).zip(self.strengths[range].iter().copied())
    }

    /// Create lists of these lengths from all positions and strengths, list by list.
    pub(crate) fn from_parts(lengths: &[u32], items: Vec<u32>, strengths: Vec<f32>) -> Self {
        let (mut ends, mut end) = (Vec::new(), 0);
        for length in lengths {
            end += length;
            ends.push(end);
        }
        Self { ends, items, strengths }
    }

    /// Append an item's list.
    ///
    /// # Panics
    /// Where it has more than [`MAX_NEIGHBOURS`] items.
    pub fn push(&mut self, list: &[(u32, f32)]) {
        assert!(list.len() <= MAX_NEIGHBOURS, "{} neighbours, expected at most {MAX_NEIGHBOURS}", list.len());
        self.items.extend(list.iter().map(|&(item, _)| item));
        self.strengths.extend(list.iter().map(|&(_, strength)| strength));
        self.ends.push(self.items.len() as u32);
    }
}
