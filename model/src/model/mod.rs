//! A trained model: its parameters and local rates, the local update on a visitor's answers, and prediction.

mod adapted;
mod fold;
pub mod rank;
pub mod readout;
pub mod scale;
pub mod scores;
mod trained;
pub mod vocabulary;

pub use adapted::Adapted;
pub use trained::Model;
