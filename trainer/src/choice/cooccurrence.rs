//! Items that the same users like: the neighbours of each item, and their strengths.
//!
//! A neighbour i of a liked item j has the strength G²/(G + s) / (p_j^½ · p_i^β), with G users who like both and p who like
//! one: a cosine that counts for less where few agree, with another power of the neighbour's popularity.

use super::data::{Answered, ChoiceData, LIKE};
use crate::pairs::{Row, rows};
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
    for (user, items) in (0u32..).zip(&users) {
        items.iter().for_each(|&item| users_of[item as usize].push(user));
    }
    let add = |row: &mut Row<u32>, item: usize| {
        let others = users_of[item].iter().flat_map(|&user| &users[user as usize]);
        others.for_each(|&other| *row.cell(other as usize) += 1);
    };
    let finish = |item: usize, row: Vec<(u32, u32)>| {
        let weigh = |(other, both): (u32, u32)| (other, strength(both, likes[item], likes[other as usize]));
        let found = row.into_iter().filter(|&(other, _)| other as usize != item).map(weigh).collect();
        strongest(found, count, |strength| strength)
    };
    let lists: Vec<Vec<(u32, f32)>> = rows(data.items, data.shard, add, finish);
    let mut neighbours = Neighbours::default();
    lists.iter().for_each(|list| neighbours.push(list));
    neighbours
}

/// Return the strength of a neighbour with `other` likes of an item with `own` likes, where `both` like both.
fn strength(both: u32, own: u32, other: u32) -> f32 {
    let [both, own, other] = [both, own, other].map(|x| x as f32);
    both * both / (both + SHRINKAGE) / (own.sqrt() * other.powf(POWER))
}
