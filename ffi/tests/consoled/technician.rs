//! What a technician gets, and what of theirs gets to the device.

use crate::bench::{Bench, LEASED, wait_for};
use crate::device::Session;
use crate::sys;
use std::time::Duration;
use strongroom_core::{LogName, Rule};

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
