//! The class as a page meets it: called from JavaScript, with what pages get right and wrong.
#![cfg(target_arch = "wasm32")]

mod arguments;
mod bundles;
mod catalogue;
mod page;
#[path = "../../model/tests/bundle/pointers.rs"]
mod pointers;
mod session;
#[path = "../../model/tests/small/mod.rs"]
mod small;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
