//! The shape of a model: its embedding tables, and what decides on top of them.

use serde::Serialize;

/// A feature field's embedding table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// The field's name, unique among the fields of its side.
    pub name: String,
    /// Number of values the field can take; by convention row 0 is shared by all unknown and missing ones.
    pub rows: usize,
    /// Numbers per value.
    pub width: usize,
    /// Whether its embedding is added to that of the field before it, rather than concatenated.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub adds: bool,
}

impl Field {
    /// A field whose embedding is concatenated to those before it.
    pub fn new(name: impl Into<String>, rows: usize, width: usize) -> Self {
        Self { name: name.into(), rows, width, adds: false }
    }
}

/// The shape of a model. [`crate::network::layout::Layout::new`] checks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Architecture {
    /// Fields that make up an item vector, at least one.
    pub item_fields: Vec<Field>,
    /// Fields that make up a user vector.
    pub user_fields: Vec<Field>,
    /// Widths of the hidden decision layers. With none there is no network, and the linear path alone decides.
    pub hidden: Vec<usize>,
    /// Whether v·x is added, a linear path from the item vector x past the network.
    pub linear: bool,
    /// Rows of the table of item biases; `None`: neither mean nor biases are added.
    pub item_bias: Option<usize>,
    /// Rows of the table of item offsets to the linear path ([`crate::adapt::implicit`]), as many as of item biases;
    /// `None`: a visitor's linear path starts where everybody's does.
    #[serde(rename = "start", skip_serializing_if = "Option::is_none")]
    pub implicit: Option<usize>,
}

/// What a local update moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The linear path.
    Linear,
    /// What the prediction is linear in: the last decision layer (ANIL, Raghu et al. 2020) and the linear path.
    Last,
    /// All decision layers and the linear path (MeLU, Lee et al. 2019).
    Decision,
    /// The embeddings too (MAML, Finn et al. 2017); never mean and item bias.
    All,
}
