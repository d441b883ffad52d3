//! Measures the runs of a case beside baselines.

use super::case::{Case, Protocol};
use super::trained::Costs;
use crate::data::{Feedback, tasks_file};
use crate::measure::contender::{Contender, Role};
use crate::measure::evaluate::MODEL;
use crate::measure::metric::Metric;
use crate::measure::outcome::{Outcome, Setting};
use crate::measure::rows::Row;
use crate::measure::tasks::look_up;
use crate::predict::predictor;
use crate::terminal::note;
use crate::train::Run;
use serde::Serialize;
use std::path::PathBuf;

/// Seed of the baselines, which are fitted once for all runs.
const SEED: u64 = 1;

/// Figures of a case.
#[derive(Debug, Serialize)]
pub struct MeasuredCase {
    pub name: String,
    pub preset: String,
    pub costs: Vec<Costs>,
    pub protocols: Vec<MeasuredProtocol>,
}

/// Figures of the tasks of a protocol.
#[derive(Debug, Serialize)]
pub struct MeasuredProtocol {
    pub name: String,
    /// Metrics to print.
    #[serde(skip)]
    pub metrics: Vec<Metric>,
    /// Rows of the baselines and of the model; its metrics are means over the runs, task by task.
    pub rows: Vec<Row>,
    /// The model's main figures of each run, in the order of the costs.
    pub by_seed: Vec<Vec<Row>>,
}

/// Measure the finished runs of a case.
///
/// # Errors
/// Return an error if a run or a task file cannot be read.
pub fn measure_case(case: &Case, runs: &[(PathBuf, Costs)]) -> anyhow::Result<MeasuredCase> {
    let opened: Vec<_> = runs.iter().map(|(folder, _)| Run::trained(folder)).collect::<Result<_, _>>()?;
    let Some((run, loaded, _)) = opened.first() else { anyhow::bail!("no seeds to measure {} with", case.name) };
    let preset = run.config.preset.name().to_owned();
    note(&format!("fitting baselines for {}", case.name));
    let mut contenders = Contender::baselines(loaded, loaded.feedback, SEED);
    let mut protocols: Vec<MeasuredProtocol> = Vec::new();
    for protocol in &case.protocols {
        let feedback = protocol.feedback.unwrap_or(loaded.data.feedback());
        protocols.push(measure_protocol(protocol, feedback, &mut contenders, &opened)?);
    }
    Ok(MeasuredCase {
        name: case.name.clone(),
        preset,
        costs: runs.iter().map(|(_, costs)| *costs).collect(),
        protocols,
    })
}

fn measure_protocol(
    protocol: &Protocol,
    feedback: Feedback,
    contenders: &mut Vec<Contender>,
    opened: &[(Run, crate::train::Loaded, crate::train::Trained)],
) -> anyhow::Result<MeasuredProtocol> {
    note(&format!("measuring {}", protocol.name));
    let lines = tasks_file::read(&protocol.tasks)?;
    let baselines = contenders.len();
    let mut model: Vec<Vec<Outcome>> = Vec::new();
    let mut outcomes = Vec::new();
    let mut by_seed = Vec::new();
    for (_, loaded, trained) in opened {
        let tasks = look_up(&lines, &loaded.data, &loaded.encoded)?;
        let scale = (loaded.encoded.scale.min, loaded.encoded.scale.max);
        if outcomes.is_empty() {
            let setting = Setting { contenders, feedback, scale };
            outcomes = setting.outcomes(|_| &tasks, &protocol.answers);
        }
        let predictor = predictor(trained, &loaded.encoded)?;
        contenders.push(Contender::model(MODEL, Role::Model, predictor, &loaded.encoded));
        let alone = Setting { contenders: &contenders[baselines..], feedback, scale };
        let mut its = alone.outcomes(|_| &tasks, &protocol.answers);
        its.iter_mut().for_each(|outcome| outcome.contender = baselines);
        let setting = Setting { contenders, feedback, scale };
        let all = [outcomes.clone(), its.clone()].concat();
        by_seed.push(setting.rows(&all).into_iter().filter(|row| row.contender == MODEL).collect());
        model.push(its);
        if model.len() < opened.len() {
            contenders.truncate(baselines);
        } else {
            outcomes.extend(mean(&model));
            let rows = Setting { contenders, feedback, scale }.rows(&outcomes);
            contenders.truncate(baselines);
            return Ok(MeasuredProtocol {
                name: protocol.name.clone(),
                metrics: protocol.metrics.clone(),
                rows,
                by_seed,
            });
        }
    }
    anyhow::bail!("no runs of {}", protocol.name)
}

/// Return the mean over runs of each number per task.
fn mean(runs: &[Vec<Outcome>]) -> Vec<Outcome> {
    let mut means = runs[0].clone();
    for (index, mean) in means.iter_mut().enumerate() {
        for (metric, by_task) in &mut mean.by_task {
            for (task, value) in by_task.iter_mut().enumerate() {
                let sum: f64 = runs.iter().map(|run| run[index].by_task[metric][task]).sum();
                *value = sum / runs.len() as f64;
            }
        }
    }
    means
}
