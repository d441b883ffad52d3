//! Collects ratings or picks while they are read, and checks ids, range and duplicates.

use crate::data::dataset::{Rating, Scale};
use crate::data::error::DataError;
use crate::data::error::quoted;
use crate::data::ids::Ids;
use crate::data::source::Text;
use fewclicks_model::adapt::Feedback;
use std::collections::HashSet;

/// The format of a file of ratings or picks.
#[derive(Clone, Copy, Debug)]
pub(super) struct RatingsFormat<'a> {
    pub feedback: Feedback,
    /// Names of the user and the item column, for messages.
    pub columns: [&'a str; 2],
    /// Name of the file that lists the items.
    pub items_file: &'a str,
    /// Name of the file that lists the users; if `None`, every user of a rating or pick is a new user.
    pub users_file: Option<&'a str>,
}

/// The format of a column of ratings.
#[derive(Clone, Copy, Debug)]
pub(super) struct NumberFormat<'a> {
    /// Name of the column, for messages.
    pub column: &'a str,
    pub scale: Scale,
    /// Whether ratings must be whole numbers.
    pub whole: bool,
}

/// Ratings or picks that have been read.
#[derive(Debug)]
pub(super) struct RatingsBuilder<'a> {
    text: &'a Text,
    format: RatingsFormat<'a>,
    ratings: Vec<Rating>,
    lines: Vec<u32>,
}

impl NumberFormat<'_> {
    /// Parse the rating in `cell`.
    ///
    /// # Errors
    /// Return an error if it is no number of the scale.
    pub fn read(&self, text: &Text, line: u64, cell: &str) -> Result<f32, DataError> {
        let Scale { min, max } = self.scale;
        let value = cell.parse::<f32>().ok();
        value
            .filter(|value| (min..=max).contains(value))
            .filter(|value| !self.whole || value.fract() == 0.0)
            .ok_or_else(|| {
                let number = if self.whole { "whole number" } else { "number" };
                text.error(line, quoted(cell), format!("a {number} from {min} to {max}")).in_column(self.column)
            })
    }
}

impl<'a> RatingsBuilder<'a> {
    pub fn new(text: &'a Text, format: RatingsFormat<'a>) -> Self {
        Self { text, format, ratings: Vec::new(), lines: Vec::new() }
    }

    /// Add the user id, item id and rating of a line.
    ///
    /// # Errors
    /// Return an error if an id is unknown.
    pub fn add(
        &mut self,
        line: u64,
        [user, item]: [&str; 2],
        value: f32,
        items: &Ids,
        users: &mut Ids,
    ) -> Result<(), DataError> {
        let user = match users.row(user) {
            Some(row) => row,
            None => self.new_user(line, user, users)?,
        };
        let item = items.row(item).ok_or_else(|| self.unknown(line, 1, item, self.format.items_file))?;
        self.ratings.push(Rating { user, item, value });
        self.lines.push(line as u32);
        Ok(())
    }

    /// Return all ratings. Of repeated picks the first is kept; repeated ratings may contradict each other.
    ///
    /// # Errors
    /// Return an error if there are none, or if a user rates an item twice.
    pub fn finish(mut self, items: &Ids, users: &Ids) -> Result<Vec<Rating>, DataError> {
        let (many, one) = match self.format.feedback {
            Feedback::Ratings => ("no ratings", "a line for each rating"),
            Feedback::Picks => ("no picks", "a line for each pick"),
        };
        if self.ratings.is_empty() {
            return Err(DataError::new(&self.text.path, many, one));
        }
        match self.format.feedback {
            Feedback::Picks => {
                let mut seen = HashSet::with_capacity(self.ratings.len());
                self.ratings.retain(|pick| seen.insert(key(pick)));
            }
            Feedback::Ratings => self.check_repeats(items, users)?,
        }
        Ok(self.ratings)
    }

    fn check_repeats(&self, items: &Ids, users: &Ids) -> Result<(), DataError> {
        // Sorted keys need far less memory than a set.
        let mut keys: Vec<u64> = self.ratings.iter().map(key).collect();
        keys.sort_unstable();
        match keys.windows(2).find(|pair| pair[0] == pair[1]) {
            None => Ok(()),
            Some(pair) => Err(self.duplicate_error(pair[0], items, users)),
        }
    }

    fn new_user(&self, line: u64, id: &str, users: &mut Ids) -> Result<u32, DataError> {
        match self.format.users_file {
            Some(file) => Err(self.unknown(line, 0, id, file)),
            None => users.add(self.text, line, self.format.columns[0], id),
        }
    }

    fn unknown(&self, line: u64, column: usize, id: &str, file: &str) -> DataError {
        self.text
            .error(line, quoted(id), format!("an id of {file}"))
            .in_column(self.format.columns[column])
            .advise(format!("add it to {file} or remove this line"))
    }

    fn duplicate_error(&self, duplicate: u64, items: &Ids, users: &Ids) -> DataError {
        let mut indices = (0..self.ratings.len()).filter(|&at| key(&self.ratings[at]) == duplicate);
        let mut next = || indices.next().unwrap_or_default();
        let (first, second) = (next(), next());
        let Rating { user, item, .. } = self.ratings[second];
        let found = format!(
            "user {} rating item {} again (first on line {})",
            quoted(users.id(user)),
            quoted(items.id(item)),
            self.lines[first]
        );
        self.text
            .error(u64::from(self.lines[second]), found, "one rating per user and item")
            .advise("keep one of the two lines")
    }
}

fn key(rating: &Rating) -> u64 {
    u64::from(rating.user) << 32 | u64::from(rating.item)
}
