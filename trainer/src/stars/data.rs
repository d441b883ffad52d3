//! Ratings in stars, by user and by item.

use fewclicks_model::network::task::{Rows, User};

/// What the stars half learns from.
#[derive(Clone, Copy, Debug)]
pub struct StarsData<'a> {
    /// Items and stars, 1 to 5, by user; empty for users who are left out.
    pub users: &'a [Vec<(u32, f32)>],
    /// The size of the catalogue.
    pub items: usize,
    /// The rows of the items' fields; row 0 is for unknown values.
    pub item_fields: &'a [Rows],
    /// The rows of each user's fields; row 0 is for unknown values.
    pub user_fields: &'a [User],
}

/// Ratings grouped by user or by item.
#[derive(Clone, Debug)]
pub struct Groups {
    /// The end of each group.
    ends: Vec<usize>,
    /// The other side's index of each rating.
    others: Vec<u32>,
    /// The stars of each rating.
    stars: Vec<f32>,
}

impl Groups {
    /// Group the ratings of `users` by user.
    pub fn by_user(users: &[Vec<(u32, f32)>]) -> Self {
        let mut groups = Self { ends: Vec::new(), others: Vec::new(), stars: Vec::new() };
        for ratings in users {
            for &(item, stars) in ratings {
                groups.others.push(item);
                groups.stars.push(stars);
            }
            groups.ends.push(groups.others.len());
        }
        groups
    }

    /// Group the ratings of `users` by item.
    pub fn by_item(users: &[Vec<(u32, f32)>], items: usize) -> Self {
        let mut ends = vec![0usize; items];
        for &(item, _) in users.iter().flatten() {
            ends[item as usize] += 1;
        }
        let mut start = 0;
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut groups = Self { ends, others: vec![0; start], stars: vec![0.0; start] };
        for (user, ratings) in (0..).zip(users) {
            for &(item, stars) in ratings {
                let next = &mut groups.ends[item as usize];
                groups.others[*next] = user;
                groups.stars[*next] = stars;
                *next += 1;
            }
        }
        groups
    }

    /// Return the number of groups.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Return the ratings of a group: the other side's index, and stars.
    pub fn of(&self, group: usize) -> impl ExactSizeIterator<Item = (usize, f32)> + Clone {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before]);
        let range = start..self.ends[group];
        self.others[range.clone()].iter().map(|&other| other as usize).zip(self.stars[range].iter().copied())
    }

    /// Return all stars.
    pub fn stars(&self) -> &[f32] {
        &self.stars
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_grouped_on_both_sides() {
        let users = [vec![(2, 5.0), (0, 1.0)], vec![], vec![(2, 3.0)]];
        let [by_user, by_item] = [Groups::by_user(&users), Groups::by_item(&users, 3)];
        let lists = |groups: &Groups| (0..groups.len()).map(|g| groups.of(g).collect()).collect::<Vec<Vec<_>>>();
        assert_eq!(lists(&by_user), [vec![(2, 5.0), (0, 1.0)], vec![], vec![(2, 3.0)]]);
        assert_eq!(lists(&by_item), [vec![(0, 1.0)], vec![], vec![(0, 5.0), (2, 3.0)]]);
    }
}
