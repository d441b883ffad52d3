//! The network: the layout of its parameters, its inputs, and its forward and reverse pass.

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
