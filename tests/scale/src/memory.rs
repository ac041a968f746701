//! What this process takes of the machine's memory, as Linux tells it.

/// The most that was resident at once since the process began, in KiB; `None` where the system does not tell.
#[must_use]
pub fn peak() -> Option<u64> {
    status("VmHWM:")
}

/// What is resident now, in KiB; `None` where the system does not tell.
#[must_use]
pub fn resident() -> Option<u64> {
    status("VmRSS:")
}

fn status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
