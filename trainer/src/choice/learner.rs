//! The global update: one epoch after another, by Adam.

use super::config::ChoiceConfig;
use super::cooccurrence::neighbours;
use super::data::{Answered, ChoiceData};
use super::held_out::{self, hold_out};
use super::items::ItemRows;
use super::layout::{Layout, STEPS};
use super::neighbour_weight;
use super::net::Net;
use super::plan::Plan;
use super::reverse::loss_gradient;
use super::sampler::Sampler;
use super::start::ChoiceStart;
use super::tasks::TaskSource;
use super::teacher::Teacher;
use crate::placing::ChoiceOfNew;
use crate::rng::{Purpose, stream};
use crate::train::adam::{Adam, Numbers};
use fewclicks_model::halves::{Choice, LEVELS, Neighbours, Table};
use fewclicks_model::model::vocabulary::UNKNOWN;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// The number of steps in which the step size rises.
const WARM_UP: f64 = 50.0;

/// The share of the step size that is left at the end.
const LAST_RATE: f64 = 0.02;

/// The largest step size of an update, as a share of that of a training from the start.
const UPDATE_RATE: f32 = 0.5;

/// The number of parameters that a thread steps at a time.
const TOGETHER: usize = 1 << 14;

/// All that changes in training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceState {
    /// The number of epochs completed.
    pub epoch: usize,
    /// The parameters.
    pub theta: Vec<f32>,
    /// Their moments.
    pub adam: Adam,
    /// w_n, once it is chosen; 0 for no neighbours.
    pub neighbour_weight: f32,
}

impl ChoiceState {
    /// Create the state before the first step.
    fn new(theta: Vec<f32>) -> Self {
        Self { epoch: 0, adam: Adam::new(theta.len()), theta, neighbour_weight: 0.0 }
    }

    /// Take a step of Adam, with decay of the parameters below `decaying`.
    fn step(&mut self, gradient: &[f32], learning_rate: f32, decay: f32, decaying: usize) {
        let Self { theta, adam, .. } = self;
        let step = adam.step(learning_rate);
        for (range, decay) in [(0..decaying, decay), (decaying..theta.len(), 0.0)] {
            let chunks =
                theta[range.clone()].par_chunks_mut(TOGETHER).zip(gradient[range.clone()].par_chunks(TOGETHER));
            let moments = adam.first[range.clone()].par_chunks_mut(TOGETHER);
            let moments = moments.zip(adam.second[range].par_chunks_mut(TOGETHER));
            chunks.zip(moments).for_each(|((values, gradient), (first, second))| {
                step.take(Numbers { values, first, second }, gradient, 1.0, decay);
            });
        }
    }
}

/// Trains the choice half.
#[derive(Debug)]
pub struct ChoiceLearner<'a> {
    data: ChoiceData<'a>,
    config: &'a ChoiceConfig,
    seed: u64,
    /// The largest step size.
    learning_rate: f32,
    plan: Plan,
    /// The users that are held out in the epochs without them.
    held_out: Vec<bool>,
    layout: Layout,
    /// What the epochs at hand learn from.
    part: Part<'a>,
    /// All that changes.
    pub state: ChoiceState,
}

/// The users that an epoch learns from, and what follows from them.
#[derive(Debug)]
struct Part<'a> {
    /// The answers of each user; none of held-out users.
    answers: Vec<&'a [Answered]>,
    /// Their numbers.
    lens: Vec<u32>,
    /// Whether each user makes tasks.
    usable: Vec<bool>,
    /// The number of answers about each item.
    counts: Vec<u32>,
    /// What draws samples of a large catalogue.
    sampler: Option<Sampler>,
    /// The teacher, once an epoch needs it.
    teacher: Option<Teacher>,
}

impl<'a> Part<'a> {
    /// Leave out the users where `held_out` says so.
    fn new(data: ChoiceData<'a>, held_out: impl Fn(usize) -> bool) -> Self {
        let kept = |(user, &answers)| if held_out(user) { &[][..] } else { answers };
        let answers: Vec<&[Answered]> = data.answers.iter().enumerate().map(kept).collect();
        let lens = data.lens.iter().enumerate().map(|(user, &len)| if held_out(user) { 0 } else { len }).collect();
        let usable = data.usable.iter().enumerate().map(|(user, &usable)| usable && !held_out(user)).collect();
        let counts = ChoiceData { answers: &answers, ..data }.counts();
        Self { sampler: Sampler::new(&counts), counts, teacher: None, answers, lens, usable }
    }

    /// Return `data` of these users alone.
    fn of<'b>(&'b self, data: ChoiceData<'b>) -> ChoiceData<'b> {
        ChoiceData { answers: &self.answers, lens: &self.lens, usable: &self.usable, ..data }
    }
}

/// Draw the own row of each item in a batch: [`UNKNOWN`] for new items, and for those that the batch hides, so that it places
/// them by their fields. An item with `half` answers is hidden in a quarter of the batches. `counts` are the answers by item.
fn shown(counts: &[u32], half: f32, mut rng: ChaCha8Rng) -> Vec<u32> {
    let row = |(row, &count): (u32, &u32)| {
        let hidden = rng.random_range(0.0..1.0) * (half + count as f32) < 0.5 * half;
        if count == 0 || hidden { UNKNOWN } else { row }
    };
    (1..).zip(counts).map(row).collect()
}

impl<'a> ChoiceLearner<'a> {
    /// Create a learner before its first epoch.
    pub fn new(data: ChoiceData<'a>, config: &'a ChoiceConfig, seed: u64) -> Self {
        let layout = Layout::new(config.width, data.items, data.item_tables, data.user_tables);
        let plan = Plan::new(config, &data);
        let held_out = hold_out(&data, seed);
        let part = Part::new(data, |user| plan.without > 0 && held_out[user]);
        let state = ChoiceState::new(layout.initial(&part.of(data), seed));
        Self { data, config, seed, plan, held_out, layout, part, state, learning_rate: config.learning_rate }
    }

    /// Create a learner that goes on for `epochs` epochs from where a training of other data ended. All users take part, as nothing
    /// is chosen.
    pub fn update(
        data: ChoiceData<'a>,
        config: &'a ChoiceConfig,
        seed: u64,
        start: &ChoiceStart,
        epochs: usize,
    ) -> Self {
        let layout = Layout::new(config.width, data.items, data.item_tables, data.user_tables);
        let state = ChoiceState::new(start.parameters(&layout, &data.counts()));
        let state = ChoiceState { neighbour_weight: start.neighbour_weight, ..state };
        let plan = Plan { without: 0, with: epochs };
        let (held_out, part) = (vec![false; data.usable.len()], Part::new(data, |_| false));
        Self {
            data,
            config,
            seed,
            plan,
            held_out,
            layout,
            part,
            state,
            learning_rate: UPDATE_RATE * config.learning_rate,
        }
    }

    /// Continue from a state that a learner of the same data, configuration and seed had.
    ///
    /// # Panics
    /// Where the state has another number of parameters.
    pub fn resume(mut self, state: ChoiceState) -> Self {
        assert_eq!(state.theta.len(), self.layout.len, "the state of another site or configuration");
        if state.epoch > self.plan.without {
            self.part = Part::new(self.data, |_| false);
        }
        Self { state, ..self }
    }

    /// Return the held-out users.
    pub fn held_out(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.held_out.len()).filter(|&user| self.held_out[user])
    }

    /// Return the number of steps of an epoch of those at hand.
    pub fn steps(&self) -> usize {
        self.part.usable.iter().filter(|&&usable| usable).count().div_ceil(self.config.batch)
    }

    /// Return the number of users with tasks.
    pub fn users(&self) -> usize {
        self.data.usable.iter().filter(|&&usable| usable).count()
    }

    /// Return the number of epochs without the held-out users, after which something is chosen by them.
    pub fn chosen_after(&self) -> usize {
        self.plan.without
    }

    /// Return the number of epochs.
    pub fn epochs(&self) -> usize {
        self.plan.without + self.plan.with
    }

    /// Do an epoch, and return the mean loss of its batches. Once the held-out users have served to choose by, training starts
    /// again with all users. `progress` is called with the number of steps that are done, and of all.
    pub fn epoch(&mut self, progress: impl FnMut(usize, usize)) -> f64 {
        let Plan { without, with } = self.plan;
        if self.state.epoch == without && without > 0 {
            self.part = Part::new(self.data, |_| false);
            let start = ChoiceState::new(self.layout.initial(&self.data, self.seed));
            self.state = ChoiceState { epoch: without, neighbour_weight: self.state.neighbour_weight, ..start };
        }
        let (done, epochs) = match self.state.epoch < without {
            true => (self.state.epoch, without),
            false => (self.state.epoch - without, with),
        };
        let loss = self.pass(done, epochs, progress);
        self.state.epoch += 1;
        if self.state.epoch == without {
            let tasks = held_out::tasks(&self.data, &self.held_out, self.seed);
            self.state.neighbour_weight = neighbour_weight::choose(&self.net(), &self.neighbours(), &tasks);
        }
        loss
    }

    /// Return nDCG@10 on the held-out users after the last epoch, without neighbours; `None` once it learns from them.
    pub fn held_out_ndcg(&self) -> Option<f64> {
        if self.state.epoch > self.plan.without {
            return None;
        }
        held_out::mean_ndcg(&self.net(), &held_out::tasks(&self.data, &self.held_out, self.seed))
    }

    /// Take a step per batch of users, and return the mean loss. `done` of `epochs` decide the step size.
    fn pass(&mut self, done: usize, epochs: usize, mut progress: impl FnMut(usize, usize)) -> f64 {
        let Self { config, seed, learning_rate, layout, part, state, .. } = self;
        if part.teacher.is_none() {
            let teacher = if config.teacher > 0.0 { Teacher::fit(part.of(self.data)) } else { Teacher::default() };
            part.teacher = Some(teacher);
        }
        let (data, teacher) = (part.of(self.data), part.teacher.as_ref().expect("it was fitted"));
        let source = TaskSource { data, config, teacher, seed: *seed };
        let epoch = state.epoch as u64;
        let users = source.users(epoch);
        let steps = users.len().div_ceil(config.batch);
        let mut loss = 0.0;
        for (batch, users) in users.chunks(config.batch).enumerate() {
            let mut tasks = source.batch(users, epoch);
            let own = shown(&part.counts, config.hide, stream(*seed, Purpose::ItemDropout, epoch, batch as u64));
            let items = ItemRows { own: &own, fields: data.item_fields };
            let (batch_loss, gradient) = match &part.sampler {
                Some(sampler) => {
                    let sample = sampler.draw(&tasks, &mut stream(*seed, Purpose::Samples, epoch, batch as u64));
                    sample.loss_gradient((layout, &state.theta), &items, &mut tasks)
                }
                None => loss_gradient(&Net::new(layout, &state.theta, &items), &items, &tasks),
            };
            loss += f64::from(batch_loss) / steps as f64;
            let share = share_of_rate((done * steps + batch) as f64, (epochs * steps) as f64) as f32;
            state.step(&gradient, *learning_rate * share, config.decay, layout.decaying);
            progress(batch + 1, steps);
        }
        loss
    }

    /// Return the own row of each item: [`UNKNOWN`] for new items.
    pub(super) fn own_rows(&self) -> Vec<u32> {
        (1..).zip(&self.part.counts).map(|(row, &count)| if count > 0 { row } else { UNKNOWN }).collect()
    }

    /// Return where the parameters lie.
    #[cfg(test)]
    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Return the choice half.
    pub fn choice(&self) -> Choice {
        let mut choice = self.net();
        if self.state.neighbour_weight > 0.0 {
            choice.neighbours = self.neighbours();
            choice.neighbour_weight = self.state.neighbour_weight;
        }
        choice
    }

    /// Return the neighbours that follow from what the epochs at hand learn from.
    fn neighbours(&self) -> Neighbours {
        neighbours(self.part.of(self.data), self.config.neighbours)
    }

    /// Return how items without answers are placed.
    pub fn of_new(&self) -> ChoiceOfNew {
        let Layout { width, vectors, bias, .. } = &self.layout;
        let part = |range: &std::ops::Range<usize>| &self.state.theta[range.clone()];
        let joined = |(vectors, biases): (&std::ops::Range<usize>, &std::ops::Range<usize>)| -> Vec<f32> {
            let rows = part(vectors).chunks_exact(*width).zip(part(biases));
            rows.flat_map(|(vector, &bias)| vector.iter().copied().chain([bias])).collect()
        };
        let tables = vectors.fields.iter().zip(&bias.fields).map(joined).collect();
        let mut base = joined((&vectors.own, &bias.own));
        base.truncate(width + 1);
        ChoiceOfNew { tables, base }
    }

    /// Return the choice half without neighbours.
    fn net(&self) -> Choice {
        let Layout { width, .. } = self.layout;
        let theta = &self.state.theta;
        let own = self.own_rows();
        let items = ItemRows { own: &own, fields: self.data.item_fields };
        let net = Net::new(&self.layout, theta, &items);
        let copy = |range: &std::ops::Range<usize>| theta[range.clone()].to_vec();
        let weights: [f32; LEVELS] = theta[self.layout.weights.clone()].try_into().expect("a weight per level");
        let mut choice = Choice {
            gates: copy(&self.layout.gates),
            answer: copy(&self.layout.answer),
            count: Table::new(width, copy(&self.layout.count)),
            user_fields: self.layout.users.iter().map(|range| Table::new(width, copy(range))).collect(),
            start: copy(&self.layout.start),
            start_mean: Vec::new(),
            rates: (0..STEPS).flat_map(|step| net.rates(step)).collect(),
            weights,
            kappa: softplus(theta[self.layout.kappa]),
            neighbours: Neighbours::default(),
            neighbour_weight: 0.0,
            vectors: Table::new(width, net.vectors),
            bias: net.bias,
        };
        choice.start_mean = choice.mean_vector(&choice.start);
        choice
    }
}

fn softplus(x: f32) -> f32 {
    fewclicks_model::math::scalar::Scalar::softplus(x)
}

/// Return the share of the step size at a step: it rises, and then falls along a cosine.
fn share_of_rate(step: f64, steps: f64) -> f64 {
    let cosine = 0.5 * (1.0 + (std::f64::consts::PI * step / steps).cos());
    ((step + 1.0) / WARM_UP).min(1.0) * (LAST_RATE + (1.0 - LAST_RATE) * cosine)
}
