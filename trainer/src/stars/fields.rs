//! Prior means from the fields of items or users: a ridge regression of their factors, with a learned precision per field.

use super::factors::Factors;
use fewclicks_model::network::task::{Rows, User};
use rayon::prelude::*;

/// The maximum number of steps of the conjugate gradient method.
const STEPS: usize = 30;

/// The ridge regression stops at this share of the squared residual at the start.
const TOLERANCE: f64 = 1e-10;

/// Bounds of a field's precision.
const PRECISION: (f64, f64) = (0.3, 1e4);

/// The maximum of |z(log n)|.
const MAX_Z: f32 = 2.0;

/// The precision of the constant, which is hardly shrunk.
const CONSTANT_PRECISION: f64 = 0.1;

/// The fields of entities as a sparse matrix, with a constant as its last column. The values of a field that an entity has
/// several of share the weight 1; unknown values have none.
#[derive(Clone, Debug)]
pub struct Features {
    /// The end of each entity's entries.
    ends: Vec<u32>,
    columns: Vec<u32>,
    values: Vec<f32>,
    /// The field of each column: the numbers together are one more field, and the constant another.
    field_of: Vec<usize>,
    /// The first column of each field, row 1 of its table.
    starts: Vec<usize>,
    /// The numbers of an item without ratings.
    unrated: Vec<f32>,
}

impl Features {
    /// Take the fields of items, a list of rows each, and how often each item was rated: z(log n), at most 2 either way so that
    /// no single item decides, and its square. An item without ratings has the mean of both over all ratings: whoever rates
    /// it rates an item that people know, and a new item is not taken for one that nobody wants.
    pub fn of_items(fields: &[Rows], ratings: &[u32]) -> Self {
        let logs: Vec<f32> = standardised_log_counts(ratings).iter().map(|z| z.clamp(-MAX_Z, MAX_Z)).collect();
        let total = ratings.iter().map(|&n| u64::from(n)).sum::<u64>().max(1) as f64;
        let of_rated = |f: fn(f32) -> f32| -> Vec<f32> {
            let weighted = logs.iter().zip(ratings).map(|(&z, &n)| f64::from(n) * f64::from(f(z)));
            let mean = (weighted.sum::<f64>() / total) as f32;
            logs.iter().zip(ratings).map(|(&z, &n)| if n > 0 { f(z) } else { mean }).chain([mean]).collect()
        };
        let mut numbers = [of_rated(|z| z), of_rated(|z| z * z - 1.0)];
        let unrated = numbers.iter_mut().filter_map(Vec::pop).collect();
        let features = Self::new(ratings.len(), fields.len(), &|item, field| fields[field].get(item), &numbers);
        Self { unrated, ..features }
    }

    /// Take the fields of users.
    pub fn of_users(users: &[User]) -> Self {
        Self::new(users.len(), users.first().map_or(0, Vec::len), &|user, field| &users[user][field], &[])
    }

    fn new<'a>(entities: usize, fields: usize, rows: &dyn Fn(usize, usize) -> &'a [u32], numbers: &[Vec<f32>]) -> Self {
        let tables = (0..fields).map(|field| (0..entities).flat_map(|e| rows(e, field)).max().copied().unwrap_or(0));
        let (mut starts, mut field_of) = (Vec::new(), Vec::new());
        for (field, values) in tables.enumerate() {
            starts.push(field_of.len());
            field_of.resize(field_of.len() + values as usize, field);
        }
        let first_number = field_of.len() as u32;
        field_of.extend(numbers.iter().map(|_| fields));
        let constant = field_of.len() as u32;
        field_of.push(fields + 1);
        let mut features =
            Self { ends: Vec::new(), columns: Vec::new(), values: Vec::new(), field_of, starts, unrated: Vec::new() };
        for entity in 0..entities {
            for field in 0..fields {
                let known = rows(entity, field).iter().filter(|&&row| row > 0);
                let share = 1.0 / known.clone().count() as f32;
                for &row in known {
                    features.columns.push(features.starts[field] as u32 + row - 1);
                    features.values.push(share);
                }
            }
            for (column, numbers) in (first_number..).zip(numbers) {
                features.columns.push(column);
                features.values.push(numbers[entity]);
            }
            features.columns.push(constant);
            features.values.push(1.0);
            features.ends.push(features.columns.len() as u32);
        }
        features
    }

    fn entities(&self) -> usize {
        self.ends.len()
    }

    fn of(&self, entity: usize) -> impl Iterator<Item = (usize, f64)> {
        let start = entity.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let range = start..self.ends[entity] as usize;
        let columns = self.columns[range.clone()].iter().map(|&column| column as usize);
        columns.zip(self.values[range].iter().map(|&value| f64::from(value)))
    }

    /// Return F·w.
    fn times(&self, w: &[f64]) -> Vec<f64> {
        (0..self.entities()).map(|e| self.of(e).map(|(column, value)| value * w[column]).sum()).collect()
    }

    /// Return Fᵀ·x.
    fn transposed_times(&self, x: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; self.field_of.len()];
        for (entity, &x) in x.iter().enumerate().filter(|&(_, &x)| x != 0.0) {
            self.of(entity).for_each(|(column, value)| sum[column] += value * x);
        }
        sum
    }
}

/// The regression of factors on fields.
#[derive(Clone, Debug)]
pub struct FieldPrior {
    features: Features,
    /// The weights of each dimension, (size × columns).
    weights: Vec<Vec<f64>>,
    /// The precision of each field, by dimension.
    precisions: Vec<Vec<f64>>,
    /// Whether the mean over all entities is kept at 0.
    centred: bool,
}

impl FieldPrior {
    /// Create a prior whose means are all 0. If `centred`, the constant follows from the mean of the others.
    pub fn new(features: Features, size: usize, centred: bool) -> Self {
        let fields = features.starts.len() + 1;
        Self {
            weights: vec![vec![0.0; features.field_of.len()]; size],
            precisions: vec![vec![10.0; fields]; size],
            features,
            centred,
        }
    }

    /// Fit the weights to `factors` with their variances, whose prior means were `prior_means` and whose dimensions have the prior
    /// `precisions`.
    /// Only entities that `counts` are fitted. An entity counts by how much its posterior is narrower than its prior.
    pub fn fit(
        &mut self,
        (factors, variances): (&Factors, &[f32]),
        prior_means: &[f32],
        precisions: &[f64],
        counts: impl Fn(usize) -> bool + Sync,
    ) {
        let features = &self.features;
        let dimensions = self.weights.par_iter_mut().zip(&mut self.precisions).enumerate();
        dimensions.for_each(|(d, (weights, fields))| {
            let (mut reliability, mut target) = (vec![0.0; factors.len()], vec![0.0; factors.len()]);
            for entity in (0..factors.len()).filter(|&entity| counts(entity)) {
                let prior = f64::from(prior_means[entity * factors.size + d]);
                let moved = f64::from(factors.mean(entity)[d]) - prior;
                reliability[entity] = (1.0 - f64::from(variances[entity * factors.size + d]) * precisions[d]).max(1e-3);
                target[entity] = prior + moved / reliability[entity];
            }
            let penalty: Vec<f64> = (features.field_of.iter())
                .map(|&field| fields.get(field).copied().unwrap_or(CONSTANT_PRECISION))
                .collect();
            let diagonal = ridge(features, &reliability, &target, &penalty, weights);
            for (field, precision) in fields.iter_mut().enumerate() {
                let columns = (0..weights.len()).filter(|&column| features.field_of[column] == field);
                let squares = columns.clone().map(|c| weights[c].powi(2) * precisions[d] + 1.0 / diagonal[c]);
                let mean = squares.sum::<f64>() / columns.count().max(1) as f64;
                *precision = (1.0 / mean.max(1e-6)).clamp(PRECISION.0, PRECISION.1);
            }
        });
        if self.centred {
            for weights in &mut self.weights {
                *weights.last_mut().expect("the constant") = 0.0;
                let means = features.times(weights);
                *weights.last_mut().expect("the constant") = -means.iter().sum::<f64>() / means.len().max(1) as f64;
            }
        }
    }

    /// Return the prior mean of each entity, (entities × size).
    pub fn means(&self) -> Vec<f32> {
        let size = self.weights.len();
        let mut means = vec![0.0; self.features.entities() * size];
        for (d, weights) in self.weights.iter().enumerate() {
            for (mean, x) in means.chunks_exact_mut(size).zip(self.features.times(weights)) {
                mean[d] = x as f32;
            }
        }
        means
    }

    /// Return a table per field, (rows × size), with what each row adds to the mean of an item, and the mean of an item without
    /// fields and ratings, (size). Row 0 is for unknown values and adds nothing.
    pub fn tables(&self, rows: &[usize]) -> (Vec<Vec<f32>>, Vec<f32>) {
        let (size, Features { field_of, starts, unrated, .. }) = (self.weights.len(), &self.features);
        let table = |(field, &rows): (usize, &usize)| {
            let mut table = vec![0.0; rows * size];
            for column in (0..field_of.len()).filter(|&column| field_of[column] == field) {
                for (d, weights) in self.weights.iter().enumerate() {
                    table[(column - starts[field] + 1) * size + d] = weights[column] as f32;
                }
            }
            table
        };
        let numbers = field_of.len() - 1 - unrated.len();
        let base = |weights: &Vec<f64>| {
            let of_numbers: f64 = weights[numbers..].iter().zip(unrated).map(|(w, &x)| w * f64::from(x)).sum();
            (of_numbers + weights[weights.len() - 1]) as f32
        };
        (rows.iter().enumerate().map(table).collect(), self.weights.iter().map(base).collect())
    }

    /// Return a table per field, (rows × size), whose row 0 is for unknown values: 0 everywhere. The mean of a field over all
    /// entities is 0, so that an entity without fields has their mean.
    pub fn centred_tables(&self, rows: &[usize]) -> Vec<Vec<f32>> {
        let (size, entities) = (self.weights.len(), self.features.entities().max(1) as f64);
        let mut share = vec![0.0; self.features.field_of.len()];
        for entity in 0..self.features.entities() {
            self.features.of(entity).for_each(|(column, value)| share[column] += value / entities);
        }
        let table = |(field, &rows): (usize, &usize)| {
            let mut table = vec![0.0; rows * size];
            for (d, weights) in self.weights.iter().enumerate() {
                let start = self.features.starts[field];
                let columns = || (0..weights.len()).filter(|&c| self.features.field_of[c] == field);
                let mean: f64 = columns().map(|c| share[c] * weights[c]).sum();
                columns().for_each(|c| table[(c - start + 1) * size + d] = (weights[c] - mean) as f32);
            }
            table
        };
        rows.iter().enumerate().map(table).collect()
    }
}

/// Return z(log n) of each item, over the items with ratings.
pub fn standardised_log_counts(ratings: &[u32]) -> Vec<f32> {
    let logs: Vec<f32> = ratings.iter().map(|&n| (n.max(1) as f32).ln()).collect();
    let rated: Vec<f32> = logs.iter().zip(ratings).filter(|&(_, &n)| n > 0).map(|(&log, _)| log).collect();
    let n = rated.len().max(1) as f32;
    let mean = rated.iter().sum::<f32>() / n;
    let deviation = (rated.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / n).sqrt().max(1e-6);
    logs.iter().map(|log| (log - mean) / deviation).collect()
}

/// Solve (FᵀRF + penalty)·w = FᵀR·target from the former `w` by conjugate gradients; return the diagonal of the matrix.
fn ridge(features: &Features, reliability: &[f64], target: &[f64], penalty: &[f64], w: &mut [f64]) -> Vec<f64> {
    let mut diagonal = penalty.to_vec();
    for (entity, &r) in reliability.iter().enumerate() {
        features.of(entity).for_each(|(column, value)| diagonal[column] += value * value * r);
    }
    let weighted = |x: Vec<f64>| -> Vec<f64> { x.iter().zip(reliability).map(|(x, r)| x * r).collect() };
    let apply = |w: &[f64]| -> Vec<f64> {
        let product = features.transposed_times(&weighted(features.times(w)));
        product.iter().zip(penalty).zip(w).map(|((x, penalty), w)| x + penalty * w).collect()
    };
    let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let right = features.transposed_times(&weighted(target.to_vec()));
    let mut residual: Vec<f64> = right.iter().zip(apply(w)).map(|(b, x)| b - x).collect();
    let scaled = |residual: &[f64]| -> Vec<f64> { residual.iter().zip(&diagonal).map(|(r, d)| r / d).collect() };
    let mut z = scaled(&residual);
    let mut direction = z.clone();
    let mut product = dot(&residual, &z);
    let enough = TOLERANCE * dot(&right, &scaled(&right));
    for _ in 0..STEPS {
        if product <= enough {
            break;
        }
        let along = apply(&direction);
        let step = product / dot(&direction, &along);
        for (((w, r), d), a) in w.iter_mut().zip(&mut residual).zip(&direction).zip(&along) {
            *w += step * d;
            *r -= step * a;
        }
        z = scaled(&residual);
        let next = dot(&residual, &z);
        direction.iter_mut().zip(&z).for_each(|(d, z)| *d = z + next / product * *d);
        product = next;
    }
    diagonal
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Return factors of one dimension with these means, all of them certain.
    fn certain(means: &[f32]) -> Factors {
        let mut factors = Factors::new(means.len(), 1);
        factors.means = means.to_vec();
        factors
    }

    #[test]
    fn fields_explain_what_they_can_and_unknown_values_stay_at_the_mean() {
        let rows: Rows = (0..300).map(|i| [i % 3]).collect::<Vec<_>>().iter().map(|row| &row[..]).collect();
        let features = Features::of_items(&[rows], &[1; 300]);
        let value = |i: usize| [5.0, 4.0, 6.0][i % 3];
        let factors = certain(&(0..300).map(value).collect::<Vec<f32>>());
        let mut prior = FieldPrior::new(features, 1, false);
        for _ in 0..20 {
            let means = prior.means();
            prior.fit((&factors, &factors.variances()), &means, &[100.0], |_| true);
        }
        for (i, mean) in prior.means().into_iter().enumerate() {
            assert!((mean - value(i)).abs() < 0.05, "{i}: {mean}");
        }
    }

    #[test]
    fn a_field_without_meaning_is_shrunk_to_nothing() {
        let rows: Rows = (0..400).map(|i| [1 + i % 40]).collect::<Vec<_>>().iter().map(|row| &row[..]).collect();
        let noise = |i: usize| if (i * 7919 / 13).is_multiple_of(2) { 1.0 } else { -1.0 };
        let mut prior = FieldPrior::new(Features::of_items(&[rows], &[1; 400]), 1, false);
        let factors = certain(&(0..400).map(noise).collect::<Vec<f32>>());
        for _ in 0..20 {
            let means = prior.means();
            prior.fit((&factors, &factors.variances()), &means, &[1.0], |_| true);
        }
        let largest = prior.means().into_iter().fold(0f32, |max, x| max.max(x.abs()));
        assert!(largest < 0.3, "{largest}");
    }

    #[test]
    fn a_centred_prior_has_mean_zero_and_tables_that_do_too() {
        let users: Vec<User> = (0..90).map(|u| vec![vec![1 + u32::from(u % 3 == 0)]]).collect();
        let mut prior = FieldPrior::new(Features::of_users(&users), 1, true);
        let factors = certain(&(0..90).map(|u| if u % 3 == 0 { 2.0 } else { 1.0 }).collect::<Vec<f32>>());
        for _ in 0..20 {
            let means = prior.means();
            prior.fit((&factors, &factors.variances()), &means, &[100.0], |_| true);
        }
        assert!(prior.means().iter().sum::<f32>().abs() < 1e-4);
        let table = &prior.centred_tables(&[3])[0];
        assert_eq!(table[0], 0.0);
        assert!((table[2] - table[1] - 1.0).abs() < 0.05 && (2.0 * table[1] + table[2]).abs() < 1e-4, "{table:?}");
    }
}
