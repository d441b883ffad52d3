//! Which items to ask about next, of the default model: those whose answer is expected to move the visitor's recommendations
//! far, of those that the visitor knows.
//!
//! It is MeLU's rule, norm of the local update × popularity, given what the visitor answered and passed: an item is worth
//! P·√g·√h.
//!
//! - P: the chance that they know it, p + v·f, with the posterior of f given which items they knew
//!   ([`crate::halves::Incidence`]);
//! - g: the expected squared size of the local update of the stars half, aᵀC²a / (aᵀCa + σ² + v), with a = [1, q] and C the
//!   posterior covariance of θ; 1 with picks only;
//! - h: the expected squared move of the scores of likes, vᵀDVᵀVDv / (vᵀDv + ψ), with D the posterior covariance of the
//!   factors of likes given which items were shown.
//!
//! Several questions at once are chosen greedily by worth × r², where r is the squared part of an item's direction that is
//! orthogonal to those of the items on the screen: a determinantal point process (Kulesza and Taskar 2012), in which variety
//! weighs twice as much as worth². A direction is the item's vector of the choice half less its mean over what a new visitor
//! would choose, of length 1.

use crate::halves::{Asking, Given, Halves, Posterior, normalise};
use crate::math::matrix::{add_scaled, dot};
use crate::network::task::User;

/// The squared part of a direction below which it is the same as those before.
const MIN_LEFT: f32 = 1e-4;

/// The questions that may be asked. Iterate over the items to ask about at once, best first.
#[derive(Clone, Debug)]
pub struct PersonalQuestions<'a> {
    halves: &'a Halves,
    /// The positions of the items that may be asked about.
    items: Vec<usize>,
    /// What asking about each of them is worth by itself; negative once it was chosen.
    pub worth: Vec<f32>,
    /// r, the squared part of each item's direction that the chosen ones leave, 0 to 1.
    left: Vec<f32>,
    /// Orthonormal directions of the chosen items.
    basis: Vec<Vec<f32>>,
}

impl<'a> PersonalQuestions<'a> {
    /// Create the questions about `candidates`, positions of items, to a visitor who gave `answers` and has the items `shown`
    /// on the screen. `None` where the model does not know what to ask by. An item is asked about once, and only if
    /// [`Asking`] has a row of it.
    ///
    /// # Panics
    /// Where an item lies outside the catalogue.
    pub fn new(halves: &'a Halves, candidates: &[usize], answers: &[Given], shown: &[usize]) -> Option<Self> {
        let asking = halves.asking.as_ref()?;
        let (mut items, mut rows) = (Vec::new(), Vec::new());
        for &item in candidates {
            let asked = shown.contains(&item) || answers.iter().any(|given| given.item == item);
            if let (false, Some(row)) = (asked, asking.row(item)) {
                items.push(item);
                rows.push(row);
            }
        }
        let worth = worth(halves, asking, answers, &rows);
        let left = vec![1.0; items.len()];
        let mut questions = Self { halves, items, worth, left, basis: Vec::new() };
        shown.iter().for_each(|&item| questions.take_out(item));
        Some(questions)
    }

    /// Note what an item leaves of the others.
    fn take_out(&mut self, item: usize) {
        let mut direction = self.halves.choice.direction(item);
        for other in &self.basis {
            let part = dot(&direction, other);
            add_scaled(&mut direction, -part, other);
        }
        if dot(&direction, &direction) < MIN_LEFT {
            return;
        }
        normalise(&mut direction);
        for index in 0..self.items.len() {
            let part = dot(&self.halves.choice.direction(self.items[index]), &direction);
            self.left[index] = (self.left[index] - part * part).max(0.0);
        }
        self.basis.push(direction);
    }
}

impl Iterator for PersonalQuestions<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let (mut best, mut highest) = (None, -1.0);
        for (index, (worth, left)) in self.worth.iter().zip(&self.left).enumerate() {
            let value = worth * left * left;
            if *worth >= 0.0 && value > highest {
                (best, highest) = (Some(index), value);
            }
        }
        let index = best?;
        self.worth[index] = -1.0;
        let item = self.items[index];
        self.take_out(item);
        Some(item)
    }
}

/// Return P·√g·√h of the items in these rows of `asking`.
fn worth(halves: &Halves, asking: &Asking, answers: &[Given], rows: &[usize]) -> Vec<f32> {
    let Asking { items, known, liked, liked_strength } = asking;
    let mut knowing = Posterior::standard(known.vectors.width());
    let mut liking = Posterior::standard(liked.vectors.width());
    for given in answers {
        if let Some(row) = asking.row(given.item) {
            let knows = if given.rating.is_some() { 1.0 } else { 0.0 };
            knowing.observe(&known.vectors.row(row), known.noise(row), knows - known.share[row]);
            liking.observe(&liked.vectors.row(row), liked.noise(row), 0.0);
        }
    }
    let stars = halves.stars.as_ref().map(|stars| {
        let covariance = stars.adapt(&User::new(), &halves.rated(answers)).covariance;
        let equal = vec![1.0; stars.vectors.width() + 1];
        (stars, Posterior { mean: Vec::new(), covariance }, equal)
    });
    let mut worth = Vec::with_capacity(rows.len());
    for &row in rows {
        let mut square = liking.expected_move(&liked.vectors.row(row), liked.noise(row), liked_strength);
        if let Some((stars, posterior, equal)) = &stars {
            let item = items[row] as usize;
            let direction = stars.direction(item);
            let noise = stars.noise + stars.variance[item];
            square *= posterior.expected_move(&direction, noise, equal);
        }
        let chance = known.share[row] + dot(&known.vectors.row(row), &knowing.mean);
        worth.push(chance.clamp(0.0, 1.0) * square.sqrt());
    }
    worth
}
