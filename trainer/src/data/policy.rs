//! What to do with rows that contradict each other or the other tables.

/// Several ratings of an item by one user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Repeats {
    #[default]
    Refuse,
    /// The last by time counts, or in the file where there are no times.
    Last,
    First,
    Mean,
}

/// Ratings of items or users that the tables do not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Orphans {
    #[default]
    Refuse,
    Drop,
}

/// Ratings beyond the scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum OutOfRange {
    #[default]
    Refuse,
    Drop,
    Clamp,
}

/// The policies of a file of ratings or picks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Policies {
    pub repeats: Repeats,
    pub orphans: Orphans,
    pub out_of_range: OutOfRange,
}
