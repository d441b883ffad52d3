//! Stores a training's [`State`] in a file, bit by bit.

use crate::files::write_atomically;
use crate::train::adam::Adam;
use crate::train::state::State;
use anyhow::{Context, bail};
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use std::path::Path;

/// Name of the tensor with the numbers of epochs and of Adam's steps.
const COUNTS: &str = "counts";

/// Write `state` atomically.
///
/// # Errors
/// Return an error that names the path.
pub fn write(path: &Path, state: &State) -> anyhow::Result<()> {
    let parts = [
        ("parameters", &state.theta),
        ("rates", &state.rates),
        ("adam.first", &state.adam.first),
        ("adam.second", &state.adam.second),
    ];
    let bytes = parts.map(|(name, values)| (name, values.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>()));
    let counts: Vec<u8> = [state.epoch as u64, state.adam.steps].iter().flat_map(|n| n.to_le_bytes()).collect();
    let mut views = vec![(COUNTS, TensorView::new(Dtype::U64, vec![2], &counts)?)];
    for (name, bytes) in &bytes {
        views.push((name, TensorView::new(Dtype::F32, vec![bytes.len() / 4], bytes)?));
    }
    // No metadata: safetensors writes it in random order, and equal states must give equal files.
    write_atomically(path, &safetensors::serialize(views, None)?)
}

/// Read a checkpoint; `like` is a state with the expected shapes.
///
/// # Errors
/// Return an error that names the path and what does not fit.
pub fn read(path: &Path, like: &State) -> anyhow::Result<State> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read the checkpoint {}", path.display()))?;
    parse(&bytes, like).with_context(|| format!("{} is not a checkpoint of this run", path.display()))
}

fn parse(bytes: &[u8], like: &State) -> anyhow::Result<State> {
    let tensors = SafeTensors::deserialize(bytes)?;
    let counts = tensors.tensor(COUNTS)?;
    let &[epoch, adam_steps] = counts.data().as_chunks().0 else { bail!("\"{COUNTS}\" is not a pair of numbers") };
    let numbers = |name: &str, len: usize| -> anyhow::Result<Vec<f32>> {
        let tensor = tensors.tensor(name)?;
        if tensor.dtype() != Dtype::F32 || tensor.shape() != [len] {
            bail!("\"{name}\" has shape {:?}, expected [{len}]: was the data or the preset changed?", tensor.shape());
        }
        Ok(tensor.data().chunks_exact(4).map(|x| f32::from_le_bytes([x[0], x[1], x[2], x[3]])).collect())
    };
    Ok(State {
        epoch: u64::from_le_bytes(epoch) as usize,
        theta: numbers("parameters", like.theta.len())?,
        rates: numbers("rates", like.rates.len())?,
        adam: Adam {
            first: numbers("adam.first", like.adam.first.len())?,
            second: numbers("adam.second", like.adam.second.len())?,
            steps: u64::from_le_bytes(adam_steps),
        },
    })
}
