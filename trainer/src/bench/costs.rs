//! Costs of training on one data set, by preset, order of meta-gradients and number of threads.

use super::clock::Clock;
use super::machine::Machine;
use super::speed::{Speed, has_orders};
use crate::data::Dataset;
use crate::preset::{NetworkPreset, Preset};
use crate::terminal::note;
use crate::train::RunConfig;
use serde::Serialize;

/// Numbers of threads that are measured.
const THREADS: [usize; 2] = [1, 2];

/// Costs on one data set.
#[derive(Debug, Serialize)]
pub struct Costs {
    pub machine: Machine,
    pub data: String,
    pub users: usize,
    pub items: usize,
    pub ratings: usize,
    /// Time to read the data.
    pub read_seconds: f64,
    pub presets: Vec<PresetCosts>,
}

/// Costs of one preset.
#[derive(Debug, Serialize)]
pub struct PresetCosts {
    pub preset: String,
    /// Time to encode the data for this preset.
    pub encode_seconds: f64,
    /// Tasks of an epoch.
    pub tasks: usize,
    pub speeds: Vec<Speed>,
}

/// Measure each of `configs`, which differ by their presets, on their data, which `read` reads. Progress is printed on
/// stderr.
///
/// # Errors
/// Return an error if the data cannot be read, or a preset does not fit it.
pub fn measure(configs: &[RunConfig], read: impl FnOnce() -> anyhow::Result<Dataset>) -> anyhow::Result<Costs> {
    let clock = Clock::start();
    let data = read()?;
    let read_seconds = clock.read().seconds;
    let presets = configs.iter().map(|config| of_preset(config, data.clone())).collect::<Result<_, _>>()?;
    Ok(Costs {
        machine: Machine::this(),
        users: data.users.ids.len(),
        items: data.items.ids.len(),
        ratings: data.ratings.len(),
        data: data.name,
        read_seconds,
        presets,
    })
}

fn of_preset(config: &RunConfig, data: Dataset) -> anyhow::Result<PresetCosts> {
    let clock = Clock::start();
    let loaded = config.encode(data)?;
    let encode_seconds = clock.read().seconds;
    let mut speeds = Vec::new();
    let Preset::Network(network) = &config.preset else {
        anyhow::bail!("preset {}: only networks learn batch by batch as it is measured here", config.preset.name());
    };
    for second_order in orders(network) {
        for threads in THREADS {
            let mut preset = network.clone();
            preset.train.second_order = second_order;
            let speed = Speed::measure(&loaded.encoded, &preset, config.seed, threads)?;
            let (name, order) = (&preset.name, speed.order);
            note(&format!("{name} {order}, {threads} threads: {:.0} tasks/s", speed.tasks_per_second));
            speeds.push(speed);
        }
    }
    let tasks = speeds.first().map_or(0, |speed| speed.tasks);
    Ok(PresetCosts { preset: network.name.clone(), encode_seconds, tasks, speeds })
}

/// Return the values of `second_order` to measure: both where there is a choice.
fn orders(preset: &NetworkPreset) -> Vec<bool> {
    if has_orders(preset) { vec![false, true] } else { vec![true] }
}
