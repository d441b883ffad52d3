//! What a contender predicts for tasks after a number of answers, judged by all metrics task by task.

use super::contender::{Contender, Role};
use super::estimate::linearised_rmse;
use super::metric::Metric;
use super::tasks::anonymous;
use crate::data::Feedback;
use crate::data::tasks_file::TaskRows;
use crate::metrics::{Opinions, PickMetrics, gains, ndcg};
use crate::predict::rank_task;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// All answers of a support set, as a number of answers.
pub const ALL: usize = usize::MAX;

/// Contenders on one data set.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The contenders.
    pub contenders: &'a [Contender],
    /// Whether ratings or picks are predicted.
    pub feedback: Feedback,
    /// Minimum and maximum rating.
    pub scale: (f32, f32),
}

/// Metrics of a contender after a number of answers.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Index of the contender.
    pub contender: usize,
    /// Whether the fields of the users were given.
    pub fields: bool,
    /// Number of answers.
    pub answers: usize,
    /// A number per task and metric, whose mean is the metric; tasks where a metric is not defined are left out.
    pub by_task: BTreeMap<Metric, Vec<f64>>,
}

impl Setting<'_> {
    /// Measure all contenders after each number of `answers`, anonymous and, where a contender uses fields of users, with
    /// them. `tasks` are those of a contender's run. A baseline that is about these fields is measured with them only.
    pub fn outcomes<'t>(&self, tasks: impl Fn(&Contender) -> &'t [TaskRows], answers: &[usize]) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for (index, contender) in self.contenders.iter().enumerate() {
            let with_fields = tasks(contender);
            for fields in [false, true] {
                let rates = contender.predictor.feedback() == Feedback::Ratings;
                if (contender.role == Role::Baseline && rates && self.feedback == Feedback::Picks)
                    || (fields && !contender.uses_fields)
                    || (!fields && contender.uses_fields && contender.role == Role::Baseline)
                {
                    continue;
                }
                let nobody = if fields { Vec::new() } else { anonymous(with_fields) };
                let tasks = if fields { with_fields } else { &nobody };
                for &answers in answers {
                    let by_task = self.judge(contender, tasks, answers);
                    outcomes.push(Outcome { contender: index, fields, answers, by_task });
                }
            }
        }
        outcomes
    }

    fn judge(&self, contender: &Contender, tasks: &[TaskRows], answers: usize) -> BTreeMap<Metric, Vec<f64>> {
        let mut all = BTreeMap::new();
        let rates = contender.predictor.feedback() == Feedback::Ratings;
        if self.feedback == Feedback::Ratings && rates {
            let one = |task: &TaskRows| self.judge_ratings(contender, task, answers);
            let each: Vec<RatingsOfTask> = tasks.par_iter().filter_map(one).collect();
            if !each.is_empty() {
                all.insert(Metric::Rmse, linearised_rmse(&each.iter().map(|task| task.squares).collect::<Vec<_>>()));
            }
            collect(&mut all, each.iter().flat_map(|task| task.means));
        }
        if contender.role != Role::Baseline || !rates {
            let one =
                |task: &TaskRows| self.judge_list(&rank_task(&*contender.predictor, task, task.given(answers)), task);
            let each: Vec<Vec<(Metric, f64)>> = tasks.par_iter().map(one).collect();
            collect(&mut all, each.into_iter().flatten());
        }
        all
    }

    fn judge_ratings(&self, contender: &Contender, task: &TaskRows, answers: usize) -> Option<RatingsOfTask> {
        let (min, max) = self.scale;
        let truth = task.query_ratings();
        if truth.is_empty() {
            return None;
        }
        let expected = contender.predictor.ratings(&task.user, task.given(answers), &task.query_items());
        let error = |(p, t): (f32, &f32)| f64::from(p.clamp(min, max)) - f64::from(*t);
        let errors: Vec<f64> = expected.iter().copied().zip(&truth).map(error).collect();
        let shown = expected.iter().map(|&rating| contender.predictor.read_out(rating));
        let count = truth.len() as f64;
        let gains = gains(&truth, min);
        let ndcg = |cut| ndcg(&gains, &expected, cut);
        Some(RatingsOfTask {
            squares: (errors.iter().map(|e| e * e).sum(), count),
            means: [
                (Metric::Mae, shown.zip(&truth).map(|pair| error(pair).abs()).sum::<f64>() / count),
                (Metric::MaeAtMean, errors.iter().map(|e| e.abs()).sum::<f64>() / count),
                (Metric::Ndcg1, ndcg(1)),
                (Metric::Ndcg3, ndcg(3)),
                (Metric::Ndcg5, ndcg(5)),
                (Metric::Ndcg10, ndcg(10)),
            ],
        })
    }

    fn judge_list(&self, listed: &[u32], task: &TaskRows) -> Vec<(Metric, f64)> {
        match self.feedback {
            Feedback::Ratings => {
                let judged = Opinions::of(self.scale.0, self.scale.1).judge(listed, &task.query);
                let both = |(ndcg, disliked)| vec![(Metric::ListNdcg10, ndcg), (Metric::Disliked10, disliked)];
                judged.map(both).unwrap_or_default()
            }
            Feedback::Picks if task.query.is_empty() => Vec::new(),
            Feedback::Picks => {
                let picked = task.query_items();
                let PickMetrics { ndcg10, recall20, ndcg100, .. } =
                    PickMetrics::of([(listed, &picked[..])].into_iter());
                vec![(Metric::PickNdcg10, ndcg10), (Metric::Recall20, recall20), (Metric::PickNdcg100, ndcg100)]
            }
        }
    }
}

/// Metrics of the predicted ratings of a task.
struct RatingsOfTask {
    /// Sum of squared errors, and number of ratings.
    squares: (f64, f64),
    means: [(Metric, f64); 6],
}

fn collect(all: &mut BTreeMap<Metric, Vec<f64>>, values: impl Iterator<Item = (Metric, f64)>) {
    values.for_each(|(metric, value)| all.entry(metric).or_default().push(value));
}
