//! Learns the stars half by variational EM.
//!
//! y = μ + bᵢ + θ_u·[1, qᵢ] + ε, with z_i = [bᵢ, qᵢ] ~ N(W fᵢ, diag(λ)⁻¹) given the item's fields, θ_u ~ N(G c_u, Λ⁻¹) given
//! the user's, and ε ~ N(0, σ²). The prior of θ is what is meta-learned: the local update of a visitor is the posterior of
//! their θ. It is mean-field variational EM of a regression-based latent factor model (Agarwal and Chen, KDD 2009); every
//! update is in closed form, and every precision is learned.

mod assemble;
mod audience;
mod context;
mod data;
mod factors;
mod fields;
mod fit;
mod groups;
mod neighbours;
mod of_new;
mod ratings;
#[cfg(test)]
mod tests;
mod tune;
mod update;

pub use data::StarsData;
pub use fit::{Fit, FitConfig};
pub use of_new::StarsOfNew;
pub use tune::{Holdout, StarsConfig, StarsFitted, StarsLearned, Tuning, learn};
pub use update::{StarsStart, update};
