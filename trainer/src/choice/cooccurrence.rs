//! Items that the same users like: the neighbours of each item, and their strengths.
//!
//! A neighbour i of a liked item j has the strength G²/(G + s) / (p_j^½ · p_i^β), with G users who like both and p who like
//! one: a cosine that counts for less where few agree, with another power of the neighbour's popularity.

use super::data::{Answered, ChoiceData, LIKE};
use fewclicks_model::halves::Neighbours;
use rayon::prelude::*;

/// How strengths are computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// s, the number of users who must agree for half of the strength.
    pub shrinkage: f32,
    /// β, the power of the neighbour's popularity.
    pub power: f32,
}

/// The neighbours of each item with the numbers of users who like both.
#[derive(Debug)]
pub struct Cooccurrence {
    /// How strengths are computed.
    strength: Strength,
    /// The number of likes of each item.
    likes: Vec<u32>,
    /// For each item the neighbours, in ascending order of items, with G.
    neighbours: Vec<Vec<(u32, u32)>>,
}

impl Cooccurrence {
    /// Find the `count` strongest neighbours of each item.
    pub fn new(data: ChoiceData, strength: Strength, count: usize) -> Self {
        let liked = |answers: &&[Answered]| -> Vec<u32> {
            answers.iter().filter(|&&(_, level)| level >= LIKE).map(|&(item, _)| item).collect()
        };
        let users: Vec<Vec<u32>> = data.answers.iter().map(liked).collect();
        let likes = data.likes();
        let mut users_of = vec![Vec::new(); data.items];
        for (user, items) in users.iter().enumerate() {
            items.iter().for_each(|&item| users_of[item as usize].push(user));
        }
        let strongest = |counts: &mut Vec<u32>, item: usize| {
            counts.clear();
            counts.resize(data.items, 0);
            users_of[item].iter().flat_map(|&user| &users[user]).for_each(|&other| counts[other as usize] += 1);
            counts[item] = 0;
            let both = (0..).zip(&*counts).filter(|&(_, &both)| both > 0).map(|(other, &both)| (other, both));
            let weigh = |(other, both)| (strength.of(both, likes[item], likes[other as usize]), other, both);
            let mut found: Vec<(f32, u32, u32)> = both.map(weigh).collect();
            found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            found.truncate(count);
            let mut list: Vec<(u32, u32)> = found.into_iter().map(|(_, other, both)| (other, both)).collect();
            list.sort_unstable();
            list
        };
        let neighbours = (0..data.items).into_par_iter().map_init(Vec::new, strongest).collect();
        Self { strength, likes, neighbours }
    }

    /// Return the neighbours as a model has them.
    pub fn neighbours(&self) -> Neighbours {
        let mut neighbours = Neighbours::default();
        for (list, &count) in self.neighbours.iter().zip(&self.likes) {
            let strength =
                |&(other, both): &(u32, u32)| (other, self.strength.of(both, count, self.likes[other as usize]));
            neighbours.push(&list.iter().map(strength).collect::<Vec<_>>());
        }
        neighbours
    }
}

impl Strength {
    /// Return the strength of a neighbour with `other` likes of an item with `own` likes, where `both` like both.
    fn of(self, both: u32, own: u32, other: u32) -> f32 {
        let [both, own, other] = [both, own, other].map(|x| x as f32);
        both * both / (both + self.shrinkage) / (own.sqrt() * other.powf(self.power))
    }
}
