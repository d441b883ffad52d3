//! Presets of networks: the published methods, and the closed forms and softmaxes that led to the default.

use super::Preset;
use anyhow::{bail, ensure};
use fewclicks_model::adapt::{Feedback, Gradient, LocalUpdate, MAX_STEPS, Softmax};
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::loss::Loss;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A complete configuration. Every key is required: a preset file shows all there is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkPreset {
    /// Short name, such as `ratings`.
    pub name: String,
    /// One line for `--help` and for the model's manifest.
    pub about: String,
    /// Embeddings and decision layers.
    pub model: ModelConfig,
    /// The local update.
    pub local: LocalConfig,
    /// How users become tasks.
    pub tasks: TaskConfig,
    /// The global update.
    pub train: TrainConfig,
}

/// Embeddings and decision layers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelConfig {
    /// Feature fields to leave out, where the data has them.
    pub drop: Vec<String>,
    /// Values that fewer training items (or users) have share the row of unknown values.
    pub min_count: usize,
    /// Width of an embedding.
    pub width: usize,
    /// Other widths, by field; `(id)` is the item's own id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub widths: BTreeMap<String, usize>,
    /// Whether the item's own id is a field.
    pub id: bool,
    /// Neighbours in the graph of users and items whose ids' embeddings make up half of an item's own (LightGCN).
    pub graph: usize,
    /// Whether the embeddings of all fields, and the id's, add up, rather than stand side by side.
    pub sum: bool,
    /// Whether all items share a field with one value: lets a linear path shift all of a user's predictions.
    pub constant: bool,
    /// Whether mean and item bias are added.
    pub bias: bool,
    /// Whether a linear path passes the network.
    pub linear: bool,
    /// Whether the linear path starts, for each user, from the items they answered, and without hidden layers from
    /// what is known of the user.
    pub start: bool,
    /// Widths of the hidden decision layers.
    pub hidden: Vec<usize>,
    /// Standard deviation of the initial embeddings.
    pub init: f32,
    /// Whether predictions are read out at the median, where the absolute error is least, rather than the mean.
    pub median: bool,
}

/// The local update.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalConfig {
    /// The local rate, or where it starts; of ridge, the logarithm of the prior precision.
    pub rate: f32,
    /// What moves on the device, and how.
    pub update: LocalUpdate,
}

/// How users become tasks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskConfig {
    /// Users with fewer ratings are left out of training.
    pub min_ratings: usize,
    /// Users with more ratings are left out of training.
    pub max_ratings: usize,
    /// The query set: the last so many of a shuffle.
    pub query: usize,
    /// Sizes of the support set to draw from; empty: everything but the query set.
    pub support: Vec<usize>,
    /// Whether every epoch shuffles anew.
    pub reshuffle: bool,
}

/// The global update.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainConfig {
    /// Number of passes over the users.
    pub epochs: usize,
    /// Users per step.
    pub batch: usize,
    /// Adam's step size.
    pub learning_rate: f32,
    /// Whether it falls to zero along a cosine.
    pub cosine: bool,
    /// Exact meta-gradients, or first-order ones.
    pub second_order: bool,
    /// Gradient steps in training.
    #[serde(default)]
    pub steps: usize,
    /// Decoupled decay of embeddings and item biases per step, times the learning rate.
    pub decay: f32,
    /// Share of the items whose id and bias are hidden in a batch.
    pub hide_items: f64,
    /// Share of the tasks in which a user field is hidden.
    pub hide_user: f64,
}

impl NetworkPreset {
    /// Return what a model of this preset learns from.
    pub fn feedback(&self) -> Feedback {
        self.local.update.feedback()
    }

    /// Load a preset as [`Preset::load`].
    ///
    /// # Errors
    /// As [`Preset::load`], and where it is no preset of a network.
    pub fn load(name_or_file: &str) -> anyhow::Result<Self> {
        match Preset::load(name_or_file)? {
            Preset::Network(preset) => Ok(preset),
            Preset::Halves(_) => {
                bail!("preset {name_or_file}: expected one of a network, such as ratings, picks or melu")
            }
        }
    }

    /// Whether the numbers make a training.
    ///
    /// # Errors
    /// Names the key, its value and what was expected.
    pub fn check(&self) -> anyhow::Result<()> {
        let Self { model, local, tasks, train, .. } = self;
        let share = |key: &str, x: f64| {
            ensure!((0.0..1.0).contains(&x), "{key} = {x}: expected a share from 0 up to, not including, 1");
            Ok(())
        };
        let positive = |key: &str, x: f64| {
            ensure!(x > 0.0 && x.is_finite(), "{key} = {x}: expected a number above 0");
            Ok(())
        };
        positive("model.width", model.width as f64)?;
        positive("model.init", model.init.into())?;
        ensure!(model.init <= 10.0, "model.init = {}: expected at most 10", model.init);
        ensure!(local.rate.is_finite(), "local.rate = {}: expected a number", local.rate);
        self.check_local_update()?;
        positive("tasks.query", tasks.query as f64)?;
        positive("train.epochs", train.epochs as f64)?;
        positive("train.batch", train.batch as f64)?;
        positive("train.learning_rate", train.learning_rate.into())?;
        share("train.hide_items", train.hide_items)?;
        share("train.hide_user", train.hide_user)?;
        share("train.decay × train.learning_rate", (train.decay * train.learning_rate).into())?;
        ensure!(
            tasks.min_ratings > tasks.query || !tasks.support.is_empty(),
            "tasks.min_ratings = {}: expected more than tasks.query = {}, or nothing is left to adapt on",
            tasks.min_ratings,
            tasks.query
        );
        ensure!(model.graph == 0 || model.id, "model.graph = {}: expected model.id = true with it", model.graph);
        Ok(())
    }

    /// Whether the local update fits the model.
    fn check_local_update(&self) -> anyhow::Result<()> {
        let Self { model, local, train, .. } = self;
        let update = &local.update;
        match update {
            LocalUpdate::Gradient(Gradient { steps, kappa, .. }) | LocalUpdate::Softmax(Softmax { steps, kappa }) => {
                for (key, &steps) in [("local.update.steps", steps), ("train.steps", &train.steps)] {
                    ensure!((1..=MAX_STEPS).contains(&steps), "{key} = {steps}: expected 1 to {MAX_STEPS}");
                }
                ensure!(*kappa >= 0.0 && kappa.is_finite(), "local.update.kappa = {kappa}: expected 0 or more");
                ensure!(local.rate > 0.0, "local.rate = {}: expected a number above 0", local.rate);
            }
            LocalUpdate::Ridge => ensure!(train.steps == 0, "train.steps = {}: ridge has no steps", train.steps),
        }
        if update.feedback() == Feedback::Picks {
            ensure!(
                model.linear && model.bias && model.hidden.is_empty() && !model.constant && !model.median,
                "local.update.method = \"softmax\" needs model.linear and model.bias, and no hidden layers, constant or \
                 median"
            );
        }
        ensure!(
            !model.median || update.loss() == Some(Loss::SquaredError),
            "model.median needs local.update.loss = \"squared-error\": only that learns a mean to start from"
        );
        ensure!(
            !model.start || (model.linear && update.scope() != Scope::All),
            "model.start needs model.linear = true and a local.update.scope other than \"all\""
        );
        ensure!(
            model.linear || update.scope() != Scope::Linear,
            "a local update of the linear path needs model.linear = true: nothing else would move"
        );
        Ok(())
    }

    /// The local update as it is trained, with its own number of gradient steps.
    pub fn training_update(&self) -> LocalUpdate {
        self.local.update.with_steps(self.train.steps)
    }
}
