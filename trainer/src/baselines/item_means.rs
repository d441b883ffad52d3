//! Item means under a learned prior, and a user's offset under another.

use super::baseline::{RatingBaseline, Ratings};
use super::normal_prior::{Group, NormalPrior};
use fewclicks_model::network::task::{Rows, User};

/// Number of alternations between the means of items and the offsets of users, each learned from what the other leaves.
const SWEEPS: usize = 5;

/// Posterior mean of every item, and the prior of a user's offset. Both priors are learned.
#[derive(Clone, Debug)]
pub(super) struct ItemMeans {
    /// Mean of each item as its own audience rates it: for a user of whom nothing is known.
    audience: Vec<f64>,
    /// Mean of each item for a user without offset.
    means: Vec<f64>,
    /// Prior of a user's offset.
    offsets: NormalPrior,
}

impl ItemMeans {
    /// Fit the means of items, shrunken towards what `item_fields` predict. The prior mean of a user's offset depends on
    /// `user_fields`.
    pub fn fit(ratings: Ratings, item_fields: &[Rows], user_fields: &[Rows]) -> Self {
        let mut offsets_of = vec![0.0; ratings.users.len()];
        let mut fitted = Self::after(ratings, item_fields, user_fields, &offsets_of);
        let audience = fitted.means.clone();
        for _ in 1..SWEEPS {
            for (user, (offset, list)) in offsets_of.iter_mut().zip(ratings.users).enumerate() {
                let prior = fitted.offsets.mean(user_fields.iter().map(|rows| rows.get(user)));
                *offset = fitted.posterior(list, prior);
            }
            fitted = Self::after(ratings, item_fields, user_fields, &offsets_of);
        }
        Self { audience, ..fitted }
    }

    /// Fit the means of items to ratings less the `offsets` of their users.
    fn after(ratings: Ratings, item_fields: &[Rows], user_fields: &[Rows], offsets: &[f64]) -> Self {
        let mut items = vec![Group::default(); ratings.items];
        for (list, offset) in ratings.users.iter().zip(offsets) {
            list.iter().for_each(|&(item, rating)| items[item as usize].add(f64::from(rating) - offset));
        }
        let prior = NormalPrior::learn(&items, item_fields, true);
        let priors: Vec<f64> =
            (0..ratings.items).map(|item| prior.mean(item_fields.iter().map(|rows| rows.get(item)))).collect();
        let mut users = vec![Group::default(); ratings.users.len()];
        for ((user, list), offset) in users.iter_mut().zip(ratings.users).zip(offsets) {
            for &(item, rating) in list {
                // The item's mean without this rating: a visitor's rating is not in it either.
                let (all, rating) = (items[item as usize], f64::from(rating));
                let others = Group { count: all.count - 1.0, sum: all.sum - (rating - offset), squares: 0.0 };
                user.add(rating - prior.shrink(&others, priors[item as usize]));
            }
        }
        Self {
            audience: Vec::new(),
            means: items.iter().zip(&priors).map(|(group, &mean)| prior.shrink(group, mean)).collect(),
            offsets: NormalPrior::learn(&users, user_fields, false),
        }
    }

    fn posterior(&self, ratings: &[(u32, f32)], prior: f64) -> f64 {
        let mut group = Group::default();
        ratings.iter().for_each(|&(item, rating)| group.add(f64::from(rating) - self.means[item as usize]));
        self.offsets.shrink(&group, prior)
    }

    /// Return the mean of an item for a user with `answers` ratings: the more there are, the less counts that those who
    /// rate this item may be generous or harsh.
    pub fn mean(&self, item: u32, answers: usize) -> f64 {
        let unknown = self.offsets.shrinkage / (answers as f64 + self.offsets.shrinkage);
        let (audience, mean) = (self.audience[item as usize], self.means[item as usize]);
        mean + unknown * (audience - mean)
    }

    /// Return the posterior mean of a user's offset from the items' means.
    pub fn offset(&self, user: &User, ratings: &[(u32, f32)]) -> f64 {
        self.posterior(ratings, self.offsets.mean(user.iter().map(Vec::as_slice)))
    }
}

/// Predicts item mean + user offset.
#[derive(Clone, Debug)]
pub struct MeanAndOffset {
    pub name: &'static str,
    pub(super) means: ItemMeans,
}

impl RatingBaseline for MeanAndOffset {
    fn name(&self) -> &'static str {
        self.name
    }

    fn predict(&self, user: &User, support: &[(u32, f32)], query: &[u32]) -> Vec<f32> {
        let offset = self.means.offset(user, support);
        query.iter().map(|&item| (self.means.mean(item, support.len()) + offset) as f32).collect()
    }
}
