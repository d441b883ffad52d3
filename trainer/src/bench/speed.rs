//! Speed of training: a sample of batches to warm up, then the median of several samples.

use super::clock::Clock;
use super::memory::{peak, reset_peak};
use crate::encode::Encoded;
use crate::preset::NetworkPreset;
use crate::train::descent::Descent;
use crate::train::learner::Learner;
use crate::train::state::State;
use crate::train::tasks::Place;
use anyhow::ensure;
use fewclicks_model::adapt::LocalUpdate;
use serde::Serialize;

/// Number of samples; odd, for a median.
const SAMPLES: usize = 5;

/// Minimum duration of a sample.
const SAMPLE_SECONDS: f64 = 0.4;

/// Speed of one preset.
#[derive(Debug, Serialize)]
pub struct Speed {
    /// `first` or `second` for gradient steps, or `exact` where there is no choice.
    pub order: &'static str,
    pub threads: usize,
    /// Tasks of an epoch.
    #[serde(skip)]
    pub tasks: usize,
    pub tasks_per_second: f64,
    /// Time of an epoch, extrapolated from samples.
    pub epoch_seconds: f64,
    pub epoch_cpu_seconds: f64,
    /// Time per rating of a support or query set.
    pub nanoseconds_per_rating: f64,
    /// Peak memory, data included; `None` where the system does not report it.
    pub peak_bytes: Option<u64>,
}

/// Return whether first-order meta-gradients are a choice: for gradient steps on ratings.
pub fn has_orders(preset: &NetworkPreset) -> bool {
    matches!(preset.local.update, LocalUpdate::Gradient(_))
}

/// Time of a sample, per task.
struct Sample {
    seconds: f64,
    cpu_seconds: f64,
    nanoseconds_per_rating: f64,
}

impl Speed {
    /// Measure `preset` on `threads` threads.
    ///
    /// # Errors
    /// Return an error if no user has enough ratings, or threads cannot be started.
    pub fn measure(encoded: &Encoded, preset: &NetworkPreset, seed: u64, threads: usize) -> anyhow::Result<Self> {
        reset_peak();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let mut batches = Batches::new(encoded, preset, seed)?;
        let samples = pool.install(|| {
            batches.sample()?;
            (0..SAMPLES).map(|_| batches.sample()).collect::<anyhow::Result<Vec<_>>>()
        })?;
        let tasks = batches.users.len();
        let seconds = median(&samples, |sample| sample.seconds);
        Ok(Self {
            order: match (has_orders(preset), preset.train.second_order) {
                (false, _) => "exact",
                (true, false) => "first",
                (true, true) => "second",
            },
            threads,
            tasks,
            tasks_per_second: 1.0 / seconds,
            epoch_seconds: seconds * tasks as f64,
            epoch_cpu_seconds: median(&samples, |sample| sample.cpu_seconds) * tasks as f64,
            nanoseconds_per_rating: median(&samples, |sample| sample.nanoseconds_per_rating),
            peak_bytes: peak(),
        })
    }
}

fn median(samples: &[Sample], of: impl Fn(&Sample) -> f64) -> f64 {
    let mut values: Vec<f64> = samples.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The batches of an epoch, repeated.
struct Batches<'a> {
    learner: Learner<'a>,
    users: Vec<u32>,
    /// Number of batches done.
    done: usize,
}

impl<'a> Batches<'a> {
    fn new(encoded: &'a Encoded, preset: &'a NetworkPreset, seed: u64) -> anyhow::Result<Self> {
        let learner = Learner { encoded, preset, seed, state: State::new(encoded, preset, seed) };
        let users = learner.users(0);
        ensure!(!users.is_empty(), "preset {}: no user has enough ratings to train on", preset.name);
        Ok(Self { learner, users, done: 0 })
    }

    /// Train on the next batch; return its place and its users.
    fn learn(&mut self, descent: &mut Descent) -> anyhow::Result<(Place, Vec<u32>)> {
        let size = self.learner.preset.train.batch;
        let count = self.users.len().div_ceil(size);
        let (epoch, batch) = (self.done / count, self.done % count);
        let users = self.users[batch * size..].iter().take(size).copied().collect::<Vec<_>>();
        let place = Place { epoch: epoch as u64, batch: batch as u64 };
        let source = self.learner.tasks();
        self.learner.global_update(descent, &source, &users, place, batch as f64 / count as f64);
        self.done += 1;
        Ok((place, users))
    }

    fn sample(&mut self) -> anyhow::Result<Sample> {
        let clock = Clock::start();
        let mut learned = Vec::new();
        let mut descent = self.learner.descent();
        while clock.read().seconds < SAMPLE_SECONDS {
            learned.push(self.learn(&mut descent)?);
        }
        self.learner.finish(descent);
        let elapsed = clock.read();
        let source = self.learner.tasks();
        let ratings = |(place, users): &(Place, Vec<u32>)| {
            let draws = users.iter().map(|&user| source.draw(user, *place));
            draws.map(|draw| draw.support.len() + draw.query.len()).sum::<usize>()
        };
        let tasks = learned.iter().map(|(_, users)| users.len()).sum::<usize>() as f64;
        let ratings = learned.iter().map(ratings).sum::<usize>();
        Ok(Sample {
            seconds: elapsed.seconds / tasks,
            cpu_seconds: elapsed.cpu_seconds / tasks,
            nanoseconds_per_rating: 1e9 * elapsed.seconds / ratings as f64,
        })
    }
}
