//! Grants open what was granted, and end at the device.

use crate::bench::{Bench, GRANTED, LEASED, OVER};
use crate::device::Session;
use strongroom_core::{Action, Digest, Label, LogName, Role, Rule, Status};

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
