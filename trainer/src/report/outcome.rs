//! Metrics of all contenders by number of answers: over all tasks as in `trainer evaluate`, and task by task.

use super::contenders::Contender;
use super::setting::Setting;
use super::task_set::TaskSet;
use crate::data::Feedback;
use crate::data::tasks_file::TaskRows;
use crate::measure::evaluate::{ALL, Measured, Row};
use crate::metrics::{Metrics, PickMetrics};
use rayon::prelude::*;

/// The main metric of a contender after a number of answers: MAE, or for picks nDCG@10.
pub struct Point {
    /// Index of the contender.
    pub contender: usize,
    pub answers: usize,
    pub mean: f64,
    /// Metric of each task with a query set.
    pub by_task: Vec<f64>,
}

/// Metrics of all contenders on one set of tasks; rows and points are in the same order.
pub struct Outcome {
    pub measured: Measured,
    pub points: Vec<Point>,
}

impl Setting<'_> {
    /// Measure all contenders on `set` after each number of `answers`.
    pub fn measure(&self, set: &TaskSet, answers: &[usize]) -> Outcome {
        match self.feedback {
            Feedback::Ratings => {
                let (min, max) = self.scale;
                let metrics =
                    |predicted: &[Vec<f32>], tasks: &[TaskRows]| Metrics::of_tasks(predicted, tasks, min, max);
                let (rows, points) = self.judge(set, answers, Contender::ratings, metrics, |metrics| metrics.mae);
                Outcome { measured: Measured::Ratings(rows), points }
            }
            Feedback::Picks => {
                let list = |c: &Contender, task: &TaskRows, given: &[(u32, f32)]| c.list(task, given, self.items);
                let (rows, points) = self.judge(set, answers, list, PickMetrics::of_tasks, |metrics| metrics.ndcg10);
                Outcome { measured: Measured::Picks(rows), points }
            }
        }
    }

    fn judge<P: Send, M>(
        &self,
        set: &TaskSet,
        answers: &[usize],
        predict: impl Fn(&Contender, &TaskRows, &[(u32, f32)]) -> P + Sync,
        metrics: impl Fn(&[P], &[TaskRows]) -> M,
        main: impl Fn(&M) -> f64,
    ) -> (Vec<Row<M>>, Vec<Point>) {
        let one = |(place, contender): (usize, &Contender), answers: usize| {
            let tasks = set.of(contender);
            let predicted: Vec<P> =
                tasks.par_iter().map(|task| predict(contender, task, task.given(answers))).collect();
            let all = metrics(&predicted, tasks);
            let judged = (0..tasks.len()).filter(|&i| !tasks[i].query.is_empty());
            let by_task = judged.map(|i| main(&metrics(&predicted[i..=i], &tasks[i..=i]))).collect();
            let point = Point { contender: place, answers, mean: main(&all), by_task };
            let answers = (answers != ALL).then_some(answers);
            (Row { contender: contender.name.clone(), answers, metrics: all }, point)
        };
        let contenders = self.contenders.iter().enumerate();
        contenders.flat_map(|contender| answers.iter().map(move |&n| (contender, n))).map(|(c, n)| one(c, n)).unzip()
    }
}

/// Return the rows whose number of answers satisfies `keep`.
pub fn rows(measured: &Measured, keep: impl Fn(Option<usize>) -> bool) -> Measured {
    match measured {
        Measured::Ratings(rows) => Measured::Ratings(rows.iter().filter(|row| keep(row.answers)).cloned().collect()),
        Measured::Picks(rows) => Measured::Picks(rows.iter().filter(|row| keep(row.answers)).cloned().collect()),
    }
}
