//! Means over tasks with their standard errors, and paired differences.
//!
//! Every metric is the mean of a number per task. That of the RMSE √(Σ s / Σ n), with squared errors s and counts n of a
//! task, is its linearisation R + (s − R²·n) / (2·R·n̄): its mean is the RMSE R, and its standard error that of the delta
//! method.

use serde::Serialize;

/// Standard errors to both sides of a 95 % interval.
const NORMAL: f64 = 1.96;

/// Standard errors beyond which a difference is not taken for chance.
const BEYOND: f64 = 2.0;

/// A mean and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Standard error of the mean; `None` for a single task.
    pub standard_error: Option<f64>,
}

impl Estimate {
    /// Compute the mean of a number per task.
    pub fn of(by_task: &[f64]) -> Self {
        let count = by_task.len() as f64;
        let mean = by_task.iter().sum::<f64>() / count;
        let squares: f64 = by_task.iter().map(|x| (x - mean).powi(2)).sum();
        Self { mean, standard_error: (by_task.len() > 1).then(|| (squares / (count - 1.0) / count).sqrt()) }
    }

    /// Compute the mean of `one` − `other`, paired by task.
    pub fn of_difference(one: &[f64], other: &[f64]) -> Self {
        Self::of(&one.iter().zip(other).map(|(one, other)| one - other).collect::<Vec<_>>())
    }

    /// Return the 95 % interval, by the normal approximation.
    pub fn interval(self) -> Option<[f64; 2]> {
        self.standard_error.map(|error| [self.mean - NORMAL * error, self.mean + NORMAL * error])
    }

    /// Say what a gain is worth.
    pub fn verdict(self) -> Verdict {
        match self.standard_error {
            Some(error) if self.mean > BEYOND * error => Verdict::Better,
            Some(error) if self.mean < -BEYOND * error => Verdict::Worse,
            _ => Verdict::NoDifferent,
        }
    }
}

/// What a gain is worth: whether it is beyond two standard errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Verdict {
    /// Better, by more than chance explains.
    #[serde(rename = "better")]
    Better,
    /// Worse, by more than chance explains.
    #[serde(rename = "worse")]
    Worse,
    /// Within what chance explains.
    #[serde(rename = "no different")]
    NoDifferent,
}

impl Verdict {
    /// Return the verdict in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::NoDifferent => "no different",
        }
    }
}

/// Return the number per task whose mean is the RMSE, of the sum of squared errors and the number of ratings of each task.
pub fn linearised_rmse(tasks: &[(f64, f64)]) -> Vec<f64> {
    let (squares, ratings) = tasks.iter().fold((0.0, 0.0), |(s, n), task| (s + task.0, n + task.1));
    let rmse = (squares / ratings).sqrt();
    if rmse <= 0.0 {
        return vec![0.0; tasks.len()];
    }
    let mean = ratings / tasks.len() as f64;
    tasks.iter().map(|(s, n)| rmse + (s - rmse * rmse * n) / (2.0 * rmse * mean)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    use rand::RngExt;

    #[test]
    fn an_estimate_is_a_mean_with_its_error() {
        assert_eq!(Estimate::of(&[1.0, 3.0]), Estimate { mean: 2.0, standard_error: Some(1.0) });
        assert_eq!(Estimate::of(&[1.0]), Estimate { mean: 1.0, standard_error: None });
        let [low, high] = Estimate::of(&[1.0, 3.0]).interval().unwrap();
        assert!((low - 0.04).abs() < 1e-12 && (high - 3.96).abs() < 1e-12);
        let of = |mean| Estimate { mean, standard_error: Some(0.1) }.verdict();
        assert_eq!([0.3, -0.3, 0.1].map(of), [Verdict::Better, Verdict::Worse, Verdict::NoDifferent]);
    }

    /// Two predictions whose errors are correlated: standard errors of MAE and RMSE differences agree with 2,000 bootstraps
    /// over tasks.
    #[test]
    fn paired_errors_agree_with_a_bootstrap() {
        let mut rng = stream(1, Purpose::Parameters, 0, 0);
        let mut task = |_| {
            let count = rng.random_range(1..30);
            let hard = rng.random_range(0.5..1.5);
            let squares = |of: f64, rng: &mut rand_chacha::ChaCha8Rng| {
                (0..count).map(|_| (of * hard * rng.random_range(-1.0..1.0f64)).powi(2)).sum::<f64>()
            };
            [(squares(1.0, &mut rng), f64::from(count)), (squares(0.95, &mut rng), f64::from(count))]
        };
        let tasks: Vec<[(f64, f64); 2]> = (0..400).map(&mut task).collect();
        let side = |side: usize, tasks: &[[(f64, f64); 2]]| tasks.iter().map(|task| task[side]).collect::<Vec<_>>();
        let [one, other] = [0, 1].map(|k| linearised_rmse(&side(k, &tasks)));
        let estimate = Estimate::of_difference(&one, &other);
        let rmse = |tasks: &[(f64, f64)]| {
            (tasks.iter().map(|t| t.0).sum::<f64>() / tasks.iter().map(|t| t.1).sum::<f64>()).sqrt()
        };
        assert!((Estimate::of(&one).mean - rmse(&side(0, &tasks))).abs() < 1e-12);
        let mut draw = || {
            let drawn: Vec<_> = (0..tasks.len()).map(|_| tasks[rng.random_range(0..tasks.len())]).collect();
            rmse(&side(0, &drawn)) - rmse(&side(1, &drawn))
        };
        let draws: Vec<f64> = (0..2000).map(|_| draw()).collect();
        let spread = Estimate::of(&draws).standard_error.unwrap() * (draws.len() as f64).sqrt();
        let ratio = estimate.standard_error.unwrap() / spread;
        assert!((0.92..1.08).contains(&ratio), "{estimate:?}, bootstrap {spread}");
    }
}
