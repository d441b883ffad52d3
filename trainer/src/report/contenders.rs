//! Who is compared: the baselines, the model, and a second run's model beside it.

use crate::baselines::{PickBaseline, Picks, RatingBaseline, Ratings, only_items, pick_baselines, rating_baselines};
use crate::data::Feedback;
use crate::data::tasks_file::TaskRows;
use crate::encode::Encoded;
use crate::predict::{best, predict_task, rank_task};
use fewclicks_model::model::Model;
use fewclicks_model::network::task::Items;
use serde::Serialize;

/// What a contender is to the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A method without meta-learning, learned from the same training data.
    Baseline,
    /// The run that is reported on.
    Model,
    /// A second run.
    Beside,
}

/// Someone who predicts.
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
    /// All baselines for the kind of model that `encoded` is for, simplest first.
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

    /// A model called `name`; one that is read out at the median once more before, as it is at the mean.
    ///
    /// # Errors
    /// Where the catalogue makes the model too large.
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

    /// The predicted ratings of the task's query items after the `given` ones; of a baseline for picks scores.
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

    /// The 100 items to recommend after the `given` ratings, best first, without any of the task's support set; `items`
    /// is the size of the catalogue.
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
