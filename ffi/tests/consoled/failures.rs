//! What fails around the daemon: the device, the disk, the power.

use crate::bench::{Bench, ENDED, GRANTED, LEASED, SETTLED, wait_for};
use crate::device::Session;
use crate::sys;
use std::fs::OpenOptions;
use std::io::Write;
use std::time::Duration;
use strongroom_core::{Action, Command, Digest, LogName, Plan, Role, Rule, Verb, Verdict};

/// After `kill -9` at any moment the device's session is ended by the next start, and each line that the device got was
/// decided and recorded before: in the log file or the journal, once.
#[test]
fn killed_at_any_moment_it_goes_on_where_it_was() {
    const KILLS: u64 = 12;
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    bench.log_in();
    bench.kill();
    let digest = |bench: &Bench| bench.journal().engine().digest();
    let before = digest(&bench);
    assert_eq!(bench.device.session(), Session::Shell, "nobody could end the session");
    bench.device.received();
    let mut log = OpenOptions::new().append(true).open(bench.path("log")).unwrap();
    log.write_all(b"{\"engine\":\"700022\",\"log\":\"tenant\",\"sequence\":0,\"rec").unwrap(); // as a power cut leaves it
    bench.start();
    wait_for("the end of the session that was left", || bench.times_said(ENDED) == 2);
    assert_eq!(bench.device.session(), Session::Login);
    bench.kill();
    assert_eq!(digest(&bench), before, "to begin again is no step");

    let (mut passed, mut sent) = (0, 0);
    for kill in 0..KILLS {
        bench.start();
        bench.log_in();
        let process = bench.process_number();
        let killer = std::thread::spawn(move || {
            // From before the line is typed to after it was sent, by way of every moment of the step.
            std::thread::sleep(SETTLED + Duration::from_millis(kill * 7 % 60));
            sys::signal(process, sys::KILL);
        });
        std::thread::sleep(SETTLED);
        // Where the kill came first, nobody takes it.
        let _ = bench.terminal().write_all(b"status sensors\r");
        killer.join().unwrap();
        bench.kill();
        sent += bench.device.received().matches("status sensors\r").count();
        let (journal, exported) = (bench.journal(), bench.exported(LogName::Tenant));
        let next = exported.last().map_or(0, |record| record.sequence + 1);
        assert!(next <= journal.engine().log().size(LogName::Tenant), "what was exported is in the journal");
        let kept = journal.engine().log().records(LogName::Tenant).filter(|record| record.sequence >= next);
        passed = exported.iter().chain(kept).filter(|record| record.rule == Rule::MonitorPasses).count();
        assert!((sent..=sent + usize::try_from(kill + 1).unwrap()).contains(&passed), "{sent} sent, {passed} recorded");
    }
    bench.start();
    bench.log_in();
    bench.types("status sensors\r");
    bench.sees("Fan1A");
    assert!(bench.end().success());
    println!("{KILLS} kills, {passed} lines recorded, {sent} of them sent");
}

#[test]
fn a_device_that_hangs_up_ends_the_daemon_and_the_next_one_ends_its_session() {
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    bench.log_in();
    bench.device.hang_up();
    assert_eq!(bench.ends().code(), Some(1));
    assert!(bench.said().contains("console: the device has hung up"));
    assert!(!bench.path("terminal").exists(), "nobody types to nobody");
    // It comes back with a session that is still open.
    bench.replace_device(Session::Shell);
    bench.start();
    wait_for("the end of its session", || bench.times_said(ENDED) == 2);
    let received = bench.device.received();
    assert!(received.starts_with('\x03') && received.ends_with("exit\r") && !received.contains("status"), "{received:?}");
    assert_eq!(bench.device.session(), Session::Login);
    bench.log_in();
    assert!(bench.end().success());
}

#[test]
fn a_device_that_says_nothing_is_asked_again_and_reported_when_the_program_ends() {
    let mut bench = Bench::new();
    bench.tell_until(GRANTED);
    bench.log_in();
    bench.device.fall_silent();
    bench.go(Role::Approver, Action::Revoke { request: 1, reason: Digest([7; 32]) });
    bench.wait_until_said("ending the device's session: the grant has ended");
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

/// While the daemon was away another lease may have begun, whose log counts from 0 again.
#[test]
fn the_next_leases_log_is_exported_from_its_first_record() {
    let mut bench = Bench::new();
    bench.tell_until(LEASED);
    assert!(bench.end().success());
    let records = |bench: &Bench| -> Vec<String> {
        let text = std::fs::read_to_string(bench.path("log")).unwrap();
        text.lines().filter(|line| line.contains("\"sequence\"")).map(str::to_owned).collect()
    };
    let all = records(&bench);
    let former = all[0].replace("\"record\":\"01", "\"record\":\"00");
    std::fs::write(bench.path("log"), format!("{former}\n")).unwrap();
    bench.start();
    wait_for("all records", || records(&bench)[1..] == all);
    assert!(bench.end().success());
}

/// Records that cannot be written stay in the engine, which then takes no step that would need a record.
#[test]
fn a_full_disk_loses_no_record() {
    let mut bench = Bench::without_daemon();
    bench.start_with_files_of(40); // KiB: the journal has 32
    bench.tell_until(LEASED);
    let plan = Command::new(bench.person(Role::Pool), Action::SetPlan { plan: Plan::Developer });
    let mut taken = 0;
    // The daemon exports what is new within a second and drains the log, as long as it can.
    loop {
        let reply = bench.ask(plan);
        if reply.verdict == Verdict::Accepted {
            taken += 1;
        } else if bench.said().contains("log: File too large") {
            assert_eq!(reply.rule, Rule::LogHasRoom);
            break;
        }
        assert!(taken < 400, "the disk is never full");
        std::thread::sleep(Duration::from_millis(5));
    }
    let count =
        |bench: &Bench| bench.exported(LogName::Tenant).iter().filter(|record| record.kind == Verb::SetPlan as u8).count();
    let written = count(&bench);
    assert!(bench.end().success());
    bench.start();
    wait_for("room in the log", || bench.ask(plan).verdict == Verdict::Accepted);
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
    let mut passed = 0;
    while !bench.said().contains("the medium failed") {
        let _ = bench.terminal().write_all(b"status sensors\r"); // in the end the terminal is gone
        passed += 1;
        assert!(passed < 100, "every step is stored within 4 KiB");
        std::thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(bench.ends().code(), Some(1));
    assert!(bench.said().contains("journal: the medium failed") && bench.said().contains("File too large"), "{}", bench.said());
    let sent = bench.device.received().matches("status sensors\r").count();
    assert!(sent < passed, "what cannot be stored is not sent: {sent} of {passed}");
    assert_eq!(bench.device.session(), Session::Login);
}
