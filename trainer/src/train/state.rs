//! All that changes in training, and how it starts.

use crate::encode::{CONSTANT, Encoded};
use crate::preset::NetworkPreset;
use crate::rng::{Purpose, stream};
use crate::train::adam::Adam;
use fewclicks_model::adapt::Rates;
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::layout::{Layout, Role, Side};
use rand::RngExt;
use serde::{Deserialize, Serialize};

/// All that changes in training, and so all that a checkpoint holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Epochs completed.
    pub epoch: usize,
    /// The flat vector of parameters.
    pub theta: Vec<f32>,
    /// What is learned of the local rates: nothing, one number per moved tensor, or one per moved parameter.
    pub rates: Vec<f32>,
    /// Moments of parameters and learned rates.
    pub adam: Adam,
}

impl State {
    /// A seeded start: embeddings spread around zero, decision layers as PyTorch starts them, biases at the mean.
    pub fn new(encoded: &Encoded, preset: &NetworkPreset, seed: u64) -> Self {
        let layout = &encoded.layout;
        let mut theta = vec![0.0; layout.len()];
        for (t, tensor) in (0..).zip(&layout.tensors) {
            let spread = match tensor.role {
                Role::Mean | Role::ItemBias => continue,
                Role::Embedding(Side::Item, field) if layout.architecture.item_fields[field].name == CONSTANT => {
                    theta[tensor.range()].fill(1.0);
                    continue;
                }
                // A uniform number from −s√3 to s√3 has the standard deviation s.
                Role::ImplicitFeedback | Role::Embedding(..) => preset.model.init * 3f32.sqrt(),
                Role::LayerWeight(layer) | Role::LayerBias(layer) => spread(layout.layers[layer].inputs),
                Role::Linear => spread(layout.item_width),
            };
            let mut rng = stream(seed, Purpose::Parameters, t, 0);
            theta[tensor.range()].fill_with(|| rng.random_range(-spread..=spread));
        }
        if let Some((mean, items)) = layout.bias() {
            match preset.local.update.loss() {
                Some(loss) => theta[mean] = encoded.scale.label(encoded.mean, loss),
                None => start_at_popularity(&mut theta[items], encoded),
            }
        }
        let learned = learned_rates(layout, preset.local.update.scope(), preset.local.update.rates());
        let adam = Adam::new(theta.len() + learned);
        Self { epoch: 0, theta, rates: vec![preset.local.rate; learned], adam }
    }
}

/// The range of a layer's parameters, as PyTorch has it.
fn spread(inputs: usize) -> f32 {
    1.0 / (inputs as f32).sqrt()
}

/// The number of local rates that are learned.
fn learned_rates(layout: &Layout, scope: Scope, rates: Rates) -> usize {
    match rates {
        Rates::Fixed => 0,
        Rates::PerLayer => layout.moved(scope).count(),
        Rates::PerParameter => layout.len() - layout.offset(scope),
    }
}

/// Biases with which a softmax chooses items as often as they were picked; nobody picked those that share a row.
fn start_at_popularity(item_bias: &mut [f32], encoded: &Encoded) {
    for (&row, &popularity) in encoded.items.bias.iter().zip(&encoded.popularity) {
        item_bias[row as usize] = (popularity as f32 + 1.0).ln();
    }
}
