//! Select the items to ask a new visitor about.

mod candidate;
pub mod evidence;
pub mod personal;
pub mod question;

pub use candidate::Candidate;
