//! What a program needs once where there is no standard library: what a panic does.

use core::arch::wasm32::unreachable;
use core::panic::PanicInfo;

/// A trap, as it is with the standard library too; but that puts a message together first, which nobody gets to read.
#[panic_handler]
fn trap(_: &PanicInfo) -> ! {
    unreachable()
}
