//! Vary a list: maximal marginal relevance (Carbonell and Goldstein 1998) on the item vectors V of the choice half.
//!
//! A list is filled from the n best items. Each row takes the item i with the highest
//! (1 − v)·(s_i − v·γ·p_i)/(s_1 − s_n) − v·(2a_i + κ·max(0, a_i − [`CROWDED`])²), with
//! a_i = Σ_j cos(V_i − m, V_j − m)/max(r, [`LONG`]) over the r items j before it: what is like all of a list loses more the
//! longer it is, and much more once the list is of one kind. s are the list scores, sorted, v is the variety, 0 to 1, p_i the
//! score of the choice half before any answer, so that v also takes a little of what is on everybody's list away, and
//! m = Vᵀp the mean vector of what visitors choose.

use super::Halves;
use crate::math::matrix::{add, dot};

/// γ, the share of the score before any answer that is taken away at full variety.
const POPULARITY: f32 = 0.2;

/// The number of rows up to which what is like all of the list loses in proportion to its length.
const LONG: usize = 8;

/// The mean cosine to the list above which an item also loses by the square of the excess.
const CROWDED: f32 = 0.45;

/// κ, the weight of that square.
const CROWDING: f32 = 320.0;

/// The lowest range of scores that relevance is a share of.
const MIN_RANGE: f32 = 1e-6;

impl Halves {
    /// Return the positions `best`, sorted by descending `scores`, in the order of a list whose first `rows` are
    /// varied. All others keep their order.
    ///
    /// # Panics
    /// Where a position is not below [`Halves::len`].
    pub(crate) fn vary(&self, scores: &[f32], best: &[usize], rows: usize, variety: f32) -> Vec<usize> {
        let mut list = Vec::new();
        let [Some(&first), Some(&last)] = [best.first(), best.last()] else { return list };
        let range = (scores[first] - scores[last]).max(MIN_RANGE);
        // Items with the first term of their value without 1 − v, which is −∞ once they are listed, and their directions.
        let mut open = Vec::new();
        for &item in best {
            let before = dot(&self.choice.vectors.row(item), &self.choice.start) + self.choice.bias[item];
            let relevance = (scores[item] - scores[first] - variety * POPULARITY * before) / range;
            open.push((item, relevance, self.choice.direction(item)));
        }
        // The sum of the directions of the items on the list.
        let mut listed = vec![0.0; self.choice.vectors.width()];
        for row in 0..rows.min(best.len()) {
            let share = 1.0 / row.max(LONG) as f32;
            let (mut chosen, mut highest) = (0, f32::NEG_INFINITY);
            for (index, (_, relevance, direction)) in open.iter().enumerate() {
                let alike = share * dot(direction, &listed);
                let crowded = (alike - CROWDED).max(0.0);
                let value = (1.0 - variety) * relevance - variety * (2.0 * alike + CROWDING * crowded * crowded);
                if value > highest {
                    (chosen, highest) = (index, value);
                }
            }
            let (item, relevance, direction) = &mut open[chosen];
            *relevance = f32::NEG_INFINITY;
            add(&mut listed, direction);
            list.push(*item);
        }
        list.extend(open.iter().filter(|open| open.1 > f32::NEG_INFINITY).map(|open| open.0));
        list
    }
}

#[cfg(test)]
mod tests {
    use crate::halves::{Choice, Halves, LEVELS, Neighbours, Table};
    use crate::model::scale::Scale;

    /// Return a model of items with these vectors.
    fn halves(vectors: &[[f32; 2]]) -> Halves {
        let choice = Choice {
            vectors: Table::new(2, vectors.concat()),
            bias: vec![0.0; vectors.len()],
            gates: vec![0.0; 2 * LEVELS],
            answer: vec![0.0; 2 * LEVELS],
            count: Table::new(2, vec![0.0; 2]),
            user_fields: Vec::new(),
            start: vec![0.0; 2],
            start_mean: vec![0.0; 2],
            rates: Vec::new(),
            weights: [0.0; LEVELS],
            kappa: 0.0,
            neighbours: Neighbours::default(),
            neighbour_weight: 0.0,
        };
        let scale = Scale { min: 1.0, max: 5.0, like: 4.5, dislike: 2.0 };
        Halves { scale, choice, stars: None, stars_weight: 0.0, asking: None }
    }

    #[test]
    fn variety_trades_score_for_difference() {
        // Three of a kind, another kind and one that is least like them, with scores from 4 to 0.
        let model = halves(&[[1.0, 0.0], [3.0, 0.1], [2.0, 0.0], [0.0, 1.0], [-0.5, -2.0]]);
        let list = |rows, variety| model.vary(&[4.0, 3.8, 3.0, 2.0, 0.0], &[0, 1, 2, 3, 4], rows, variety);
        assert_eq!(list(5, 0.0), [0, 1, 2, 3, 4], "sorted by score");
        assert_eq!(list(2, 0.7), [0, 3, 1, 2, 4], "another kind passes two that are like the first");
        assert_eq!(list(2, 1.0), [0, 4, 1, 2, 3], "only difference counts");
        assert_eq!(list(4, 0.7)[..3], list(3, 0.7)[..3], "a longer list begins with the shorter one");
        assert_eq!(model.vary(&[], &[], 3, 0.5), [0; 0]);
    }

    /// Proves that a list of one kind, however much higher its scores, leaves rows to another kind.
    #[test]
    fn one_kind_does_not_fill_a_list() {
        let mut vectors = vec![[1.0, 0.0]; 12];
        vectors.extend([[0.0, 1.0], [0.0, 1.0]]);
        let scores: Vec<f32> = (0..14).map(|i| if i < 12 { 10.0 - i as f32 / 10.0 } else { 0.0 }).collect();
        let model = halves(&vectors);
        let others = |variety| {
            let list = model.vary(&scores, &(0..14).collect::<Vec<_>>(), 8, variety);
            list[..8].iter().filter(|&&item| item >= 12).count()
        };
        assert_eq!((others(0.0), others(0.2)), (0, 2));
    }

    #[test]
    fn variety_takes_a_share_of_what_everybody_is_shown() {
        let mut model = halves(&[[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]]);
        let list = |model: &Halves| model.vary(&[4.0, 3.9, 0.0], &[0, 1, 2], 1, 0.25);
        assert_eq!(list(&model), [0, 1, 2]);
        model.choice.bias[0] = 8.0;
        assert_eq!(list(&model), [1, 0, 2], "the first is on everybody's list");
    }
}
