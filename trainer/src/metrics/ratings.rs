//! Metrics of predicted ratings: errors and nDCG.

use super::dcg::discounted;
use super::pairs::pairs;
use crate::data::tasks_file::TaskRows;
use fewclicks_model::model::scale::Scale;
use fewclicks_model::network::loss::Loss;

/// Means over tasks, except the RMSE, which is over all query ratings.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Metrics {
    /// Number of tasks with a query set.
    pub tasks: usize,
    /// Mean absolute error.
    pub mae: f64,
    /// Root mean squared error.
    pub rmse: f64,
    /// nDCG@1, 3, 5 with the rating as gain, as in MeLU's paper; rating − min on scales whose min is below 0.
    pub ndcg: [f64; 3],
    /// nDCG@1, 3, 5 with 2^rating − 1 as gain, after mapping the scale to 1 to 5.
    pub ndcg2: [f64; 3],
}

const CUTS: [usize; 3] = [1, 3, 5];

impl Metrics {
    /// Measure what is `predicted` for the query set of each of `tasks`: see [`Metrics::of`].
    pub fn of_tasks(predicted: &[Vec<f32>], tasks: &[TaskRows], min: f32, max: f32) -> Self {
        let truths: Vec<Vec<f32>> = tasks.iter().map(TaskRows::query_ratings).collect();
        Self::of(pairs(predicted, &truths), min, max)
    }

    /// Measure predictions against true ratings, task by task. For errors, predictions are clipped to `min..=max`.
    /// Tasks without ratings are skipped.
    pub fn of<'a>(tasks: impl Iterator<Item = (&'a [f32], &'a [f32])>, min: f32, max: f32) -> Self {
        let scale = Scale { min, max, like: max, dislike: min };
        let mut sums = Self { tasks: 0, mae: 0.0, rmse: 0.0, ndcg: [0.0; 3], ndcg2: [0.0; 3] };
        let (mut squares, mut ratings) = (0.0, 0);
        for (predicted, truth) in tasks.filter(|(_, truth)| !truth.is_empty()) {
            let error = |(p, t): (&f32, &f32)| f64::from(p.clamp(min, max)) - f64::from(*t);
            let errors: Vec<f64> = predicted.iter().zip(truth).map(error).collect();
            sums.mae += errors.iter().map(|e| e.abs()).sum::<f64>() / errors.len() as f64;
            squares += errors.iter().map(|e| e * e).sum::<f64>();
            ratings += errors.len();
            let gains = gains(truth, min);
            let stars = |&t: &f32| f64::from(scale.label(t, Loss::SquaredError));
            let powers = truth.iter().map(|t| stars(t).exp2() - 1.0).collect::<Vec<_>>();
            for (i, cut) in CUTS.into_iter().enumerate() {
                sums.ndcg[i] += ndcg(&gains, predicted, cut);
                sums.ndcg2[i] += ndcg(&powers, predicted, cut);
            }
            sums.tasks += 1;
        }
        let mean = |sum: f64| sum / sums.tasks.max(1) as f64;
        Self {
            tasks: sums.tasks,
            mae: mean(sums.mae),
            rmse: (squares / ratings.max(1) as f64).sqrt(),
            ndcg: sums.ndcg.map(mean),
            ndcg2: sums.ndcg2.map(mean),
        }
    }
}

/// Return the gains of ratings: the ratings, or rating − min if min is below 0.
pub fn gains(ratings: &[f32], min: f32) -> Vec<f64> {
    ratings.iter().map(|&rating| f64::from(rating) - f64::from(min.min(0.0))).collect()
}

/// Compute nDCG@`cut` of the ranking by `scores`. Equal scores share their mean gain, which is the expectation under
/// random tie-breaking. Return 1 if no order gains anything.
pub fn ndcg(gains: &[f64], scores: &[f32], cut: usize) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let ties = order.chunk_by(|&a, &b| scores[a] == scores[b]);
    let ranked = ties.flat_map(|tie| {
        let mean = tie.iter().map(|&i| gains[i]).sum::<f64>() / tie.len() as f64;
        std::iter::repeat_n(mean, tie.len())
    });
    let mut ideal = gains.to_vec();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let ideal = discounted(ideal.into_iter().take(cut));
    if ideal > 0.0 { discounted(ranked.take(cut)) / ideal } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_scores_share_their_gain() {
        let constant = Metrics::of([(&[3.0f32, 3.0][..], &[5.0f32, 1.0][..])].into_iter(), 1.0, 5.0);
        assert_eq!((constant.mae, constant.ndcg[0]), (2.0, 0.6));
    }

    #[test]
    fn rankings_are_shares_of_the_best_one_on_every_scale() {
        for (min, max) in [(0.0, 1.0), (-1.0, 1.0), (0.0, 100.0), (-1e38, 1e38)] {
            let of = |predicted: &[f32], truth: &[f32]| Metrics::of([(predicted, truth)].into_iter(), min, max);
            let best = of(&[2.0, 1.0], &[max, min]);
            assert_eq!((best.ndcg, best.ndcg2), ([1.0; 3], [1.0; 3]), "{min} to {max}");
            let worst = of(&[1.0, 2.0], &[max, min]);
            assert_eq!((worst.ndcg[0], worst.ndcg2[0]), (0.0, 1.0 / 31.0), "{min} to {max}");
            let nothing_to_gain = of(&[1.0, 2.0], &[min, min]);
            assert_eq!(nothing_to_gain.ndcg, [1.0; 3], "{min} to {max}");
        }
    }

    #[test]
    fn clipping_counts_for_the_error_and_not_for_the_order() {
        let wild = Metrics::of([(&[9.0f32, 7.0][..], &[5.0f32, 4.0][..])].into_iter(), 1.0, 5.0);
        assert_eq!((wild.mae, wild.ndcg[0]), (0.5, 1.0));
    }
}
