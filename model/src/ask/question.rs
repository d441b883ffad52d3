//! Which item to ask about next: the one whose answer is expected to tell most about what else people know.
//!
//! A model that is linear in the parameters it adapts last, with prior variances for them, is a Bayesian linear
//! regression: after some answers its weights have the posterior covariance Σ, and the answer about item i would lower
//! the variance of the prediction for item q by (φ_qᵀΣφᵢ)² / (φᵢᵀΣφᵢ + 1). What asking i is worth is that, summed over
//! all q that the visitor may know, times the chance κᵢ that they know i at all (V-optimal design); once more its root,
//! as a question that is passed over costs patience beside the answer that it does not bring:
//! κᵢ^1.5 · φᵢᵀΣMΣφᵢ / (φᵢᵀΣφᵢ + 1) with M = Σ_q κ_q φ_q φ_qᵀ.
//!
//! Of a closed-form update this is exact: φ are item vectors, prior variances e^−ρ. Of gradient steps it is the first
//! order around the adapted weights: φ are the inputs of what the prediction is linear in, and a step at rate α stands
//! for a prior variance of 2Tα / (κ + 1), how far a single answer moves a weight.
//!
//! Of the stars half ([`Stars`]) it is exact too: φ = [1, q], the prior covariance is Λ⁻¹, and σ² + vᵢ replaces the 1 of the
//! denominator.

use crate::adapt::ridge::MAX_LOG_PRECISION;
use crate::adapt::{Gradient, LocalUpdate, Softmax};
use crate::halves::Stars;
use crate::math::matrix::{as_mut_slice, as_slice, column, dot, owned, row, zeros};
use crate::math::scalar::Scalar;
use crate::model::{Adapted, Model};
use crate::network::architecture::Scope;
use crate::network::forward::forward;
use crate::network::parameters::Parameters;
use crate::network::task::{Items, User};
use ndarray::Array2;

/// The questions that may be asked. Iterate over the items to ask about next, best first, assuming that no answer comes in
/// between: after an answer the adapted weights differ, so create new questions.
///
/// ```
/// # let (_, model, items) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/doc/dishes.rs"));
/// use fewclicks_model::Questions;
/// // Everyone knows these dishes. The visitor rated ramen (item 0), so a sweet (item 2) is asked before the other soup.
/// let candidates = [(0, 1.0), (1, 1.0), (2, 1.0)];
/// let questions = Questions::new(&model, &items, &Vec::new(), &candidates, &[(0, Some(5.0))]);
/// assert_eq!(questions.collect::<Vec<_>>(), [2, 1]);
/// ```
#[derive(Clone, Debug)]
pub struct Questions {
    /// The positions of the candidates in the catalogue.
    items: Vec<usize>,
    /// φ, (items × features); of a network in units of the prior's standard deviation.
    features: Array2<f32>,
    /// The variance of an answer about each item, (items).
    noise: Vec<f32>,
    /// The chance κ that the visitor knows an item, (items).
    known: Vec<f32>,
    /// The weighted second moment M, (features × features).
    second_moment: Array2<f32>,
    /// Σ, (features × features).
    covariance: Array2<f32>,
    /// Whether an item was asked about, (items).
    asked: Vec<bool>,
}

impl Questions {
    /// Create the questions to `user` about `candidates`: pairs of a position in the catalogue `items` and the share of
    /// visitors who know the item, 0 to 1. `answers` has the items that were asked about, each of them once, with the
    /// rating; `None` for an item that the visitor does not know. Features are computed with the weights of `model` after
    /// its local update on `answers`.
    ///
    /// # Panics
    /// Where a position is not below `items.len()`, or as [`Model::adapt`].
    pub fn new<P: Parameters>(
        model: &Model<P>,
        items: &Items,
        user: &User,
        candidates: &[(usize, f32)],
        answers: &[(usize, Option<f32>)],
    ) -> Self {
        let about = About::new(candidates, answers);
        let mut rated = Vec::new();
        for &(item, rating) in answers {
            rated.extend(rating.map(|rating| (item, rating)));
        }
        let query = items.select(about.items.iter().copied());
        let adapted = model.adapt(user, model.support(items, &rated), query);
        let mut features = inputs(&adapted);
        let width = features.ncols();
        let variances = prior_variances(model, width);
        for feature in as_mut_slice(&mut features).chunks_exact_mut(width) {
            feature.iter_mut().zip(&variances).for_each(|(x, variance)| *x *= variance.sqrt());
        }
        let mut identity = zeros(width, width);
        as_mut_slice(&mut identity).iter_mut().step_by(width + 1).for_each(|x| *x = 1.0);
        let noise = vec![1.0; about.items.len()];
        Self::before_answers(about, features, noise, identity).after(answers)
    }

    /// As [`Questions::new`], of a stars half.
    ///
    /// # Panics
    /// Where a position lies outside the catalogue.
    pub fn of_stars(stars: &Stars, candidates: &[(usize, f32)], answers: &[(usize, Option<f32>)]) -> Self {
        let about = About::new(candidates, answers);
        let width = stars.vectors.width() + 1;
        let (mut features, mut noise) = (Vec::with_capacity(about.items.len() * width), Vec::new());
        for &item in &about.items {
            features.append(&mut stars.direction(item));
            noise.push(stars.noise + stars.variance[item]);
        }
        let features = owned(about.items.len(), width, features);
        let prior = owned(width, width, stars.adapt(&User::new(), &[]).covariance);
        Self::before_answers(about, features, noise, prior).after(answers)
    }

    /// Record `answers` about the items that are asked about.
    fn after(mut self, answers: &[(usize, Option<f32>)]) -> Self {
        for &(item, rating) in answers {
            if let Some(position) = self.items.iter().position(|&other| other == item) {
                self.record(position, rating.is_some());
            }
        }
        self
    }

    /// Create the questions before the first answer, with the prior covariance.
    fn before_answers(
        About { items, known }: About,
        features: Array2<f32>,
        noise: Vec<f32>,
        covariance: Array2<f32>,
    ) -> Self {
        let width = features.ncols();
        let mut weighted = features.clone();
        for (feature, known) in as_mut_slice(&mut weighted).chunks_exact_mut(width).zip(&known) {
            feature.iter_mut().for_each(|x| *x *= known);
        }
        let second_moment = f32::matmul(features.t(), weighted.view());
        let asked = vec![false; items.len()];
        Self { items, features, noise, known, second_moment, covariance, asked }
    }

    /// Record that the candidate at `position` was asked about. Without an answer, update the covariance in part, by the
    /// chance of an answer: a visitor who does not know an item is less likely to know similar ones.
    fn record(&mut self, position: usize, answered: bool) {
        self.asked[position] = true;
        let chance = if answered { 1.0 } else { self.known[position] };
        let feature = row(&self.features, position);
        let product = f32::matmul(self.covariance.view(), column(feature));
        let product = as_slice(&product);
        let factor = chance / (dot(feature, product) + self.noise[position]);
        for (covariance, a) in as_mut_slice(&mut self.covariance).chunks_exact_mut(product.len()).zip(product) {
            covariance.iter_mut().zip(product).for_each(|(x, b)| *x -= a * b * factor);
        }
    }

    /// Return the worth of asking about each item, κᵢ^1.5 · φᵢᵀΣMΣφᵢ / (φᵢᵀΣφᵢ + noise).
    fn worth(&self) -> Vec<f32> {
        let products = f32::matmul(self.features.view(), self.covariance.view());
        let weighted = f32::matmul(products.view(), self.second_moment.view());
        let worth = |item: usize| {
            let (product, known) = (row(&products, item), self.known[item]);
            let variance = dot(product, row(&self.features, item)) + self.noise[item];
            known * known.sqrt() * dot(product, row(&weighted, item)) / variance
        };
        (0..self.known.len()).map(worth).collect()
    }

    /// Return the best candidate that was not asked about, as an index into the candidates.
    fn best(&self) -> Option<usize> {
        let worth = self.worth();
        let open = (0..worth.len()).filter(|&item| !self.asked[item]);
        open.max_by(|&a, &b| worth[a].total_cmp(&worth[b]).then(b.cmp(&a)))
    }
}

impl Iterator for Questions {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let best = self.best()?;
        self.record(best, false);
        Some(self.items[best])
    }
}

/// The items that questions are about: the candidates, and answered items that are none.
struct About {
    /// Their positions in the catalogue.
    items: Vec<usize>,
    /// The chance that the visitor knows an item, (items); taken as 0 of an item that is no candidate.
    known: Vec<f32>,
}

impl About {
    fn new(candidates: &[(usize, f32)], answers: &[(usize, Option<f32>)]) -> Self {
        let (mut items, mut known) = (Vec::new(), Vec::new());
        for &(item, share) in candidates {
            items.push(item);
            known.push(share);
        }
        for &(item, _) in answers {
            if !items.contains(&item) {
                items.push(item);
                known.push(0.0);
            }
        }
        Self { items, known }
    }
}

/// Return for each query item the features that its prediction is linear in: the inputs of the last decision layer, a 1 for
/// its bias, and the item vector.
fn inputs(Adapted { layout, theta, task, .. }: &Adapted) -> Array2<f32> {
    let items = &task.query.items;
    let pass = forward(layout, theta, &task.user, items);
    let hidden = layout.layers.last().map_or(0, |last| last.inputs + 1);
    let width = hidden + if layout.architecture.linear { layout.item_width } else { 0 };
    let mut inputs = Vec::with_capacity(items.len() * width);
    for item in 0..items.len() {
        if let Some(hidden) = pass.activations.hidden.last() {
            inputs.extend_from_slice(row(hidden, item));
            inputs.push(1.0);
        }
        if layout.architecture.linear {
            inputs.extend_from_slice(row(&pass.x, item));
        }
    }
    owned(items.len(), width, inputs)
}

/// Return the prior variances of the last `count` parameters, 0 for those that the local update does not move.
fn prior_variances<P>(model: &Model<P>, count: usize) -> Vec<f32> {
    let variance = |&rate: &f32| match model.update {
        LocalUpdate::Ridge => (-rate.clamp(-MAX_LOG_PRECISION as f32, MAX_LOG_PRECISION as f32)).exp(),
        LocalUpdate::Gradient(Gradient { steps, kappa, .. }) | LocalUpdate::Softmax(Softmax { steps, kappa }) => {
            2.0 * steps as f32 * rate.max(0.0) / (kappa as f32 + 1.0)
        }
    };
    let mut variances = vec![0.0; count];
    let moved = model.rates.len().min(model.layout.len() - model.layout.offset(Scope::Last));
    for (prior, rate) in variances.iter_mut().rev().zip(model.rates.iter().rev().take(moved)) {
        *prior = variance(rate);
    }
    variances
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Return questions about two items with equal features, one with others, and one that nobody knows.
    fn questions() -> Questions {
        let features = ndarray::array![[2.0, 0.0], [2.0, 0.0], [0.0, 1.5], [0.0, 9.0]];
        let known = vec![0.5, 0.4, 0.5, 0.0];
        let about = About { items: vec![10, 11, 12, 13], known };
        Questions::before_answers(about, features, vec![1.0; 4], Array2::eye(2))
    }

    #[test]
    fn an_answer_lowers_the_worth_of_similar_items() {
        let mut questions = questions();
        assert_eq!(questions.best(), Some(0));
        questions.record(0, true);
        assert_eq!(questions.best(), Some(2), "the second has the same features");
        assert_eq!(questions.worth()[3], 0.0);
        assert_eq!(questions.by_ref().collect::<Vec<_>>(), [12, 11, 13]);
        assert_eq!(questions.best(), None);
    }

    #[test]
    fn the_worth_is_the_reduction_of_variance_by_an_answer() {
        let before = questions();
        let total = |q: &Questions| -> f32 {
            let variance = |i: usize| q.features.row(i).dot(&q.covariance.dot(&q.features.row(i)));
            (0..4).map(|i| q.known[i] * variance(i)).sum()
        };
        for item in 0..3 {
            let mut after = before.clone();
            after.record(item, true);
            let taken = before.known[item].powf(1.5) * (total(&before) - total(&after));
            assert!((before.worth()[item] - taken).abs() < 1e-5, "{item}: {} and {taken}", before.worth()[item]);
        }
    }
}
