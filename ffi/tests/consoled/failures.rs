//! What fails around the daemon: the device, the disk, the power.

use crate::bench::{Bench, GRANTED, LEASED, wait_for};
use crate::device::Session;
use crate::sys;
use std::fs::OpenOptions;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use strongroom_core::{Action, Command, Digest, LogName, Plan, Principal, Role, Rule, Verb, Verdict};

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
