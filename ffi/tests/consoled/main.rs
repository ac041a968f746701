//! The console daemon of `tests/c/examples`, with a device that prints what a real one prints.
#![cfg(target_os = "linux")]

mod bench;
#[path = "../../../tests/c/compile.rs"]
mod compile;
mod device;
mod sys;

use bench::{Bench, GRANTED, LEASED, OVER, wait_for};
use device::Session;
use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use strongroom_core::{Action, Command, Digest, Label, LogName, Plan, Principal, Role, Rule, Status, Verb, Verdict};

#[test]
fn monitoring_reads_and_nothing_else_reaches_the_device() {
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    bench.wait_until_said("the device's session has ended");
    assert_eq!(bench.device.received(), "\x03", "before anybody comes, whatever session there was is ended");
    bench.sit_down();
    bench.types("\r");
    bench.sees("login: ");
    bench.types("admin\r");
    bench.sees("only the account that monitors");
    bench.types("recover\r");
    bench.sees(Rule::RecoverLoginSeen.text());
    assert_eq!(bench.device.received(), "\r");
    bench.types("monitor\r");
    bench.sees("Password: ");
    bench.types("secret\r");
    bench.sees("lunash:>");
    assert_eq!(bench.device.received(), "monitor\rsecret\r");

    bench.types("status  sens\r");
    let shown = bench.sees("lunash:>");
    assert!(shown.contains("Fan1A          . | 3700.000   | RPM        | ok "), "{shown}");
    assert_eq!(bench.device.received(), "status sensors\r", "by the command's own name");

    let refused = [
        ("hsm zeroize", Rule::MonitorMay),
        ("network show", Rule::MonitorMay),
        ("status sensors -all", Rule::MonitorMay),
        ("status sensors;hsm init", Rule::CommandKnown),
        ("status sysstat code `id`", Rule::ArgumentsPlain),
        ("frobnicate", Rule::CommandKnown),
        ("\x1b[A\x1b[200~hsm show", Rule::MonitorMay),
    ];
    for (line, rule) in refused {
        bench.types(&format!("{line}\r"));
        bench.sees(rule.text());
        bench.sees("lunash:>");
    }
    assert_eq!(bench.device.received(), "", "what is refused never reaches the device");
    assert!(bench.end().success());
    assert_eq!((bench.device.received().as_str(), bench.device.session()), ("\x03exit\r", Session::Login));
    let rules = bench.rules(LogName::Tenant);
    assert_eq!(rules.iter().filter(|rule| **rule == "MonitorPasses").count(), 1, "{rules:?}");
    assert!(rules.contains(&"CommandKnown") && rules.contains(&"RecoverLoginSeen"), "{rules:?}");
}

#[test]
fn a_grant_opens_what_was_granted_and_its_end_ends_the_session() {
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    bench.log_in();
    bench.types("network show\r");
    bench.sees(Rule::MonitorMay.text());
    bench.sees("lunash:>");
    bench.device.received();

    bench.tell_until(GRANTED);
    bench.wait_until_said("request 1: open_access confirmed");
    bench.wait_until_said("the terminal is open: a grant");
    bench.types("network show\r");
    assert!(bench.sees("lunash:>").contains("192.20.9.109"));
    bench.types("network hostname tower\r");
    bench.sees(Rule::GrantCovers.text());
    bench.sees("lunash:>");
    bench.types("partition create -partition p2\r");
    bench.sees(Rule::NeverKeys.text());
    bench.sees("lunash:>");
    assert_eq!(bench.device.received(), "network show\r");

    // The last second, in the middle of a command that prints on, and of the next line.
    bench.set_clock(OVER - 1);
    bench.types("syslog tail -logname lunalogs\r");
    bench.sees("lunalogs\r\n");
    bench.wait_until_said("engineer: syslog tail: passed by GrantPasses");
    bench.sees_at_last();
    assert_eq!((bench.device.received().as_str(), bench.device.session()), ("syslog tail -logname lunalogs\r", Session::Endless));
    bench.set_clock(OVER);
    bench.wait_until_said("request 1: close_access confirmed: ClosedConfirmed");
    let closed = bench.device.received();
    assert!(closed.starts_with("\x03") && closed.ends_with("exit\r"), "{closed:?}");
    assert_eq!(bench.device.session(), Session::Login);
    assert_eq!(bench.sees_at_last(), "", "what the device still printed belonged to the grant");

    // Monitoring is what is left, from the login prompt on.
    bench.types("\r");
    bench.sees("login: ");
    bench.types("erik\r");
    bench.sees("only the account that monitors");
    bench.types("monitor\r");
    bench.sees("Password: ");
    bench.types("secret\r");
    bench.sees("lunash:>");
    bench.types("network show\r");
    bench.sees(Rule::MonitorMay.text());

    assert!(bench.end().success());
    let rules = bench.rules(LogName::Tenant);
    let order = ["MonitorMay", "AccessApproved", "GrantPasses", "GrantCovers", "NeverKeys", "GrantPasses", "WindowOver"];
    let mut rest = rules.iter();
    for rule in order.into_iter().chain(["ClosedConfirmed", "MonitorMay"]) {
        assert!(rest.any(|found| *found == rule), "{rule} is not where it belongs: {rules:?}");
    }
}

#[test]
fn a_grant_that_is_revoked_ends_at_once() {
    let mut bench = Bench::new();
    bench.tell_until(GRANTED);
    bench.log_in();
    bench.types("network show\r");
    bench.sees("lunash:>");
    bench.types("network sho");
    bench.device.received();
    let revoked = bench.go(Role::Approver, Action::Revoke { request: 1, reason: Digest([7; 32]) });
    assert_eq!(revoked.status, Some(Status::Revoking));
    bench.wait_until_said("request 1: close_access confirmed");
    assert_eq!(bench.device.received(), "\x03exit\r");
    bench.types("w\r");
    bench.sees("login: ");
    assert_eq!(bench.device.received(), "");
}

#[test]
fn of_two_grants_each_one_that_ends_ends_the_session() {
    let mut bench = Bench::new();
    bench.tell_until(GRANTED);
    let (ticket, terms) = (Label::new("T-2").unwrap(), bench.terms());
    let request = bench.go(Role::User, Action::OpenTicket { ticket, troubleshot: true }).request.unwrap();
    bench.go(Role::Engineer, Action::Triage { request });
    bench.go(Role::Engineer, Action::RequestAccess { ticket, follows: None, terms });
    bench.go(Role::JitService, Action::Evaluate { request });
    bench.go(Role::Engineer, Action::AskCustomer { request });
    bench.go(Role::Approver, Action::Approve { request, duration: None, reason: Digest([7; 32]) });
    bench.wait_until_said("request 2: open_access confirmed");
    bench.log_in();
    bench.device.received();

    bench.go(Role::Engineer, Action::EndAccess { request: 1 });
    bench.wait_until_said("request 1: close_access confirmed");
    assert_eq!(bench.device.received(), "\x03exit\r");
    bench.types("\r");
    bench.sees("login: ");
    bench.types("operator\r");
    bench.sees("Password: ");
    bench.types("secret\r");
    bench.sees("lunash:>");
    bench.types("network show\r");
    bench.sees("lunash:>");
    assert!(bench.device.received().ends_with("network show\r"), "the other grant is in force");
    bench.go(Role::Engineer, Action::EndAccess { request });
    bench.wait_until_said("request 2: close_access confirmed");
    assert_eq!(bench.device.received(), "\x03exit\r");
}

/// After `kill -9` at any moment every step that was answered is in the journal, and every record in the log or there.
#[test]
fn killed_at_any_moment_it_goes_on_where_it_was() {
    const KILLS: u64 = 20;
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    let digest = |bench: &Bench| bench.journal().engine().digest();
    bench.log_in();
    bench.kill();
    let before = digest(&bench);
    assert_eq!(bench.device.session(), Session::Shell, "nobody could end the session");
    let mut log = OpenOptions::new().append(true).open(bench.path("log")).unwrap();
    log.write_all(b"{\"engine\":\"700022\",\"log\":\"tenant\",\"sequence\":0,\"rec").unwrap(); // as a power cut leaves it
    bench.start();
    wait_for("the end of the session that was left", || bench.times_said("the device's session has ended") == 2);
    assert_eq!(bench.device.session(), Session::Login);
    bench.kill();
    assert_eq!(digest(&bench), before, "to begin again is no step");

    let count = |bench: &Bench| {
        let journal = bench.journal();
        let exported = bench.exported(LogName::Tenant);
        let next = exported.last().map_or(0, |record| record.sequence + 1);
        assert!(next <= journal.engine().log().size(LogName::Tenant), "what was exported is in the journal");
        let kept = journal.engine().log().records(LogName::Tenant).filter(|record| record.sequence >= next);
        exported.iter().chain(kept).filter(|record| record.kind == Verb::SetPlan as u8).count()
    };
    let (mut answered, first) = (0, count(&bench));
    let plan = Command::new(bench.person(Role::Pool), Action::SetPlan { plan: Plan::Developer });
    for kill in 0..KILLS {
        bench.start();
        // From before the first answer to after many, and from the beginning of a step to its end.
        let (process, answers) = (bench.process_number(), Arc::new(AtomicU64::new(0)));
        let so_far = Arc::clone(&answers);
        let killer = std::thread::spawn(move || {
            wait_for("enough answers", || so_far.load(Ordering::Relaxed) >= kill % 8);
            std::thread::sleep(Duration::from_millis(kill * 37 % 13));
            sys::signal(process, sys::KILL);
        });
        while let Some(reply) = bench.ask(plan) {
            assert_eq!(reply.verdict, Verdict::Accepted);
            answers.fetch_add(1, Ordering::Relaxed);
        }
        answered += usize::try_from(answers.load(Ordering::Relaxed)).unwrap();
        killer.join().unwrap();
        bench.kill();
        let there = count(&bench) - first;
        let possible = answered..=answered + 1;
        assert!(possible.contains(&there), "kill {kill}: {answered} answered, {there} recorded");
        answered = there;
    }
    assert!(answered > 50, "{answered} is too few to say anything");
    bench.start();
    bench.log_in();
    bench.types("status sensors\r");
    bench.sees("Fan1A");
    assert!(bench.end().success());
    println!("{KILLS} kills, {answered} steps, none lost");
}

#[test]
fn a_hostile_technician_gets_nothing_to_the_device() {
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    bench.log_in();
    bench.device.received();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut sent = 0;
    for round in 0..100 {
        let length = 1 + round % 50;
        let bytes: Vec<u8> = (0..length)
            .map(|_| {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                // Half of them what commands and sequences are made of.
                let alphabet = b"\r\n\x1b[]Oexit hsm;|&`$proceed\x03\x15\x7f\x00\xff";
                let at = usize::try_from(random >> 32).unwrap();
                if at % 2 == 0 { alphabet[at / 2 % alphabet.len()] } else { (random >> 24).to_le_bytes()[0] }
            })
            .collect();
        bench.types_at_once(&bytes);
        // The prompt is back for half of them; the others come while the device is busy.
        std::thread::sleep(Duration::from_millis(if round % 2 == 0 { 80 } else { 5 }));
        sent += bytes.len();
        sys::send_break(bench.terminal());
    }
    bench.types("\x15\x03\r");
    wait_for("everything to be taken", || bench.settled());
    let received = bench.device.received();
    assert_eq!(received.trim_matches('\r'), "", "of {sent} bytes only the line ends that ask for a prompt");
    let lines = bench.times_said(": refused by ");
    assert!(lines > 10, "only {lines} lines came to a decision");
    bench.types("\r");
    bench.sees_at_last();
    bench.types("status sensors\r");
    bench.sees("Fan1A");
    assert!(bench.end().success());
    println!("{sent} hostile bytes, {lines} lines refused");
}

#[test]
fn the_next_technician_sees_nothing_of_the_former_one() {
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    bench.log_in();
    let former = std::fs::read_link(bench.path("terminal")).unwrap();
    bench.types("status sensors\r");
    bench.sees("Fan1A");
    bench.types("status dat");
    bench.device.received();
    bench.hang_up();
    bench.wait_until_said("the technician has hung up");
    wait_for("the end of the session", || bench.times_said("the device's session has ended") == 2);
    assert_eq!(bench.device.received(), "\x03exit\r");
    assert_eq!(bench.device.session(), Session::Login);

    bench.sit_down();
    assert_ne!(std::fs::read_link(bench.path("terminal")).unwrap(), former, "a terminal of their own");
    assert_eq!(bench.sees_at_last(), "");
    bench.types("e\r");
    let seen = bench.sees_at_last();
    assert!(!seen.contains("Fan1A") && !seen.contains("status"), "{seen:?}");
    assert!(!bench.device.received().contains("status"), "nor is the line that was begun");
}

#[test]
fn a_device_that_hangs_up_is_opened_again_and_its_session_ended() {
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    bench.log_in();
    bench.device.hang_up();
    bench.sees("the device has hung up");
    bench.types("status sensors\r");
    bench.sees("the device is away");
    // It comes back with a session that is still open.
    bench.replace_device(Session::Shell);
    wait_for("the end of its session", || bench.times_said("the device's session has ended") == 2);
    let received = bench.device.received();
    assert!(received.starts_with('\x03') && received.ends_with("exit\r") && !received.contains("status"), "{received:?}");
    assert_eq!(bench.device.session(), Session::Login);
    bench.types("\r");
    bench.sees("login: ");
    assert!(bench.end().success());
}

#[test]
fn a_device_that_says_nothing_is_asked_again_and_reported_when_the_program_ends() {
    let mut bench = Bench::new();
    bench.tell_until(GRANTED);
    bench.log_in();
    bench.device.fall_silent();
    let revoked = bench.go(Role::Approver, Action::Revoke { request: 1, reason: Digest([7; 32]) });
    bench.wait_until_said("ending the device's session: the grant has ended");
    let confirm = Action::Confirm { effect: revoked.first_effect };
    let confirmed = bench.ask(Command::new(Principal::device(Role::Enforcer), confirm));
    assert_eq!(confirmed, None, "nobody else says that access is closed");
    bench.wait_until_said("the console confirms that itself, once it is so");
    std::thread::sleep(Duration::from_millis(1200));
    assert_eq!(bench.times_said("close_access confirmed"), 0);
    bench.device.come_back(Session::Shell);
    bench.wait_until_said("request 1: close_access confirmed");
    assert_eq!(bench.device.session(), Session::Login);

    bench.types("\r");
    bench.sees("login: ");
    bench.types("monitor\r");
    bench.sees("Password: ");
    bench.device.fall_silent();
    assert_eq!(bench.end().code(), Some(1));
    assert!(bench.said().contains("the device has not said that its session has ended; look at it"));
}

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
    says(&bench, &|_| (), 1, "journal: capacity or erase size of the medium do not fit");
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

/// Records that cannot be written stay in the engine, which then takes no step that would need a record.
#[test]
fn a_full_disk_loses_no_record() {
    let mut bench = Bench::without_daemon();
    bench.start_with_files_of(40); // KiB: the journal has 32
    bench.tell_until(LEASED);
    let plan = Command::new(bench.person(Role::Pool), Action::SetPlan { plan: Plan::Developer });
    let mut taken = 0;
    let refused = loop {
        match bench.ask(plan).expect("the daemon answers") {
            reply if reply.verdict == Verdict::Accepted => taken += 1,
            reply => break reply,
        }
        assert!(taken < 200, "the disk is never full");
    };
    assert_eq!(refused.rule, Rule::LogHasRoom);
    assert!(bench.said().contains("log: File too large"));
    let count =
        |bench: &Bench| bench.exported(LogName::Tenant).iter().filter(|record| record.kind == Verb::SetPlan as u8).count();
    let written = count(&bench);
    assert!(bench.end().success());
    bench.start();
    assert_eq!(bench.ask(plan).unwrap().verdict, Verdict::Accepted, "once there is room, it goes on");
    assert!(bench.end().success());
    let there = count(&bench);
    assert!(written < taken && there > taken, "{written} written, {taken} taken, {there} in the end");
}

#[test]
fn a_journal_that_cannot_be_written_ends_the_session_and_the_program() {
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    assert!(bench.end().success());
    bench.start_with_files_of(4); // KiB: most of the journal is beyond
    bench.log_in();
    let plan = Command::new(bench.person(Role::Pool), Action::SetPlan { plan: Plan::Developer });
    let mut answers = 0;
    while bench.ask(plan).is_some() {
        answers += 1;
        assert!(answers < 200, "every step is stored within 4 KiB");
    }
    assert_eq!(bench.ends().code(), Some(1));
    assert!(bench.said().contains("journal: the medium failed"), "{}", bench.said());
    assert_eq!(bench.device.session(), Session::Login);
}

/// What is shown to a terminal that echoes comes back as if it were typed, for ever, if nobody stops it.
#[test]
fn a_terminal_that_echoes_types_nothing() {
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    bench.log_in();
    bench.device.received();
    let stty =
        std::process::Command::new("stty").arg("-F").arg(bench.path("terminal")).args(["echo", "icanon", "icrnl"]).status();
    assert!(stty.unwrap().success());
    bench.types("hsm zeroize\n");
    bench.sees(Rule::MonitorMay.text());
    wait_for("silence", || bench.settled());
    assert_eq!(bench.times_said("refused by"), 1);
    assert_eq!(bench.device.received(), "");
}
