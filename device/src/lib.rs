//! What a visitor downloads: the class `FewClicks`, with what a program has once: an allocator, and what a panic does.
#![cfg(target_arch = "wasm32")]
#![no_std]

pub use fewclicks::web::FewClicks;

use core::arch::wasm32::unreachable;
use core::panic::PanicInfo;

/// A third of the size of the standard library's.
#[global_allocator]
// SAFETY: WebAssembly without threads, as the type asks for.
static ALLOCATOR: talc::TalckWasm = unsafe { talc::TalckWasm::new_global() };

/// A trap, as it is with the standard library too; but that puts a message together first, which nobody gets to read.
#[panic_handler]
fn trap(_: &PanicInfo) -> ! {
    unreachable()
}
