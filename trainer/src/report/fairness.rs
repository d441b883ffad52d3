//! Errors of groups of ratings: by how often an item was rated in training, and by the user's fields.

use super::measurement::FEW_ANSWERS;
use super::task_set::TaskSet;
use crate::data::Feedback;
use crate::data::tasks_file::TaskRows;
use crate::measure::contender::{Contender, Role};
use crate::measure::estimate::{Estimate, linearised_rmse};
use crate::measure::outcome::Setting;
use crate::measure::tasks::anonymous;
use crate::train::Loaded;
use rayon::prelude::*;
use serde::Serialize;

/// Numbers of training ratings from which an item belongs to the next group.
const RATED: [u32; 6] = [0, 1, 3, 10, 30, 100];

/// Minimum number of users of a group that is shown.
const MIN_USERS: usize = 10;

/// The RMSE of expected ratings of a group after [`FEW_ANSWERS`] answers, by an anonymous visitor.
#[derive(Debug, PartialEq, Serialize)]
pub struct Group {
    /// What the groups are by: `ratings of the item`, or a field of users.
    pub by: String,
    /// The value, such as `3–9`.
    pub value: String,
    pub users: usize,
    pub ratings: usize,
    /// RMSE of the model, with its 95 % interval.
    pub model: f64,
    pub interval: Option<[f64; 2]>,
    /// RMSE of the baseline [`BESIDE`].
    pub beside: f64,
}

/// Name of the baseline that groups are measured beside.
pub const BESIDE: &str = "shrunken item mean + user offset";

/// Squared errors of one task's query items, by model and baseline.
struct Errors<'a> {
    task: &'a TaskRows,
    model: Vec<f64>,
    beside: Vec<f64>,
}

/// Measure the groups on `set`; none for picks.
pub fn fairness(setting: &Setting, set: &TaskSet, loaded: &Loaded) -> Vec<Group> {
    let find = |wanted: &dyn Fn(&&Contender) -> bool| setting.contenders.iter().find(wanted);
    let model = find(&|contender| contender.role == Role::Model);
    let Some((model, beside)) = model.zip(find(&|contender| contender.name == BESIDE)) else { return Vec::new() };
    if setting.feedback == Feedback::Picks {
        return Vec::new();
    }
    let nobody = anonymous(&set.tasks);
    let squares = |contender: &Contender, task: &TaskRows| -> Vec<f64> {
        let expected = contender.predictor.ratings(&task.user, task.given(FEW_ANSWERS), &task.query_items());
        let error = |(p, (_, r)): (f32, &(u32, f32))| f64::from(p.clamp(setting.scale.0, setting.scale.1) - r).powi(2);
        expected.into_iter().zip(&task.query).map(error).collect()
    };
    let errors = |(task, anonymous): (_, &TaskRows)| Errors {
        task,
        model: squares(model, anonymous),
        beside: squares(beside, anonymous),
    };
    let all: Vec<Errors> = set.tasks.par_iter().zip(&nobody).map(errors).collect();
    let mut groups = Vec::new();
    for (index, &from) in RATED.iter().enumerate() {
        let below = RATED.get(index + 1).copied().unwrap_or(u32::MAX);
        let value = match below {
            u32::MAX => format!("{from} or more"),
            _ if below == from + 1 => from.to_string(),
            _ => format!("{from}–{}", below - 1),
        };
        let rated = |item: u32| (from..below).contains(&loaded.encoded.popularity[item as usize]);
        groups.extend(group("ratings of the item", value, &all, |_, item| rated(item)));
    }
    for (field, vocabulary) in loaded.encoded.user_vocabularies.iter().enumerate() {
        for (value, row) in vocabulary.values().iter().zip(1..) {
            let has = |task: &TaskRows, _| task.user[field].contains(&row);
            groups.extend(group(vocabulary.name(), value.clone(), &all, has));
        }
    }
    groups
}

/// Return the errors of the query items that belong to a group; `None` if too few users have any.
fn group(by: &str, value: String, all: &[Errors], belongs: impl Fn(&TaskRows, u32) -> bool) -> Option<Group> {
    let (mut model, mut beside) = (Vec::new(), Vec::new());
    for errors in all {
        let query = errors.task.query.iter().map(|&(item, _)| belongs(errors.task, item));
        let of = |squares: &[f64]| {
            let chosen = squares.iter().zip(query.clone()).filter(|(_, belongs)| *belongs);
            chosen.fold((0.0, 0.0), |(sum, count), (square, _)| (sum + square, count + 1.0))
        };
        let (one, other) = (of(&errors.model), of(&errors.beside));
        if one.1 > 0.0 {
            model.push(one);
            beside.push(other);
        }
    }
    let estimate = |tasks: &[(f64, f64)]| Estimate::of(&linearised_rmse(tasks));
    (model.len() >= MIN_USERS).then(|| Group {
        by: by.into(),
        value,
        users: model.len(),
        ratings: model.iter().map(|task| task.1).sum::<f64>() as usize,
        model: estimate(&model).mean,
        interval: estimate(&model).interval(),
        beside: estimate(&beside).mean,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twelve users with a rating of item 0 that is off by 1 and one of item 1 that is off by 2 (squares 1 and 4).
    #[test]
    fn a_group_has_the_errors_of_its_items() {
        let task = TaskRows { user: Vec::new(), support: Vec::new(), query: vec![(0, 3.0), (1, 3.0)] };
        let errors = || Errors { task: &task, model: vec![1.0, 4.0], beside: vec![9.0, 9.0] };
        let all: Vec<Errors> = (0..12).map(|_| errors()).collect();
        let found = group("ratings of the item", "1".into(), &all, |_, item| item == 1).unwrap();
        assert_eq!((found.users, found.ratings, found.model, found.beside), (12, 12, 2.0, 3.0));
        assert_eq!(group("ratings of the item", "1".into(), &all[..9], |_, item| item == 1), None);
    }
}
