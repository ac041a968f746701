//! What is wrong with arguments, files and frames is said.

use crate::bench::{Bench, LEASED};
use std::io::{Read, Write};
use std::time::{Duration, Instant};
use strongroom_core::Command;

#[test]
fn wrong_arguments_and_files_are_named() {
    let mut bench = Bench::without_daemon();
    let says = |bench: &Bench, change: &dyn Fn(&mut std::process::Command), code: i32, text: &str| {
        let mut process = bench.process();
        change(&mut process);
        let mut daemon = process.stderr(std::process::Stdio::piped()).spawn().unwrap();
        let until = Instant::now() + Duration::from_secs(20);
        while daemon.try_wait().unwrap().is_none() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
        _ = daemon.kill();
        let output = daemon.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(text), "not {text:?}: {said}");
    };
    let option =
        |name: &'static str, value: &'static str| move |process: &mut std::process::Command| _ = process.arg(name).arg(value);
    says(&bench, &|process| _ = process.arg("--colour"), 2, "unrecognized option '--colour'");
    says(&bench, &|process| _ = process.arg("more"), 2, "more: not an option; see --help");
    says(&bench, &option("--serial", "115200"), 2, "--serial 115200: 9600 is the only speed");
    says(&bench, &option("--monitor", "b5"), 1, "--monitor b5: not a UUID, such as");
    says(&bench, &option("--start", "nowhere"), 1, "nowhere: No such file or directory");
    says(&bench, &option("--start", "/dev/null"), 1, "/dev/null: it does not begin with a frame");
    says(&bench, &option("--device", "nowhere"), 1, "nowhere: No such file or directory");
    says(&bench, &option("--device", "Cargo.toml"), 1, "Cargo.toml: it is no serial line");
    says(&bench, &option("--terminal", "Cargo.toml"), 1, "Cargo.toml: it is there already, and no symbolic link");
    says(&bench, &option("--control", "Cargo.toml"), 1, "Cargo.toml: it is there already, and no socket");
    says(&bench, &option("--log", "nowhere/log"), 1, "nowhere/log: No such file or directory");
    let none = Bench::bare_process().output().unwrap();
    assert_eq!(none.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&none.stderr).contains("--start is missing; see --help"));

    bench.start();
    let holder = format!("journal: another process has it: process {} (consoled) since 20", bench.process_number());
    says(&bench, &|_| (), 1, &holder);
    let error = strongroom_host::journal::Lock::take(&bench.path("journal"), Duration::ZERO).unwrap_err().to_string();
    assert!(error.contains("(consoled)"), "the command line says so, too: {error}");
    assert!(bench.end().success());
    std::fs::write(bench.path("journal"), "short").unwrap();
    says(&bench, &|_| (), 1, "which is no journal's size");
    assert!(!bench.path("terminal").exists() && !bench.path("control").exists(), "nothing is left behind");
}

#[test]
fn broken_frames_are_not_answered_and_change_nothing() {
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    for (bytes, why) in [
        (&b"\x05\x01\x02\x03\x04\x00"[..], "frame 1: "),
        (&[1; 400], "frame 1: it is longer than any frame"),
        (&std::fs::read(bench.path("start")).unwrap()[..20], "frame 1: it was cut off"),
    ] {
        let mut socket = std::os::unix::net::UnixStream::connect(bench.path("control")).unwrap();
        socket.write_all(bytes).unwrap();
        socket.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        _ = socket.read_to_end(&mut answer);
        assert_eq!(answer, [0; 0]);
        bench.wait_until_said(why);
    }
    assert!(bench.ask(Command::tick()).is_some(), "who is connected already is still answered");
}
