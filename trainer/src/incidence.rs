//! Learns which items people know, and which they like: the strongest factors of the covariance of a matrix of yes and no.
//!
//! With X the users × items matrix and p its column means, the covariance is S = XᵀX/n − p pᵀ. Its strongest eigenvectors e and
//! eigenvalues λ are found by orthogonal iteration, which needs products of X with a few columns only: memory grows with the
//! number of ratings, not with the square of the catalogue. A factor is e·√(λ − m), m the mean of the other eigenvalues: what
//! is as strong as the rest is noise.

use crate::choice::{Answered, LIKE};
use crate::ranks::Shard;
use crate::rng::{Purpose, stream};
use fewclicks_model::halves::{Asking, Incidence, Table};
use rand::RngExt;
use rayon::prelude::*;

/// The number of factors.
const FACTORS: usize = 16;

/// The number of columns beyond the factors, which speed up convergence.
const EXTRA: usize = 8;

/// The number of iterations.
const ITERATIONS: usize = 20;

/// The number of items, or users, whose sums a thread takes together, and the number of such blocks that a rank hands on at a time.
const BLOCK: usize = 64;
const AT_ONCE: usize = 64;

/// A matrix of yes and no, by user and by item: the users of this rank.
struct Matrix<'a> {
    items_of: Vec<Vec<u32>>,
    users_of: Vec<Vec<u32>>,
    /// The number of users of all ranks.
    users: usize,
    share: Vec<f32>,
    shard: &'a Shard,
}

/// Learn which items people know, and which they like, from the answers of training users of a shard; users without are left out.
pub fn asking(answers: &[&[Answered]], shard: &Shard, items: usize, seed: u64) -> Asking {
    let part = |level: u8| {
        let said = |answers: &&[Answered]| -> Vec<u32> {
            answers.iter().filter(|answer| answer.1 >= level).map(|answer| answer.0).collect()
        };
        let said = answers.iter().filter(|answers| !answers.is_empty()).map(said).collect();
        incidence(said, shard, items, FACTORS, seed)
    };
    let (known, _) = part(0);
    let (liked, liked_strength) = part(LIKE);
    Asking { items: (0..items as u32).collect(), known, liked, liked_strength }
}

/// Learn `factors` factors from the items that each user of a shard says yes to, each named once; and the variance of each factor over
/// the catalogue.
pub fn incidence(
    items_of: Vec<Vec<u32>>,
    shard: &Shard,
    items: usize,
    factors: usize,
    seed: u64,
) -> (Incidence, Vec<f32>) {
    let mut counts = vec![0u32; items];
    items_of.iter().flatten().for_each(|&item| counts[item as usize] += 1);
    let mut users_of: Vec<Vec<u32>> = counts.iter().map(|&count| Vec::with_capacity(count as usize)).collect();
    for (user, said) in (0..).zip(&items_of) {
        said.iter().for_each(|&item| users_of[item as usize].push(user));
    }
    shard.sum(&mut counts);
    let users = shard.total(items_of.len());
    let share = counts.iter().map(|&count| count as f32 / users.max(1) as f32).collect();
    let matrix = Matrix { items_of, users_of, users, share, shard };
    let width = (factors + EXTRA).min(items);
    let mut rng = stream(seed, Purpose::Incidence, 0, 0);
    let mut columns: Vec<Vec<f32>> =
        (0..width).map(|_| (0..items).map(|_| rng.random_range(-1.0..1.0)).collect()).collect();
    orthonormalise(&mut columns);
    let mut values = vec![0.0; width];
    for _ in 0..ITERATIONS {
        columns = matrix.covariance_times(&columns);
        values = orthonormalise(&mut columns);
    }
    let found = factors.min(width);
    let total: f64 = matrix.share.iter().map(|&p| f64::from(p * (1.0 - p))).sum();
    let rest = (total - values[..found].iter().sum::<f64>()).max(0.0) / (items - found).max(1) as f64;
    let mut strength: Vec<f32> = values[..found].iter().map(|value| (value - rest).max(0.0) as f32).collect();
    strength.resize(factors, 0.0);
    let mut vectors = vec![0.0; items * factors];
    for (item, vector) in vectors.chunks_exact_mut(factors).enumerate() {
        vector
            .iter_mut()
            .zip(&columns)
            .zip(&strength)
            .for_each(|((x, column), strength)| *x = column[item] * strength.sqrt());
    }
    (Incidence { share: matrix.share, vectors: Table::new(factors, vectors) }, strength)
}

impl Matrix<'_> {
    /// Return S times each of `columns`.
    fn covariance_times(&self, columns: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let width = columns.len();
        let means: Vec<f32> =
            columns.iter().map(|column| sum(column.iter().zip(&self.share).map(|(x, p)| x * p))).collect();
        let mut rows = vec![0.0; self.share.len() * width];
        for (k, column) in columns.iter().enumerate() {
            column.iter().enumerate().for_each(|(item, &x)| rows[item * width + k] = x);
        }
        let mut by_user = vec![0.0; self.items_of.len() * width];
        let blocks = by_user.par_chunks_mut(BLOCK * width).enumerate();
        blocks.for_each(|(block, sums)| add(&self.items_of, block, &rows, sums));
        let mut by_item = self
            .shard
            .each_in_turn(
                (self.users_of.len().div_ceil(BLOCK), AT_ONCE),
                |block| vec![0.0; BLOCK.min(self.users_of.len() - block * BLOCK) * width],
                |block, mut sums: Vec<f32>| {
                    add(&self.users_of, block, &by_user, &mut sums);
                    sums
                },
                |_, sums| sums,
            )
            .concat();
        let scale = 1.0 / self.users.max(1) as f32;
        by_item.par_chunks_mut(width).zip(&self.share).for_each(|(row, p)| {
            row.iter_mut().zip(&means).for_each(|(x, mean)| *x = *x * scale - p * mean);
        });
        (0..width).map(|k| by_item.iter().skip(k).step_by(width).copied().collect()).collect()
    }
}

/// Add to the sums of the groups of a block, (groups × width), their rows of `table`.
fn add(groups: &[Vec<u32>], block: usize, table: &[f32], sums: &mut [f32]) {
    let groups = &groups[block * BLOCK..groups.len().min((block + 1) * BLOCK)];
    let width = sums.len() / groups.len();
    for (sum, group) in sums.chunks_exact_mut(width).zip(groups) {
        for &row in group {
            let row = &table[row as usize * width..][..width];
            sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
    }
}

/// Make columns orthonormal, in order, and return the length that each had left.
fn orthonormalise(columns: &mut [Vec<f32>]) -> Vec<f64> {
    let mut lengths = Vec::new();
    for k in 0..columns.len() {
        let (before, after) = columns.split_at_mut(k);
        let column = &mut after[0];
        // Twice, as rounding leaves a part of a short remainder.
        for _ in 0..2 {
            for other in before.iter() {
                let part = sum(column.iter().zip(other).map(|(x, y)| x * y));
                column.iter_mut().zip(other).for_each(|(x, y)| *x -= part * y);
            }
        }
        let length = column.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>().sqrt();
        column.iter_mut().for_each(|x| *x = (f64::from(*x) / length.max(f64::MIN_POSITIVE)) as f32);
        lengths.push(length);
    }
    lengths
}

fn sum(numbers: impl Iterator<Item = f32>) -> f32 {
    numbers.map(f64::from).sum::<f64>() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: usize = 12;

    /// Users of two kinds: those of the first say yes to most even items, the others to most odd ones.
    fn said() -> Vec<Vec<u32>> {
        let mut rng = stream(3, Purpose::Incidence, 1, 0);
        let mut says = |user: usize, item: u32| {
            let likely = (user as u32 + item).is_multiple_of(2);
            rng.random_bool(if likely { 0.7 } else { 0.2 })
        };
        (0..400).map(|user| (0..ITEMS as u32).filter(|&item| says(user, item)).collect()).collect()
    }

    /// Proves that the factors solve the eigenvalue problem of the dense covariance, less the mean of the other eigenvalues.
    #[test]
    fn factors_are_eigenvectors_of_the_covariance() {
        let said = said();
        let users = said.len() as f64;
        let both = |i: u32, j: u32| said.iter().filter(|said| said.contains(&i) && said.contains(&j)).count() as f64;
        let covariance = |i: u32, j: u32| both(i, j) / users - both(i, i) * both(j, j) / users / users;
        let (incidence, strength) = incidence(said.clone(), &Shard::whole(400), ITEMS, 2, 1);
        let total: f64 = (0..ITEMS as u32).map(|i| covariance(i, i)).sum();
        let kept: f64 = strength.iter().map(|&s| f64::from(s)).sum();
        // With λ = s + m for the factors, m = (total − Σ λ) / (items − 2).
        let rest = (total - kept) / ITEMS as f64;
        assert!(strength[0] > 4.0 * strength[1], "two kinds of users are one strong factor: {strength:?}");
        let vector = |item: u32, k: usize| f64::from(incidence.vectors.row(item as usize)[k]);
        for (k, &strength) in strength.iter().enumerate().take(1) {
            let length: f64 = (0..ITEMS as u32).map(|item| vector(item, k).powi(2)).sum();
            assert!((length - f64::from(strength)).abs() < 1e-4, "{length} and {strength}");
            for i in 0..ITEMS as u32 {
                let product: f64 = (0..ITEMS as u32).map(|j| covariance(i, j) * vector(j, k)).sum();
                let expected = (f64::from(strength) + rest) * vector(i, k);
                assert!((product - expected).abs() < 1e-3, "item {i}: {product}, expected {expected}");
            }
        }
        assert!((f64::from(incidence.share[3]) - both(3, 3) / users).abs() < 1e-6);
    }

    /// Proves that the result does not depend on the number of threads.
    #[test]
    fn threads_do_not_matter() {
        let learn = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| incidence(said(), &Shard::whole(400), ITEMS, 4, 1))
        };
        assert_eq!(learn(1), learn(3));
    }

    /// Proves that a catalogue smaller than the number of factors, and users who say nothing, are no error.
    #[test]
    fn few_items_have_few_factors() {
        let (incidence, strength) = incidence(vec![vec![0], vec![], vec![0, 1]], &Shard::whole(3), 2, 4, 1);
        assert_eq!((incidence.vectors.len(), strength.len()), (2, 4));
        assert!(incidence.vectors.row(0).iter().chain(&strength).all(|x| x.is_finite()));
        assert_eq!(strength[2..], [0.0, 0.0]);
    }
}
