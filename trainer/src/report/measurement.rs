//! Measurements on one set of tasks.

use super::fairness::{Group, fairness};
use super::quality::{Quality, quality};
use super::recommended::{Recommended, recommended};
use super::task_set::TaskSet;
use crate::data::Feedback;
use crate::measure::contender::Role;
use crate::measure::estimate::{Estimate, Verdict};
use crate::measure::evaluate::ANSWERS;
use crate::measure::metric::Metric;
use crate::measure::outcome::{ALL, Outcome, Setting};
use crate::measure::rows::Row;
use crate::train::Loaded;
use serde::Serialize;
use std::collections::BTreeSet;

/// Number of answers that the report's sentences refer to.
pub const FEW_ANSWERS: usize = 5;

/// Numbers of answers along a curve, as far as the support sets reach.
const CURVE: [usize; 12] = [0, 1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 80];

/// Measurements on one set of tasks. Visitors are anonymous unless it is said that their fields are given.
#[derive(Debug, Serialize)]
pub struct Measurement {
    /// Name of the tasks.
    pub name: String,
    /// Number of tasks.
    pub tasks: usize,
    /// Rows of `trainer evaluate --json`, followed by those of the second run.
    pub measured: Vec<Row>,
    pub gains: Vec<Gain>,
    pub curves: Vec<Curve>,
    #[serde(flatten)]
    pub quality: Quality,
    pub recommended: Vec<Recommended>,
    /// Errors of groups of ratings; empty for picks.
    pub groups: Vec<Group>,
}

/// Gain of a model over the best baseline at a number of answers, by the main metric.
#[derive(Debug, Serialize)]
pub struct Gain {
    pub contender: String,
    /// Number of answers; `None` for all.
    pub answers: Option<usize>,
    pub baseline: String,
    /// Mean gain over tasks; below 0 if the baseline is better.
    pub gain: f64,
    /// Standard error of the mean gain on the same tasks; `None` for a single task.
    pub standard_error: Option<f64>,
    /// What the gain is worth.
    pub verdict: Verdict,
}

/// The main metric by the number of answers.
#[derive(Debug, Serialize)]
pub struct Curve {
    pub contender: String,
    pub role: Role,
    /// Whether it is the model before any answer.
    pub unadapted: bool,
    /// Numbers of answers, with MAE or nDCG@10.
    pub points: Vec<(usize, f64)>,
}

/// Return the metric that headlines and curves show.
pub fn main_metric(feedback: Feedback) -> Metric {
    match feedback {
        Feedback::Ratings => Metric::Mae,
        Feedback::Picks => Metric::PickNdcg10,
    }
}

impl Measurement {
    /// Measure all contenders on `set`; `loaded` is the data of the reported run.
    pub fn of(setting: &Setting, set: &TaskSet, loaded: &Loaded) -> Self {
        let reach = set.reach();
        let along: BTreeSet<usize> = CURVE.into_iter().filter(|&answers| answers <= reach).collect();
        let answers: BTreeSet<usize> = along.iter().copied().chain(ANSWERS).collect();
        let outcomes = setting.outcomes(|contender| set.of(contender), &answers.into_iter().collect::<Vec<_>>());
        let mut measured = setting.rows(&outcomes);
        measured.retain(|row| ANSWERS.contains(&row.answers.unwrap_or(ALL)));
        let few = outcomes.iter().find(|outcome| outcome.answers == FEW_ANSWERS && !outcome.fields);
        let list = match setting.feedback {
            Feedback::Ratings => Metric::ListNdcg10,
            Feedback::Picks => Metric::PickNdcg10,
        };
        let best = few.and_then(|few| setting.best_baseline(&outcomes, few, list)).map(|outcome| outcome.contender);
        Self {
            name: set.name.clone(),
            tasks: set.tasks.len(),
            measured,
            gains: outcomes.iter().filter_map(|outcome| gain(setting, &outcomes, outcome)).collect(),
            curves: curves(setting, &outcomes, &along),
            quality: quality(setting, set),
            recommended: recommended(setting, set, best, &loaded.encoded.popularity),
            groups: fairness(setting, set, loaded),
        }
    }
}

/// Return the gain of a model that does not know the users' fields; `None` of other outcomes.
fn gain(setting: &Setting, outcomes: &[Outcome], outcome: &Outcome) -> Option<Gain> {
    let metric = main_metric(setting.feedback);
    let contender = &setting.contenders[outcome.contender];
    if contender.role == Role::Baseline || outcome.fields || !ANSWERS.contains(&outcome.answers) {
        return None;
    }
    let best = setting.best_baseline(outcomes, outcome, metric)?;
    let pairs = best.by_task[&metric].iter().zip(outcome.by_task.get(&metric)?);
    let estimate = Estimate::of(&pairs.map(|(b, m)| metric.gain(*b, *m)).collect::<Vec<_>>());
    Some(Gain {
        contender: contender.name.clone(),
        answers: (outcome.answers != ALL).then_some(outcome.answers),
        baseline: setting.contenders[best.contender].name.clone(),
        gain: estimate.mean,
        standard_error: estimate.standard_error,
        verdict: estimate.verdict(),
    })
}

/// Return a curve per contender that the main metric judges, and one of the model before any answer, as if it did not
/// adapt.
fn curves(setting: &Setting, outcomes: &[Outcome], along: &BTreeSet<usize>) -> Vec<Curve> {
    let metric = main_metric(setting.feedback);
    let mut curves = Vec::new();
    for (index, contender) in setting.contenders.iter().enumerate() {
        let of = outcomes.iter().filter(|o| o.contender == index && !o.fields && along.contains(&o.answers));
        let point = |o: &Outcome| Some((o.answers, Estimate::of(o.by_task.get(&metric)?).mean));
        let points: Vec<(usize, f64)> = of.filter_map(point).collect();
        if !points.is_empty() {
            curves.push(Curve { contender: contender.name.clone(), role: contender.role, unadapted: false, points });
        }
    }
    if let Some(model) = curves.iter().find(|curve| curve.role == Role::Model) {
        let start = model.points[0].1;
        curves.push(Curve {
            contender: format!("{}, not adapted", model.contender),
            role: Role::Model,
            unadapted: true,
            points: along.iter().map(|&answers| (answers, start)).collect(),
        });
    }
    curves
}
