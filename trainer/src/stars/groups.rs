//! Ratings grouped by user or by item.

use crate::ranks::{self, Shard};
use std::borrow::Cow;
use std::ops::Range;

/// The ratings of some items in a row by the users of all ranks.
#[derive(Debug)]
pub struct OfOwnItems<'a> {
    /// The ratings by item; none of other items.
    pub groups: Cow<'a, Groups>,
    /// The items that this rank sums up.
    pub own: Range<usize>,
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
    /// Group the ratings of `users` by user, but for those of `left_out`, ascending.
    pub fn by_user(users: &[Vec<(u32, f32)>], left_out: &[usize]) -> Self {
        let kept = |user: &usize| left_out.binary_search(user).is_err();
        let count = (0..users.len()).filter(kept).map(|user| users[user].len()).sum();
        let mut groups = Self {
            ends: Vec::with_capacity(users.len()),
            others: Vec::with_capacity(count),
            stars: Vec::with_capacity(count),
        };
        for (user, ratings) in users.iter().enumerate() {
            for &(item, stars) in ratings.iter().filter(|_| kept(&user)) {
                groups.others.push(item);
                groups.stars.push(stars);
            }
            groups.ends.push(groups.others.len());
        }
        groups
    }

    /// Group ratings that are grouped by user by item instead.
    pub fn by_item(by_user: &Self, items: usize) -> Self {
        let mut counts = vec![0usize; items];
        by_user.others.iter().for_each(|&item| counts[item as usize] += 1);
        let of_user = |user: usize| by_user.of(user).map(move |(item, stars)| (item as u32, user as u32, stars));
        Self::grouped(counts, (0..by_user.len()).flat_map(of_user))
    }

    /// Group ratings, each a group, the other side's index and stars, of which each group has so many. Those of a group keep their order.
    fn grouped(counts: Vec<usize>, ratings: impl IntoIterator<Item = (u32, u32, f32)>) -> Self {
        // The start of each group, which becomes its end as it is filled.
        let mut ends = counts;
        let mut start = 0;
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut groups = Self { ends, others: vec![0; start], stars: vec![0.0; start] };
        for (group, other, stars) in ratings {
            let next = &mut groups.ends[group as usize];
            groups.others[*next] = other;
            groups.stars[*next] = stars;
            *next += 1;
        }
        groups
    }

    /// Return the ratings of the items that this rank sums up. Items have `counts` ratings each, of which `self` are those of the
    /// users of this rank.
    pub fn of_own_items(&self, shard: &Shard, counts: &[u32]) -> OfOwnItems<'_> {
        if !shard.is_divided() {
            return OfOwnItems { groups: Cow::Borrowed(self), own: 0..self.len() };
        }
        let own = ranks::share_by(self.len(), |item| 1 + counts[item] as usize);
        let starts = ranks::gather(vec![own.start]);
        let ends = starts.iter().skip(1).copied().chain([self.len()]);
        let of_rank = |(start, end): (usize, usize)| -> Vec<(u32, u32, f32)> {
            let of_item = |item: usize| self.of(item).map(move |(user, stars)| (item as u32, user as u32, stars));
            (start..end).flat_map(of_item).collect()
        };
        let parts: Vec<_> = starts.iter().copied().zip(ends).map(of_rank).collect();
        let of_own = |item: usize| if own.contains(&item) { counts[item] as usize } else { 0 };
        let groups = Self::grouped((0..self.len()).map(of_own).collect(), ranks::exchange(parts));
        OfOwnItems { groups: Cow::Owned(groups), own }
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
        let by_user = Groups::by_user(&users, &[]);
        let by_item = Groups::by_item(&by_user, 3);
        let lists = |groups: &Groups| (0..groups.len()).map(|g| groups.of(g).collect()).collect::<Vec<Vec<_>>>();
        assert_eq!(lists(&by_user), [vec![(2, 5.0), (0, 1.0)], vec![], vec![(2, 3.0)]]);
        assert_eq!(lists(&by_item), [vec![(0, 1.0)], vec![], vec![(0, 5.0), (2, 3.0)]]);
        let rest = Groups::by_user(&users, &[0]);
        assert_eq!(lists(&rest), [vec![], vec![], vec![(2, 3.0)]]);
    }
}
