//! Measurements on one set of tasks.

use super::contenders::{Contender, Role};
use super::outcome::{Outcome, Point, rows};
use super::quality::{Quality, quality};
use super::recommended::{Recommended, recommended};
use super::setting::{FEW_ANSWERS, Setting};
use super::task_set::TaskSet;
use crate::measure::evaluate::{ALL, ANSWERS, Measured};
use serde::Serialize;
use std::collections::BTreeSet;

/// Numbers of answers along a curve, as far as the support sets reach.
const CURVE: [usize; 12] = [0, 1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 80];

/// Measurements on one set of tasks.
#[derive(Debug, Serialize)]
pub struct Measurement {
    /// Name of the tasks.
    pub name: String,
    /// Number of tasks.
    pub tasks: usize,
    /// Rows of `trainer evaluate --json`, followed by those of the second run.
    pub measured: Measured,
    pub gains: Vec<Gain>,
    pub curves: Vec<Curve>,
    #[serde(flatten)]
    pub quality: Quality,
    pub recommended: Vec<Recommended>,
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

impl Measurement {
    /// Measure all contenders on `set`; `popularity` is that of each item of the catalogue.
    pub fn of(setting: &Setting, set: &TaskSet, popularity: &[u32]) -> Self {
        let reach = set.reach();
        let along: BTreeSet<usize> = CURVE.into_iter().filter(|&answers| answers <= reach).collect();
        let answers: BTreeSet<usize> = along.iter().copied().chain(ANSWERS).collect();
        let outcome = setting.measure(set, &answers.into_iter().collect::<Vec<_>>());
        let best = best_baseline(setting, &outcome, FEW_ANSWERS).map(|point| point.contender);
        Self {
            name: set.name.clone(),
            tasks: set.tasks.len(),
            measured: rows(&outcome.measured, |answers| ANSWERS.contains(&answers.unwrap_or(ALL))),
            gains: ANSWERS.iter().flat_map(|&answers| gains(setting, &outcome, answers)).collect(),
            curves: curves(setting.contenders, &outcome, &along),
            quality: quality(setting, set),
            recommended: recommended(setting, set, best, popularity),
        }
    }
}

fn best_baseline<'a>(setting: &Setting, outcome: &'a Outcome, answers: usize) -> Option<&'a Point> {
    let baseline = |point: &&Point| setting.contenders[point.contender].role == Role::Baseline;
    let points = outcome.points.iter().filter(|point| point.answers == answers).filter(baseline);
    points.max_by(|a, b| setting.gain(0.0, a.mean).total_cmp(&setting.gain(0.0, b.mean)))
}

fn gains(setting: &Setting, outcome: &Outcome, answers: usize) -> Vec<Gain> {
    let Some(best) = best_baseline(setting, outcome, answers) else { return Vec::new() };
    let models = outcome.points.iter().filter(|point| point.answers == answers);
    let models = models.filter(|point| setting.contenders[point.contender].role != Role::Baseline);
    let gain = |point: &Point| {
        let pairs = best.by_task.iter().zip(&point.by_task);
        let (gain, standard_error) = mean_and_error(&pairs.map(|(b, m)| setting.gain(*b, *m)).collect::<Vec<_>>());
        Gain {
            contender: setting.contenders[point.contender].name.clone(),
            answers: (answers != ALL).then_some(answers),
            baseline: setting.contenders[best.contender].name.clone(),
            gain,
            standard_error,
        }
    };
    models.map(gain).collect()
}

/// Compute the mean and its standard error.
fn mean_and_error(values: &[f64]) -> (f64, Option<f64>) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
    (mean, (values.len() > 1).then(|| (squares / (count - 1.0) / count).sqrt()))
}

/// Return a curve per contender, and one of the model before any answer, as if it did not adapt.
fn curves(contenders: &[Contender], outcome: &Outcome, along: &BTreeSet<usize>) -> Vec<Curve> {
    let of = |(place, contender): (usize, &Contender)| {
        let points = outcome.points.iter().filter(|point| point.contender == place && along.contains(&point.answers));
        Curve {
            contender: contender.name.clone(),
            role: contender.role,
            unadapted: false,
            points: points.map(|point| (point.answers, point.mean)).collect(),
        }
    };
    let mut curves: Vec<Curve> = contenders.iter().enumerate().map(of).collect();
    if let Some(model) = curves.iter().rfind(|curve| curve.role == Role::Model) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_error_is_that_of_a_mean() {
        assert_eq!(mean_and_error(&[1.0, 3.0]), (2.0, Some(1.0)));
        assert_eq!(mean_and_error(&[1.0]), (1.0, None));
    }
}
