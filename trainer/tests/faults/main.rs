//! Nothing is lost, and nothing silently wrong: whatever happens to a training, an export or their files, what follows is bit by bit
//! the right result, or a message with status 1 that says what to do.

mod bit_flips;
mod diverged;
mod interrupted;
mod killed;
mod occupied;
mod output;
mod read_only;
mod site;
mod torture;
