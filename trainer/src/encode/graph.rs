//! The graph of users and items: items that the same users have are neighbours.
//!
//! LightGCN (He et al. 2020) propagates embeddings along Â = D^-½·A·D^-½. As users have no embeddings here, being new
//! on every visit, two steps from items to items are ÂᵀÂ. Only each item's largest weights are kept, so that the cost
//! does not grow with the graph.

use crate::ranks;
use std::ops::Range;

/// Return the `count` strongest neighbours of each item, strongest first; fewer if it has no more. `ratings` are the
/// items of each user, `popularity` the number of users of each item.
pub fn neighbours(ratings: &[Vec<(u32, f32)>], popularity: &[u32], count: usize) -> Vec<Vec<u32>> {
    // Stored contiguously: nearly all time is spent on cache misses in these lists.
    let items_of: Vec<u32> = ratings.iter().flatten().map(|&(item, _)| item).collect();
    let mut end = 0;
    let range = |list: &Vec<(u32, f32)>| {
        end += list.len();
        end - list.len()..end
    };
    let ranges: Vec<Range<usize>> = ratings.iter().map(range).collect();
    let mut users_of: Vec<Vec<u32>> = popularity.iter().map(|&users| Vec::with_capacity(users as usize)).collect();
    for (list, user) in ratings.iter().zip(0..) {
        list.iter().for_each(|&(item, _)| users_of[item as usize].push(user));
    }
    let start = || (vec![0.0f32; popularity.len()], Vec::new());
    // Only items that share a user are visited: the cost of an item does not grow with the catalogue.
    let strongest = |(links, seen): &mut (Vec<f32>, Vec<u32>), item: usize| {
        for &user in &users_of[item] {
            let items = &items_of[ranges[user as usize].clone()];
            let share = 1.0 / items.len() as f32;
            for &other in items {
                let link = &mut links[other as usize];
                if *link == 0.0 {
                    seen.push(other);
                }
                *link += share;
            }
        }
        links[item] = 0.0;
        let weigh = |other: u32| {
            let link = std::mem::take(&mut links[other as usize]);
            (link / (popularity[other as usize] as f32).sqrt(), other)
        };
        largest(seen.drain(..).map(weigh), count)
    };
    ranks::map_with(popularity.len(), start, strongest)
}

/// Return the indices of the `count` largest positive `weights`, largest first, ties in their order. One pass, as
/// nearly all weights are below those found before.
fn largest(weights: impl Iterator<Item = (f32, u32)>, count: usize) -> Vec<u32> {
    let mut found: Vec<(f32, u32)> = Vec::with_capacity(count + 1);
    let is_before = |a: &(f32, u32), b: &(f32, u32)| a.0 > b.0 || (a.0 == b.0 && a.1 < b.1);
    for weight in weights.filter(|weight| weight.0 > 0.0) {
        if found.len() < count || found.last().is_some_and(|last| is_before(&weight, last)) {
            let index = found.partition_point(|other| is_before(other, &weight));
            found.insert(index, weight);
            found.truncate(count);
        }
    }
    found.into_iter().map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_that_the_same_users_have_are_neighbours() {
        let user = |items: &[u32]| items.iter().map(|&item| (item, 1.0)).collect();
        // Items 0 and 1 have the same users; all users have item 2; no user has item 3.
        let ratings = vec![user(&[0, 1, 2]), user(&[0, 1, 2]), user(&[2, 4]), user(&[2, 4]), user(&[2])];
        let found = neighbours(&ratings, &[2, 2, 5, 0, 2], 1);
        assert_eq!(found, [vec![1], vec![0], vec![4], vec![], vec![2]]);
    }

    #[test]
    fn the_largest_come_first_and_equals_as_they_stand() {
        let weights = [0.5, 2.0, 0.0, 2.0, 0.25, 3.0, 0.5];
        let weights = || weights.into_iter().zip(0..7);
        assert_eq!(largest(weights(), 4), [5, 1, 3, 0]);
        assert_eq!(largest(weights(), 100), [5, 1, 3, 0, 6, 4]);
        assert_eq!(largest(weights().rev(), 4), [5, 1, 3, 0], "in whatever order they come");
        assert!(largest(weights(), 0).is_empty());
    }
}
