//! One file per command: its options, and what it does with them.

mod bench;
pub mod cli;
mod evaluate;
mod evidence;
mod export;
mod generate;
mod output;
mod predict;
mod report;
mod serve;
mod train;
mod visitors;
