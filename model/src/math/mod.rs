//! Scalars, dual numbers, matrices and the Cholesky factorisation.

pub mod cholesky;
pub mod dual;
pub(crate) mod matrix;
pub(crate) mod name_index;
pub mod scalar;
pub(crate) mod sort;
