//! Stores a training's [`State`] in a file, bit by bit, with the SHA-256 of the file in its header.

use crate::files::write_and_keep_former;
use crate::train::adam::Adam;
use crate::train::state::State;
use anyhow::{Context, bail, ensure};
use fewclicks_model::bundle::sha256;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

/// Name of the tensor with the numbers of epochs and of Adam's steps.
const COUNTS: &str = "counts";

/// Name of the tensor with the SHA-256 of what the run's other files said.
const FILES: &str = "files";

/// The header up to the SHA-256 of the file; the hash is computed with zeros in its place.
const HEADER: &[u8] = br#"{"__metadata__":{"sha256":""#;
const HASH: Range<usize> = 8 + HEADER.len()..8 + HEADER.len() + 64;

/// Write `state` atomically, and keep the former checkpoint in `former`; `files` is the SHA-256 of what the run's other files say,
/// in hexadecimal.
///
/// # Errors
/// Return an error that names the path.
pub fn write(path: &Path, former: &Path, state: &State, files: &str) -> anyhow::Result<()> {
    let parts = [
        ("parameters", &state.theta),
        ("rates", &state.rates),
        ("adam.first", &state.adam.first),
        ("adam.second", &state.adam.second),
    ];
    let bytes = parts.map(|(name, values)| (name, values.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>()));
    let counts: Vec<u8> = [state.epoch as u64, state.adam.steps].iter().flat_map(|n| n.to_le_bytes()).collect();
    let mut views = vec![
        (COUNTS, TensorView::new(Dtype::U64, vec![2], &counts)?),
        (FILES, TensorView::new(Dtype::U8, vec![files.len()], files.as_bytes())?),
    ];
    for (name, bytes) in &bytes {
        views.push((name, TensorView::new(Dtype::F32, vec![bytes.len() / 4], bytes)?));
    }
    // One entry of metadata: safetensors writes several in random order, and equal states must give equal files.
    let metadata = HashMap::from([("sha256".to_owned(), "0".repeat(HASH.len()))]);
    let mut file = safetensors::serialize(views, Some(metadata))?;
    let hash = sha256(&file);
    file[HASH].copy_from_slice(hash.as_bytes());
    write_and_keep_former(path, &file, former)
}

/// Read the bytes of a checkpoint, and check their SHA-256.
///
/// # Errors
/// Return an error that names the path if it cannot be read, or is damaged.
pub fn load(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut file = std::fs::read(path).with_context(|| format!("cannot read the checkpoint {}", path.display()))?;
    let begins = file.get(8..HASH.start) == Some(HEADER) && file.len() >= HASH.end;
    ensure!(begins, "{} is damaged: its header has no SHA-256", path.display());
    let noted = file[HASH].to_vec();
    file[HASH].fill(b'0');
    ensure!(
        sha256(&file).as_bytes() == noted,
        "{} is damaged: its SHA-256 is another than when it was written",
        path.display()
    );
    Ok(file)
}

/// Parse the bytes of a checkpoint; `like` is a state with the expected shapes. Return the state and the SHA-256 of what the run's
/// other files said.
///
/// # Errors
/// Return an error that says what does not fit.
pub fn parse(bytes: &[u8], like: &State) -> anyhow::Result<(State, String)> {
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
    let state = State {
        epoch: u64::from_le_bytes(epoch) as usize,
        theta: numbers("parameters", like.theta.len())?,
        rates: numbers("rates", like.rates.len())?,
        adam: Adam {
            first: numbers("adam.first", like.adam.first.len())?,
            second: numbers("adam.second", like.adam.second.len())?,
            steps: u64::from_le_bytes(adam_steps),
        },
    };
    Ok((state, String::from_utf8_lossy(tensors.tensor(FILES)?.data()).into_owned()))
}
