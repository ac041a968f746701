//! What is wrong with arguments and files is said.

use crate::bench::{Bench, LEASED};
use std::time::{Duration, Instant};
use strongroom_host::journal::Lock;

/// Asserts that the daemon ends with that code, and says so.
fn says(bench: &Bench, first: &str, text: &str) {
    bench.write_config(first);
    let mut daemon = bench.process().stderr(std::process::Stdio::piped()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    while daemon.try_wait().unwrap().is_none() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(5));
    }
    _ = daemon.kill();
    let output = daemon.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(text), "not {text:?}: {said}");
}

#[test]
fn wrong_arguments_and_files_are_named() {
    let mut bench = Bench::without_daemon();
    for arguments in [&[][..], &["--help"], &["one", "two"]] {
        let output = Bench::bare_process().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("usage: consoled CONFIG"));
    }
    says(&bench, "monitor b5", "monitor b5: not a UUID");
    says(&bench, "monitor", "does not say \"monitor\"");
    says(&bench, "start nowhere", "nowhere: No such file or directory");
    says(&bench, "start /dev/null", "/dev/null: it does not begin with a frame");
    says(&bench, "device nowhere", "nowhere: No such file or directory");
    says(&bench, "device Cargo.toml", "Cargo.toml: Inappropriate ioctl for device (it is no serial line)");
    says(&bench, "terminal Cargo.toml", "Cargo.toml: it is there already, and no symbolic link");
    says(&bench, "log nowhere/log", "nowhere/log: No such file or directory");
    says(&bench, "journal /nowhere/journal", "/nowhere/journal.lock: No such file or directory");

    bench.write_config("");
    bench.start();
    says(&bench, "", "log: another consoled writes it");
    assert!(bench.end().success());
    let lock = Lock::take(&bench.path("journal"), Duration::from_secs(5)).unwrap();
    says(&bench, "", &format!("journal is held by process {} ", std::process::id()));
    drop(lock);
    std::fs::write(bench.path("journal"), "short").unwrap();
    says(&bench, "", "which is no journal's size");
    assert!(!bench.path("terminal").exists(), "nothing is left behind");
}

/// Nothing passes while the journal cannot be asked.
#[test]
fn a_journal_that_another_process_keeps_lets_nothing_pass() {
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    bench.log_in();
    bench.device.received();
    let lock = Lock::take(&bench.path("journal"), Duration::from_secs(5)).unwrap();
    bench.types("status sensors\r");
    bench.sees("refused: what is decided cannot be stored");
    bench.wait_until_said("is held by process");
    assert_eq!(bench.device.received(), "");
    drop(lock);
    bench.types("status sensors\r");
    bench.sees("Fan1A");
    assert!(bench.end().success());
}
