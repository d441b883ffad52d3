//! The roles of users and items: training, or measuring.

use crate::data::{Dataset, Rating, Split};
use crate::rng::{Purpose, stream};
use fewclicks_model::bundle::sha256;
use rand::RngExt;
use sha2::{Digest, Sha256};

/// Minimum number of users of whom some are held out by their ids.
const MIN_USERS: usize = 10;

/// Share of the users that are held out without a split.
const HOLDOUT: f64 = 0.1;

/// Roles of a data set's users and items.
#[derive(Clone, Debug, PartialEq)]
pub struct Population {
    /// Whether each user is trained on.
    pub warm: Vec<bool>,
    /// Whether the ratings of each item are left out of training.
    pub cold_items: Vec<bool>,
    /// Users to measure on.
    pub validation: Vec<u32>,
}

impl Population {
    /// Return the roles that `split` gives; if `all_items`, its cold items are trained on too.
    pub fn from_split(data: &Dataset, split: &Split, all_items: bool) -> Self {
        let flags = |len: usize, rows: &[u32]| {
            let mut flags = vec![false; len];
            rows.iter().for_each(|&row| flags[row as usize] = true);
            flags
        };
        Self {
            warm: flags(data.users.ids.len(), &split.warm_users),
            cold_items: flags(data.items.ids.len(), if all_items { &[] } else { &split.cold_items }),
            validation: split.validation_users.clone(),
        }
    }

    /// Return the split that gives these roles; items that are trained on are not cold in it.
    pub fn split(&self) -> Split {
        let rows = |flags: &[bool]| (0..).zip(flags).filter(|&(_, &flag)| flag).map(|(row, _)| row).collect();
        Split {
            warm_users: rows(&self.warm),
            cold_items: rows(&self.cold_items),
            validation_users: self.validation.clone(),
        }
    }

    /// Hold a tenth of the users out, drawn by `seed`.
    pub fn held_out(data: &Dataset, seed: u64) -> Self {
        let mut rng = stream(seed, Purpose::Holdout, 0, 0);
        let warm: Vec<bool> = data.users.ids.iter().map(|_| !rng.random_bool(HOLDOUT)).collect();
        let validation = (0..).zip(&warm).filter(|&(_, &warm)| !warm).map(|(user, _)| user).collect();
        Self { warm, cold_items: vec![false; data.items.ids.len()], validation }
    }

    /// As [`Population::held_out`], each user by `seed` and their id alone, whatever the order of the users and who else is
    /// there. Of fewer than 10 users none is held out.
    pub fn held_out_by_id(data: &Dataset, seed: u64) -> Self {
        let few = data.users.ids.len() < MIN_USERS;
        let is_warm = |id: &String| {
            let digest: [u8; 32] = Sha256::digest(id).into();
            let number = u64::from_le_bytes(digest.as_chunks().0[0]);
            few || !stream(seed, Purpose::Holdout, number, 1).random_bool(HOLDOUT)
        };
        let warm: Vec<bool> = data.users.ids.iter().map(is_warm).collect();
        let validation = (0..).zip(&warm).filter(|&(_, &warm)| !warm).map(|(user, _)| user).collect();
        Self { warm, cold_items: vec![false; data.items.ids.len()], validation }
    }

    /// Return a text that differs for different roles.
    pub fn fingerprint(&self) -> String {
        let flags = [&self.warm, &self.cold_items].map(|flags| flags.iter().map(|&flag| u8::from(flag)).collect());
        let rows = self.validation.iter().flat_map(|row| row.to_le_bytes()).collect();
        let [warm, cold]: [Vec<u8>; 2] = flags;
        [warm, cold, rows].map(|bytes: Vec<u8>| sha256(&bytes)).join(" ")
    }

    /// Return whether training uses this rating.
    pub fn may_learn(&self, rating: &Rating) -> bool {
        self.warm[rating.user as usize] && !self.cold_items[rating.item as usize]
    }
}
