//! Peak memory of this process, where the system reports it (Linux).

use std::fs;

/// Reset the peak. Where that is not possible, peaks are those since the start.
pub fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Return the peak in bytes.
pub fn peak() -> Option<u64> {
    parse(&fs::read_to_string("/proc/self/status").ok()?)
}

fn parse(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read_from_the_systems_words() {
        assert_eq!(parse("Name:\ttrainer\nVmPeak:\t  9 kB\nVmHWM:\t    1204 kB\nThreads:\t1\n"), Some(1204 * 1024));
        assert_eq!(parse("Name:\ttrainer\n"), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_is_allocated_shows_in_the_peak() {
        reset_peak();
        let before = peak().unwrap();
        let large = vec![1u8; 64 << 20];
        assert!(large.iter().all(|&byte| byte == 1) && peak().unwrap() >= before + (60 << 20));
    }
}
