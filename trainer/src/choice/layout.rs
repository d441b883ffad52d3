//! The parameters of the choice half in one flat vector.

use super::data::ChoiceData;
use crate::rng::{Purpose, stream};
use fewclicks_model::halves::LEVELS;
use rand::RngExt;
use std::ops::Range;

/// The standard deviation of item vectors at the start.
const SPREAD: f32 = 0.02;

/// The step size of the local update at the start, and its κ.
const RATE: f32 = 1.7;
const KAPPA: f32 = 11.0;

/// The gates by level at the start: likes attract, dislikes repel.
const GATES: [f32; LEVELS] = [0.0, -1.5, -1.2, -0.6, 0.5, 1.0];

/// w by level at the start.
const WEIGHTS: [f32; LEVELS] = [0.0, 0.0, 0.0, 0.2, 0.8, 1.0];

/// The number of local gradient steps.
pub const STEPS: usize = 2;

/// The maximum number of answers of a task, whose count has its own row.
pub const MAX_ANSWERS: usize = 20;

/// A table with rows for items: a row each, and rows of fields. Rows of an item add up; of a field with several values, their
/// mean counts.
#[derive(Clone, Debug)]
pub struct ItemTable {
    /// The number of columns.
    pub width: usize,
    /// The rows of items, (1 + items × width); row 0 is for new items.
    pub own: Range<usize>,
    /// The rows of each field, (rows × width).
    pub fields: Vec<Range<usize>>,
}

/// Where the parameters lie.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The width of an item's vector.
    pub width: usize,
    /// The item vectors.
    pub vectors: ItemTable,
    /// The rows of each user field, (rows × width).
    pub users: Vec<Range<usize>>,
    /// The end of the parameters with decay, which come first.
    pub decaying: usize,
    /// The biases of items, a table of width 1.
    pub bias: ItemTable,
    /// The gates of the item vectors that answers are read by, (levels × width).
    pub gates: Range<usize>,
    /// What an answer means of itself, (levels × width).
    pub answer: Range<usize>,
    /// What the number of answers means, (counts × width).
    pub count: Range<usize>,
    /// u before the first step, (width).
    pub start: Range<usize>,
    /// α / √width, (steps × width).
    pub rates: Range<usize>,
    /// w, (levels).
    pub weights: Range<usize>,
    /// κ before the softplus.
    pub kappa: usize,
    /// The number of parameters.
    pub len: usize,
}

/// Hands out ranges one after the other.
struct Allocator(usize);

impl Allocator {
    fn take(&mut self, len: usize) -> Range<usize> {
        self.0 += len;
        self.0 - len..self.0
    }

    fn fields(&mut self, tables: &[usize], width: usize) -> Vec<Range<usize>> {
        tables.iter().map(|&rows| self.take(rows * width)).collect()
    }
}

impl Layout {
    /// Lay out the parameters of vectors with `width` columns for `items` items; `item_tables` and `user_tables` are the numbers of
    /// rows of their fields.
    pub fn new(width: usize, items: usize, item_tables: &[usize], user_tables: &[usize]) -> Self {
        let rows = 1 + items;
        let mut next = Allocator(0);
        let own = next.take(rows * width);
        let vectors = ItemTable { width, own, fields: next.fields(item_tables, width) };
        let users = next.fields(user_tables, width);
        let bias_fields = next.fields(item_tables, 1);
        let decaying = next.0;
        let bias = ItemTable { width: 1, own: next.take(rows), fields: bias_fields };
        Self {
            width,
            vectors,
            users,
            decaying,
            bias,
            gates: next.take(LEVELS * width),
            answer: next.take(LEVELS * width),
            count: next.take((1 + MAX_ANSWERS) * width),
            start: next.take(width),
            rates: next.take(STEPS * width),
            weights: next.take(LEVELS),
            kappa: next.take(1).start,
            len: next.0,
        }
    }

    /// Return the parameters before the first step: vectors of items with answers spread around zero, biases at the logarithm of
    /// popularity.
    pub fn initial(&self, data: &ChoiceData, seed: u64) -> Vec<f32> {
        let mut theta = vec![0.0; self.len];
        let mut rng = stream(seed, Purpose::Parameters, 0, 0);
        // A uniform number from −s√3 to s√3 has the standard deviation s.
        let spread = SPREAD * 3f32.sqrt();
        theta[self.vectors.own.clone()].fill_with(|| rng.random_range(-spread..=spread));
        theta[self.vectors.own.clone()][..self.width].fill(0.0);
        let own = theta[self.vectors.own.clone()].chunks_exact_mut(self.width).skip(1);
        own.zip(data.counts()).filter(|(_, count)| *count == 0).for_each(|(row, _)| row.fill(0.0));
        let likes = data.likes();
        let most = likes.iter().copied().max().unwrap_or(0);
        let bias = |likes: u32| ((likes + 1) as f32 / (most + 1) as f32).ln();
        let rows = theta[self.bias.own.clone()].iter_mut();
        rows.zip([0].iter().chain(&likes)).for_each(|(row, &likes)| *row = bias(likes));
        for (gates, value) in theta[self.gates.clone()].chunks_exact_mut(self.width).zip(GATES) {
            gates.fill(value);
        }
        theta[self.rates.clone()].fill(RATE / (self.width as f32).sqrt());
        theta[self.weights.clone()].copy_from_slice(&WEIGHTS);
        theta[self.kappa] = KAPPA;
        theta
    }
}
