//! The description of the default model in the manifest, and its checks.

use super::MAX_NUMBER;
use crate::adapt::MAX_STEPS;
use crate::compact::decimal::Decimal;
use crate::compact::node::Node;
use crate::halves::{Choice, Halves, LEVELS, Stars};
use serde::Serialize;

/// The maximum number of columns of a table, and of rows by number of answers.
const MAX_SIZE: usize = 4096;
/// The maximum number of factors of the stars half, and of what decides on questions. Local updates invert matrices of that size.
const MAX_FACTORS: usize = 256;
/// The minimum of numbers that others are divided by.
const MIN_DIVISOR: f32 = 1e-6;

/// The description of the default model. A field of type `bool` says whether the weights have the tensors of that name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HalvesEntry {
    /// The choice half.
    pub choice: ChoiceEntry,
    /// The stars half; `None` where the site has picks only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stars: Option<StarsEntry>,
    /// What decides on questions; `None` where they are asked in the order of the catalogue's candidates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asking: Option<AskingEntry>,
}

/// The description of an [`crate::halves::Asking`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AskingEntry {
    /// The number of factors of what people know, and of what they like.
    pub factors: usize,
}

/// The description of a [`Choice`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoiceEntry {
    /// The number of columns of V.
    pub width: usize,
    /// The number of rows of the table by number of answers.
    pub counts: usize,
    /// Whether there are tables of user fields.
    pub user_fields: bool,
    /// The number of gradient steps.
    pub steps: usize,
    /// κ.
    pub kappa: f32,
    /// w, by level.
    pub weights: [f32; LEVELS],
    /// The weight of neighbours; 0 without neighbours.
    pub neighbour_weight: f32,
}

/// The description of a [`Stars`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StarsEntry {
    /// β, the weight of expected stars in a list.
    pub weight: f32,
    /// The number of factors.
    pub factors: usize,
    /// μ.
    pub mean: f32,
    /// σ².
    pub noise: f32,
    /// κ of the context.
    pub context_shrinkage: f32,
    /// Whether there are tables of user fields.
    pub user_fields: bool,
    /// The weight of neighbours; 0 without neighbours.
    pub neighbour_weight: f32,
}

impl HalvesEntry {
    /// Describe a model.
    pub(in crate::bundle) fn of(model: &Halves) -> Self {
        let Choice { vectors, kappa, weights, .. } = &model.choice;
        let stars = |stars: &Stars| StarsEntry {
            weight: model.stars_weight,
            factors: stars.vectors.width(),
            mean: stars.mean,
            noise: stars.noise,
            context_shrinkage: stars.context_shrinkage,
            user_fields: !stars.user_fields.is_empty(),
            neighbour_weight: stars.neighbour_weight,
        };
        Self {
            choice: ChoiceEntry {
                width: vectors.width(),
                counts: model.choice.count.len(),
                user_fields: !model.choice.user_fields.is_empty(),
                steps: model.choice.rates.len() / vectors.width(),
                kappa: *kappa,
                weights: *weights,
                neighbour_weight: model.choice.neighbour_weight,
            },
            stars: model.stars.as_ref().map(stars),
            asking: model.asking.as_ref().map(|asking| AskingEntry { factors: asking.liked_strength.len() }),
        }
    }

    /// Read and check the description; errors are recorded at `node`.
    pub(in crate::bundle) fn read(node: &Node<'_>) -> Self {
        node.expect_only(&["kind", "choice", "stars", "asking"]);
        Self {
            choice: read_choice(&node.field("choice")),
            stars: node.optional("stars").map(|stars| read_stars(&stars)),
            asking: node.optional("asking").map(|asking| read_asking(&asking)),
        }
    }
}

fn read_choice(node: &Node<'_>) -> ChoiceEntry {
    node.expect_only(&["width", "counts", "user_fields", "steps", "kappa", "weights", "neighbour_weight"]);
    let weights = node.field("weights");
    ChoiceEntry {
        width: size(&node.field("width"), 1, MAX_SIZE),
        counts: size(&node.field("counts"), 1, MAX_SIZE),
        user_fields: node.field("user_fields").bool(),
        steps: size(&node.field("steps"), 0, MAX_STEPS),
        kappa: number(&node.field("kappa"), 0.0),
        weights: weights.list(any_number).try_into().unwrap_or_else(|_| weights.expected("six numbers")),
        neighbour_weight: any_number(&node.field("neighbour_weight")),
    }
}

fn read_stars(node: &Node<'_>) -> StarsEntry {
    node.expect_only(&["weight", "factors", "mean", "noise", "context_shrinkage", "user_fields", "neighbour_weight"]);
    StarsEntry {
        weight: number(&node.field("weight"), 0.0),
        factors: size(&node.field("factors"), 1, MAX_FACTORS),
        mean: any_number(&node.field("mean")),
        noise: number(&node.field("noise"), MIN_DIVISOR),
        context_shrinkage: number(&node.field("context_shrinkage"), MIN_DIVISOR),
        user_fields: node.field("user_fields").bool(),
        neighbour_weight: any_number(&node.field("neighbour_weight")),
    }
}

fn read_asking(node: &Node<'_>) -> AskingEntry {
    node.expect_only(&["factors"]);
    AskingEntry { factors: size(&node.field("factors"), 1, MAX_FACTORS) }
}

/// Read a size from `min` to `max`.
fn size(node: &Node<'_>, min: usize, max: usize) -> usize {
    let size = node.usize();
    if !(min..=max).contains(&size) {
        node.expected::<()>(&format!("a number from {min} to {max}"));
    }
    size
}

/// Read a number from `min` to [`MAX_NUMBER`].
fn number(node: &Node<'_>, min: f32) -> f32 {
    let number = node.number() as f32;
    if !(min..=MAX_NUMBER).contains(&number) {
        let (min, max) = (Decimal::from(min), Decimal::from(MAX_NUMBER));
        node.expected::<()>(&format!("a number from {min} to {max}"));
    }
    number
}

fn any_number(node: &Node<'_>) -> f32 {
    number(node, -MAX_NUMBER)
}
