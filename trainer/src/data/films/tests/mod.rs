mod list;
mod structure;
