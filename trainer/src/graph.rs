//! The graph of users and items, two hops at a time: from an item to the users who have it, and on to what else they
//! have.
//!
//! LightGCN (He et al. 2020) propagates embeddings along Â = D^-½·A·D^-½. With no embeddings for users, who are new on
//! every visit, one layer from items to items is ÂᵀÂ; only each item's strongest links are kept, so that the cost does
//! not grow with the graph.

use rayon::prelude::*;

/// Per item its `count` strongest neighbours, strongest first, fewer where it has no more. `ratings` are per user the
/// items they have, `popularity` per item how many users have it.
pub fn neighbours(ratings: &[Vec<(u32, f32)>], popularity: &[u32], count: usize) -> Vec<Vec<u32>> {
    let mut users_of = vec![Vec::new(); popularity.len()];
    for (user, list) in ratings.iter().enumerate() {
        list.iter().for_each(|&(item, _)| users_of[item as usize].push(user));
    }
    let strongest = |links: &mut Vec<f32>, item: usize| {
        links.clear();
        links.resize(popularity.len(), 0.0);
        for &user in &users_of[item] {
            let share = 1.0 / ratings[user].len() as f32;
            ratings[user].iter().for_each(|&(other, _)| links[other as usize] += share);
        }
        links[item] = 0.0;
        let weight = |other: u32| links[other as usize] / (popularity[other as usize] as f32).sqrt();
        let mut others: Vec<u32> = (0..links.len() as u32).filter(|&other| links[other as usize] > 0.0).collect();
        others.sort_unstable_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
        others.truncate(count);
        others
    };
    (0..popularity.len()).into_par_iter().map_init(Vec::new, strongest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_that_the_same_users_have_are_neighbours() {
        let user = |items: &[u32]| items.iter().map(|&item| (item, 1.0)).collect();
        // 0 and 1 go together; everybody has 2; nobody has 3.
        let ratings = vec![user(&[0, 1, 2]), user(&[0, 1, 2]), user(&[2, 4]), user(&[2, 4]), user(&[2])];
        let found = neighbours(&ratings, &[2, 2, 5, 0, 2], 1);
        assert_eq!(found, [vec![1], vec![0], vec![4], vec![], vec![2]]);
    }
}
