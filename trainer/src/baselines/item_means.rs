//! Item means under a learned prior, and a user's offset under another.

use super::baseline::{RatingBaseline, Ratings};
use super::normal_prior::{Group, NormalPrior};
use fewclicks_model::network::task::{Rows, User};

/// Posterior mean of every item, and what a user's offset is shrunken by. Both priors are learned.
#[derive(Clone, Debug)]
pub(super) struct ItemMeans {
    means: Vec<f64>,
    /// Prior of a user's offset.
    offsets: NormalPrior,
}

impl ItemMeans {
    /// Fit the means of items, shrunken towards what `item_fields` predict. The prior mean of a user's offset depends on
    /// `user_fields`.
    pub fn fit(ratings: Ratings, item_fields: &[Rows], user_fields: &[Rows]) -> Self {
        let mut items = vec![Group::default(); ratings.items];
        ratings.users.iter().flatten().for_each(|&(item, rating)| items[item as usize].add(rating.into()));
        let prior = NormalPrior::learn(&items, item_fields, true);
        let priors: Vec<f64> =
            (0..ratings.items).map(|item| prior.mean(item_fields.iter().map(|rows| rows.get(item)))).collect();
        let mut users = vec![Group::default(); ratings.users.len()];
        for (user, list) in users.iter_mut().zip(ratings.users) {
            for &(item, rating) in list {
                // The item's mean without this rating: a visitor's rating is not in it either.
                let (all, rating) = (items[item as usize], f64::from(rating));
                let others = Group { count: all.count - 1.0, sum: all.sum - rating, squares: 0.0 };
                user.add(rating - prior.shrink(&others, priors[item as usize]));
            }
        }
        Self {
            means: items.iter().zip(&priors).map(|(group, &mean)| prior.shrink(group, mean)).collect(),
            offsets: NormalPrior::learn(&users, user_fields, false),
        }
    }

    /// Return the posterior mean of an item.
    pub fn mean(&self, item: u32) -> f64 {
        self.means[item as usize]
    }

    /// Return the posterior mean of a user's offset from the items' means.
    pub fn offset(&self, user: &User, ratings: &[(u32, f32)]) -> f64 {
        let mut group = Group::default();
        ratings.iter().for_each(|&(item, rating)| group.add(f64::from(rating) - self.mean(item)));
        self.offsets.shrink(&group, self.offsets.mean(user.iter().map(Vec::as_slice)))
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
        query.iter().map(|&item| (self.means.mean(item) + offset) as f32).collect()
    }
}
