//! Collects ratings or picks while they are read, and checks ids, range and duplicates.

use crate::data::dataset::{Rating, Scale};
use crate::data::error::DataError;
use crate::data::error::quoted;
use crate::data::findings::Findings;
use crate::data::ids::Ids;
use crate::data::locations::Locations;
use crate::data::policy::{Orphans, OutOfRange, Policies, Repeats};
use crate::data::repeats;
use crate::data::source::Source;
use crate::data::table::Places;
use crate::ranks;
use fewclicks_model::adapt::Feedback;
use std::collections::{HashMap, HashSet};

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
    pub policies: Policies,
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

/// What a row says of an item besides the ids.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub value: f32,
    /// Milliseconds since 1970, if there is a column of times.
    pub time: Option<i64>,
    /// How often it was said, if there is a column of counts.
    pub count: Option<f32>,
}

/// All ratings or picks, with times and counts where there are any.
#[derive(Debug, Default)]
pub(super) struct AllRatings {
    pub ratings: Vec<Rating>,
    pub times: Vec<i64>,
    pub counts: Vec<f32>,
}

/// Ratings or picks that have been read.
#[derive(Debug)]
pub(super) struct RatingsBuilder<'a> {
    format: RatingsFormat<'a>,
    items: &'a Ids,
    ratings: Vec<Rating>,
    lines: Locations,
    /// Times in milliseconds since 1970; empty where there are none.
    times: Vec<i64>,
    /// How often each pick was made; empty where it is not said.
    counts: Vec<f32>,
}

impl NumberFormat<'_> {
    /// Return the rating `value` that was parsed from `cell`.
    ///
    /// # Errors
    /// Return an error if it is no number of the scale.
    pub fn check(&self, source: &dyn Source, at: u64, cell: &str, value: Option<f32>) -> Result<f32, DataError> {
        let Scale { min, max } = self.scale;
        value
            .filter(|value| (min..=max).contains(value))
            .filter(|value| !self.whole || value.fract() == 0.0)
            .ok_or_else(|| {
                let number = if self.whole { "whole number" } else { "number" };
                let expected = format!("a {number} from {min} to {max}");
                source.error_at(at, quoted(cell).into(), expected.into()).in_column(self.column)
            })
    }

    /// Return the rating, or what `policy` makes of one beyond the scale, which is `None` if it is dropped.
    ///
    /// # Errors
    /// Return an error if it is no number, or beyond the scale and refused.
    pub fn within(
        &self,
        source: &dyn Source,
        at: u64,
        cell: &str,
        value: Option<f32>,
        policy: OutOfRange,
        findings: &mut Findings,
    ) -> Result<Option<f32>, DataError> {
        let Scale { min, max } = self.scale;
        match (value, policy) {
            (Some(value), OutOfRange::Drop) if value < min || value > max => {
                findings.change(&format!("ratings below {min} or above {max}: dropped"), 1);
                Ok(None)
            }
            (Some(value), OutOfRange::Clamp) if value < min || value > max => {
                findings.change(&format!("ratings below {min} or above {max}: set to the nearer of the two"), 1);
                Ok(Some(value.clamp(min, max)))
            }
            _ => self.check(source, at, cell, value).map(Some),
        }
    }
}

impl<'a> RatingsBuilder<'a> {
    pub fn new(format: RatingsFormat<'a>, items: &'a Ids) -> Self {
        Self { format, items, ratings: Vec::new(), lines: Locations::default(), times: Vec::new(), counts: Vec::new() }
    }

    /// Add the user id, item id and what else a row says.
    ///
    /// # Errors
    /// Return an error if an id is unknown, and such rows are refused.
    pub fn add(
        &mut self,
        source: &dyn Source,
        at: u64,
        [user, item]: [&str; 2],
        said: Said,
        users: &mut Ids,
        findings: &mut Findings,
    ) -> Result<(), DataError> {
        let RatingsFormat { users_file, items_file, columns, .. } = self.format;
        let item_row = self.items.row(item);
        let user_row = match (users.row(user), users_file) {
            (Some(row), _) => Some(row),
            // A user all of whose ratings are dropped is none.
            (None, None) if item_row.is_some() && !user.is_empty() => Some(users.add(source, at, columns[0], user)?),
            (None, None) if user.is_empty() && self.format.policies.orphans == Orphans::Refuse => {
                let error = source.error_at(at, "nothing".into(), "an id".into()).in_column(columns[0]);
                return findings.problem("missing ids", error);
            }
            (None, _) => None,
        };
        match (user_row, item_row) {
            (Some(user), Some(item)) => {
                self.ratings.push(Rating { user, item, value: said.value });
                self.lines.push(at);
                self.times.extend(said.time);
                self.counts.extend(said.count);
                Ok(())
            }
            (None, _) if users_file.is_some() || user.is_empty() => {
                let file = users_file.unwrap_or("the data");
                self.orphan(source, at, (0, user, file), "unknown users", findings)
            }
            _ => self.orphan(source, at, (1, item, items_file), "unknown items", findings),
        }
    }

    /// Number users and locations as in the data of all ranks: `row` returns the row of a user there, `base` is the last location of
    /// the ranks before this one.
    pub fn renumber(&mut self, row: impl Fn(u32) -> u32, base: u64) {
        self.ratings.iter_mut().for_each(|rating| rating.user = row(rating.user));
        self.lines.shift(base);
    }

    /// Return the users who have ratings, each with the index of each file that they are in.
    pub fn files_of_users(&self, places: &Places) -> Vec<(u32, usize)> {
        let mut found = HashSet::new();
        let pairs = self.ratings.iter().enumerate();
        let pairs = pairs.map(|(index, rating)| (rating.user, places.file_of(self.lines.get(index))));
        pairs.filter(|&pair| found.insert(pair)).collect()
    }

    /// Return all ratings, of several ranks those of this one. Of equal ratings of an item by a user the first is kept; others may
    /// contradict each other.
    ///
    /// # Errors
    /// Return an error if there are none, or if a user rates an item twice and that is refused.
    pub fn finish(
        mut self,
        source: &dyn Source,
        users: &Ids,
        findings: &mut Findings,
    ) -> Result<AllRatings, DataError> {
        let (many, one) = match self.format.feedback {
            Feedback::Ratings => ("no ratings", "a line for each rating"),
            Feedback::Picks => ("no picks", "a line for each pick"),
        };
        if ranks::gather(vec![self.ratings.is_empty()]).into_iter().all(|is_empty| is_empty) {
            return Err(DataError::new(source.path(), many, one));
        }
        let policy = match self.format.feedback {
            Feedback::Ratings => self.format.policies.repeats,
            // Picks have no values that could contradict each other.
            Feedback::Picks => Repeats::First,
        };
        let found = repeats::find(&self.ratings, &self.times, policy);
        for &(first, second) in &found.refused {
            let error = self.duplicate_error(source, [first, second], users);
            findings.problem("repeated ratings", error)?;
        }
        let noun = self.noun();
        let all = found.dropped.len() as u64;
        let (equal, rule) = match (self.format.feedback, policy) {
            (Feedback::Picks, _) => (all, ""),
            (_, Repeats::Refuse) => (found.equal, ""),
            (_, Repeats::First) => (found.equal, "the first counts"),
            (_, Repeats::Last) => (found.equal, "the last counts"),
            (_, Repeats::Mean) => (found.equal, "their mean counts"),
        };
        findings.change(&format!("{noun} given again as they were: counted once"), equal);
        if !rule.is_empty() {
            findings.change(&format!("{noun} given again with another value or time: {rule}"), all - equal);
        }
        found.merged.iter().for_each(|&(index, mean)| self.ratings[index].value = mean);
        if !found.dropped.is_empty() {
            self.sum_counts(&found.dropped);
            let mut index = 0..;
            let mut kept = || index.next().is_some_and(|index| !found.dropped.contains(&index));
            self.ratings.retain(|_| kept());
            index = 0..;
            let mut kept = || index.next().is_some_and(|index| !found.dropped.contains(&index));
            self.times.retain(|_| kept());
            index = 0..;
            let mut kept = || index.next().is_some_and(|index| !found.dropped.contains(&index));
            self.counts.retain(|_| kept());
        }
        Ok(AllRatings { ratings: self.ratings, times: self.times, counts: self.counts })
    }

    /// Add the counts of picks that are dropped to that of the one that is kept.
    fn sum_counts(&mut self, dropped: &HashSet<usize>) {
        let mut sums: HashMap<(u32, u32), f32> = HashMap::new();
        for (index, count) in self.counts.iter().enumerate().filter(|(index, _)| dropped.contains(index)) {
            let Rating { user, item, .. } = self.ratings[index];
            *sums.entry((user, item)).or_default() += count;
        }
        for ((rating, count), index) in self.ratings.iter().zip(&mut self.counts).zip(0..) {
            if let Some(more) = sums.get(&(rating.user, rating.item)).filter(|_| !dropped.contains(&index)) {
                *count += more;
            }
        }
    }

    /// Return what the rows are called.
    pub fn noun(&self) -> &'static str {
        match self.format.feedback {
            Feedback::Ratings => "ratings",
            Feedback::Picks => "picks",
        }
    }

    /// Count a row of an unknown user or item, or refuse it.
    fn orphan(
        &self,
        source: &dyn Source,
        at: u64,
        (column, id, file): (usize, &str, &str),
        kind: &'static str,
        findings: &mut Findings,
    ) -> Result<(), DataError> {
        if self.format.policies.orphans == Orphans::Drop {
            let what = ["users", "items"][column];
            findings.change(&format!("{} of {what} that are not in {file}: dropped", self.noun()), 1);
            return Ok(());
        }
        let error = source
            .error_at(at, quoted(id).into(), format!("an id of {file}").into())
            .in_column(self.format.columns[column])
            .advise(format!("add it to {file} or remove this line"))
            .guess("if such rows are to be left out, write orphans = \"drop\" in schema.toml");
        findings.problem(kind, error)
    }

    fn duplicate_error(&self, source: &dyn Source, [first, second]: [usize; 2], users: &Ids) -> DataError {
        let Rating { user, item, .. } = self.ratings[second];
        let [first, second] = [first, second].map(|index| self.lines.get(index));
        let found = format!(
            "user {} rating item {} again (first {})",
            quoted(users.id(user)),
            quoted(self.items.id(item)),
            source.place(first, second)
        );
        source
            .error_at(second, found.into(), "one rating per user and item".into())
            .advise("keep one of the two lines")
            .guess("if one of them is to count, write repeats = \"last\", \"first\" or \"mean\" in schema.toml")
    }
}
