//! Task files: users with a support and a query set, one JSON object a line.

mod line;
mod lookup;
mod rows;

pub use line::{TaskLine, read};
pub use lookup::{Lookup, unused_fields};
pub use rows::TaskRows;
