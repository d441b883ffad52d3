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

    /// Return means that are the same for every audience.
    #[cfg(test)]
    pub fn of(means: Vec<f64>, offsets: NormalPrior) -> Self {
        Self { audience: means.clone(), means, offsets }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Half is known of a user with one answer where σ² = τ²: the mean is half way from the audience's, and half of what
    /// the answer is above the item's mean is the user's offset.
    #[test]
    fn an_answer_tells_an_offset_from_an_audience() {
        let offsets = NormalPrior { intercept: 0.0, effects: Vec::new(), shrinkage: 1.0 };
        let means = ItemMeans { audience: vec![4.0, 3.0], means: vec![3.0, 3.0], offsets };
        assert_eq!([0, 1].map(|answers| means.mean(0, answers)), [4.0, 3.5]);
        let baseline = MeanAndOffset { name: "", means };
        assert_eq!(baseline.predict(&User::new(), &[(1, 5.0)], &[0, 1]), [4.5, 4.0]);
    }

    /// Generous users (1 above) rate item 0, harsh ones (1 below) item 1, and all rate items 2 and 3, which are equal. The
    /// fitted means of items 0 and 1 are equal for a user without offset, and those of their audiences are not.
    #[test]
    fn offsets_of_users_are_taken_out_of_item_means() {
        let user = |user: u32| {
            let (own, offset) = if user.is_multiple_of(2) { (0, 1.0) } else { (1, -1.0) };
            vec![(own, 3.0 + offset), (2, 3.0 + offset), (3, 3.0 + offset), (4, 2.0 + offset), (5, 4.0 + offset)]
        };
        let users: Vec<Vec<(u32, f32)>> = (0..200).map(user).collect();
        let ratings = Ratings { users: &users, items: 6, item_fields: &[], user_fields: &[] };
        let means = ItemMeans::fit(ratings, &[], &[]);
        let gap = |of: &[f64]| of[0] - of[1];
        assert!(gap(&means.audience) > 1.5 && gap(&means.means).abs() < 0.2, "{means:?}");
        assert!((means.offset(&User::new(), &[(2, 4.0), (3, 4.0), (4, 3.0)]) - 1.0).abs() < 0.2, "{means:?}");
    }
}
