//! Recommended items: coverage of the catalogue, and popularity.

use super::measurement::FEW_ANSWERS;
use super::task_set::TaskSet;
use crate::data::tasks_file::TaskRows;
use crate::encode::by_popularity;
use crate::measure::contender::{Contender, Role};
use crate::measure::outcome::Setting;
use crate::measure::tasks::anonymous;
use crate::predict::rank_task;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashSet;

/// Number of recommendations per task.
pub const TOP: usize = 10;

/// The [`TOP`] items that a contender recommends for each task after [`FEW_ANSWERS`] answers, together.
#[derive(Debug, Serialize)]
pub struct Recommended {
    pub contender: String,
    /// Number of different items.
    pub items: usize,
    /// The same as a share of the catalogue.
    pub coverage: f64,
    /// Share of the recommendations that are items without training answers.
    pub new: f64,
    #[serde(flatten)]
    pub popular: Popular,
}

/// Popularity of items, each counted as often as it occurs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Popular {
    /// Share among the most popular 1 % of the catalogue (at least one item).
    pub most_popular_1_percent: f64,
    /// Share among the most popular 10 % (at least one item).
    pub most_popular_10_percent: f64,
}

impl Popular {
    /// Compute the shares of `counts` by item, given the `popularity` of each item.
    pub fn of(counts: &[u32], popularity: &[u32]) -> Self {
        let order = by_popularity(popularity);
        let all: f64 = counts.iter().map(|&n| f64::from(n)).sum();
        let share = |part: usize| {
            let most = order.iter().take(popularity.len().div_ceil(part));
            most.map(|&item| f64::from(counts[item])).sum::<f64>() / all.max(1.0)
        };
        Self { most_popular_1_percent: share(100), most_popular_10_percent: share(10) }
    }
}

/// Return the recommendations of the most popular items, of the `best` baseline, and of the models.
pub fn recommended(setting: &Setting, set: &TaskSet, best: Option<usize>, popularity: &[u32]) -> Vec<Recommended> {
    let shown = |&(place, contender): &(usize, &Contender)| match contender.role {
        Role::Baseline => contender.name == POPULARITY || best == Some(place),
        Role::Model | Role::Beside => true,
    };
    let contenders = setting.contenders.iter().enumerate().filter(shown);
    contenders.map(|(_, contender)| of(contender, set, popularity)).collect()
}

/// Names of the simplest baselines: for ratings, for lists.
pub const ITEM_MEAN: &str = "item bias";
/// See [`ITEM_MEAN`].
pub const POPULARITY: &str = "popularity";

fn of(contender: &Contender, set: &TaskSet, popularity: &[u32]) -> Recommended {
    let list = |task: &TaskRows| {
        // Only the answers given are excluded from the recommendations, not the rest of the support set.
        let answered = TaskRows { support: task.given(FEW_ANSWERS).to_vec(), ..task.clone() };
        let mut list = rank_task(&*contender.predictor, &answered, &answered.support);
        list.truncate(TOP);
        list
    };
    let listed: Vec<u32> = anonymous(set.of(contender)).par_iter().flat_map_iter(list).collect();
    let mut counts = vec![0; popularity.len()];
    listed.iter().for_each(|&item| counts[item as usize] += 1);
    let items = listed.iter().collect::<HashSet<_>>().len();
    let new = listed.iter().filter(|&&item| popularity[item as usize] == 0).count();
    Recommended {
        contender: contender.name.clone(),
        items,
        coverage: items as f64 / popularity.len() as f64,
        new: new as f64 / listed.len().max(1) as f64,
        popular: Popular::of(&counts, popularity),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_what_occurs() {
        let popularity: Vec<u32> = (0..20).collect();
        let mut counts = vec![0; 20];
        (counts[19], counts[18], counts[0]) = (5, 3, 2);
        let popular = Popular::of(&counts, &popularity);
        assert_eq!(popular, Popular { most_popular_1_percent: 0.5, most_popular_10_percent: 0.8 });
    }
}
