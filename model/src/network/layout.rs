//! The layout of a model's parameters: all tensors are concatenated in one flat vector.
//!
//! In this order the parameters that a local update moves are a *suffix* of the vector:
//! `mean, item bias, implicit feedback | embeddings | decision layers … | last decision layer | linear path`.

use super::architecture::{Architecture, Field, Scope};
use crate::math::name_index::NameIndex;
use std::ops::Range;

/// The maximum number of parameters; it bounds the memory that an untrusted bundle can take.
pub const MAX_PARAMETERS: usize = 1 << 28;

/// The maximum number of hidden layers.
pub const MAX_LAYERS: usize = 64;

/// The side of the model that a field describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Items.
    Item,
    /// Users.
    User,
}

/// The role of a tensor in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The mean μ, (1).
    Mean,
    /// Item biases bᵢ, (rows).
    ItemBias,
    /// Item offsets yⱼ to the linear path, (rows × item width); called `start` in files.
    ImplicitFeedback,
    /// The table of the field with this index on its side, (rows × field width).
    Embedding(Side, usize),
    /// Weights of this decision layer, (outputs × inputs).
    LayerWeight(usize),
    /// Biases of this decision layer, (outputs).
    LayerBias(usize),
    /// The linear path v, (item width).
    Linear,
}

/// A tensor, a range of the flat vector in row-major order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tensor {
    /// The role in the model.
    pub role: Role,
    /// The name in files, such as `embedding.item.genre`.
    pub name: String,
    /// The shape, of one or two dimensions.
    pub shape: Vec<usize>,
    /// The index of the first number in the flat vector.
    pub offset: usize,
}

impl Tensor {
    /// Return the indices of the numbers in the flat vector.
    pub fn range(&self) -> Range<usize> {
        self.offset..self.offset + self.shape.iter().product::<usize>()
    }
}

/// A decision layer: weight (`outputs` × `inputs`), then bias (`outputs`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The width of the input.
    pub inputs: usize,
    /// The width of the output.
    pub outputs: usize,
    /// The index of the first weight in the flat vector; biases follow the weights.
    pub offset: usize,
}

impl Layer {
    /// Return the indices of the weights in the flat vector.
    pub fn weight(&self) -> Range<usize> {
        self.offset..self.offset + self.inputs * self.outputs
    }

    /// Return the indices of the biases in the flat vector.
    pub fn bias(&self) -> Range<usize> {
        self.weight().end..self.weight().end + self.outputs
    }
}

/// The reason why an [`Architecture`] is invalid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LayoutError {
    /// A table or a layer (named here) is empty.
    #[error("{0} has no rows or no width; expected at least 1 of each")]
    Empty(String),
    /// Two fields of one side have this name.
    #[error("two fields are called \"{0}\"; expected a name of its own for each")]
    Duplicate(String),
    /// There are more than [`MAX_LAYERS`] hidden layers: this many.
    #[error("{0} hidden layers; expected at most {MAX_LAYERS}")]
    TooDeep(usize),
    /// There are no item fields.
    #[error("no item fields; expected at least one feature field or the item's own id")]
    NoItemFields,
    /// A field (named here) adds to one of another width, or to none.
    #[error("{0} adds to the field before it, which has another width, or there is none; expected equal widths")]
    AddsToNothing(String),
    /// There are item offsets without a linear path, or without layers user vectors wider than the linear path.
    #[error("a start table without a linear path that could start there, or user vectors wider than item vectors")]
    ImplicitNeedsLinear,
    /// There are neither hidden layers nor a linear path.
    #[error("neither hidden layers nor a linear path; expected at least one of them to decide")]
    NothingDecides,
    /// There are more than [`MAX_PARAMETERS`] parameters.
    #[error("more than {MAX_PARAMETERS} parameters; use fewer or narrower embeddings")]
    TooLarge,
}

/// A valid [`Architecture`] and the offsets of its parameters in the flat vector.
///
/// ```
/// use fewclicks_model::{Architecture, Field, Layout, LayoutError, Scope};
/// let architecture = Architecture {
///     item_fields: vec![Field::new("genre", 20, 8)],
///     user_fields: vec![],
///     hidden: vec![16],
///     linear: true,
///     item_bias: None,
///     implicit: None,
/// };
/// let layout = Layout::new(architecture.clone()).unwrap();
/// let names: Vec<&str> = layout.tensors.iter().map(|tensor| tensor.name.as_str()).collect();
/// assert_eq!(names[..3], ["embedding.item.genre", "decision.0.weight", "decision.0.bias"]);
/// assert_eq!(names[3..], ["decision.1.weight", "decision.1.bias", "linear.weight"]);
/// assert_eq!(layout.len(), 20 * 8 + (16 * 8 + 16) + (16 + 1) + 8);
/// assert_eq!(layout.offset(Scope::Linear), layout.len() - 8);
///
/// let nothing = Architecture { hidden: vec![], linear: false, ..architecture };
/// assert_eq!(Layout::new(nothing), Err(LayoutError::NothingDecides));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The architecture.
    pub architecture: Architecture,
    /// All tensors, in the order of the flat vector.
    pub tensors: Vec<Tensor>,
    /// The decision layers, hidden ones first; empty where there are no hidden layers.
    pub layers: Vec<Layer>,
    /// The offset of each item field's table, then of each user field's.
    pub tables: Vec<usize>,
    /// The first column of each item field in the item vector, then of each user field in the user vector.
    pub columns: Vec<usize>,
    /// The width of an item vector.
    pub item_width: usize,
    /// The width of a user vector.
    pub user_width: usize,
    /// The index of μ, and those of all bᵢ.
    bias: Option<(usize, Range<usize>)>,
    implicit_table: Option<usize>,
    embeddings: usize,
    decision: usize,
    last: usize,
    linear: usize,
    len: usize,
}

impl Layout {
    /// Check `architecture` and lay it out.
    ///
    /// # Errors
    /// Where a table is empty, two fields of one side have the same name, there is neither a hidden layer nor a linear path,
    /// or a limit is exceeded ([`MAX_LAYERS`], [`MAX_PARAMETERS`]).
    pub fn new(architecture: Architecture) -> Result<Self, LayoutError> {
        check(&architecture)?;
        let layout = Self::unchecked(architecture);
        if layout.len <= MAX_PARAMETERS { Ok(layout) } else { Err(LayoutError::TooLarge) }
    }

    /// Lay out a checked architecture of any size.
    fn unchecked(architecture: Architecture) -> Self {
        let mut tensors = Tensors::default();
        let (item_columns, item_width) = columns(&architecture.item_fields);
        let (user_columns, user_width) = columns(&architecture.user_fields);
        let bias = architecture.item_bias.map(|rows| {
            let mean = tensors.push(Role::Mean, "mean".into(), &[1]);
            let items = tensors.push(Role::ItemBias, "item_bias".into(), &[rows]);
            (mean, items..tensors.len)
        });
        let implicit_table =
            architecture.implicit.map(|rows| tensors.push(Role::ImplicitFeedback, "start".into(), &[rows, item_width]));
        let embeddings = tensors.len;
        let mut tables = Vec::new();
        let sides = [(Side::Item, "item", &architecture.item_fields), (Side::User, "user", &architecture.user_fields)];
        for (side, side_name, fields) in sides {
            for (index, Field { name, rows, width, .. }) in fields.iter().enumerate() {
                let name = format!("embedding.{side_name}.{name}");
                tables.push(tensors.push(Role::Embedding(side, index), name, &[*rows, *width]));
            }
        }
        let decision = tensors.len;
        let mut last = decision;
        let mut layers = Vec::new();
        if !architecture.hidden.is_empty() {
            let mut inputs = item_width.saturating_add(user_width);
            for (k, &outputs) in architecture.hidden.iter().chain([&1]).enumerate() {
                last = tensors.push(Role::LayerWeight(k), format!("decision.{k}.weight"), &[outputs, inputs]);
                tensors.push(Role::LayerBias(k), format!("decision.{k}.bias"), &[outputs]);
                layers.push(Layer { inputs, outputs, offset: last });
                inputs = outputs;
            }
        }
        let linear = tensors.len;
        if architecture.linear {
            tensors.push(Role::Linear, "linear.weight".into(), &[item_width]);
        }
        let Tensors { list: tensors, len } = tensors;
        let columns = [item_columns, user_columns].concat();
        Self {
            architecture,
            tensors,
            layers,
            tables,
            columns,
            item_width,
            user_width,
            bias,
            implicit_table,
            embeddings,
            decision,
            last,
            linear,
            len,
        }
    }

    /// Return the number of parameters, at least 1.
    #[allow(clippy::len_without_is_empty, reason = "a layout always has parameters")]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Return the offset of the parameters that a local update of this scope moves: all from there on.
    pub fn offset(&self, scope: Scope) -> usize {
        match scope {
            Scope::Linear => self.linear,
            Scope::Last => self.last,
            Scope::Decision => self.decision,
            Scope::All => self.embeddings,
        }
    }

    /// Return the tensors that a local update of this scope moves.
    pub fn moved(&self, scope: Scope) -> impl Iterator<Item = &Tensor> {
        let offset = self.offset(scope);
        self.tensors.iter().filter(move |tensor| tensor.offset >= offset)
    }

    /// Return item fields, then user fields, in the order of [`Layout::tables`].
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.architecture.item_fields.iter().chain(&self.architecture.user_fields)
    }

    /// Return the offset of each user field's table.
    pub fn user_tables(&self) -> &[usize] {
        &self.tables[self.architecture.item_fields.len()..]
    }

    /// Return the index of μ and the indices of bᵢ; `None` where the model has none.
    pub fn bias(&self) -> Option<(usize, Range<usize>)> {
        self.bias.clone()
    }

    /// Return whether implicit feedback includes the user vector: there are no decision layers to read it.
    pub fn adds_user_vector(&self) -> bool {
        self.architecture.implicit.is_some() && self.layers.is_empty()
    }

    /// Return the offset of the table of item offsets to the linear path; `None` where the model has none.
    pub fn implicit_table(&self) -> Option<usize> {
        self.implicit_table
    }

    /// Return the layout of the same model with fewer rows: at most `rows` of each field in the order of [`Layout::fields`],
    /// and at most `item_rows` of the tables with a row per item.
    pub(crate) fn with_rows(&self, rows: &[usize], item_rows: usize) -> Self {
        let mut architecture = self.architecture.clone();
        let fields = architecture.item_fields.iter_mut().chain(&mut architecture.user_fields);
        for (field, &rows) in fields.zip(rows) {
            field.rows = rows.min(field.rows);
        }
        architecture.item_bias = architecture.item_bias.map(|rows| item_rows.min(rows));
        architecture.implicit = architecture.implicit.map(|rows| item_rows.min(rows));
        Self::unchecked(architecture)
    }
}

/// Check all but the number of parameters.
fn check(architecture: &Architecture) -> Result<(), LayoutError> {
    let Architecture { item_fields, user_fields, hidden, linear, item_bias, implicit } = architecture;
    if item_fields.is_empty() {
        return Err(LayoutError::NoItemFields);
    }
    if hidden.is_empty() && !linear {
        return Err(LayoutError::NothingDecides);
    }
    if hidden.len() > MAX_LAYERS {
        return Err(LayoutError::TooDeep(hidden.len()));
    }
    for fields in [item_fields, user_fields] {
        check_fields(fields)?;
    }
    if *item_bias == Some(0) || *implicit == Some(0) || hidden.contains(&0) {
        return Err(LayoutError::Empty("the item bias, the start or a hidden layer".into()));
    }
    // Without decision layers the user vector is added to the first columns of the linear path.
    let fits = !hidden.is_empty() || columns(user_fields).1 <= columns(item_fields).1;
    if implicit.is_some() && !(*linear && fits) {
        return Err(LayoutError::ImplicitNeedsLinear);
    }
    Ok(())
}

/// Check the fields of one side.
fn check_fields(fields: &[Field]) -> Result<(), LayoutError> {
    let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    if let Some(duplicate) = NameIndex::new(&names).find_duplicate(&names) {
        return Err(LayoutError::Duplicate(names[duplicate].clone()));
    }
    let mut before = None;
    for Field { name, rows, width, adds } in fields {
        if *rows == 0 || *width == 0 {
            return Err(LayoutError::Empty(format!("field \"{name}\"")));
        }
        if *adds && before != Some(width) {
            return Err(LayoutError::AddsToNothing(format!("field \"{name}\"")));
        }
        before = Some(width);
    }
    Ok(())
}

/// Return the first column of each field, and the width of all together.
fn columns(fields: &[Field]) -> (Vec<usize>, usize) {
    let (mut columns, mut end) = (Vec::new(), 0usize);
    for field in fields {
        end = if field.adds { end } else { end.saturating_add(field.width) };
        columns.push(end.saturating_sub(field.width));
    }
    (columns, end)
}

/// The tensors laid out so far. Sizes saturate; [`Layout::new`] compares the sum with [`MAX_PARAMETERS`].
#[derive(Default)]
struct Tensors {
    list: Vec<Tensor>,
    len: usize,
}

impl Tensors {
    /// Append a tensor, and return its offset.
    fn push(&mut self, role: Role, name: String, shape: &[usize]) -> usize {
        let offset = self.len;
        self.len = offset.saturating_add(shape.iter().fold(1, |size: usize, &n| size.saturating_mul(n)));
        self.list.push(Tensor { role, name, shape: shape.into(), offset });
        offset
    }
}
