//! Which items to ask a new visitor about.

pub mod evidence;
pub mod question;
