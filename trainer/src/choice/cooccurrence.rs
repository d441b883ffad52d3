//! Items that the same users like: the neighbours of each item, and their strengths.
//!
//! A neighbour i of a liked item j has the strength G²/(G + s) / (p_j^½ · p_i^β), with G users who like both and p who like
//! one: a cosine that counts for less where few agree, with another power of the neighbour's popularity.

use super::data::{Answered, ChoiceData, LIKE};
use crate::ranks;
use crate::strongest::strongest;
use fewclicks_model::halves::Neighbours;

/// s, the number of users who must agree for half of the strength.
const SHRINKAGE: f32 = 20.0;

/// β, the power of the neighbour's popularity.
const POWER: f32 = 0.9;

/// Return the `count` strongest neighbours of each item.
pub fn neighbours(data: ChoiceData, count: usize) -> Neighbours {
    let liked = |answers: &&[Answered]| -> Vec<u32> {
        answers.iter().filter(|&&(_, level)| level >= LIKE).map(|&(item, _)| item).collect()
    };
    let users: Vec<Vec<u32>> = data.answers.iter().map(liked).collect();
    let likes = data.likes();
    let mut users_of = vec![Vec::new(); data.items];
    for (user, items) in users.iter().enumerate() {
        items.iter().for_each(|&item| users_of[item as usize].push(user));
    }
    let start = || (vec![0u32; data.items], Vec::new());
    // Only items that share a user are visited: the cost of an item does not grow with the catalogue.
    let of_item = |(counts, seen): &mut (Vec<u32>, Vec<u32>), item: usize| {
        for &other in users_of[item].iter().flat_map(|&user| &users[user]) {
            if counts[other as usize] == 0 {
                seen.push(other);
            }
            counts[other as usize] += 1;
        }
        let weigh = |other: u32| {
            let both = std::mem::take(&mut counts[other as usize]);
            (other, strength(both, likes[item], likes[other as usize]))
        };
        let found = seen.drain(..).map(weigh).filter(|&(other, _)| other as usize != item).collect();
        strongest(found, count, |strength| strength)
    };
    let lists: Vec<Vec<(u32, f32)>> = ranks::map_with(data.items, start, of_item);
    let mut neighbours = Neighbours::default();
    lists.iter().for_each(|list| neighbours.push(list));
    neighbours
}

/// Return the strength of a neighbour with `other` likes of an item with `own` likes, where `both` like both.
fn strength(both: u32, own: u32, other: u32) -> f32 {
    let [both, own, other] = [both, own, other].map(|x| x as f32);
    both * both / (both + SHRINKAGE) / (own.sqrt() * other.powf(POWER))
}
