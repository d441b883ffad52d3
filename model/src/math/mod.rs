//! Numbers, matrices and the few factorisations that the model computes with.

pub mod cholesky;
pub mod dual;
pub mod matrix;
pub mod scalar;
pub mod sort;
