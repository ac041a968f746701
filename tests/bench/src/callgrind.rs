//! Instructions of a contestant, counted by valgrind: a figure that does not depend on what else the machine does.

use crate::measure::{Outcome, Run};
use std::hint::black_box;
use std::ops::Range;
use std::process::{Command, Stdio};

/// The word in the arguments after which a group and a row are named.
pub(crate) const COUNT: &str = "--count";

/// What is counted; valgrind finds it by its name.
#[inline(never)]
pub(crate) fn strongroom_counted(run: &mut Run<'_>, inputs: Range<usize>) -> u64 {
    black_box((run)(black_box(inputs)))
}

/// Whether valgrind is there.
pub(crate) fn is_there() -> bool {
    let version = Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

/// Runs this program on one row under callgrind: instructions of an operation, and those of them outside SHA-256's compression.
pub(crate) fn count(group: &str, row: usize) -> Outcome<(f64, f64)> {
    let out = std::env::temp_dir().join(format!("strongroom-bench-{}.callgrind", std::process::id()));
    let ended = Command::new("valgrind")
        .args(["--tool=callgrind", "--collect-atstart=no", "--toggle-collect=*strongroom_counted*", "--compress-strings=no"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(std::env::current_exe()?)
        .args([COUNT, group, &row.to_string()])
        .stderr(Stdio::null())
        .output()?;
    let told = std::fs::read_to_string(&out).unwrap_or_default();
    let _ = std::fs::remove_file(&out);
    if !ended.status.success() {
        return Err(format!("{group}: counting row {row} under valgrind ended with {}", ended.status).into());
    }
    let operations: f64 = String::from_utf8(ended.stdout)?.trim().parse()?;
    let (all, beside) = read(&told).ok_or_else(|| format!("{group}: callgrind told nothing of row {row}"))?;
    Ok((all as f64 / operations, beside as f64 / operations))
}

/// The sum of the file, and that sum without the functions that compress.
fn read(told: &str) -> Option<(u64, u64)> {
    let all = told.lines().find_map(|line| line.strip_prefix("totals: ").or_else(|| line.strip_prefix("summary: ")))?;
    let all: u64 = all.trim().parse().ok()?;
    let mut hashing = 0;
    let (mut inside, mut callee) = (false, false);
    for line in told.lines() {
        if let Some(function) = line.strip_prefix("fn=") {
            inside = function.contains("sha256") && (function.contains("compress") || function.contains("soft"));
        } else if line.starts_with("calls=") {
            // The line after it is what the callee cost, which the callee's own lines tell.
            callee = true;
        } else if line.starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first)) {
            let cost = line.split(' ').nth(1).and_then(|cost| cost.parse::<u64>().ok()).unwrap_or(0);
            if inside && !callee {
                hashing += cost;
            }
            callee = false;
        }
    }
    Some((all, all.saturating_sub(hashing)))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_compresses_is_told_apart_from_its_callers_and_callees() {
        let told = "events: Ir\nfn=strongroom_bench::run\n10 5\ncalls=1 20\n10 100\n\nfn=sha2::sha256::soft::compress\n20 60\ncalls=1 30\n20 40\nfn=memcpy\n30 40\n\ntotals: 105\n";
        assert_eq!(read(told), Some((105, 45)));
        assert_eq!(read("fn=nothing\n"), None);
    }
}
