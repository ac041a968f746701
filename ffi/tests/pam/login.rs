//! Who is let in, who is not, and what they are told.

use crate::bench::{ELLEN, GRANTED, MORNING};
use crate::stage::{Stage, said, set_mode};
use crate::tools::tools;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};
use strongroom_core::Status;
use strongroom_host::journal::Lock;

#[test]
fn nobody_is_let_in_before_the_customer_approves() {
    let Some(stage) = Stage::new() else { return };
    stage.refuses("games", "there is no grant: ask for access to vm_linux first");
    let request = stage.bench.asked(MORNING, ELLEN);
    stage.refuses("games", "there is no grant: request 1 (ticket T-1) is CustomerNotified");
    stage.bench.approve(MORNING, request);
    stage.lets_in("games");
}

#[test]
fn a_grant_is_one_engineers() {
    let Some(stage) = Stage::new() else { return };
    stage.bench.granted(MORNING, ELLEN);
    stage.refuses("news", "there is no grant: ask for access to vm_linux first");
    stage.refuses("games eeb0", "this login is no engineer's");
    stage.refuses("bin", "this login is no engineer's");
    stage.refuses("nobody-has-this-name", "this login is no engineer's");
}

#[test]
fn a_grant_lasts_to_its_last_second() {
    let Some(stage) = Stage::new() else { return };
    let request = stage.bench.granted(MORNING, ELLEN);
    stage.at(MORNING + GRANTED - 1);
    stage.lets_in("games");
    assert_eq!(stage.bench.pending(), [""; 0], "that access was opened is confirmed");
    stage.at(MORNING + GRANTED);
    stage.refuses("games", "request 1 (ticket T-1) is Ended");
    // Nobody was in, so that it is closed.
    assert_eq!((stage.bench.status(request), stage.bench.pending()), (Status::Ended, vec![]));
}

#[test]
fn a_revocation_counts_at_once() {
    let Some(stage) = Stage::new() else { return };
    let request = stage.bench.granted(MORNING, ELLEN);
    stage.bench.revoke(MORNING + 60, request);
    stage.at(MORNING + 60);
    stage.refuses("games", "request 1 (ticket T-1) is Revoked");
}

#[test]
fn without_a_good_time_nobody_is_let_in() {
    let Some(stage) = Stage::new() else { return };
    stage.bench.granted(MORNING, ELLEN);
    stage.bench.ticket(MORNING + 100);
    stage.at(MORNING + 50);
    stage.refuses("games", "time does not go backwards (rule TimeForward)");
    stage.write("clock", "soon\n", 0o644);
    stage.refuses("games", "the time is not known");
    fs::remove_file(stage.folder.join("clock")).unwrap();
    stage.refuses("games", "clock: No such file or directory");
}

#[test]
fn what_cannot_be_read_lets_nobody_in() {
    let Some(stage) = Stage::new() else { return };
    stage.bench.granted(MORNING, ELLEN);
    let journal = stage.bench.0.clone();
    let whole = fs::read(&journal).unwrap();
    let mut damaged = whole.clone();
    for byte in damaged.iter_mut().step_by(48) {
        *byte ^= 0x21;
    }
    for (bytes, why) in [
        (&whole[..20_000], "has 20000 bytes, which is no journal's size"),
        (&whole[..25 * 1024], "the state takes more bytes than the medium has for it"),
        (&damaged, "it is damaged, and every access is closed"),
        (&vec![0xff; whole.len()], "is blank"),
        (&vec![0; whole.len()], "it is damaged, and every access is closed"),
    ] {
        fs::write(&journal, bytes).unwrap();
        stage.refuses("games", why);
    }
    fs::remove_file(&journal).unwrap();
    stage.refuses("games", "No such file or directory");
    assert!(!journal.exists(), "a login makes no journal");
    fs::write(&journal, &whole).unwrap();
    set_mode(&journal, 0o600);
    stage.lets_in("games");
    stage.write_start("700023");
    stage.refuses("games", "is another device's");
    stage.write("start", "hsm-a", 0o644);
    stage.refuses("games", "it does not begin with a frame");
}

#[test]
fn a_journal_that_another_process_holds_keeps_nobody_waiting_for_long() {
    let Some(stage) = Stage::new() else { return };
    stage.bench.granted(MORNING, ELLEN);
    let lock = Lock::take(&stage.bench.0, Duration::from_secs(5)).unwrap();
    let began = Instant::now();
    stage.refuses("games", &format!("is held by process {} ", std::process::id()));
    assert!((2..30).contains(&began.elapsed().as_secs()));
    let waiting = stage.begin("games", &["acct_mgmt"]);
    drop(lock);
    assert!(said(waiting).0, "who waits is let in afterwards");
}

#[test]
fn what_others_can_change_or_hold_lets_nobody_in() {
    let Some(stage) = Stage::new() else { return };
    stage.bench.granted(MORNING, ELLEN);
    for (name, open, closed) in [
        ("config", 0o646, 0o644),
        ("start", 0o646, 0o644),
        ("", 0o770, 0o700),
        ("kept/journal", 0o666, 0o600),
        ("kept", 0o711, 0o700),
        ("clock", 0o666, 0o644),
    ] {
        let path = stage.folder.join(name);
        set_mode(&path, open);
        let (success, text) = stage.login("games", &["acct_mgmt"]);
        assert!(!success && (text.contains("is open to others")), "{name}: {text}");
        set_mode(&path, closed);
    }
    stage.lets_in("games");
    let journal = &stage.bench.0;
    fs::rename(journal, journal.with_extension("other")).unwrap();
    std::os::unix::fs::symlink(journal.with_extension("other"), journal).unwrap();
    stage.refuses("games", "is neither file nor folder");
}

#[test]
fn what_is_wrong_in_the_configuration_is_told() {
    let Some(stage) = Stage::new() else { return };
    stage.bench.granted(MORNING, ELLEN);
    let good = stage.config();
    for (wrong, why) in [
        ("subject vm_linus", "subject vm_linus: nothing that access is granted to"),
        ("subject", "subject : nothing"),
        ("every 0", "every 0: not a number from 1 to 3600"),
        ("grace ten", "grace ten: not a number"),
        ("wait 99999999999999999999", "wait 99999999999999999999: not a number"),
        ("journal kept/journal", "kept/journal: the path is not absolute"),
        ("start start", "start: the path is not absolute"),
        ("engineer games 00000000-0000-0000-0000-0000000000001", "this login is no engineer's"),
        ("engineer games zz000000-0000-0000-0000-000000000000", "this login is no engineer's"),
    ] {
        stage.write("config", &format!("{wrong}\n{good}"), 0o644);
        stage.refuses("games", why);
    }
    stage.write("config", &good.replace("journal /", &format!("journal /{}", "x".repeat(300))), 0o644);
    stage.refuses("games", "the value of journal is too long");
    for key in ["journal", "start", "subject"] {
        let without: String =
            good.lines().filter(|line| !line.starts_with(&format!("{key} "))).map(|line| format!("{line}\n")).collect();
        stage.write("config", &without, 0o644);
        stage.refuses("games", &format!("does not say \"{key}\""));
    }
    fs::remove_file(stage.folder.join("config")).unwrap();
    stage.refuses("games", "No such file or directory");
    stage.write("config", &good, 0o644);
    stage.write_service("debug");
    stage.refuses("games", "the module does not know its argument debug");
}

#[test]
fn a_session_that_nobody_would_watch_is_refused() {
    let Some(stage) = Stage::new() else { return };
    stage.bench.granted(MORNING, ELLEN);
    stage.write("watch", "#!/bin/sh\nexit 1\n", 0o755);
    let (success, text) = stage.login("games", &["open_session"]);
    assert!(!success && text.contains("it does not watch"), "{text}");
    stage.write("watch", "no program", 0o644);
    let (success, text) = stage.login("games", &["open_session"]);
    assert!(!success && text.contains("it cannot be run"), "{text}");
    stage.write("watch", "#!/bin/sh\n", 0o757);
    let (success, text) = stage.login("games", &["open_session"]);
    assert!(!success && text.contains("is open to others"), "{text}");
    assert_eq!(stage.sessions(), 0);
    let (success, text) = stage.login("root", &["open_session"]);
    assert!(!success && text.contains("whose processes cannot be told apart"), "{text}");
}

#[test]
fn the_module_shows_nothing_but_pams_functions() {
    let Some(tools) = tools() else { return };
    let output = Command::new("nm").args(["--dynamic", "--defined-only", "--format=posix"]).arg(&tools.module).output().unwrap();
    let names: Vec<String> =
        String::from_utf8_lossy(&output.stdout).lines().filter_map(|line| Some(line.split(' ').next()?.to_owned())).collect();
    assert_eq!(names, ["pam_sm_acct_mgmt", "pam_sm_close_session", "pam_sm_open_session"]);
}
