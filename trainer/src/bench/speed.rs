//! How fast one configuration learns: a batch to warm up, then the median of some stretches of batches.

use super::clock::Clock;
use super::memory::{forget_peak, peak};
use crate::encode::Encoded;
use crate::preset::{MethodKind, Preset};
use crate::train::descent::Descent;
use crate::train::learner::{Learner, State};
use crate::train::tasks::Place;
use anyhow::ensure;
use fewclicks_model::adapt::Feedback;
use serde::Serialize;

/// Odd, for a median.
const STRETCHES: usize = 5;

/// A stretch goes on until it has taken so long.
const STRETCH_SECONDS: f64 = 0.4;

/// One configuration's speed.
#[derive(Debug, Serialize)]
pub struct Speed {
    /// `first` or `second` for gradient steps, and `exact` where there is no choice.
    pub order: &'static str,
    pub threads: usize,
    /// In an epoch.
    #[serde(skip)]
    pub tasks: usize,
    pub tasks_per_second: f64,
    /// An epoch's; a stretch may have been less or more than that.
    pub epoch_seconds: f64,
    pub epoch_cpu_seconds: f64,
    /// Time for one rating of a support or query set.
    pub nanoseconds_per_rating: f64,
    /// The most memory at a time, data included, where the system tells.
    pub peak_bytes: Option<u64>,
}

/// Whether there is a choice: of gradient steps, one task at a time.
pub fn has_orders(preset: &Preset) -> bool {
    preset.local.method == MethodKind::Gradient && preset.feedback() == Feedback::Ratings
}

/// What a stretch took, per task.
struct Stretch {
    seconds: f64,
    cpu_seconds: f64,
    nanoseconds_per_rating: f64,
}

impl Speed {
    /// Of `preset` on that many threads.
    ///
    /// # Errors
    /// Where there is nobody to learn from, or no thread to be had.
    pub fn measure(encoded: &Encoded, preset: &Preset, seed: u64, threads: usize) -> anyhow::Result<Self> {
        forget_peak();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let mut batches = Batches::new(encoded, preset, seed)?;
        let stretches = pool.install(|| {
            batches.stretch()?;
            (0..STRETCHES).map(|_| batches.stretch()).collect::<anyhow::Result<Vec<_>>>()
        })?;
        let tasks = batches.users.len();
        let seconds = median(&stretches, |stretch| stretch.seconds);
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
            epoch_cpu_seconds: median(&stretches, |stretch| stretch.cpu_seconds) * tasks as f64,
            nanoseconds_per_rating: median(&stretches, |stretch| stretch.nanoseconds_per_rating),
            peak_bytes: peak(),
        })
    }
}

fn median(stretches: &[Stretch], of: impl Fn(&Stretch) -> f64) -> f64 {
    let mut values: Vec<f64> = stretches.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The batches of an epoch, again and again.
struct Batches<'a> {
    learner: Learner<'a>,
    users: Vec<u32>,
    /// Batches learned from.
    done: usize,
}

impl<'a> Batches<'a> {
    fn new(encoded: &'a Encoded, preset: &'a Preset, seed: u64) -> anyhow::Result<Self> {
        let learner = Learner { encoded, preset, seed, state: State::new(encoded, preset, seed) };
        let users = learner.users(0);
        ensure!(!users.is_empty(), "preset {}: nobody has enough ratings to learn from", preset.name);
        Ok(Self { learner, users, done: 0 })
    }

    /// Learns from the next batch; returns its place and its users.
    fn learn(&mut self, descent: &mut Descent) -> anyhow::Result<(Place, Vec<u32>)> {
        let size = self.learner.preset.train.batch;
        let count = self.users.len().div_ceil(size);
        let (epoch, batch) = (self.done / count, self.done % count);
        let users = self.users[batch * size..].iter().take(size).copied().collect::<Vec<_>>();
        let place = Place { epoch: epoch as u64, batch: batch as u64 };
        let source = self.learner.tasks();
        self.learner.global_update(descent, &source, &users, place, batch as f64 / count as f64)?;
        self.done += 1;
        Ok((place, users))
    }

    fn stretch(&mut self) -> anyhow::Result<Stretch> {
        let clock = Clock::start();
        let mut learned = Vec::new();
        let mut descent = self.learner.descent();
        while clock.read().seconds < STRETCH_SECONDS {
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
        Ok(Stretch {
            seconds: elapsed.seconds / tasks,
            cpu_seconds: elapsed.cpu_seconds / tasks,
            nanoseconds_per_rating: 1e9 * elapsed.seconds / ratings as f64,
        })
    }
}
