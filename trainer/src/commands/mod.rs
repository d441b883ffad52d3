//! One file per command: its options, and what it does with them.

pub mod evaluate;
pub mod evidence;
pub mod export;
pub mod predict;
pub mod serve;
pub mod train;
