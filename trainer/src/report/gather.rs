//! Gathers the contents of a report.

use super::advice::{Facts, advice};
use super::card::Card;
use super::evidence::{Evidence, evidence};
use super::measurement::Measurement;
use super::onboarding::{Onboarding, onboarding};
use super::summary::{Summary, summarise};
use super::task_set::{HELD_OUT, TaskSet};
use crate::data::tasks_file;
use crate::data::{Feedback, day};
use crate::measure::contender::{Contender, Role};
use crate::measure::evaluate::MODEL;
use crate::measure::outcome::Setting;
use crate::measure::tasks::{held_out_tasks, look_up, tasks_after};
use crate::predict::predictor;
use crate::train::{Loaded, Run, Trained};
use anyhow::{Context, ensure};
use fewclicks_model::bundle::FORMAT;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Folders and files that a report is made from.
#[derive(Clone, Debug)]
pub struct Sources {
    /// Folder of the run.
    pub run: PathBuf,
    /// Folder of a second run on the same data.
    pub beside: Option<PathBuf>,
    /// Files of tasks; empty for the held-out users.
    pub tasks: Vec<PathBuf>,
    /// Time in milliseconds since 1970: held-out users are also measured on what they rated after it.
    pub test_after: Option<i64>,
    /// File of tasks to replay signups with; `None` for the held-out users.
    pub onboarding: Option<PathBuf>,
}

/// The contents of a report.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Date in UTC, such as 2026-01-31.
    pub date: String,
    /// Version of the trainer.
    pub version: &'static str,
    pub bundle_format: usize,
    pub data: Summary,
    pub model: Card,
    pub beside: Option<Card>,
    pub measurements: Vec<Measurement>,
    /// What to do next.
    pub next: Vec<String>,
    pub evidence: Evidence,
    /// Replayed signups; `None` if there are no users to replay.
    pub onboarding: Option<Onboarding>,
}

/// Maximum number of signups of held-out users that are replayed: each takes many predictions.
const SIGNUPS: usize = 250;

/// A run with its data and model.
struct OpenedRun {
    run: Run,
    loaded: Loaded,
    model: Trained,
}

impl OpenedRun {
    fn at(folder: &Path) -> anyhow::Result<Self> {
        let (run, loaded, model) = Run::trained(folder)?;
        Ok(Self { run, loaded, model })
    }

    fn card(&self) -> anyhow::Result<Card> {
        Card::of(&self.run, &self.loaded.encoded, &self.model)
    }
}

impl Report {
    /// Return what the model predicts.
    pub fn feedback(&self) -> Feedback {
        self.model.feedback
    }

    /// Measure, and gather the report.
    ///
    /// # Errors
    /// Return an error if a run or tasks cannot be read, the runs cannot be compared, or there is nothing to measure
    /// on.
    pub fn gather(sources: &Sources) -> anyhow::Result<Self> {
        let opened = OpenedRun::at(&sources.run)?;
        let beside = sources.beside.as_deref().map(OpenedRun::at).transpose()?;
        if let Some(beside) = &beside {
            check_comparable(&opened, beside)?;
        }
        let sets = task_sets(&opened, beside.as_ref(), sources)?;
        let OpenedRun { run, loaded, model } = &opened;
        let feedback = loaded.feedback;
        let mut contenders = Contender::baselines(loaded, feedback, run.config.seed);
        let predicts = predictor(model, &loaded.encoded)?;
        contenders.push(Contender::model(MODEL, Role::Model, predicts, &loaded.encoded));
        if let Some(beside) = &beside {
            let name = name_beside(run.config.preset.name(), beside);
            let predicts = predictor(&beside.model, &beside.loaded.encoded)?;
            contenders.push(Contender::model(&name, Role::Beside, predicts, &beside.loaded.encoded));
        }
        let setting =
            Setting { contenders: &contenders, feedback, scale: (loaded.encoded.scale.min, loaded.encoded.scale.max) };
        let measure = |set: &TaskSet| Measurement::of(&setting, set, loaded);
        let measurements: Vec<Measurement> = sets.iter().map(measure).collect();
        let data = summarise(loaded, &run.config.preset);
        let facts = measurements.first().map(|first| Facts::of(loaded, data.learned[0], feedback, first));
        Ok(Self {
            date: humantime::format_rfc3339_seconds(SystemTime::now()).to_string().chars().take(10).collect(),
            version: env!("CARGO_PKG_VERSION"),
            bundle_format: FORMAT,
            data,
            model: opened.card()?,
            beside: beside.as_ref().map(OpenedRun::card).transpose()?,
            next: facts.map(|facts| advice(&facts)).unwrap_or_default(),
            measurements,
            evidence: evidence(model, loaded, run.config.seed)?,
            onboarding: signups(&opened, sources.onboarding.as_deref())?,
        })
    }
}

/// Return a name of the second run that differs from the first run's, even if both have the same preset.
fn name_beside(preset: &str, beside: &OpenedRun) -> String {
    let config = &beside.run.config;
    match config.preset.name() == preset || config.preset.name() == MODEL {
        true => format!("{} of {}", config.preset.name(), folder_name(&beside.run.folder)),
        false => config.preset.name().into(),
    }
}

/// Return the name of a folder without its path, which others need not see.
fn folder_name(folder: &Path) -> String {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.into());
    absolute.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn check_comparable(one: &OpenedRun, beside: &OpenedRun) -> anyhow::Result<()> {
    let folder = beside.run.folder.display();
    ensure!(
        one.loaded.data.fingerprint() == beside.loaded.data.fingerprint()
            && one.loaded.population == beside.loaded.population,
        "--beside {folder} has learned from other data, or other users: train it with the same --data, --split, \
         --items and --seed as {}",
        one.run.folder.display()
    );
    let feedback = |opened: &OpenedRun| opened.loaded.feedback;
    ensure!(
        feedback(one) == feedback(beside),
        "--beside {folder} has preset {}, and the run {}: of two presets both must be for ratings, or both for picks",
        beside.run.config.preset.name(),
        one.run.config.preset.name()
    );
    Ok(())
}

/// Replay the signups of a file, or of held-out users.
fn signups(opened: &OpenedRun, file: Option<&Path>) -> anyhow::Result<Option<Onboarding>> {
    let OpenedRun { run, loaded, model } = opened;
    let (name, tasks) = match file {
        Some(path) => (file_name(path)?, look_up(&tasks_file::read(path)?, &loaded.data, &loaded.encoded)?),
        None => {
            let mut tasks = held_out_tasks(loaded, loaded.feedback, run.config.seed);
            tasks.truncate(SIGNUPS);
            if loaded.feedback == Feedback::Picks {
                // Of picks, support sets are small and query sets are the rest; people who sign up can answer more.
                tasks.iter_mut().for_each(|task| std::mem::swap(&mut task.support, &mut task.query));
            }
            (HELD_OUT.into(), tasks)
        }
    };
    if tasks.is_empty() {
        return Ok(None);
    }
    onboarding(&name, &tasks, model, loaded, run.config.seed).map(Some)
}

fn file_name(path: &Path) -> anyhow::Result<String> {
    let name = path.file_stem().with_context(|| format!("{}: expected a file", path.display()))?;
    Ok(name.to_string_lossy().into_owned())
}

fn task_sets(opened: &OpenedRun, beside: Option<&OpenedRun>, sources: &Sources) -> anyhow::Result<Vec<TaskSet>> {
    let files = &sources.tasks;
    // The seed of the first run decides how ratings are split, for both runs.
    let held_out = |of: &OpenedRun| held_out_tasks(&of.loaded, of.loaded.feedback, opened.run.config.seed);
    let mut sets = Vec::new();
    for path in files {
        let lines = tasks_file::read(path)?;
        let read = |of: &OpenedRun| look_up(&lines, &of.loaded.data, &of.loaded.encoded);
        let name = file_name(path)?;
        sets.push(TaskSet { name, tasks: read(opened)?, beside: beside.map(read).transpose()?.unwrap_or_default() });
    }
    if files.is_empty() {
        let beside = beside.map(held_out).unwrap_or_default();
        sets.push(TaskSet { name: HELD_OUT.into(), tasks: held_out(opened), beside });
    }
    if let Some(after) = sources.test_after {
        let later = |of: &OpenedRun| tasks_after(&of.loaded, of.loaded.feedback, after);
        let beside = beside.map(later).transpose()?.unwrap_or_default();
        sets.push(TaskSet { name: format!("held-out users from {} on", day(after)), tasks: later(opened)?, beside });
    }
    for set in &sets {
        ensure!(
            set.tasks.iter().any(|task| !task.query.is_empty()),
            "no {} to measure on: name tasks with --tasks, or validation_users in the split",
            set.name
        );
    }
    Ok(sets)
}
