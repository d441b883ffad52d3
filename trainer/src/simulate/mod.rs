//! Simulated data: the two embedded data sets, and sites of any size.

pub mod comics;
mod draw;
pub mod films;
pub mod site;
