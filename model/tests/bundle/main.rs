//! A bundle is read as it was written; anything else is refused by name (file, field, rule), or works.
#![cfg(not(target_arch = "wasm32"))]

mod catalogue_rules;
mod damage;
mod damaged;
mod files;
mod halves_rules;
mod manifest_rules;
mod pointers;
mod round_trip;
mod session;
#[path = "../small/mod.rs"]
mod small;
mod state;
mod states;
mod syntax;
mod weights_rules;
