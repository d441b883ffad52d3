//! The network: where its parameters lie, what it reads, and its forward and reverse passes.

pub mod architecture;
pub mod embedding;
pub mod folded;
pub mod forward;
pub mod layout;
pub mod loss;
pub mod mlp;
pub mod parameters;
pub mod submodel;
pub mod task;
