//! Tasks: a user's ratings, shuffled and cut into a support and a query set.

use crate::encode::Encoded;
use crate::preset::{TaskConfig, TrainConfig};
use crate::rng::{Purpose, stream};
use fewclicks::examples::{Examples, Items, Task};
use fewclicks::features::UNKNOWN;
use fewclicks::loss::Loss;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, RngExt};

/// Draws the tasks of training.
pub struct TaskSource<'a> {
    pub encoded: &'a Encoded,
    pub tasks: &'a TaskConfig,
    pub train: &'a TrainConfig,
    pub loss: Loss,
    pub seed: u64,
}

/// A task's place in training: decides what is drawn.
#[derive(Clone, Copy)]
pub struct Place {
    pub epoch: u64,
    pub batch: u64,
}

impl TaskSource<'_> {
    /// Users with as many ratings as the preset asks for, in the order of this epoch.
    pub fn users(&self, epoch: u64) -> Vec<u32> {
        let fits = |ratings: &Vec<(u32, f32)>| {
            (self.tasks.min_ratings.max(2)..=self.tasks.max_ratings).contains(&ratings.len())
        };
        let mut users: Vec<u32> =
            (0..).zip(&self.encoded.ratings).filter(|(_, ratings)| fits(ratings)).map(|(user, _)| user).collect();
        users.shuffle(&mut stream(self.seed, Purpose::Batches, epoch, 0));
        users
    }

    /// The task of `user`.
    pub fn task(&self, user: u32, place: Place) -> Task {
        let shuffle = if self.tasks.reshuffle { place.epoch } else { 0 };
        let mut rng = stream(self.seed, Purpose::Tasks, shuffle, user.into());
        let mut ratings = self.encoded.ratings[user as usize].clone();
        ratings.shuffle(&mut rng);
        let size = match self.tasks.support.choose(&mut rng) {
            Some(&size) => size.min(ratings.len() / 2),
            None => ratings.len() - self.tasks.query,
        };
        let (support, rest) = ratings.split_at(size);
        let query = &rest[rest.len().saturating_sub(self.tasks.query)..];
        let examples = |ratings: &[(u32, f32)]| self.examples(ratings, place);
        let (support, query) = (examples(support), examples(query));
        let mut user = self.encoded.users[user as usize].clone();
        for rows in &mut user {
            if rng.random_bool(self.train.hide_user) {
                *rows = vec![UNKNOWN];
            }
        }
        Task { user, support, query }
    }

    fn examples(&self, ratings: &[(u32, f32)], place: Place) -> Examples {
        let encoded = self.encoded;
        let mut items = encoded.items.select(ratings.iter().map(|&(item, _)| item as usize));
        for (i, &(item, _)) in ratings.iter().enumerate() {
            if self.hides(item, place) {
                hide(&mut items, i, encoded.id_field);
            }
        }
        Examples { items, labels: ratings.iter().map(|&(_, value)| encoded.scale.label(value, self.loss)).collect() }
    }

    /// Whether this batch treats the item as one never seen.
    fn hides(&self, item: u32, place: Place) -> bool {
        let rng = || stream(self.seed, Purpose::ItemDropout, place.epoch << 32 | place.batch, item.into());
        // One draw decides for the whole batch, whichever task asks first.
        self.train.hide_items > 0.0 && rng().next_u32() < (self.train.hide_items * 2f64.powi(32)) as u32
    }
}

fn hide(items: &mut Items, i: usize, id_field: Option<usize>) {
    items.bias[i] = UNKNOWN;
    if let Some(field) = id_field {
        items.fields[field].replace(i, UNKNOWN);
    }
}
