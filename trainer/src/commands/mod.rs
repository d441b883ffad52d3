//! The command line: one file per command, with its options and what it does.

mod bench;
mod check;
pub mod cli;
mod compare;
mod evaluate;
mod evidence;
mod export;
mod generate;
mod measure;
mod output;
mod plan;
mod predict;
mod preview;
mod report;
mod rollback;
mod serve;
mod train;
mod update;
mod visitors;
