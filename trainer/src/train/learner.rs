//! The global update: parameters and local rates learned over batches of tasks.

use crate::encode::Encoded;
use crate::preset::{Preset, RateKind};
use crate::rng::{Purpose, stream};
use crate::train::adam::{Adam, AdamStep, Numbers};
use crate::train::descent::Descent;
use crate::train::picks;
use crate::train::tasks::{Place, TaskSource};
use fewclicks_model::adapt::Feedback;
use fewclicks_model::adapt::meta::{Order, meta_gradient};
use fewclicks_model::adapt::meta_gradient::MetaGradient;
use fewclicks_model::model::Model;
use fewclicks_model::network::layout::{Layout, LayoutError, Scope};
use fewclicks_model::network::submodel::Gathered;
use fewclicks_model::network::task::Task;
use rand::RngExt;
use rayon::prelude::*;

/// All that changes in training, and so all that a checkpoint holds.
#[derive(Clone, Debug, PartialEq)]
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
    pub fn new(encoded: &Encoded, preset: &Preset, seed: u64) -> Self {
        let layout = &encoded.layout;
        let mut theta = vec![0.0; layout.len()];
        for (t, tensor) in (0..).zip(&layout.tensors) {
            let spread = match tensor.name.as_str() {
                "mean" | "item_bias" => continue,
                "embedding.item.(constant)" => {
                    theta[tensor.range()].fill(1.0);
                    continue;
                }
                // A uniform number from −s√3 to s√3 has the standard deviation s.
                name if name == "start" || name.starts_with("embedding.") => preset.model.init * 3f32.sqrt(),
                _ => 1.0 / (fan_in(layout, tensor.start) as f32).sqrt(),
            };
            let mut rng = stream(seed, Purpose::Parameters, t, 0);
            theta[tensor.range()].fill_with(|| rng.random_range(-spread..=spread));
        }
        if preset.feedback() == Feedback::Picks {
            start_at_popularity(&mut theta[1..], encoded);
        } else if preset.model.bias {
            theta[0] = encoded.scale.label(encoded.mean, preset.local.loss);
        }
        let scope = preset.local.scope;
        let learned = match preset.local.rates {
            RateKind::Fixed => 0,
            RateKind::PerLayer => layout.moved(scope).count(),
            RateKind::PerParameter => layout.len() - layout.start(scope),
        };
        let adam = Adam::new(theta.len() + learned);
        Self { epoch: 0, theta, rates: vec![preset.local.rate; learned], adam }
    }
}

/// Biases with which a softmax chooses items as often as they were picked; nobody picked those that share a row.
fn start_at_popularity(item_bias: &mut [f32], encoded: &Encoded) {
    for (&row, &popularity) in encoded.items.bias.iter().zip(&encoded.popularity) {
        item_bias[row as usize] = (popularity as f32 + 1.0).ln();
    }
}

/// Inputs of the layer that a number at `start` belongs to.
fn fan_in(layout: &Layout, start: usize) -> usize {
    let of = |layer: &fewclicks_model::network::layout::Layer| (layer.start..layer.bias().end).contains(&start);
    layout.layers.iter().find(|layer| of(layer)).map_or(layout.item_width, |layer| layer.inputs)
}

/// Learns from one data set.
#[derive(Debug)]
pub struct Learner<'a> {
    /// The data set.
    pub encoded: &'a Encoded,
    /// The preset.
    pub preset: &'a Preset,
    /// Seed of all random draws.
    pub seed: u64,
    /// What has been learned.
    pub state: State,
}

impl<'a> Learner<'a> {
    /// One pass over all users; `progress(batch, batches)` is called after each batch. Returns the mean query loss
    /// (after the local update) of the epoch's tasks.
    ///
    /// # Errors
    /// As [`Gathered::new`].
    pub fn epoch(&mut self, mut progress: impl FnMut(usize, usize)) -> Result<f64, LayoutError> {
        let epoch = self.state.epoch as u64;
        let source = self.tasks();
        let users = source.users(epoch);
        let batches = users.len().div_ceil(self.preset.train.batch);
        let mut descent = self.descent();
        let mut loss = 0.0;
        for (batch, members) in users.chunks(self.preset.train.batch).enumerate() {
            let place = Place { epoch, batch: batch as u64 };
            loss += self.global_update(&mut descent, &source, members, place, batch as f64 / batches as f64)?;
            progress(batch + 1, batches);
        }
        self.finish(descent);
        self.state.epoch += 1;
        Ok(loss / users.len().max(1) as f64)
    }

    /// The users that an epoch learns from, in its order.
    pub fn users(&self, epoch: u64) -> Vec<u32> {
        self.tasks().users(epoch)
    }

    /// The tasks that it learns from.
    pub fn tasks(&self) -> TaskSource<'a> {
        TaskSource {
            encoded: self.encoded,
            tasks: &self.preset.tasks,
            train: &self.preset.train,
            loss: self.preset.local.loss,
            seed: self.seed,
        }
    }

    /// The steps of an epoch to come. Item biases and embeddings decay; the mean and the decision layers do not.
    pub fn descent(&self) -> Descent {
        let layout = &self.encoded.layout;
        let mean = usize::from(layout.architecture.item_bias.is_some());
        Descent::new(layout.len(), mean..layout.start(Scope::Decision), self.preset.train.decay)
    }

    /// Takes the steps that were put off.
    pub fn finish(&mut self, descent: Descent) {
        descent.finish(&mut self.state.theta, &mut self.state.adam);
    }

    /// One step of Adam on a batch's mean meta-gradient, `epoch_share` (0 to 1) of the way through an epoch; returns the
    /// summed query losses.
    ///
    /// # Errors
    /// As [`Gathered::new`].
    pub fn global_update(
        &mut self,
        descent: &mut Descent,
        source: &TaskSource,
        users: &[u32],
        place: Place,
        epoch_share: f64,
    ) -> Result<f64, LayoutError> {
        let (mut rates, loss) = match self.preset.feedback() {
            Feedback::Picks => {
                let gradient = picks::batch_gradient(&self.model(self.preset.train.steps), source, users, place);
                descent.add_to_all(&gradient.parameters);
                (gradient.rates, gradient.loss)
            }
            Feedback::Ratings => self.task_by_task(descent, source, users, place)?,
        };
        let share = 1.0 / users.len() as f32;
        rates.iter_mut().for_each(|g| *g *= share);
        let learning_rate = self.learning_rate(epoch_share);
        let State { theta, adam, .. } = &mut self.state;
        let step = descent.step(theta, adam, learning_rate, share);
        self.step_rates(step, &rates);
        Ok(loss)
    }

    /// Adds up what each user's task says: returns the derivatives by the local rates and the summed query losses.
    fn task_by_task(
        &mut self,
        descent: &mut Descent,
        source: &TaskSource,
        users: &[u32],
        place: Place,
    ) -> Result<(Vec<f32>, f64), LayoutError> {
        let layout = &self.encoded.layout;
        let gather = |&user: &u32| {
            let mut task = source.task(user, place);
            Gathered::new(layout, &mut task).map(|gathered| (task, gathered))
        };
        let tasks: Vec<(Task, Gathered)> = users.par_iter().map(gather).collect::<Result<_, _>>()?;
        tasks.iter().for_each(|(_, gathered)| descent.touch(gathered.stretches()));
        descent.catch_up(&mut self.state.theta, &mut self.state.adam);

        let update = self.preset.local_update(self.preset.train.steps);
        let order = if self.preset.train.second_order { Order::Second } else { Order::First };
        let start = layout.start(update.scope);
        let rates = self.rates();
        let differentiate = |(task, gathered): &(Task, Gathered)| -> MetaGradient<f32> {
            let theta = gathered.take(&self.state.theta, 0);
            meta_gradient(&gathered.layout, &theta, &gathered.take(&rates, start), task, &update, order)
        };
        let results: Vec<_> = tasks.par_iter().map(differentiate).collect();

        // Added up in the order of the users: the same sum whatever the number of threads.
        let all = tasks.iter().zip(&results);
        let parts: Vec<_> =
            all.clone().map(|((_, gathered), meta)| (gathered.stretches(), &meta.parameters[..])).collect();
        descent.add(&parts);
        let (mut rate_gradient, mut loss) = (vec![0.0; rates.len()], 0.0);
        for ((_, gathered), meta) in all {
            gathered.add(&mut rate_gradient, start, &meta.rates);
            loss += f64::from(meta.query_loss);
        }
        Ok((rate_gradient, loss))
    }

    /// What is learned of the local rates takes the step that the parameters took; its moments come after theirs.
    fn step_rates(&mut self, step: AdamStep, gradient: &[f32]) {
        let layout = &self.encoded.layout;
        let State { theta, rates, adam, .. } = &mut self.state;
        let (first, second) = (&mut adam.first[theta.len()..], &mut adam.second[theta.len()..]);
        let sums: Vec<f32>;
        let gradient = match self.preset.local.rates {
            RateKind::Fixed => return,
            RateKind::PerParameter => gradient,
            RateKind::PerLayer => {
                let scope = self.preset.local.scope;
                let start = layout.start(scope);
                let sum = |range: std::ops::Range<usize>| gradient[range.start - start..range.end - start].iter().sum();
                sums = layout.moved(scope).map(|tensor| sum(tensor.range())).collect();
                &sums
            }
        };
        step.take(Numbers { values: rates, first, second }, gradient, 1.0, 0.0);
    }

    fn learning_rate(&self, epoch_share: f64) -> f32 {
        let config = &self.preset.train;
        let done = (self.state.epoch as f64 + epoch_share) / config.epochs as f64;
        let share = if config.cosine { 0.5 * (1.0 + (std::f64::consts::PI * done).cos()) } else { 1.0 };
        config.learning_rate * share as f32
    }

    /// The model as it is now, with a number of local steps.
    pub fn model(&self, steps: usize) -> Model {
        Model {
            layout: self.encoded.layout.clone(),
            theta: self.state.theta.clone(),
            rates: self.rates(),
            update: self.preset.local_update(steps),
            scale: self.encoded.scale,
            readout: None,
        }
    }

    /// One local rate per moved parameter.
    fn rates(&self) -> Vec<f32> {
        let layout = &self.encoded.layout;
        let scope = self.preset.local.scope;
        match self.preset.local.rates {
            RateKind::Fixed => vec![self.preset.local.rate; layout.len() - layout.start(scope)],
            RateKind::PerParameter => self.state.rates.clone(),
            RateKind::PerLayer => {
                let each = layout.moved(scope).zip(&self.state.rates);
                each.flat_map(|(tensor, &rate)| std::iter::repeat_n(rate, tensor.range().len())).collect()
            }
        }
    }
}
