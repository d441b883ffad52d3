//! The location of each rating, for messages.

use serde::{Deserialize, Serialize};

/// Locations in the order of ratings. Only where one does not follow the one before is it stored: in clean files once for each.
#[derive(Debug, Default, Serialize, Deserialize)]
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

    /// Join the locations of several ranks, whose `last` locations are given.
    pub fn join(parts: Vec<Self>, last: &[u64]) -> Self {
        let mut all = Self::default();
        let mut base = 0;
        for (part, last) in parts.into_iter().zip(last) {
            all.runs.extend(part.runs.into_iter().map(|(index, line)| (all.len + index, base + line)));
            all.len += part.len;
            base += last;
        }
        all
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
        let mut others = Locations::default();
        [1, 2, 3].into_iter().for_each(|line| others.push(line));
        let joined = Locations::join(vec![others, lines], &[3, 12]);
        assert_eq!((0..5).map(|index| joined.get(index)).collect::<Vec<_>>(), [1, 2, 3, 5, 6]);
    }
}
