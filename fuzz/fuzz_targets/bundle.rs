//! Damaged bundles: the body of `model/tests/bundle/damaged.rs`, with the fuzzer's bytes as kind and seed.
#![no_main]

#[path = "../../model/tests/bundle/damage.rs"]
mod damage;
#[path = "../../model/tests/bundle/files.rs"]
#[allow(dead_code, reason = "not every function is used here")]
mod files;
#[path = "../../model/tests/bundle/pointers.rs"]
mod pointers;
#[path = "../../model/tests/bundle/session.rs"]
mod session;
#[path = "../../model/tests/small/mod.rs"]
mod small;

use libfuzzer_sys::fuzz_target;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::sync::OnceLock;

/// A bundle of each kind in each precision.
fn corpus() -> &'static [fewclicks_model::bundle::Files] {
    static CORPUS: OnceLock<Vec<fewclicks_model::bundle::Files>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let kinds = files::kinds().into_iter();
        kinds.flat_map(|(_, bundle)| files::PRECISIONS.map(|precision| files::write(&bundle, precision))).collect()
    })
}

fuzz_target!(|data: &[u8]| {
    let Some((&kind, random)) = data.split_first() else { return };
    let mut seed = [0; 32];
    seed.iter_mut().zip(random).for_each(|(seed, &byte)| *seed = byte);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let Ok(damages) = damage::damages().new_tree(&mut runner) else { return };
    let files = &corpus()[usize::from(kind) % corpus().len()];
    session::serve_or_refuse(damage::damaged(files.clone(), damages.current()));
});
