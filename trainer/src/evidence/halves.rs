//! How far one answer moves the default model.

use fewclicks_model::halves::{Choice, Halves, PICK, Stars};
use fewclicks_model::math::cholesky::Cholesky;
use fewclicks_model::network::loss::Loss;
use ndarray::Array2;

/// How far an answer about one item moves a visitor of whom nothing is known.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// The norm of the local update: for ratings of one that is a star away from what is expected.
    norm: f64,
    /// The expected stars; `None` for a model that knows no ratings.
    expected: Option<f32>,
    /// −ln p of a choice of the item; 0 for ratings.
    surprise: f32,
}

/// Lower bound of the loss that norms are divided by.
const MIN_LOSS: f64 = 1e-12;

impl Move {
    /// Compute the move of each item. Of ratings it is that of the posterior mean, ‖Λ⁻¹a‖ / (σ² + v + aᵀΛ⁻¹a); of picks that
    /// of the first gradient step, ‖α ⊙ w(V_j − Vᵀp)‖ / (1 + κ).
    pub fn of_items(halves: &Halves) -> Vec<Self> {
        match &halves.stars {
            Some(stars) => of_ratings(stars),
            None => of_picks(&halves.choice),
        }
    }

    /// Return the norm of the local update on `rating`; if `unit`, divided by the rating's loss.
    pub fn norm(&self, halves: &Halves, rating: f32, unit: bool) -> f32 {
        let Some(expected) = self.expected else {
            return (self.norm / if unit { f64::from(self.surprise).max(MIN_LOSS) } else { 1.0 }) as f32;
        };
        let error = f64::from(halves.scale.label(rating, Loss::SquaredError) - expected).abs();
        (self.norm * error / if unit { (error * error).max(MIN_LOSS) } else { 1.0 }) as f32
    }
}

fn of_ratings(stars: &Stars) -> Vec<Move> {
    let size = stars.vectors.width() + 1;
    let precision = Array2::from_shape_vec((size, size), stars.precision.clone()).expect("a square matrix");
    let prior = Cholesky::new(precision);
    let of_item = |item: usize| {
        let a = stars.direction(item);
        let moved = prior.solve(a.clone());
        let spread: f32 = a.iter().zip(&moved).map(|(a, m)| a * m).sum();
        let length = moved.iter().map(|x| x * x).sum::<f32>().sqrt();
        Move {
            norm: f64::from(length / (stars.noise + stars.variance[item] + spread)),
            expected: Some(stars.mean + stars.bias[item]),
            surprise: 0.0,
        }
    };
    (0..stars.bias.len()).map(of_item).collect()
}

fn of_picks(choice: &Choice) -> Vec<Move> {
    let width = choice.vectors.width();
    let scores = choice.scores(&choice.adapt(&Vec::new(), &[]));
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let log_sum = highest + scores.iter().map(|score| (score - highest).exp()).sum::<f32>().ln();
    let scale = choice.weights[PICK] / (1.0 + choice.kappa);
    let of_item = |item: usize| {
        let vector = choice.vectors.row(item);
        let steps = vector.iter().zip(&choice.start_mean).zip(&choice.rates[..width]);
        let square: f32 = steps.map(|((v, m), rate)| (rate * scale * (v - m)).powi(2)).sum();
        Move { norm: f64::from(square.sqrt()), expected: None, surprise: log_sum - scores[item] }
    };
    (0..choice.bias.len()).map(of_item).collect()
}
