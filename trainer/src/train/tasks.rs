//! Tasks: a user's ratings, shuffled and split into a support and a query set.

use crate::encode::Encoded;
use crate::preset::{TaskConfig, TrainConfig};
use crate::rng::{Purpose, stream};
use fewclicks_model::model::vocabulary::UNKNOWN;
use fewclicks_model::network::loss::Loss;
use fewclicks_model::network::task::{Examples, Items, Task, User};
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

/// Draws the tasks of training.
#[derive(Debug)]
pub struct TaskSource<'a> {
    /// The data set.
    pub encoded: &'a Encoded,
    /// How tasks are drawn.
    pub tasks: &'a TaskConfig,
    /// What is hidden in training.
    pub train: &'a TrainConfig,
    /// The loss, which decides how ratings become labels; `None` of picks, whose labels are 1.
    pub loss: Option<Loss>,
    /// Seed of the draws.
    pub seed: u64,
}

/// The epoch and batch of a task: with the seed, they decide what is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Number of the epoch, from 0.
    pub epoch: u64,
    /// Number of the batch in the epoch, from 0.
    pub batch: u64,
}

/// A user's ratings, split in two.
#[derive(Debug, Serialize, Deserialize)]
pub struct Draw {
    /// Items and ratings to adapt on.
    pub support: Vec<(u32, f32)>,
    /// Items and ratings of the query loss.
    pub query: Vec<(u32, f32)>,
    /// Embedding rows of the user.
    pub user: User,
}

impl TaskSource<'_> {
    /// Return the users with as many ratings as the preset asks for, in the order of this epoch.
    pub fn users(&self, epoch: u64) -> Vec<u32> {
        let fits = |ratings: &Vec<(u32, f32)>| {
            (self.tasks.min_ratings.max(2)..=self.tasks.max_ratings).contains(&ratings.len())
        };
        let mut users: Vec<u32> =
            (0..).zip(&self.encoded.ratings).filter(|(_, ratings)| fits(ratings)).map(|(user, _)| user).collect();
        users.shuffle(&mut stream(self.seed, Purpose::Batches, epoch, 0));
        users
    }

    /// Return the task of `user`.
    pub fn task(&self, user: u32, place: Place) -> Task {
        let Draw { support, query, user } = self.draw(user, place);
        Task { user, support: self.examples(&support, place), query: self.examples(&query, place) }
    }

    /// Split the ratings of `user`, and hide some of the user's fields.
    pub fn draw(&self, user: u32, place: Place) -> Draw {
        let shuffle = if self.tasks.reshuffle { place.epoch } else { 0 };
        let mut rng = stream(self.seed, Purpose::Tasks, shuffle, user.into());
        let mut support = self.encoded.ratings[user as usize].clone();
        support.shuffle(&mut rng);
        let size = match self.tasks.support.choose(&mut rng) {
            Some(&size) => size.min(support.len() / 2),
            None => support.len() - self.tasks.query,
        };
        let rest = support.split_off(size);
        let query = rest[rest.len().saturating_sub(self.tasks.query)..].to_vec();
        let mut user = self.encoded.users[user as usize].clone();
        for rows in &mut user {
            if rng.random_bool(self.train.hide_user) {
                *rows = vec![UNKNOWN];
            }
        }
        Draw { support, query, user }
    }

    /// Return the catalogue with the items hidden that this batch hides.
    pub fn catalogue(&self, place: Place) -> Items {
        let mut items = self.encoded.items.clone();
        self.hide(&mut items, 0..self.encoded.items.len() as u32, place);
        items
    }

    fn examples(&self, ratings: &[(u32, f32)], place: Place) -> Examples {
        let mut items = self.encoded.items.select(ratings.iter().map(|&(item, _)| item as usize));
        self.hide(&mut items, ratings.iter().map(|&(item, _)| item), place);
        let label = |value| self.loss.map_or(1.0, |loss| self.encoded.scale.label(value, loss));
        let labels = ratings.iter().map(|&(_, value)| label(value)).collect();
        Examples { items, labels }
    }

    /// Hide items that this batch hides, so that they look new; `positions` are those of `items` in the catalogue.
    fn hide(&self, items: &mut Items, positions: impl Iterator<Item = u32>, place: Place) {
        for (i, _) in positions.enumerate().filter(|&(_, item)| self.hides(item, place)) {
            items.bias[i] = UNKNOWN;
            if let Some(field) = self.encoded.id_field {
                items.fields[field].replace(i, &[UNKNOWN]);
            }
        }
    }

    /// Return whether this batch hides the item.
    fn hides(&self, item: u32, place: Place) -> bool {
        let rng = || stream(self.seed, Purpose::ItemDropout, place.epoch << 32 | place.batch, item.into());
        // One draw per item decides for all tasks of the batch.
        self.train.hide_items > 0.0 && rng().next_u32() < (self.train.hide_items * 2f64.powi(32)) as u32
    }
}
