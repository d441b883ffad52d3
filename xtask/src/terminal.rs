//! Lines on the terminal. That nobody takes them (`| head`, a full disk) is no error.

/// Write a line to stderr, formatted as by `eprintln!`, which would panic where nobody takes it.
macro_rules! note {
    ($($argument:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), $($argument)*);
    }};
}

pub(crate) use note;
