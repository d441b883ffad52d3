//! Contenders: the baselines, the model, and optionally the model of a second run.

use crate::baselines::{PickBaseline, Picks, RatingBaseline, Ratings, only_items, pick_baselines, rating_baselines};
use crate::data::Feedback;
use crate::data::tasks_file::TaskRows;
use crate::encode::Encoded;
use crate::predict::{best, predict_task, rank_task};
use fewclicks_model::model::Model;
use fewclicks_model::network::task::Items;
use serde::Serialize;

/// The role of a contender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A method without meta-learning, fitted to the same training data.
    Baseline,
    /// The run that is reported on.
    Model,
    /// A second run.
    Beside,
}

/// A model or baseline that predicts.
pub struct Contender {
    pub name: String,
    pub role: Role,
    method: Method,
}

enum Method {
    Model(Box<Model>, Items),
    Ratings(Box<dyn RatingBaseline>),
    Picks(Box<dyn PickBaseline>),
}

impl Contender {
    /// Fit all baselines for `feedback`, simplest first.
    pub fn baselines(encoded: &Encoded, feedback: Feedback) -> Vec<Self> {
        let items = encoded.popularity.len();
        let baseline = |name: &str, method| Self { name: name.into(), role: Role::Baseline, method };
        match feedback {
            Feedback::Ratings => {
                let baselines = rating_baselines(Ratings { users: &encoded.ratings, items }).into_iter();
                baselines.map(|b| baseline(b.name(), Method::Ratings(b))).collect()
            }
            Feedback::Picks => {
                let users: Vec<Vec<u32>> = encoded.ratings.iter().map(|picks| only_items(picks)).collect();
                let baselines = pick_baselines(Picks { users: &users, items }).into_iter();
                baselines.map(|b| baseline(b.name(), Method::Picks(b))).collect()
            }
        }
    }

    /// Return a model called `name`; if it has a read-out, preceded by the same model read out at the mean.
    ///
    /// # Errors
    /// Return an error if the catalogue makes the model too large.
    pub fn models(name: &str, role: Role, model: &Model, encoded: &Encoded) -> anyhow::Result<Vec<Self>> {
        let (model, items) = model.fold(&encoded.items)?;
        let mean = model.readout.is_some().then(|| Self {
            name: format!("{name}, read out at the mean"),
            role,
            method: Method::Model(Box::new(Model { readout: None, ..model.clone() }), items.clone()),
        });
        let itself = Self { name: name.into(), role, method: Method::Model(Box::new(model), items) };
        Ok(mean.into_iter().chain([itself]).collect())
    }

    /// Predict the ratings of the task's query items after the `given` ones; a baseline for picks returns scores.
    pub fn ratings(&self, task: &TaskRows, given: &[(u32, f32)]) -> Vec<f32> {
        let query = task.query_items();
        match &self.method {
            Method::Model(model, items) => predict_task(model, items, task, given),
            Method::Ratings(baseline) => baseline.predict(given, &query),
            Method::Picks(baseline) => {
                let scores = baseline.scores(&only_items(given));
                query.iter().map(|&item| scores[item as usize]).collect()
            }
        }
    }

    /// Return the 100 items to recommend after the `given` ratings, best first, without any of the task's support set;
    /// `items` is the size of the catalogue.
    pub fn list(&self, task: &TaskRows, given: &[(u32, f32)], items: usize) -> Vec<u32> {
        match &self.method {
            Method::Model(model, items) => rank_task(model, items, task, given),
            Method::Ratings(baseline) => {
                best(&baseline.predict(given, &(0..items as u32).collect::<Vec<_>>()), &task.support)
            }
            Method::Picks(baseline) => best(&baseline.scores(&only_items(given)), &task.support),
        }
    }
}
