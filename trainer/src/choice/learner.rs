//! The global update: one epoch after another, by Adam.

use super::config::ChoiceConfig;
use super::data::ChoiceData;
use super::items::ItemRows;
use super::layout::{Layout, STEPS};
use super::net::Net;
use super::reverse::loss_gradient;
use super::tasks::TaskSource;
use super::teacher::Teacher;
use crate::rng::{Purpose, stream};
use crate::train::adam::{Adam, Numbers};
use fewclicks_model::halves::{Choice, Encoder, LEVELS, Neighbours, Table};
use fewclicks_model::model::vocabulary::UNKNOWN;
use rand::RngExt;
use rayon::prelude::*;

/// The number of steps in which the step size rises.
const WARM_UP: f64 = 50.0;

/// The share of the step size that is left at the end.
const LAST_RATE: f64 = 0.02;

/// The number of parameters that a thread steps at a time.
const TOGETHER: usize = 1 << 14;

/// All that changes in training.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceState {
    /// The number of epochs completed.
    pub epoch: usize,
    /// The parameters.
    pub theta: Vec<f32>,
    /// Their moments.
    pub adam: Adam,
}

impl ChoiceState {
    /// Take a step of Adam, with decay of the parameters below `decaying`.
    fn step(&mut self, gradient: &[f32], learning_rate: f32, decay: f32, decaying: usize) {
        let Self { theta, adam, .. } = self;
        let step = adam.step(learning_rate);
        for (range, decay) in [(0..decaying, decay), (decaying..theta.len(), 0.0)] {
            let chunks = theta[range.clone()].par_chunks_mut(TOGETHER).zip(gradient[range.clone()].par_chunks(TOGETHER));
            let moments = adam.first[range.clone()].par_chunks_mut(TOGETHER);
            let moments = moments.zip(adam.second[range].par_chunks_mut(TOGETHER));
            chunks.zip(moments).for_each(|((values, gradient), (first, second))| {
                step.take(Numbers { values, first, second }, gradient, 1.0, decay);
            });
        }
    }
}

/// Trains the choice half on `data`.
#[derive(Debug)]
pub struct ChoiceLearner<'a> {
    data: ChoiceData<'a>,
    config: &'a ChoiceConfig,
    seed: u64,
    layout: Layout,
    teacher: Teacher,
    /// The number of answers about each item.
    counts: Vec<u32>,
    /// All that changes.
    pub state: ChoiceState,
}

impl<'a> ChoiceLearner<'a> {
    /// Create a learner before its first epoch.
    pub fn new(data: ChoiceData<'a>, config: &'a ChoiceConfig, seed: u64) -> Self {
        let layout = Layout::new(&data, config);
        let theta = layout.initial(&data, seed);
        let adam = Adam::new(theta.len());
        let teacher = if config.teacher > 0.0 { Teacher::fit(data) } else { Teacher::default() };
        let state = ChoiceState { epoch: 0, theta, adam };
        Self { data, config, seed, layout, teacher, counts: data.counts(), state }
    }

    /// Do an epoch, and return the mean loss of its batches.
    pub fn epoch(&mut self) -> f64 {
        let source = TaskSource { data: self.data, config: self.config, teacher: &self.teacher, seed: self.seed };
        let epoch = self.state.epoch as u64;
        let users = source.users(epoch);
        let steps = users.len().div_ceil(self.config.batch);
        let mut loss = 0.0;
        for (batch, users) in users.chunks(self.config.batch).enumerate() {
            let tasks = source.batch(users, epoch);
            let own = self.shown(epoch << 32 | batch as u64);
            let items = ItemRows { own: &own, fields: self.data.item_fields };
            let net = Net::new(&self.layout, &self.state.theta, &items);
            let (batch_loss, gradient) = loss_gradient(&net, &items, &tasks);
            loss += f64::from(batch_loss) / steps as f64;
            let step = self.state.epoch * steps + batch;
            let rate = learning_rate(step as f64, (self.config.epochs * steps) as f64);
            self.state.step(&gradient, self.config.learning_rate * rate as f32, self.config.decay, self.layout.decaying);
        }
        self.state.epoch += 1;
        loss
    }

    /// Return the own row of each item in a batch: [`UNKNOWN`] for new items, and for those that the batch hides.
    fn shown(&self, batch: u64) -> Vec<u32> {
        let mut rng = stream(self.seed, Purpose::ItemDropout, batch, 0);
        let half = self.config.hide;
        let row = |(row, &count): (u32, &u32)| {
            let shown = rng.random_range(0.0..1.0) >= 0.5 * half / (half + count as f32);
            if count > 0 && (half == 0.0 || shown) { row } else { UNKNOWN }
        };
        (1..).zip(&self.counts).map(row).collect()
    }

    /// Return the own row of each item: [`UNKNOWN`] for new items.
    pub(super) fn own_rows(&self) -> Vec<u32> {
        (1..).zip(&self.counts).map(|(row, &count)| if count > 0 { row } else { UNKNOWN }).collect()
    }

    /// Return where the parameters lie.
    #[cfg(test)]
    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Return the choice half, without neighbours.
    pub fn choice(&self) -> Choice {
        let Layout { width, .. } = self.layout;
        let theta = &self.state.theta;
        let own = self.own_rows();
        let items = ItemRows { own: &own, fields: self.data.item_fields };
        let net = Net::new(&self.layout, theta, &items);
        let part = |range: &std::ops::Range<usize>| theta[range.clone()].to_vec();
        let mut gates = self.layout.gates.iter().map(part);
        let mut tables = net.tables.iter().map(|table| Table::new(width, table.clone()));
        let vectors = tables.next().expect("item vectors");
        let encoders = tables.zip(&mut gates).map(|(table, gates)| Encoder { table, gates }).collect();
        let weights: [f32; LEVELS] = theta[self.layout.weights.clone()].try_into().expect("a weight per level");
        Choice {
            vectors,
            encoders,
            own_gates: gates.next().unwrap_or_default(),
            answer: part(&self.layout.answer),
            count: Table::new(width, part(&self.layout.count)),
            user_fields: self.layout.users.iter().map(|range| Table::new(width, part(range))).collect(),
            start: part(&self.layout.start),
            rates: (0..STEPS).flat_map(|step| net.rates(step)).collect(),
            weights,
            kappa: softplus(theta[self.layout.kappa]),
            neighbours: Neighbours::default(),
            neighbour_weights: Vec::new(),
            bias: net.bias,
        }
    }
}

fn softplus(x: f32) -> f32 {
    fewclicks_model::math::scalar::Scalar::softplus(x)
}

/// Return the share of the step size at a step: it rises, and then falls along a cosine.
fn learning_rate(step: f64, steps: f64) -> f64 {
    let cosine = 0.5 * (1.0 + (std::f64::consts::PI * step / steps).cos());
    ((step + 1.0) / WARM_UP).min(1.0) * (LAST_RATE + (1.0 - LAST_RATE) * cosine)
}
