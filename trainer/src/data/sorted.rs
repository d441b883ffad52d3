//! The order of a data set's rows, by ids alone: what is learned does not depend on the order of a site's tables.

use crate::data::dataset::{Dataset, Table};
use crate::ranks::{self, Message, Shard};

/// The number of rows that a rank sends at a time: what is on the way takes memory too.
const AT_ONCE: usize = 1 << 19;

impl Dataset {
    /// Sort items and users by their ids, and ratings by user and item. Of several ranks each is given the ratings of some users in a
    /// row, the shard that is returned.
    #[must_use]
    pub fn sorted(mut self) -> (Self, Shard) {
        let items = self.items.sort_by_id();
        let users = self.users.sort_by_id();
        for rating in &mut self.ratings {
            (rating.user, rating.item) = (users[rating.user as usize], items[rating.item as usize]);
        }
        let shard = match ranks::size() {
            1 => Shard::whole(users.len()),
            _ => self.divide(users.len()),
        };
        self.sort_ratings();
        (self, shard)
    }

    /// Return the data set with the ratings of all ranks, each of which has some.
    #[must_use]
    pub fn whole(self) -> Self {
        Self {
            ratings: ranks::gather(self.ratings),
            times: ranks::gather(self.times),
            counts: ranks::gather(self.counts),
            ..self
        }
    }

    /// Exchange ratings with the other ranks, so that each has all of its shard, which is returned.
    fn divide(&mut self, users: usize) -> Shard {
        let mut ratings_of = vec![0u32; users];
        self.ratings.iter().for_each(|rating| ratings_of[rating.user as usize] += 1);
        ranks::sum(&mut ratings_of);
        let shard = Shard::divide(&ratings_of);
        let ranks: Vec<u32> = self.ratings.iter().map(|rating| shard.rank_of(rating.user as usize) as u32).collect();
        self.ratings = exchanged(std::mem::take(&mut self.ratings), &ranks);
        self.times = exchanged(std::mem::take(&mut self.times), &ranks);
        self.counts = exchanged(std::mem::take(&mut self.counts), &ranks);
        shard
    }

    fn sort_ratings(&mut self) {
        if !self.ratings.is_sorted_by_key(|rating| (rating.user, rating.item)) {
            let mut order: Vec<usize> = (0..self.ratings.len()).collect();
            order.sort_by_key(|&row| (self.ratings[row].user, self.ratings[row].item));
            self.ratings = taken(&self.ratings, &order);
            self.times = if self.times.is_empty() { Vec::new() } else { taken(&self.times, &order) };
            self.counts = if self.counts.is_empty() { Vec::new() } else { taken(&self.counts, &order) };
        }
    }
}

impl Table {
    /// Sort the rows by id, and return where each row went.
    fn sort_by_id(&mut self) -> Vec<u32> {
        let mut order: Vec<usize> = (0..self.ids.len()).collect();
        order.sort_by_key(|&row| &self.ids[row]);
        self.ids = taken(&self.ids, &order);
        self.titles = if self.titles.is_empty() { Vec::new() } else { taken(&self.titles, &order) };
        for column in &mut self.columns {
            column.values = taken(&column.values, &order);
        }
        let mut went = vec![0; order.len()];
        (0..).zip(&order).for_each(|(new, &old)| went[old] = new);
        went
    }
}

/// Return the rows of all ranks that are for this one, given where each of its rows goes; a list that is empty stays so.
fn exchanged<T: Message + Copy>(list: Vec<T>, to: &[u32]) -> Vec<T> {
    let longest = ranks::gather(vec![list.len()]).into_iter().max().unwrap_or(0);
    let mut received = Vec::new();
    for first in (0..longest).step_by(AT_ONCE) {
        let mut parts: Vec<Vec<T>> = (0..ranks::size()).map(|_| Vec::new()).collect();
        let rows = list.iter().zip(to).skip(first).take(AT_ONCE);
        rows.for_each(|(&row, &rank)| parts[rank as usize].push(row));
        received.extend(ranks::exchange(parts));
    }
    received
}

/// Return the rows of a list in the order given.
fn taken<T: Clone>(list: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|&row| list[row].clone()).collect()
}

#[cfg(test)]
mod tests {
    use crate::data::{Column, ColumnKind, Dataset, Rating, Scale, Table};

    fn table(ids: &[&str]) -> Table {
        let values = ids.iter().map(|id| vec![format!("value of {id}")]).collect();
        Table {
            ids: ids.iter().map(|&id| id.to_owned()).collect(),
            titles: ids.iter().map(|id| format!("title of {id}")).collect(),
            columns: vec![Column { name: "column".into(), kind: ColumnKind::Categorical, values }],
        }
    }

    /// Rows that stand in another order are the same data set when sorted: titles, columns, times and counts go with them.
    #[test]
    fn the_order_of_rows_does_not_matter() {
        let data = |items: &[&str], users: &[&str], ratings: &[(&str, &str, i64)]| {
            let row = |ids: &[&str], id: &str| ids.iter().position(|&other| other == id).unwrap() as u32;
            Dataset {
                name: String::new(),
                notice: String::new(),
                scale: Scale::PICKS,
                items: table(items),
                users: table(users),
                ratings: ratings
                    .iter()
                    .map(|&(user, item, time)| Rating {
                        user: row(users, user),
                        item: row(items, item),
                        value: time as f32,
                    })
                    .collect(),
                times: ratings.iter().map(|rating| rating.2).collect(),
                counts: ratings.iter().map(|rating| rating.2 as f32 / 2.0).collect(),
                changes: Vec::new(),
            }
        };
        let one = data(&["c", "a", "b"], &["y", "x"], &[("y", "c", 1), ("x", "b", 2), ("y", "a", 3)]);
        let other = data(&["b", "c", "a"], &["x", "y"], &[("y", "a", 3), ("y", "c", 1), ("x", "b", 2)]);
        assert_ne!(one, other);
        assert_eq!(one.clone().sorted(), other.sorted());
        let expected = data(&["a", "b", "c"], &["x", "y"], &[("x", "b", 2), ("y", "a", 3), ("y", "c", 1)]);
        assert_eq!(one.sorted().0, expected);
    }
}
