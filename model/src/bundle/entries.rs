//! Lists of named values, as JSON objects.

use serde::{Serialize, Serializer};

/// Serialize named values as an object, in their order.
pub(crate) fn serialize<T: Serialize, S: Serializer>(
    entries: &[(String, T)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(entries.iter().map(|(name, value)| (name, value)))
}
