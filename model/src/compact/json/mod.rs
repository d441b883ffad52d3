//! JSON as it is read. Every byte of it is untrusted; whatever is wrong is said with its place in the document.
//!
//! Writing is left to serde. For reading it would compile a parser into every type, the largest part of what a visitor's
//! browser downloads; so here is one parser into one kind of tree, and [`Node`], which is asked for what should be there.

mod node;
mod parse;

pub use node::{Node, Unfit, read};
pub use parse::{parse, parse_at, parse_long};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    /// In the order of the document; no name stands twice.
    Object(Vec<(String, Json)>),
}
