//! Benchmarks: costs of training on this machine, on given data and on generated data of growing size.

mod clock;
mod costs;
mod growth;
mod growth_page;
mod machine;
mod memory;
mod speed;
mod table;

pub use clock::Clock;
pub use costs::measure;
pub use growth::grow;
pub use growth_page::page;
pub use memory::{peak, reset_peak};
pub use table::table;
