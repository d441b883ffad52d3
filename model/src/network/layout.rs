//! Lay out a model's parameters: all tensors stand one after the other in one flat vector.
//!
//! The order makes what a local update moves a *suffix* of the vector:
//! `mean, item bias, start | embeddings | decision layers … | last decision layer | linear path`.

use super::architecture::{Architecture, Field, Scope};
use crate::compact::name_index::NameIndex;
use std::ops::Range;

/// The most parameters a model may have: more is a mistake, or an attack on a browser's memory.
pub const MAX_PARAMETERS: usize = 1 << 28;

/// The most hidden layers.
pub const MAX_LAYERS: usize = 64;

/// Which side of the model a field describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Items.
    Item,
    /// Users.
    User,
}

/// What a tensor is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// μ, one number.
    Mean,
    /// bᵢ, a number per row.
    ItemBias,
    /// yⱼ, item offsets to the linear path, (rows × item width).
    ImplicitFeedback,
    /// The table of the field with this index on its side, (rows × field width).
    Embedding(Side, usize),
    /// Weights of this decision layer, (outputs × inputs).
    LayerWeight(usize),
    /// Biases of this decision layer, (outputs).
    LayerBias(usize),
    /// v, (item width).
    Linear,
}

/// A range of the flat vector, in row-major order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tensor {
    /// What it is for.
    pub role: Role,
    /// Its name in files, such as `embedding.item.genre`.
    pub name: String,
    /// Its dimensions, one or two.
    pub shape: Vec<usize>,
    /// The index of its first number.
    pub offset: usize,
}

impl Tensor {
    /// The indices of its numbers.
    pub fn range(&self) -> Range<usize> {
        self.offset..self.offset + self.shape.iter().product::<usize>()
    }
}

/// A decision layer: weight (`outputs` × `inputs`), then bias (`outputs`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Width of what it reads.
    pub inputs: usize,
    /// Width of what it returns.
    pub outputs: usize,
    /// The index of its first weight.
    pub offset: usize,
}

impl Layer {
    /// The indices of its weights.
    pub fn weight(&self) -> Range<usize> {
        self.offset..self.offset + self.inputs * self.outputs
    }

    /// The indices of its biases.
    pub fn bias(&self) -> Range<usize> {
        self.weight().end..self.weight().end + self.outputs
    }
}

/// Why an [`Architecture`] makes no model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LayoutError {
    /// A table or a layer is empty.
    #[error("{0} has no rows or no width; expected at least 1 of each")]
    Empty(String),
    /// Two fields of one side share a name.
    #[error("two fields are called \"{0}\"; expected a name of its own for each")]
    Duplicate(String),
    /// There are more than [`MAX_LAYERS`] hidden layers.
    #[error("{0} hidden layers; expected at most {MAX_LAYERS}")]
    TooDeep(usize),
    /// Nothing describes an item.
    #[error("no item fields; expected at least one feature field or the item's own id")]
    NoItemFields,
    /// A field is to be added to one of another width, or to none.
    #[error("{0} adds to the field before it, which has another width, or there is none; expected equal widths")]
    AddsToNothing(String),
    /// There are item offsets and no linear path that they could move.
    #[error("a start table without a linear path that could start there, or user vectors wider than item vectors")]
    ImplicitNeedsLinear,
    /// There is nothing that predicts.
    #[error("neither hidden layers nor a linear path; expected at least one of them to decide")]
    NothingDecides,
    /// There are more than [`MAX_PARAMETERS`] parameters.
    #[error("more than {MAX_PARAMETERS} parameters; use fewer or narrower embeddings")]
    TooLarge,
}

/// A checked [`Architecture`] and the index of every parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What was laid out.
    pub architecture: Architecture,
    /// All tensors, in order.
    pub tensors: Vec<Tensor>,
    /// The decision layers, hidden ones first; empty without a network.
    pub layers: Vec<Layer>,
    /// Start of each item field's table, then of each user field's.
    pub tables: Vec<usize>,
    /// First column of each item field in the item vector, then of each user field in the user vector.
    pub columns: Vec<usize>,
    /// Numbers in an item vector.
    pub item_width: usize,
    /// Numbers in a user vector.
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
    /// Where a table is empty, two fields share a name, nothing decides, or the whole exceeds [`MAX_PARAMETERS`].
    pub fn new(architecture: Architecture) -> Result<Self, LayoutError> {
        check(&architecture)?;
        let layout = Self::unchecked(architecture);
        if layout.len <= MAX_PARAMETERS { Ok(layout) } else { Err(LayoutError::TooLarge) }
    }

    /// Lay out an architecture that was checked, whatever its size.
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

    /// Number of parameters.
    #[allow(clippy::len_without_is_empty, reason = "a layout always has parameters")]
    pub fn len(&self) -> usize {
        self.len
    }

    /// The index of the first parameter that a local update of this scope moves; it moves all from there on.
    pub fn offset(&self, scope: Scope) -> usize {
        match scope {
            Scope::Linear => self.linear,
            Scope::Last => self.last,
            Scope::Decision => self.decision,
            Scope::All => self.embeddings,
        }
    }

    /// The tensors that a local update of this scope moves.
    pub fn moved(&self, scope: Scope) -> impl Iterator<Item = &Tensor> {
        let offset = self.offset(scope);
        self.tensors.iter().filter(move |tensor| tensor.offset >= offset)
    }

    /// Item fields, then user fields: the order of [`Layout::tables`].
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.architecture.item_fields.iter().chain(&self.architecture.user_fields)
    }

    /// The start of each user field's table.
    pub fn user_tables(&self) -> &[usize] {
        &self.tables[self.architecture.item_fields.len()..]
    }

    /// The index of μ and those of all bᵢ, where the model has them.
    pub fn bias(&self) -> Option<(usize, Range<usize>)> {
        self.bias.clone()
    }

    /// Whether the user vector is added to where the linear path starts: there is no network to take it in.
    pub fn adds_user_vector(&self) -> bool {
        self.architecture.implicit.is_some() && self.layers.is_empty()
    }

    /// The index of the first item offset to the linear path, where the model has them.
    pub fn implicit_table(&self) -> Option<usize> {
        self.implicit_table
    }

    /// The same model with fewer rows: at most `rows` per field as in [`Layout::fields`], and at most `own` of the
    /// tables with a row per item.
    pub fn with_rows(&self, rows: &[usize], own: usize) -> Self {
        let mut architecture = self.architecture.clone();
        let fields = architecture.item_fields.iter_mut().chain(&mut architecture.user_fields);
        for (field, &rows) in fields.zip(rows) {
            field.rows = rows.min(field.rows);
        }
        architecture.item_bias = architecture.item_bias.map(|rows| own.min(rows));
        architecture.implicit = architecture.implicit.map(|rows| own.min(rows));
        Self::unchecked(architecture)
    }
}

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
    // Without a network the user vector is added to the first columns of where the linear path starts.
    let fits = !hidden.is_empty() || columns(user_fields).1 <= columns(item_fields).1;
    if implicit.is_some() && !(*linear && fits) {
        return Err(LayoutError::ImplicitNeedsLinear);
    }
    Ok(())
}

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

/// The first column of each field, and the width of all together.
fn columns(fields: &[Field]) -> (Vec<usize>, usize) {
    let (mut columns, mut end) = (Vec::new(), 0usize);
    for field in fields {
        end = if field.adds { end } else { end.saturating_add(field.width) };
        columns.push(end.saturating_sub(field.width));
    }
    (columns, end)
}

/// Tensors laid out so far. Sizes saturate: whoever adds them up compares the whole with [`MAX_PARAMETERS`].
#[derive(Default)]
struct Tensors {
    list: Vec<Tensor>,
    len: usize,
}

impl Tensors {
    /// Append a tensor; return where it starts.
    fn push(&mut self, role: Role, name: String, shape: &[usize]) -> usize {
        let offset = self.len;
        self.len = offset.saturating_add(shape.iter().fold(1, |size: usize, &n| size.saturating_mul(n)));
        self.list.push(Tensor { role, name, shape: shape.into(), offset });
        offset
    }
}
