//! Users whose ratings a rank holds, and sums over the users of all ranks.
//!
//! Users are in an order that all ranks know, and each rank holds those of a range. A sum of floating-point numbers over all users
//! is taken as one process takes it, one user after another: a rank goes on from where the one before it ended. Where there are many
//! such sums, as for each item, the ranks work on different ones at a time.

use super::{Message, gather, message, processes, rank, share_by, size};
use rayon::prelude::*;
use std::ops::Range;

/// The number of users that are never divided: sums that are taken by so many users at a time keep their bits.
pub const TOGETHER: usize = 256;

/// The users whose ratings this rank holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// The users of this rank.
    users: Range<usize>,
    /// The first user of each rank; empty where every rank holds all users.
    starts: Vec<usize>,
}

impl Shard {
    /// Return the shard of all of `users`, which every rank holds.
    pub fn whole(users: usize) -> Self {
        Self { users: 0..users, starts: Vec::new() }
    }

    /// Divide users with so many `ratings` between ranks, so that all have about as many; one rank holds all.
    pub fn divide(ratings: &[u32]) -> Self {
        if size() == 1 {
            return Self::whole(ratings.len());
        }
        let blocks: Vec<usize> =
            ratings.chunks(TOGETHER).map(|block| block.iter().map(|&ratings| 1 + ratings as usize).sum()).collect();
        let blocks = share_by(blocks.len(), |block| blocks[block]);
        let [start, end] = [blocks.start, blocks.end].map(|block| ratings.len().min(block * TOGETHER));
        Self { users: start..end, starts: gather(vec![start]) }
    }

    /// Return the users of this rank.
    pub fn users(&self) -> Range<usize> {
        self.users.clone()
    }

    /// Return whether other ranks hold other users.
    pub fn is_divided(&self) -> bool {
        !self.starts.is_empty()
    }

    /// Return the rank that holds a user.
    pub fn rank_of(&self, user: usize) -> usize {
        self.starts.partition_point(|&start| start <= user).saturating_sub(1)
    }

    /// Return what all ranks have, in the order of their users.
    pub fn gather<T: Message>(&self, own: Vec<T>) -> Vec<T> {
        if self.is_divided() { gather(own) } else { own }
    }

    /// Fill in what the other ranks have of `numbers`, so many a user.
    pub fn complete<T: Message + Copy>(&self, numbers: &mut [T], width: usize) {
        if self.is_divided() {
            super::complete(numbers, self.users.start * width..self.users.end * width);
        }
    }

    /// Add the numbers of all ranks.
    pub fn sum(&self, numbers: &mut [u32]) {
        if self.is_divided() {
            processes::sum(numbers);
        }
    }

    /// Add up `own` of all ranks.
    pub fn total(&self, own: usize) -> usize {
        self.gather(vec![own]).into_iter().sum()
    }

    /// Return the lists of `users`, ascending, of which each rank has those of its own in `lists`, by user.
    pub fn lists<T: Message + Clone>(&self, lists: &[impl AsRef<[T]>], users: &[usize]) -> Vec<Vec<T>> {
        let own = users.iter().filter(|user| self.users.contains(user));
        self.gather(own.map(|&user| lists[user].as_ref().to_vec()).collect())
    }

    /// Add this rank's users to a sum, after those of the ranks before it, and return the sum over all.
    ///
    /// # Panics
    /// Where another rank sends a value of another type.
    pub fn in_turn<T: Message>(&self, start: T, add: impl FnOnce(T) -> T) -> T {
        if !self.is_divided() {
            return add(start);
        }
        let sum = add(if rank() == 0 { start } else { message::decode(&processes::receive(rank() - 1)) });
        let mut last = Vec::new();
        match rank() + 1 == size() {
            true => last.push(sum),
            false => processes::send(rank() + 1, &message::encode(&sum)),
        }
        gather(last).pop().expect("the sum of the last rank")
    }

    /// As [`Shard::in_turn`] for each of `len` sums, of which `at_once` are handed on together; return what `finish` makes of them.
    pub fn each_in_turn<T: Message + Send, U: Message + Send>(
        &self,
        len_at_once: (usize, usize),
        start: impl Fn(usize) -> T + Sync + Send,
        add: impl Fn(usize, T) -> T + Sync + Send,
        finish: impl Fn(usize, T) -> U + Sync + Send,
    ) -> Vec<U> {
        self.each_in_turn_with(len_at_once, || (), start, |&mut (), index, sum| add(index, sum), finish)
    }

    /// As [`Shard::each_in_turn`], with a value that each thread keeps between calls, which `kept` makes.
    pub fn each_in_turn_with<S, T: Message + Send, U: Message + Send>(
        &self,
        (len, at_once): (usize, usize),
        kept: impl Fn() -> S + Sync + Send,
        start: impl Fn(usize) -> T + Sync + Send,
        add: impl Fn(&mut S, usize, T) -> T + Sync + Send,
        finish: impl Fn(usize, T) -> U + Sync + Send,
    ) -> Vec<U> {
        if !self.is_divided() {
            let whole = |kept: &mut S, index| finish(index, add(kept, index, start(index)));
            return (0..len).into_par_iter().map_init(kept, whole).collect();
        }
        let mut done = Vec::new();
        for first in (0..len).step_by(at_once) {
            let indices = first..len.min(first + at_once);
            let sums: Vec<T> = match rank() {
                0 => indices.clone().map(&start).collect(),
                rank => message::decode(&processes::receive(rank - 1)),
            };
            let sums = indices.into_par_iter().zip(sums);
            let sums = sums.map_init(&kept, |kept, (index, sum)| (index, add(kept, index, sum)));
            if rank() + 1 == size() {
                done.par_extend(sums.map(|(index, sum)| finish(index, sum)));
            } else {
                let sums: Vec<T> = sums.map(|(_, sum)| sum).collect();
                processes::send(rank() + 1, &message::encode(&sums));
            }
        }
        gather(done)
    }
}
