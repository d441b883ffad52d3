//! Runs of a case: each is trained once, and what that cost is kept beside it.

use super::case::Case;
use crate::bench::{Clock, peak, reset_peak};
use crate::files::write_atomically;
use crate::load::load_dataset;
use crate::preset::{DEFAULT, Preset};
use crate::terminal::note;
use crate::train::{Run, RunConfig, train};
use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// File with the costs of a finished run, in its folder.
const COSTS: &str = "costs.json";

/// What training cost.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Costs {
    pub seed: u64,
    pub seconds: f64,
    /// CPU time of all threads.
    pub cpu_seconds: f64,
    /// Peak memory, data included; `None` where the system does not report it.
    pub peak_bytes: Option<u64>,
    /// Whether the run was interrupted; then the costs are those since it was resumed.
    pub resumed: bool,
}

/// Train a case with `preset` (or the default of its data) and `seed` in a folder of `runs`, unless that is done already.
/// Return the run's folder and costs.
///
/// # Errors
/// Return an error if the data cannot be read, the folder holds another run, or a file cannot be written.
pub fn trained(case: &Case, preset: Option<&Preset>, seed: u64, runs: &Path) -> anyhow::Result<(PathBuf, Costs)> {
    let path = std::path::absolute(&case.data)?;
    let source = path.to_str().with_context(|| format!("{}: expected a path in UTF-8", path.display()))?;
    let prefix = preset.map_or(String::new(), |preset| format!("-{}", preset.name()));
    let folder = runs.join(format!("{}{prefix}-{seed}", case.name));
    let costs = folder.join(COSTS);
    if let Ok(text) = std::fs::read_to_string(&costs) {
        return Ok((folder, serde_json::from_str(&text).with_context(|| costs.display().to_string())?));
    }
    note(&format!("training {}, seed {seed}", case.name));
    reset_peak();
    let clock = Clock::start();
    let data = load_dataset(source)?;
    let preset = match preset {
        Some(preset) => preset.clone(),
        None => Preset::load(DEFAULT)?,
    };
    let config = RunConfig {
        data: source.into(),
        split: Some(std::path::absolute(&case.split)?),
        items: case.items,
        seed,
        preset,
        former: None,
    };
    let loaded = config.encode(data)?;
    let resumed = Run::is_in(&folder);
    let run = match resumed {
        true => {
            let run = Run::resume(&folder)?;
            ensure!(
                run.config == config,
                "{} holds a run with another configuration: name other --runs",
                folder.display()
            );
            run
        }
        false => Run::create(&folder, config, &loaded)?,
    };
    train(&run, &loaded)?;
    let elapsed = clock.read();
    let (seconds, cpu_seconds) = (elapsed.seconds, elapsed.cpu_seconds);
    let spent = Costs { seed, seconds, cpu_seconds, peak_bytes: peak(), resumed };
    write_atomically(&costs, &serde_json::to_vec_pretty(&spent)?)?;
    Ok((folder, spent))
}
