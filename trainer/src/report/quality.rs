//! Quality of predictions: calibration of ratings, hits by rank of picks.

use super::measurement::FEW_ANSWERS;
use super::task_set::TaskSet;
use crate::data::Feedback;
use crate::data::tasks_file::TaskRows;
use crate::measure::contender::{Contender, Role};
use crate::measure::outcome::Setting;
use crate::measure::tasks::anonymous;
use crate::predict::rank_task;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashSet;

/// Number of bins, which hold about as many ratings each.
const BINS: usize = 12;

/// Number of ranks that are measured.
const PLACES: usize = 20;

/// Quality of predictions after [`FEW_ANSWERS`] answers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// Calibration of a model of ratings, before any read-out.
    Calibration(Vec<Bin>),
    /// Hits of all contenders by rank.
    HitsByPlace(Vec<Hits>),
}

/// A bin of query ratings with similar predictions.
#[derive(Debug, PartialEq, Serialize)]
pub struct Bin {
    /// Mean predicted rating, clipped to the scale.
    pub expected: f64,
    /// Mean actual rating.
    pub actual: f64,
    pub ratings: usize,
}

/// How often the recommendations of a contender are picked.
#[derive(Debug, Serialize)]
pub struct Hits {
    pub contender: String,
    pub role: Role,
    /// Share of the tasks whose query set has the item at each rank, from rank 1.
    pub share: Vec<f64>,
}

/// Measure the calibration of the model, or for picks the hits of all contenders.
pub fn quality(setting: &Setting, set: &TaskSet) -> Quality {
    if setting.feedback == Feedback::Picks {
        return Quality::HitsByPlace(setting.contenders.iter().map(|c| hits(c, set)).collect());
    }
    let model = setting.contenders.iter().find(|contender| contender.role == Role::Model);
    let expected = |model: &Contender| -> Vec<(f32, f32)> {
        let pairs = |task: &TaskRows| {
            let expected = model.predictor.ratings(&task.user, task.given(FEW_ANSWERS), &task.query_items());
            expected.into_iter().zip(task.query_ratings()).collect::<Vec<_>>()
        };
        anonymous(&set.tasks).par_iter().flat_map_iter(pairs).collect()
    };
    Quality::Calibration(model.map(|model| bins(&expected(model), setting.scale)).unwrap_or_default())
}

fn bins(pairs: &[(f32, f32)], (min, max): (f32, f32)) -> Vec<Bin> {
    let mut sorted: Vec<(f32, f32)> =
        pairs.iter().map(|&(expected, rating)| (expected.clamp(min, max), rating)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mean = |bin: &[(f32, f32)], of: fn(&(f32, f32)) -> f32| {
        bin.iter().map(|pair| f64::from(of(pair))).sum::<f64>() / bin.len() as f64
    };
    let bin = |bin: &[(f32, f32)]| Bin {
        expected: mean(bin, |pair| pair.0),
        actual: mean(bin, |pair| pair.1),
        ratings: bin.len(),
    };
    sorted.chunks(sorted.len().div_ceil(BINS).max(1)).map(bin).collect()
}

fn hits(contender: &Contender, set: &TaskSet) -> Hits {
    let tasks: Vec<TaskRows> = anonymous(set.of(contender)).into_iter().filter(|task| !task.query.is_empty()).collect();
    let hit = |task: &TaskRows| {
        let query: HashSet<u32> = task.query_items().into_iter().collect();
        let list = rank_task(&*contender.predictor, task, task.given(FEW_ANSWERS));
        list.iter().take(PLACES).map(|item| f64::from(u8::from(query.contains(item)))).collect::<Vec<_>>()
    };
    let all: Vec<Vec<f64>> = tasks.par_iter().map(hit).collect();
    let places = all.iter().map(Vec::len).min().unwrap_or_default();
    let share = |place: usize| all.iter().map(|hits| hits[place]).sum::<f64>() / all.len() as f64;
    Hits { contender: contender.name.clone(), role: contender.role, share: (0..places).map(share).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bin_holds_means_of_what_was_clipped() {
        let pairs: Vec<(f32, f32)> = (0..24).rev().map(|i| (i as f32, (i / 2) as f32)).collect();
        let bins = bins(&pairs, (2.0, 22.5));
        assert_eq!(bins.len(), BINS);
        assert_eq!(bins[0], Bin { expected: 2.0, actual: 0.5, ratings: 2 });
        assert_eq!(bins[5], Bin { expected: 10.5, actual: 5.0, ratings: 2 });
        assert_eq!(bins[11], Bin { expected: 22.25, actual: 11.0, ratings: 2 });
    }
}
