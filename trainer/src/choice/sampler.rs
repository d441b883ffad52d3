//! Samples of a large catalogue, over which a batch's softmax is taken instead of all items.
//!
//! The most answered items, which the teacher names, and the items of the batch's tasks are always in the sample. Of the others
//! a fixed number is drawn; −ln of their chance is added to their biases, so that the sum of the softmax is right on average
//! (Bengio and Senécal, Adaptive Importance Sampling to Accelerate Training of a Neural Probabilistic Language Model, 2008).

use super::items::ItemRows;
use super::layout::Layout;
use super::net::Net;
use super::number::Number;
use super::reverse::loss_gradient;
use super::tasks::Task;
use super::teacher::MAX_ITEMS;
use fewclicks_model::network::task::Rows;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// The number of other items that are drawn.
const DRAWN: usize = 2048;

/// The number of items from which on samples are taken.
const LARGE: usize = 2 * MAX_ITEMS;

/// Return the number of items that a batch's softmax is taken over, less those of the tasks.
pub fn sampled(items: usize) -> usize {
    if items < LARGE { items } else { MAX_ITEMS + DRAWN }
}

/// Draws samples of a catalogue.
#[derive(Debug)]
pub struct Sampler {
    /// Whether an item is always in the sample.
    always: Vec<bool>,
}

impl Sampler {
    /// Create a sampler for a catalogue with these numbers of answers by item; `None` where it is small enough to be used whole.
    pub fn new(counts: &[u32]) -> Option<Self> {
        if counts.len() < LARGE {
            return None;
        }
        let mut order: Vec<usize> = (0..counts.len()).collect();
        order.sort_by_key(|&item| std::cmp::Reverse(counts[item]));
        let mut always = vec![false; counts.len()];
        order[..MAX_ITEMS].iter().for_each(|&item| always[item] = true);
        Some(Self { always })
    }

    /// Draw the sample for a batch of `tasks`.
    pub fn draw(&self, tasks: &[Task], rng: &mut ChaCha8Rng) -> Sample {
        let mut is_in = self.always.clone();
        for task in tasks {
            task.support.iter().for_each(|&(item, _)| is_in[item as usize] = true);
            task.target.iter().for_each(|&(item, _)| is_in[item as usize] = true);
        }
        let mut others: Vec<u32> = (0..).zip(&is_in).filter(|(_, is_in)| !**is_in).map(|(item, _)| item).collect();
        let all = others.len();
        let (drawn, _) = others.partial_shuffle(rng, DRAWN);
        let correction = (all as f32 / drawn.len().max(1) as f32).ln();
        let mut items: Vec<(u32, f32)> =
            (0..).zip(&is_in).filter(|(_, is_in)| **is_in).map(|(item, _)| (item, 0.0)).collect();
        items.extend(drawn.iter().map(|&item| (item, correction)));
        items.sort_unstable_by_key(|&(item, _)| item);
        Sample { items }
    }
}

/// The items that a batch's softmax is taken over, in ascending order, each with what is added to its bias.
#[derive(Debug)]
pub struct Sample {
    items: Vec<(u32, f32)>,
}

impl Sample {
    /// As [`loss_gradient`], with the softmax over the sample. `items` are those of the whole catalogue.
    pub fn loss_gradient<S: Number>(
        &self,
        (layout, theta): (&Layout, &[S]),
        items: &ItemRows,
        tasks: &mut [Task],
    ) -> (S, Vec<S>) {
        let own: Vec<u32> = self.items.iter().map(|&(item, _)| items.own[item as usize]).collect();
        let fields: Vec<Rows> = items.fields.iter().map(|rows| self.of(rows)).collect();
        let rows = ItemRows { own: &own, fields: &fields.iter().collect::<Vec<_>>() };
        let mut net = Net::new(layout, theta, &rows);
        for (bias, &(_, correction)) in net.bias.iter_mut().zip(&self.items) {
            *bias += S::constant(correction.into());
        }
        for task in &mut *tasks {
            task.support.iter_mut().for_each(|(item, _)| *item = self.index(*item));
            task.target.iter_mut().for_each(|(item, _)| *item = self.index(*item));
        }
        loss_gradient(&net, &rows, tasks)
    }

    /// Return the index of an item of the tasks in the sample.
    fn index(&self, item: u32) -> u32 {
        self.items.binary_search_by_key(&item, |&(other, _)| other).expect("items of tasks are in the sample") as u32
    }

    /// Return the rows of the sample's items.
    fn of(&self, rows: &Rows) -> Rows {
        let mut sampled = Rows::default();
        self.items.iter().for_each(|&(item, _)| sampled.push(rows.get(item as usize)));
        sampled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};

    #[test]
    fn the_sum_over_a_sample_is_right_on_average() {
        let items = LARGE + 3000;
        let counts: Vec<u32> = (0..items as u32).map(|item| item % 97).collect();
        let score = |item: u32| ((item % 13) as f32 * 0.3).exp();
        let whole: f32 = (0..items as u32).map(score).sum();
        let sampler = Sampler::new(&counts).expect("a large catalogue");
        let task = Task { support: vec![(97, 4)], target: vec![(194, 0.5), (291, 0.5)], ..Task::default() };
        let draws = 40;
        let mut mean = 0.0;
        for draw in 0..draws {
            let sample = sampler.draw(std::slice::from_ref(&task), &mut stream(1, Purpose::Samples, 0, draw));
            assert!(sample.items.is_sorted() && sample.items.len() < LARGE);
            for item in [97, 194, 291] {
                assert_eq!(sample.items[sample.index(item) as usize], (item, 0.0), "items of tasks are not corrected");
            }
            mean += sample.items.iter().map(|&(item, plus)| score(item) * plus.exp()).sum::<f32>() / draws as f32;
        }
        assert!((mean / whole - 1.0).abs() < 0.005, "{mean} and {whole}");
    }

    #[test]
    fn a_small_catalogue_is_used_whole() {
        assert!(Sampler::new(&vec![1; LARGE - 1]).is_none());
        assert_eq!(sampled(LARGE - 1), LARGE - 1);
    }
}
