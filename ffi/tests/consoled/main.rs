//! The console daemon of `tests/c/examples`, with a device that prints what a real one prints.
#![cfg(target_os = "linux")]

mod bench;
#[path = "../../../tests/c/compile.rs"]
mod compile;
mod device;
mod sys;

use bench::{Bench, GRANTED, LEASED, OVER};
use device::Session;
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
