//! The global update: parameters and local rates learned over batches of tasks.

use crate::encode::Encoded;
use crate::preset::NetworkPreset;
use crate::ranks;
use crate::train::adam::{AdamStep, Numbers};
use crate::train::descent::Descent;
use crate::train::picks;
use crate::train::state::State;
use crate::train::task_gradient::TaskGradient;
use crate::train::tasks::{Place, TaskSource};
use fewclicks_model::adapt::meta::{Order, TaskUpdate, meta_gradient};
use fewclicks_model::adapt::meta_gradient::MetaGradient;
use fewclicks_model::adapt::{LocalUpdate, Rates};
use fewclicks_model::model::Model;
use fewclicks_model::network::architecture::Scope;
use fewclicks_model::network::submodel::Submodel;
use fewclicks_model::network::task::Task;
use rayon::prelude::*;

/// Learns from one data set.
#[derive(Debug)]
pub struct Learner<'a> {
    /// The data set.
    pub encoded: &'a Encoded,
    /// The preset.
    pub preset: &'a NetworkPreset,
    /// Seed of all random draws.
    pub seed: u64,
    /// What has been learned.
    pub state: State,
}

impl<'a> Learner<'a> {
    /// One pass over all users; `progress(batch, batches)` is called after each batch. Returns the mean query loss
    /// (after the local update) of the epoch's tasks.
    pub fn epoch(&mut self, mut progress: impl FnMut(usize, usize)) -> f64 {
        let epoch = self.state.epoch as u64;
        let source = self.tasks();
        let users = source.users(epoch);
        let batches = users.len().div_ceil(self.preset.train.batch);
        let mut descent = self.descent();
        let mut loss = 0.0;
        for (batch, members) in users.chunks(self.preset.train.batch).enumerate() {
            let place = Place { epoch, batch: batch as u64 };
            loss += self.global_update(&mut descent, &source, members, place, batch as f64 / batches as f64);
            progress(batch + 1, batches);
        }
        self.finish(descent);
        self.state.epoch += 1;
        loss / users.len().max(1) as f64
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
            loss: self.preset.local.update.loss(),
            seed: self.seed,
        }
    }

    /// The steps of an epoch to come. Item biases and embeddings decay; the mean and the decision layers do not.
    pub fn descent(&self) -> Descent {
        let layout = &self.encoded.layout;
        let first = layout.bias().map_or(0, |(_, items)| items.start);
        Descent::new(layout.len(), first..layout.offset(Scope::Decision), self.preset.train.decay)
    }

    /// Takes the steps that were put off.
    pub fn finish(&mut self, descent: Descent) {
        descent.finish(&mut self.state.theta, &mut self.state.adam);
    }

    /// One step of Adam on a batch's mean meta-gradient, `epoch_share` (0 to 1) of the way through an epoch; returns the
    /// summed query losses.
    pub fn global_update(
        &mut self,
        descent: &mut Descent,
        source: &TaskSource,
        users: &[u32],
        place: Place,
        epoch_share: f64,
    ) -> f64 {
        let update = self.preset.training_update();
        let order = if self.preset.train.second_order { Order::Second } else { Order::First };
        let (mut rates, loss) = match update {
            LocalUpdate::Softmax(softmax) => {
                let gradient = picks::batch_gradient(&self.model(update), softmax, source, users, place);
                descent.add_to_all(&gradient.parameters);
                (gradient.rates, gradient.loss)
            }
            LocalUpdate::Gradient(gradient) => {
                self.task_by_task(descent, source, users, place, TaskUpdate::Gradient(gradient, order))
            }
            LocalUpdate::Ridge => self.task_by_task(descent, source, users, place, TaskUpdate::Ridge),
        };
        let share = 1.0 / users.len() as f32;
        rates.iter_mut().for_each(|g| *g *= share);
        let learning_rate = self.learning_rate(epoch_share);
        let State { theta, adam, .. } = &mut self.state;
        let step = descent.step(theta, adam, learning_rate, share);
        self.step_rates(step, &rates);
        loss
    }

    /// Adds up what each user's task says: returns the derivatives by the local rates and the summed query losses.
    fn task_by_task(
        &mut self,
        descent: &mut Descent,
        source: &TaskSource,
        users: &[u32],
        place: Place,
        update: TaskUpdate,
    ) -> (Vec<f32>, f64) {
        let layout = &self.encoded.layout;
        let gather = |&user: &u32| {
            let mut task = source.task(user, place);
            let submodel = Submodel::new(layout, &mut task);
            (task, submodel)
        };
        let own = &users[ranks::share(users.len())];
        let tasks: Vec<(Task, Submodel)> = own.par_iter().map(gather).collect();
        tasks.iter().for_each(|(_, submodel)| descent.touch(submodel.ranges()));
        descent.catch_up(&mut self.state.theta, &mut self.state.adam);

        let start = layout.offset(self.preset.local.update.scope());
        let rates = self.rates();
        let differentiate = |(task, submodel): &(Task, Submodel)| -> MetaGradient<f32> {
            let theta = submodel.take(&self.state.theta, 0);
            meta_gradient(&submodel.layout, &theta, &submodel.take(&rates, start), task, update)
        };
        let results: Vec<_> = tasks.par_iter().map(differentiate).collect();

        let of_task = |((_, submodel), meta): (&(Task, Submodel), MetaGradient<f32>)| TaskGradient {
            ranges: submodel.ranges().to_vec(),
            parameters: meta.parameters,
            rates: meta.rates,
            query_loss: meta.query_loss,
        };
        let all = ranks::gather(tasks.iter().zip(results).map(of_task).collect());
        if ranks::size() > 1 {
            // What the tasks of other ranks touch has skipped the same steps here as there.
            all.iter().for_each(|task| descent.touch(&task.ranges));
            descent.catch_up(&mut self.state.theta, &mut self.state.adam);
        }

        // Added up in the order of the users: the same sum whatever the number of threads and ranks.
        let parts: Vec<_> = all.iter().map(|task| (&task.ranges[..], &task.parameters[..])).collect();
        descent.add(&parts);
        let (mut rate_gradient, mut loss) = (vec![0.0; rates.len()], 0.0);
        for task in &all {
            task.add_rates(&mut rate_gradient, start);
            loss += f64::from(task.query_loss);
        }
        (rate_gradient, loss)
    }

    /// What is learned of the local rates takes the step that the parameters took; its moments come after theirs.
    fn step_rates(&mut self, step: AdamStep, gradient: &[f32]) {
        let layout = &self.encoded.layout;
        let State { theta, rates, adam, .. } = &mut self.state;
        let (first, second) = (&mut adam.first[theta.len()..], &mut adam.second[theta.len()..]);
        let sums: Vec<f32>;
        let gradient = match self.preset.local.update.rates() {
            Rates::Fixed => return,
            Rates::PerParameter => gradient,
            Rates::PerLayer => {
                let scope = self.preset.local.update.scope();
                let start = layout.offset(scope);
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

    /// The model as it is now, with this local update.
    pub fn model(&self, update: LocalUpdate) -> Model {
        Model {
            layout: self.encoded.layout.clone(),
            theta: self.state.theta.clone(),
            rates: self.rates(),
            update,
            scale: self.encoded.scale,
            readout: None,
        }
    }

    /// One local rate per moved parameter.
    fn rates(&self) -> Vec<f32> {
        let layout = &self.encoded.layout;
        let scope = self.preset.local.update.scope();
        match self.preset.local.update.rates() {
            Rates::Fixed => vec![self.preset.local.rate; layout.len() - layout.offset(scope)],
            Rates::PerParameter => self.state.rates.clone(),
            Rates::PerLayer => {
                let each = layout.moved(scope).zip(&self.state.rates);
                each.flat_map(|(tensor, &rate)| std::iter::repeat_n(rate, tensor.range().len())).collect()
            }
        }
    }
}
