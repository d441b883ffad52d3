//! The architecture of a model: its embedding tables, decision layers and linear path.

use serde::Serialize;

/// The embedding table of a feature field, (rows × width).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// The field's name, unique among the fields of its side.
    pub name: String,
    /// The number of rows, at least 1. By convention row 0 is for unknown and missing values.
    pub rows: usize,
    /// The width of an embedding, at least 1.
    pub width: usize,
    /// Whether the embedding is added to that of the field before it, which must be as wide, rather than concatenated.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub adds: bool,
}

impl Field {
    /// Create a field whose embedding is concatenated to those before it.
    pub fn new(name: impl Into<String>, rows: usize, width: usize) -> Self {
        Self { name: name.into(), rows, width, adds: false }
    }
}

/// The architecture of a model. [`crate::network::layout::Layout::new`] checks it.
///
/// ```
/// use fewclicks_model::{Architecture, Field, Layout};
/// let architecture = Architecture {
///     item_fields: vec![Field::new("genre", 20, 8), Field::new("year", 10, 4)],
///     user_fields: vec![Field::new("age", 6, 4)],
///     hidden: vec![64, 32],
///     linear: true,
///     item_bias: None,
///     implicit: None,
/// };
/// assert_eq!(Layout::new(architecture).unwrap().item_width, 12);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Architecture {
    /// The fields whose embeddings make up an item vector, at least one.
    pub item_fields: Vec<Field>,
    /// The fields whose embeddings make up a user vector.
    pub user_fields: Vec<Field>,
    /// The widths of the hidden decision layers. With none there are no decision layers, only the linear path.
    pub hidden: Vec<usize>,
    /// Whether v·x is added, a linear path from the item vector x past the decision layers.
    pub linear: bool,
    /// The number of rows of the table of item biases; `None` where neither mean nor biases are added.
    pub item_bias: Option<usize>,
    /// The number of rows of the table of item offsets to the linear path ([`crate::adapt::implicit`]), as many as of item
    /// biases; `None` where implicit feedback is not used. It is called `start` in files.
    #[serde(rename = "start", skip_serializing_if = "Option::is_none")]
    pub implicit: Option<usize>,
}

/// The parameters that a local update moves: a suffix of the flat vector ([`crate::network::layout`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The linear path.
    Linear,
    /// The last decision layer (ANIL, Raghu et al. 2020) and the linear path.
    Last,
    /// All decision layers and the linear path (MeLU, Lee et al. 2019).
    Decision,
    /// Embeddings, decision layers and the linear path (MAML, Finn et al. 2017); never mean, item biases and offsets.
    All,
}
