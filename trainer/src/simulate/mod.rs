//! Data that is made up: the two sets that come with the trainer, and sites of any size.

pub mod comics;
mod draw;
pub mod films;
pub mod site;
