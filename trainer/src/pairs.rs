//! Sums over the users who have two items: for each item a row of those that it shares users with.

use crate::ranks::{Message, Shard};

/// The number of rows that a rank hands on at a time. Each has an entry for every item of the catalogue at most.
const AT_ONCE: usize = 64;

/// What is summed up of two items; a default value stands for items without common users.
pub trait Cell: Copy + Default + PartialEq + Message + Send {}

impl<T: Copy + Default + PartialEq + Message + Send> Cell for T {}

/// The sums of one item. Only items that share a user are visited: its cost does not grow with the catalogue.
#[derive(Debug)]
pub struct Row<C> {
    /// By other item.
    cells: Vec<C>,
    /// The other items with common users.
    seen: Vec<u32>,
}

impl<C: Cell> Row<C> {
    fn new(items: usize) -> Self {
        Self { cells: vec![C::default(); items], seen: Vec::new() }
    }

    /// Return the sum with another item, which must be given a value.
    pub fn cell(&mut self, other: usize) -> &mut C {
        let cell = &mut self.cells[other];
        if *cell == C::default() {
            self.seen.push(other as u32);
        }
        cell
    }

    /// Return the sums, and clear them.
    fn take(&mut self) -> Vec<(u32, C)> {
        let cells = &mut self.cells;
        self.seen.drain(..).map(|other| (other, std::mem::take(&mut cells[other as usize]))).collect()
    }
}

/// Return what `finish` makes of the row of each of `items`, to which `add` adds the users of this rank.
pub fn rows<C: Cell, U: Message + Send>(
    items: usize,
    shard: &Shard,
    add: impl Fn(&mut Row<C>, usize) + Sync + Send,
    finish: impl Fn(usize, Vec<(u32, C)>) -> U + Sync + Send,
) -> Vec<U> {
    let add = |row: &mut Row<C>, item: usize, sums: Vec<(u32, C)>| {
        sums.into_iter().for_each(|(other, sum)| *row.cell(other as usize) = sum);
        add(row, item);
        row.take()
    };
    shard.each_in_turn_with((items, AT_ONCE), || Row::new(items), |_| Vec::new(), add, finish)
}
