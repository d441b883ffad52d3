//! A row of a table.

/// Precedes each element of a cell that is a list, as JSON lines and Parquet have them.
pub const ELEMENT: char = '\u{1f}';

/// The cells of a row as text, one for each column that was asked for. The allocations are reused for every row.
#[derive(Debug, Default)]
pub struct Record {
    text: String,
    ends: Vec<usize>,
}

impl Record {
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Return the number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Add a cell, without the blanks around it.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell.trim());
        self.ends.push(self.text.len());
    }

    /// Return the text that the next cell is appended to; [`Record::end`] ends it.
    pub fn text(&mut self) -> &mut String {
        &mut self.text
    }

    /// End the cell that was appended to [`Record::text`], without the blanks around it.
    pub fn end(&mut self) {
        let start = self.ends.last().copied().unwrap_or_default();
        let kept = self.text[start..].trim_end().len();
        self.text.truncate(start + kept);
        let blanks = kept - self.text[start..].trim_start().len();
        self.text.drain(start..start + blanks);
        self.ends.push(self.text.len());
    }

    /// Return the cell of the column at `index`.
    pub fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[index]]
    }
}
