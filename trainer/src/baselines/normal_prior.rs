//! Means of groups under a normal prior that is learned from all groups (empirical Bayes): a group's mean is shrunken
//! towards what its feature fields predict, the more the fewer values it has.
//!
//! A group g with fields f has the mean m ~ N(w·f, τ²), and its values are m + ε, ε ~ N(0, σ²). The effect of each value of
//! field k is N(0, 1/λₖ). σ², τ², λₖ and w are learned by variational EM with a diagonal posterior of w: the ridge
//! regression of the groups' means, each weighted by its precision 1 / (τ² + σ² / n).

use fewclicks_model::model::vocabulary::UNKNOWN;
use fewclicks_model::network::task::Rows;

/// Number of rounds of EM.
const ROUNDS: usize = 60;

/// Smallest variance, relative to σ², that keeps divisions finite.
const LEAST: f64 = 1e-6;

/// Count, sum and sum of squares of a group's values.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    pub count: f64,
    pub sum: f64,
    pub squares: f64,
}

impl Group {
    pub fn add(&mut self, value: f64) {
        self.count += 1.0;
        self.sum += value;
        self.squares += value * value;
    }

    fn mean(&self) -> f64 {
        self.sum / self.count
    }
}

/// The learned prior.
#[derive(Clone, Debug)]
pub(super) struct NormalPrior {
    /// Mean of a group without known fields.
    pub(super) intercept: f64,
    /// Effect of each value (row) of each field; 0 for unknown values.
    pub(super) effects: Vec<Vec<f64>>,
    /// σ² / τ², in values: a group of that many values is shrunken by half.
    pub shrinkage: f64,
}

impl NormalPrior {
    /// Learn the prior from `groups` with at least one value, whose rows in each of `fields` are those of the same index.
    /// Without `centred` the prior of a group without fields has the mean 0.
    pub fn learn(groups: &[Group], fields: &[Rows], centred: bool) -> Self {
        let seen: Vec<usize> = (0..groups.len()).filter(|&group| groups[group].count > 0.0).collect();
        let within = within(groups);
        let effects: Vec<Vec<f64>> =
            fields.iter().map(|rows| vec![0.0; rows.all().iter().max().map_or(1, |&last| last as usize + 1)]).collect();
        let mut prior = Self { intercept: 0.0, effects, shrinkage: 1.0 };
        let mut between = within;
        // Ridge penalty of each field, and residuals of the groups' means.
        let mut penalties = vec![1.0 / within; fields.len()];
        let mut left: Vec<f64> = groups.iter().map(|group| group.sum / group.count.max(1.0)).collect();
        let members: Vec<Vec<Vec<(usize, f64)>>> = fields.iter().map(|rows| members(rows, &seen)).collect();
        for _ in 0..ROUNDS {
            let precision = |group: usize| 1.0 / (between + within / groups[group].count);
            if centred {
                let (sum, all) = seen.iter().fold((0.0, 0.0), |(sum, all), &group| {
                    (sum + precision(group) * left[group], all + precision(group))
                });
                let step = sum / f64::max(all, f64::MIN_POSITIVE);
                prior.intercept += step;
                seen.iter().for_each(|&group| left[group] -= step);
            }
            for ((effects, members), penalty) in prior.effects.iter_mut().zip(&members).zip(&mut penalties) {
                let (mut squares, mut values) = (0.0, 0.0);
                for (effect, members) in effects.iter_mut().zip(members).filter(|(_, members)| !members.is_empty()) {
                    let (mut sum, mut all) = (0.0, *penalty);
                    for &(group, share) in members {
                        let weight = precision(group) * share;
                        sum += weight * (left[group] + share * *effect);
                        all += weight * share;
                    }
                    let step = sum / all - *effect;
                    *effect += step;
                    members.iter().for_each(|&(group, share)| left[group] -= share * step);
                    squares += *effect * *effect + 1.0 / all;
                    values += 1.0;
                }
                *penalty = f64::max(values, 1.0) / f64::max(squares, LEAST * within);
            }
            let deviation = |&group: &usize| {
                let shrunken = between * precision(group);
                (shrunken * left[group]).powi(2) + shrunken * within / groups[group].count
            };
            let squares: f64 = seen.iter().map(deviation).sum();
            between = f64::max(squares / seen.len().max(1) as f64, LEAST * within);
        }
        prior.shrinkage = within / between;
        prior
    }

    /// Return the prior mean of a group by its rows in each field.
    pub fn mean<'a>(&self, rows: impl Iterator<Item = &'a [u32]>) -> f64 {
        let effect = |(effects, rows): (&Vec<f64>, &[u32])| {
            let known = rows.iter().filter(|&&row| row != UNKNOWN);
            let sum: f64 = known.clone().filter_map(|&row| effects.get(row as usize)).sum();
            sum * share(known.count())
        };
        self.intercept + self.effects.iter().zip(rows).map(effect).sum::<f64>()
    }

    /// Return the posterior mean of a group with the prior mean `prior`.
    pub fn shrink(&self, group: &Group, prior: f64) -> f64 {
        (group.sum + self.shrinkage * prior) / (group.count + self.shrinkage)
    }
}

/// Return the share of each of `values` values in a group's prior mean.
fn share(values: usize) -> f64 {
    1.0 / (values.max(1) as f64).sqrt()
}

/// Return the groups of each row of a field, with the row's share.
fn members(rows: &Rows, groups: &[usize]) -> Vec<Vec<(usize, f64)>> {
    let mut members = vec![Vec::new(); rows.all().iter().max().map_or(1, |&last| last as usize + 1)];
    for &group in groups {
        let known: Vec<u32> = rows.get(group).iter().copied().filter(|&row| row != UNKNOWN).collect();
        known.iter().for_each(|&row| members[row as usize].push((group, share(known.len()))));
    }
    members
}

/// Compute the pooled variance within groups; 1 if there is none.
fn within(groups: &[Group]) -> f64 {
    let seen = groups.iter().filter(|group| group.count > 0.0);
    let (squares, freedom) = seen.fold((0.0, 0.0), |(squares, freedom), group| {
        (squares + (group.squares - group.sum * group.mean()).max(0.0), freedom + group.count - 1.0)
    });
    if squares > 0.0 && freedom > 0.0 { squares / freedom } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    use rand::RngExt;

    /// Two values with the sum 8, the prior mean 1 + ½ of a group with value 1, and σ² = τ²: (8 + 1.5) / 3.
    #[test]
    fn a_group_is_shrunken_by_its_count() {
        let prior = NormalPrior { intercept: 1.0, effects: vec![vec![0.0, 0.5, -1.0]], shrinkage: 1.0 };
        let group = Group { count: 2.0, sum: 8.0, squares: 0.0 };
        let mean = prior.mean([&[1u32][..]].into_iter());
        assert_eq!(mean, 1.5);
        assert_eq!(prior.shrink(&group, mean), 9.5 / 3.0);
        assert_eq!(prior.mean([&[UNKNOWN][..]].into_iter()), 1.0);
        let of_two = prior.mean([&[1u32, 2][..]].into_iter());
        assert!((of_two - (1.0 - 0.5 / 2f64.sqrt())).abs() < 1e-12);
    }

    /// Drawn with σ² = 1, τ² = 1/4 and effects of variance 1: the shrinkage is 4, and the effects are found.
    #[test]
    fn variances_and_effects_are_learned() {
        let mut rng = stream(1, Purpose::Parameters, 0, 0);
        let mut normal = move || (0..12).map(|_| rng.random_range(0.0..1.0)).sum::<f64>() - 6.0;
        let effects: Vec<f64> = (0..20).map(|_| normal()).collect();
        let rows: Vec<u32> = (0..2000).map(|group| 1 + group % 20).collect();
        let mut groups = vec![Group::default(); rows.len()];
        for (group, &row) in groups.iter_mut().zip(&rows) {
            let mean = 3.0 + effects[row as usize - 1] + 0.5 * normal();
            (0..5).for_each(|_| group.add(mean + normal()));
        }
        let fields = [rows.iter().map(std::slice::from_ref).collect()];
        let prior = NormalPrior::learn(&groups, &fields, true);
        assert!((prior.shrinkage - 4.0).abs() < 0.5, "{}", prior.shrinkage);
        for (row, effect) in (1u32..).zip(&effects) {
            let mean = prior.mean([std::slice::from_ref(&row)].into_iter());
            assert!((mean - 3.0 - effect).abs() < 0.25, "{mean} of {effect}");
        }
        let alike = NormalPrior::learn(&groups, &[], true);
        assert!(alike.shrinkage < 1.5, "without fields the means differ more: {}", alike.shrinkage);
    }
}
