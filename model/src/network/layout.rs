//! Where every parameter lies: all of a model's tensors stand one after the other in one flat vector.
//!
//! The order is chosen so that what a local update moves is always a *suffix* of the vector:
//! `mean, item bias, start | embeddings | decision layers … | last decision layer | linear path`.

use crate::compact::decimal::whole;
use crate::compact::order::twice;
use crate::compact::words::error_of_words;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A feature field's embedding table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    pub name: String,
    /// Values the field can take; by convention row 0 stands for every unknown or missing one.
    pub rows: usize,
    /// Numbers per value.
    pub width: usize,
    /// Whether its embedding is added to that of the field before it, rather than standing beside it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub adds: bool,
}

impl Field {
    /// A field whose embedding stands beside those before it.
    pub fn new(name: impl Into<String>, rows: usize, width: usize) -> Self {
        Self { name: name.into(), rows, width, adds: false }
    }
}

/// The shape of a model: which embedding tables there are, and what decides on top of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Architecture {
    pub item_fields: Vec<Field>,
    pub user_fields: Vec<Field>,
    /// Widths of the hidden decision layers. None at all: no network, the linear path alone decides.
    pub hidden: Vec<usize>,
    /// Whether v·x is added, a linear path from the item vector x past the network.
    pub linear: bool,
    /// Rows of the table of item biases; without it neither mean nor biases are added.
    pub item_bias: Option<usize>,
    /// Rows of the table from which the linear path starts for a visitor ([`crate::adapt::start`]): the item bias's rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
}

/// What a local update moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// A named stretch of the flat vector, in row-major order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tensor {
    pub name: String,
    pub shape: Vec<usize>,
    pub start: usize,
}

impl Tensor {
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.shape.iter().product::<usize>()
    }
}

/// A decision layer's place: weight (`outputs` × `inputs`), then bias (`outputs`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    pub inputs: usize,
    pub outputs: usize,
    pub start: usize,
}

impl Layer {
    pub fn weight(&self) -> Range<usize> {
        self.start..self.start + self.inputs * self.outputs
    }

    pub fn bias(&self) -> Range<usize> {
        self.weight().end..self.weight().end + self.outputs
    }
}

/// The tensor that [`crate::adapt::start`] reads.
const START: &str = "start";

/// The most parameters a model may have: more is a mistake, or an attack on a browser's memory.
pub const MAX_PARAMETERS: usize = 1 << 28;

/// The most hidden layers.
pub const MAX_LAYERS: usize = 64;

/// Why an [`Architecture`] cannot be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayoutError {
    Empty(String),
    Duplicate(String),
    TooDeep(usize),
    NoItemFields,
    AddsToNothing(String),
    StartsNothing,
    NothingDecides,
    TooLarge,
}

error_of_words!(LayoutError);

impl LayoutError {
    /// What is wrong, and what was expected.
    pub fn words(&self) -> String {
        match self {
            LayoutError::Empty(what) => [what, " has no rows or no width; expected at least 1 of each"].concat(),
            LayoutError::Duplicate(name) => {
                ["two fields are called \"", name, "\"; expected a name of its own for each"].concat()
            }
            LayoutError::TooDeep(layers) => {
                [&whole(*layers), " hidden layers; expected at most ", &whole(MAX_LAYERS)].concat()
            }
            LayoutError::NoItemFields => {
                "no item fields; expected at least one feature field or the item's own id".into()
            }
            LayoutError::AddsToNothing(field) => {
                let wrong = " adds to the field before it, which has another width, or there is none";
                [field, wrong, "; expected equal widths"].concat()
            }
            LayoutError::StartsNothing => {
                "a start table without a linear path that could start there, or user vectors wider than item vectors"
                    .into()
            }
            LayoutError::NothingDecides => {
                "neither hidden layers nor a linear path; expected at least one of them to decide".into()
            }
            LayoutError::TooLarge => {
                ["more than ", &whole(MAX_PARAMETERS), " parameters; use fewer or narrower embeddings"].concat()
            }
        }
    }
}

/// An [`Architecture`] with the place of every tensor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    pub architecture: Architecture,
    /// All tensors in order.
    pub tensors: Vec<Tensor>,
    pub layers: Vec<Layer>,
    /// Start of each item field's table, then of each user field's.
    pub tables: Vec<usize>,
    /// First column of each item field in the item vector, then of each user field in the user vector.
    pub columns: Vec<usize>,
    /// Numbers in an item vector and in a user vector.
    pub item_width: usize,
    pub user_width: usize,
    starts: Starts,
    len: usize,
}

/// Where the suffix of each scope starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Starts {
    embeddings: usize,
    decision: usize,
    last: usize,
    linear: usize,
}

impl Layout {
    /// Lays `architecture` out.
    ///
    /// # Errors
    /// Where a table is empty, nothing decides, or the whole exceeds [`MAX_PARAMETERS`].
    pub fn new(architecture: Architecture) -> Result<Self, LayoutError> {
        check(&architecture)?;
        let mut tensors = Tensors::default();
        if let Some(rows) = architecture.item_bias {
            tensors.push("mean", &[1])?;
            tensors.push("item_bias", &[rows])?;
        }
        let (item_columns, item_width) = columns(&architecture.item_fields);
        let (user_columns, user_width) = columns(&architecture.user_fields);
        if let Some(rows) = architecture.start {
            // Without a network the user vector is a part of where the linear path starts: of its first columns.
            let fits = !architecture.hidden.is_empty() || user_width <= item_width;
            if !architecture.linear || !fits {
                return Err(LayoutError::StartsNothing);
            }
            tensors.push(START, &[rows, item_width])?;
        }
        let embeddings = tensors.len;
        let mut tables = Vec::new();
        for (side, fields) in [("item", &architecture.item_fields), ("user", &architecture.user_fields)] {
            for field in fields {
                tables
                    .push(tensors.push(&["embedding.", side, ".", &field.name].concat(), &[field.rows, field.width])?);
            }
        }
        let decision = tensors.len;
        let mut last = decision;
        let mut layers = Vec::new();
        if !architecture.hidden.is_empty() {
            let mut inputs = item_width.saturating_add(user_width);
            for (k, &outputs) in architecture.hidden.iter().chain([&1]).enumerate() {
                last = tensors.push(&["decision.", &whole(k), ".weight"].concat(), &[outputs, inputs])?;
                tensors.push(&["decision.", &whole(k), ".bias"].concat(), &[outputs])?;
                layers.push(Layer { inputs, outputs, start: last });
                inputs = outputs;
            }
        }
        let linear = tensors.len;
        if architecture.linear {
            tensors.push("linear.weight", &[item_width])?;
        }
        let Tensors { list: tensors, len } = tensors;
        let starts = Starts { embeddings, decision, last, linear };
        let mut columns = item_columns;
        columns.extend(user_columns);
        Ok(Self { architecture, tensors, layers, tables, columns, item_width, user_width, starts, len })
    }

    /// Numbers in the flat vector.
    #[allow(clippy::len_without_is_empty, reason = "a layout always has parameters")]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Where the suffix starts that a local update of this scope moves.
    pub fn start(&self, scope: Scope) -> usize {
        match scope {
            Scope::Linear => self.starts.linear,
            Scope::Last => self.starts.last,
            Scope::Decision => self.starts.decision,
            Scope::All => self.starts.embeddings,
        }
    }

    /// The tensors that a local update of this scope moves.
    pub fn moved(&self, scope: Scope) -> impl Iterator<Item = &Tensor> {
        let start = self.start(scope);
        self.tensors.iter().filter(move |tensor| tensor.start >= start)
    }

    /// Item fields, then user fields: the order of [`Layout::tables`].
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.architecture.item_fields.iter().chain(&self.architecture.user_fields)
    }

    /// Whether the user vector is a part of where the linear path starts: there is no network to take it in.
    pub fn user_starts(&self) -> bool {
        self.architecture.start.is_some() && self.layers.is_empty()
    }

    /// Where the table of starts lies, if there is one.
    pub fn start_table(&self) -> Option<usize> {
        self.tensors.iter().find(|tensor| tensor.name == START).map(|tensor| tensor.start)
    }

    /// The same model with tables of other sizes: `rows` per field as in [`Layout::fields`], and `own` of the tables
    /// with a row per item.
    ///
    /// # Errors
    /// As [`Layout::new`].
    pub fn with_rows(&self, rows: &[usize], own: usize) -> Result<Self, LayoutError> {
        let mut architecture = self.architecture.clone();
        let fields = architecture.item_fields.iter_mut().chain(&mut architecture.user_fields);
        for (field, &rows) in fields.zip(rows) {
            field.rows = rows;
        }
        architecture.item_bias = architecture.item_bias.map(|_| own);
        architecture.start = architecture.start.map(|_| own);
        Self::new(architecture)
    }
}

fn check(architecture: &Architecture) -> Result<(), LayoutError> {
    if architecture.item_fields.is_empty() {
        return Err(LayoutError::NoItemFields);
    }
    if architecture.hidden.is_empty() && !architecture.linear {
        return Err(LayoutError::NothingDecides);
    }
    if architecture.hidden.len() > MAX_LAYERS {
        return Err(LayoutError::TooDeep(architecture.hidden.len()));
    }
    for fields in [&architecture.item_fields, &architecture.user_fields] {
        for field in fields {
            if field.rows == 0 || field.width == 0 {
                return Err(LayoutError::Empty(["field \"", &field.name, "\""].concat()));
            }
        }
        if let Some(field) = twice(fields.len(), &|field| fields[field].name.as_str().into()) {
            return Err(LayoutError::Duplicate(fields[field].name.clone()));
        }
        let mut before = None;
        for field in fields {
            if field.adds && before != Some(field.width) {
                return Err(LayoutError::AddsToNothing(["field \"", &field.name, "\""].concat()));
            }
            before = Some(field.width);
        }
    }
    if architecture.item_bias == Some(0) || architecture.start == Some(0) || architecture.hidden.contains(&0) {
        return Err(LayoutError::Empty("the item bias, the start or a hidden layer".into()));
    }
    Ok(())
}

/// First column of each field, and the width of all together.
fn columns(fields: &[Field]) -> (Vec<usize>, usize) {
    let (mut columns, mut end) = (Vec::new(), 0usize);
    for field in fields {
        // Saturating: a width beyond all memory is refused when its table is laid out.
        end = if field.adds { end } else { end.saturating_add(field.width) };
        columns.push(end.saturating_sub(field.width));
    }
    (columns, end)
}

/// Tensors laid out so far.
#[derive(Default)]
struct Tensors {
    list: Vec<Tensor>,
    len: usize,
}

impl Tensors {
    /// Appends a tensor; returns where it starts.
    fn push(&mut self, name: &str, shape: &[usize]) -> Result<usize, LayoutError> {
        let start = self.len;
        self.len = shape
            .iter()
            .try_fold(1usize, |size, &n| size.checked_mul(n))
            .and_then(|size| size.checked_add(start))
            .filter(|&len| len <= MAX_PARAMETERS)
            .ok_or(LayoutError::TooLarge)?;
        self.list.push(Tensor { name: name.into(), shape: shape.into(), start });
        Ok(start)
    }
}
