//! The description of the default model in the manifest, and its checks.

use super::MAX_NUMBER;
use crate::adapt::MAX_STEPS;
use crate::bundle::error::BundleError;
use crate::bundle::shared::{check_readout, range, readout};
use crate::compact::decimal::Decimal;
use crate::compact::node::Node;
use crate::halves::{Choice, Halves, LEVELS, Stars};
use crate::model::readout::Readout;
use serde::Serialize;

/// The maximum number of columns of a table, of encoders and of rows by number of answers.
const MAX_SIZE: usize = 4096;
/// The maximum number of factors of the stars half. A local update factors a matrix of that size.
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
}

/// The description of a [`Choice`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoiceEntry {
    /// The number of columns of V.
    pub width: usize,
    /// The number of encoders.
    pub encoders: usize,
    /// Whether V itself has gates.
    pub own_gates: bool,
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
    /// The weights of neighbours, by number of answers; empty without neighbours.
    pub neighbour_weights: Vec<f32>,
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
    /// The function from the expected stars to the stars to show; `None` for the identity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readout: Option<Readout>,
}

impl HalvesEntry {
    /// Describe a model.
    pub(in crate::bundle) fn of(model: &Halves) -> Self {
        let Choice { vectors, encoders, kappa, weights, .. } = &model.choice;
        let stars = |stars: &Stars| StarsEntry {
            weight: model.stars_weight,
            factors: stars.vectors.width(),
            mean: stars.mean,
            noise: stars.noise,
            context_shrinkage: stars.context_shrinkage,
            user_fields: !stars.user_fields.is_empty(),
            neighbour_weight: stars.neighbour_weight,
            readout: stars.readout.clone(),
        };
        Self {
            choice: ChoiceEntry {
                width: vectors.width(),
                encoders: encoders.len(),
                own_gates: !model.choice.own_gates.is_empty(),
                counts: model.choice.count.len(),
                user_fields: !model.choice.user_fields.is_empty(),
                steps: model.choice.rates.len() / vectors.width(),
                kappa: *kappa,
                weights: *weights,
                neighbour_weights: model.choice.neighbour_weights.clone(),
            },
            stars: model.stars.as_ref().map(stars),
        }
    }

    /// Read the description; errors are recorded at `node`.
    pub(in crate::bundle) fn read(node: &Node<'_>) -> Self {
        node.expect_only(&["kind", "choice", "stars"]);
        Self {
            choice: read_choice(&node.field("choice")),
            stars: node.optional("stars").map(|stars| read_stars(&stars)),
        }
    }

    /// Check the values of all fields.
    pub(in crate::bundle) fn check(&self) -> Result<(), BundleError> {
        let ChoiceEntry { width, encoders, counts, steps, kappa, weights, neighbour_weights, .. } = &self.choice;
        check_size("model.choice.width", *width, 1, MAX_SIZE)?;
        check_size("model.choice.encoders", *encoders, 0, MAX_SIZE)?;
        check_size("model.choice.counts", *counts, 1, MAX_SIZE)?;
        check_size("model.choice.steps", *steps, 0, MAX_STEPS)?;
        check_number("model.choice.kappa", *kappa, 0.0)?;
        for (name, numbers) in [("weights", &weights[..]), ("neighbour_weights", neighbour_weights)] {
            for (i, &number) in numbers.iter().enumerate() {
                check_number(&format!("model.choice.{name}[{i}]"), number, -MAX_NUMBER)?;
            }
        }
        let Some(stars) = &self.stars else { return Ok(()) };
        check_size("model.stars.factors", stars.factors, 1, MAX_FACTORS)?;
        check_number("model.stars.weight", stars.weight, 0.0)?;
        check_number("model.stars.mean", stars.mean, -MAX_NUMBER)?;
        check_number("model.stars.noise", stars.noise, MIN_DIVISOR)?;
        check_number("model.stars.context_shrinkage", stars.context_shrinkage, MIN_DIVISOR)?;
        check_number("model.stars.neighbour_weight", stars.neighbour_weight, -MAX_NUMBER)?;
        check_readout("model.stars.readout", stars.readout.as_ref())
    }
}

fn read_choice(node: &Node<'_>) -> ChoiceEntry {
    node.expect_only(&[
        "width",
        "encoders",
        "own_gates",
        "counts",
        "user_fields",
        "steps",
        "kappa",
        "weights",
        "neighbour_weights",
    ]);
    let weights = node.field("weights");
    let numbers = weights.list(|weight| weight.number() as f32);
    ChoiceEntry {
        width: node.field("width").usize(),
        encoders: node.field("encoders").usize(),
        own_gates: node.field("own_gates").bool(),
        counts: node.field("counts").usize(),
        user_fields: node.field("user_fields").bool(),
        steps: node.field("steps").usize(),
        kappa: node.field("kappa").number() as f32,
        weights: numbers.try_into().unwrap_or_else(|_| weights.expected("six numbers")),
        neighbour_weights: node.field("neighbour_weights").list(|weight| weight.number() as f32),
    }
}

fn read_stars(node: &Node<'_>) -> StarsEntry {
    node.expect_only(&[
        "weight",
        "factors",
        "mean",
        "noise",
        "context_shrinkage",
        "user_fields",
        "neighbour_weight",
        "readout",
    ]);
    let number = |name| node.field(name).number() as f32;
    StarsEntry {
        weight: number("weight"),
        factors: node.field("factors").usize(),
        mean: number("mean"),
        noise: number("noise"),
        context_shrinkage: number("context_shrinkage"),
        user_fields: node.field("user_fields").bool(),
        neighbour_weight: number("neighbour_weight"),
        readout: node.optional("readout").map(|knots| readout(&knots)),
    }
}

/// Check that a size at `field` is from `min` to `max`.
fn check_size(field: &str, size: usize, min: usize, max: usize) -> Result<(), BundleError> {
    let expected = || format!("a number from {min} to {max}");
    if (min..=max).contains(&size) { Ok(()) } else { range(field, &size.to_string(), &expected()) }
}

/// Check that a number at `field` is from `min` to [`MAX_NUMBER`].
fn check_number(field: &str, number: f32, min: f32) -> Result<(), BundleError> {
    let [found, least, most] = [number, min, MAX_NUMBER].map(Decimal::from);
    let expected = || format!("a number from {least} to {most}");
    if (min..=MAX_NUMBER).contains(&number) { Ok(()) } else { range(field, &found.to_string(), &expected()) }
}
