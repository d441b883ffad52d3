//! The graph of users and items: items that the same users have are neighbours.
//!
//! LightGCN (He et al. 2020) propagates embeddings along Â = D^-½·A·D^-½. As users have no embeddings here, being new
//! on every visit, two steps from items to items are ÂᵀÂ. Only each item's largest weights are kept, so that the cost
//! does not grow with the graph.

use crate::ranks;
use fewclicks_model::network::task::Rows;

/// Return the `count` strongest neighbours of each item, strongest first; fewer if it has no more. `ratings` are the
/// items of each user, `popularity` the number of users of each item.
pub fn neighbours(ratings: &[Vec<(u32, f32)>], popularity: &[u32], count: usize) -> Vec<Vec<u32>> {
    // Stored contiguously: nearly all time is spent on cache misses in these lists.
    let mut items_of = Rows::default();
    ratings.iter().for_each(|list| items_of.push(&list.iter().map(|&(item, _)| item).collect::<Vec<_>>()));
    let mut users_of: Vec<Vec<u32>> = popularity.iter().map(|&users| Vec::with_capacity(users as usize)).collect();
    for (list, user) in ratings.iter().zip(0..) {
        list.iter().for_each(|&(item, _)| users_of[item as usize].push(user));
    }
    // At least 1, to divide by; no user links to an item of popularity 0.
    let sqrt_popularity: Vec<f32> = popularity.iter().map(|&users| (users.max(1) as f32).sqrt()).collect();
    let strongest = |links: &mut Vec<f32>, item: usize| {
        links.clear();
        links.resize(popularity.len(), 0.0);
        for &user in &users_of[item] {
            let items = items_of.get(user as usize);
            let share = 1.0 / items.len() as f32;
            items.iter().for_each(|&other| links[other as usize] += share);
        }
        links[item] = 0.0;
        links.iter_mut().zip(&sqrt_popularity).for_each(|(link, sqrt)| *link /= sqrt);
        largest(links, count)
    };
    ranks::map_with(popularity.len(), Vec::new, strongest)
}

/// Return the indices of the `count` largest positive `weights`, largest first, ties in their order. One pass, as
/// nearly all weights are below those found before.
fn largest(weights: &[f32], count: usize) -> Vec<u32> {
    let mut found: Vec<(f32, u32)> = Vec::with_capacity(count + 1);
    let mut least = 0.0;
    for (&weight, item) in weights.iter().zip(0..) {
        if weight > least {
            let index = found.partition_point(|other| other.0 >= weight);
            found.insert(index, (weight, item));
            found.truncate(count);
            least = if found.len() < count { 0.0 } else { found.last().map_or(f32::INFINITY, |last| last.0) };
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
        assert_eq!(largest(&weights, 4), [5, 1, 3, 0]);
        assert_eq!(largest(&weights, 100), [5, 1, 3, 0, 6, 4]);
        assert!(largest(&weights, 0).is_empty());
    }
}
