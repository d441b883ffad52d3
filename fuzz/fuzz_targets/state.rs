//! Saved states of any bytes: the body of `model/tests/bundle/states.rs`.
#![no_main]

#[path = "../../model/tests/small/mod.rs"]
mod small;
#[path = "../../model/tests/bundle/state.rs"]
mod state;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    state::restore_or_refuse(data);
});
