//! Rows of figures: every metric with its interval and its paired difference.

use super::contender::Role;
use super::estimate::{Estimate, Verdict};
use super::metric::Metric;
use super::outcome::{ALL, Outcome, Setting};
use serde::Serialize;
use std::collections::BTreeMap;

/// Metrics of a contender after a number of answers.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Name of the contender.
    pub contender: String,
    /// Whether the fields of the users were given; otherwise they are anonymous.
    pub fields: bool,
    /// Number of answers; `None` for all.
    pub answers: Option<usize>,
    /// Number of tasks with a query set.
    pub tasks: usize,
    /// Metrics by name.
    #[serde(flatten)]
    pub values: BTreeMap<&'static str, f64>,
    /// Their 95 % intervals over tasks.
    pub intervals: BTreeMap<&'static str, [f64; 2]>,
    /// Of a model the difference to the best baseline of each metric, of a baseline to the model.
    pub against: BTreeMap<&'static str, Against>,
}

/// A difference to another contender on the same tasks.
#[derive(Clone, Debug, Serialize)]
pub struct Against {
    /// Name of the other contender.
    pub contender: String,
    /// The metric less that of the other contender.
    pub difference: f64,
    /// Standard error of the difference over tasks; `None` for a single task.
    pub standard_error: Option<f64>,
    /// What the difference is worth.
    pub verdict: Verdict,
}

impl Setting<'_> {
    /// Return a row for each of `outcomes`.
    pub fn rows(&self, outcomes: &[Outcome]) -> Vec<Row> {
        outcomes.iter().map(|outcome| self.row(outcome, outcomes)).collect()
    }

    fn row(&self, outcome: &Outcome, outcomes: &[Outcome]) -> Row {
        let estimates = || outcome.by_task.iter().map(|(metric, by_task)| (metric.name(), Estimate::of(by_task)));
        let against = |(&metric, _): (&Metric, &Vec<f64>)| {
            let other = match self.contenders[outcome.contender].role {
                Role::Baseline => self.model(outcomes, outcome),
                Role::Model | Role::Beside => self.best_baseline(outcomes, outcome, metric),
            };
            Some((metric.name(), self.against(outcome, other?, metric)?))
        };
        Row {
            contender: self.contenders[outcome.contender].name.clone(),
            fields: outcome.fields,
            answers: (outcome.answers != ALL).then_some(outcome.answers),
            tasks: outcome.by_task.values().map(Vec::len).max().unwrap_or_default(),
            values: estimates().map(|(name, estimate)| (name, estimate.mean)).collect(),
            intervals: estimates().filter_map(|(name, estimate)| Some((name, estimate.interval()?))).collect(),
            against: outcome.by_task.iter().filter_map(against).collect(),
        }
    }

    /// Return the model's outcome under the same conditions as `outcome`.
    fn model<'o>(&self, outcomes: &'o [Outcome], outcome: &Outcome) -> Option<&'o Outcome> {
        let same = |o: &&Outcome| o.answers == outcome.answers && o.fields == outcome.fields;
        outcomes.iter().filter(same).find(|o| self.contenders[o.contender].role == Role::Model)
    }

    /// Return the best baseline by `metric` under the same conditions as `outcome`; baselines without use for fields are
    /// the same with them.
    pub fn best_baseline<'o>(&self, outcomes: &'o [Outcome], outcome: &Outcome, metric: Metric) -> Option<&'o Outcome> {
        let is_baseline = |o: &&Outcome| self.contenders[o.contender].role == Role::Baseline;
        let same = |o: &&Outcome| o.answers == outcome.answers && (!o.fields || outcome.fields);
        let mean = |o: &Outcome| metric.gain(0.0, Estimate::of(&o.by_task[&metric]).mean);
        let measured = outcomes.iter().filter(is_baseline).filter(same).filter(|o| o.by_task.contains_key(&metric));
        // The simplest of equal ones.
        measured.rev().max_by(|a, b| mean(a).total_cmp(&mean(b)))
    }

    fn against(&self, outcome: &Outcome, other: &Outcome, metric: Metric) -> Option<Against> {
        let (one, theirs) = (outcome.by_task.get(&metric)?, other.by_task.get(&metric)?);
        let Estimate { mean, standard_error } = Estimate::of_difference(one, theirs);
        let gain = Estimate { mean: metric.gain(0.0, mean), standard_error };
        Some(Against {
            contender: self.contenders[other.contender].name.clone(),
            difference: mean,
            standard_error,
            verdict: gain.verdict(),
        })
    }
}
