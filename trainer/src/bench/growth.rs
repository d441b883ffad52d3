//! Growth of costs with the data and with the model's width, measured on generated data of which one number grows at a
//! time. Costs are CPU time, which other processes affect least.

use super::clock::Clock;
use super::machine::Machine;
use super::speed::Speed;
use crate::evidence::{Strategy, rank};
use crate::preset::{NetworkPreset, Preset};
use crate::simulate::site::{Files, Shape, write};
use crate::terminal::note;
use crate::train::learner::Learner;
use crate::train::state::State;
use crate::train::{ItemChoice, RunConfig, Trained};
use anyhow::Context;
use serde::Serialize;

/// The smallest data.
const BASE: Shape = Shape { users: 2_000, items: 2_000, ratings: 100_000 };

/// Factors of one of its numbers.
const TIMES: [usize; 5] = [1, 2, 4, 6, 8];

const WIDTHS: [usize; 5] = [16, 32, 64, 96, 128];

const SEED: u64 = 1;

/// All measurements.
#[derive(Debug, Serialize)]
pub struct Growth {
    pub machine: Machine,
    pub preset: String,
    pub threads: usize,
    /// Costs on the smallest data.
    pub base: Point,
    pub series: Vec<Series>,
}

/// Measurements while one number grows.
#[derive(Debug, Serialize)]
pub struct Series {
    /// The number that grows: `ratings`, `users`, `items` or `width`.
    pub of: &'static str,
    pub points: Vec<Point>,
}

/// The size of data and model, and the costs.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Point {
    pub users: usize,
    pub items: usize,
    pub ratings: usize,
    pub width: usize,
    /// CPU time to read and encode the data.
    pub ready_cpu_seconds: f64,
    pub epoch_cpu_seconds: f64,
    /// CPU time to rank the evidence candidates.
    pub evidence_cpu_seconds: f64,
    /// Peak memory; `None` where the system does not report it.
    pub peak_bytes: Option<u64>,
}

impl Point {
    /// Return the number that grows in the series `of`.
    pub fn size(&self, of: &str) -> usize {
        match of {
            "ratings" => self.ratings,
            "users" => self.users,
            "items" => self.items,
            _ => self.width,
        }
    }
}

/// Measure how the costs of `preset` grow, on `threads` threads. Progress is printed on stderr.
///
/// # Errors
/// Return an error if data cannot be written, or the preset does not fit it.
pub fn grow(preset: &NetworkPreset, threads: usize) -> anyhow::Result<Growth> {
    let measure = |shape: Shape, width: usize| {
        let mut preset = preset.clone();
        preset.model.width = width;
        point(shape, preset, threads)
    };
    let base = measure(BASE, preset.model.width)?;
    let mut series = Vec::new();
    for (of, grown) in [
        ("ratings", (|n| Shape { ratings: n * BASE.ratings, ..BASE }) as fn(usize) -> Shape),
        ("users", |n| Shape { users: n * BASE.users, ..BASE }),
        ("items", |n| Shape { items: n * BASE.items, ..BASE }),
    ] {
        let larger = TIMES[1..].iter().map(|&n| measure(grown(n), preset.model.width));
        series.push(Series { of, points: std::iter::once(Ok(base)).chain(larger).collect::<Result<_, _>>()? });
    }
    let points = WIDTHS.iter().map(|&width| measure(BASE, width)).collect::<Result<_, _>>()?;
    series.push(Series { of: "width", points });
    Ok(Growth { machine: Machine::this(), preset: preset.name.clone(), threads, base, series })
}

fn point(shape: Shape, preset: NetworkPreset, threads: usize) -> anyhow::Result<Point> {
    let folder = tempfile::tempdir().context("cannot create a folder for generated data")?;
    write(folder.path(), shape, &Files::Whole, SEED)?;
    let data = folder.path().to_str().context("the folder for temporary files: expected a path in UTF-8")?.to_owned();
    let config = RunConfig {
        data,
        split: None,
        items: ItemChoice::All,
        seed: SEED,
        preset: Preset::Network(preset.clone()),
        former: None,
    };
    let clock = Clock::start();
    let loaded = config.load()?;
    let ready_cpu_seconds = clock.read().cpu_seconds;
    let speed = Speed::measure(&loaded.encoded, &preset, SEED, threads)?;
    let state = State::new(&loaded.encoded, &preset, SEED);
    let learner = Learner { encoded: &loaded.encoded, preset: &preset, seed: SEED, state };
    let model = learner.model(preset.local.update);
    let clock = Clock::start();
    let model = Trained::Network(model);
    rank(Strategy::of(&model), &model, &loaded.encoded, SEED)?;
    let evidence_cpu_seconds = clock.read().cpu_seconds;
    let Shape { users, items, ratings } = shape;
    let width = preset.model.width;
    note(&format!(
        "{ratings} ratings, {users} users, {items} items, width {width}: epoch {:.2} CPU s",
        speed.epoch_cpu_seconds
    ));
    Ok(Point {
        users,
        items,
        ratings,
        width,
        ready_cpu_seconds,
        epoch_cpu_seconds: speed.epoch_cpu_seconds,
        evidence_cpu_seconds,
        peak_bytes: speed.peak_bytes,
    })
}
