//! The location of each rating, for messages.

/// Locations in the order of ratings. Only where one does not follow the one before is it stored: in clean files once for each.
#[derive(Debug, Default)]
pub(super) struct Locations {
    /// Index of a rating, and its location; those after it follow up to the next index.
    runs: Vec<(usize, u64)>,
    len: usize,
}

impl Locations {
    pub fn push(&mut self, line: u64) {
        if self.runs.last().is_none_or(|&(index, first)| first + (self.len - index) as u64 != line) {
            self.runs.push((self.len, line));
        }
        self.len += 1;
    }

    /// Add `base` to all locations.
    pub fn shift(&mut self, base: u64) {
        self.runs.iter_mut().for_each(|(_, line)| *line += base);
    }

    /// Return the location of the rating with this index.
    pub fn get(&self, index: usize) -> u64 {
        let run = self.runs.partition_point(|&(first, _)| first <= index) - 1;
        let (first, line) = self.runs[run];
        line + (index - first) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::Locations;

    #[test]
    fn locations_come_back() {
        let given = [2, 3, 4, 9, 10, u64::from(u32::MAX) + 7, 12];
        let mut lines = Locations::default();
        given.iter().for_each(|&line| lines.push(line));
        assert_eq!((0..given.len()).map(|index| lines.get(index)).collect::<Vec<_>>(), given);
        assert_eq!(lines.runs.len(), 4);
        lines.shift(3);
        assert_eq!((0..5).map(|index| lines.get(index)).collect::<Vec<_>>(), [5, 6, 7, 12, 13]);
    }
}
