//! The guard and the engine together, as a board runs them: what is typed is asked of the engine, and what the
//! engine's outbox asks for is done by the guard.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test fails by a panic")]

mod common;

use common::{Bench as Device, person, terms};
use strongroom_core::console::guard::{Confirmation, Event, Guard, Mode, Session, Sink};
use strongroom_core::outbox::{Kind, Notice};
use strongroom_core::policy::Permission;
use strongroom_core::*;

const PROMPT: &str = "\r\n[hsm-a] lunash:>";

#[derive(Default)]
struct Lines {
    device: String,
    technician: String,
}

impl Sink for Lines {
    fn to_device(&mut self, bytes: &[u8]) {
        self.device.extend(bytes.iter().copied().map(char::from));
    }

    fn to_technician(&mut self, bytes: &[u8]) {
        self.technician.extend(bytes.iter().copied().map(char::from));
    }
}

/// A board: who sits at the technician's terminal, the guard, and the engine.
struct Board {
    device: Device,
    guard: Guard,
    lines: Lines,
    by: Principal,
}

impl Board {
    fn new(device: Device, by: Principal, mode: Mode) -> Self {
        let mut board = Self { device, guard: Guard::new(), lines: Lines::default(), by };
        assert!(board.guard.open(mode));
        board.prints(PROMPT);
        board
    }

    /// What the device prints before it waits; says whether the session has ended.
    fn prints(&mut self, text: &str) -> bool {
        let mut closed = false;
        for byte in text.bytes() {
            closed |= self.guard.device(byte, &mut self.lines) == Event::Closed;
        }
        closed | (self.guard.quiet(&mut self.lines) == Event::Closed)
    }

    /// What somebody types; the rules that decided about each line.
    fn types(&mut self, text: &str) -> Vec<&'static str> {
        let mut rules = Vec::new();
        for byte in text.bytes() {
            let action = match self.guard.technician(byte, &mut self.lines) {
                Event::Line(line) => line.action(),
                Event::RecoverLogin => Action::RecoverLogin { succeeded: false },
                _ => continue,
            };
            let by = if matches!(action, Action::RecoverLogin { .. }) { Principal::device(Role::Sensor) } else { self.by };
            self.device.drain();
            let reply = self.device.act(by, action);
            if reply.verdict == Verdict::Accepted && by == self.by {
                assert!(self.guard.pass(Confirmation::Refused, &mut self.lines));
            } else {
                self.guard.refuse(reply.rule.text(), &mut self.lines);
            }
            rules.push(reply.rule.name());
        }
        rules
    }

    fn sent(&mut self) -> String {
        std::mem::take(&mut self.lines.device)
    }

    fn confirm(&mut self, kind: Kind) -> Reply {
        let id = self.device.engine.pending().iter().find(|entry| entry.kind == kind).map(|entry| entry.id);
        self.device.act(Principal::device(Role::Enforcer), Action::Confirm { effect: id.unwrap() })
    }
}

/// A board whose engineer has a grant of this permission, and the request's number.
fn granted(permission: Permission) -> (Board, RequestNumber) {
    let mut device = Device::new().operational();
    let ticket = common::label("T-1");
    let number = device.go(person(Role::User, 1), Action::OpenTicket { ticket, troubleshot: true }).request.unwrap();
    device.go(person(Role::Engineer, 1), Action::Triage { request: number });
    let terms = AccessTerms { permission, ..terms(Subject::Device) };
    device.go(person(Role::Engineer, 1), Action::RequestAccess { ticket, follows: None, terms });
    device.go(person(Role::JitService, 1), Action::Evaluate { request: number });
    if permission == Permission::Administer {
        device.go(person(Role::InternalApprover, 1), Action::ApproveInternally { request: number });
    }
    device.go(person(Role::Engineer, 1), Action::AskCustomer { request: number });
    device.drain();
    assert_eq!(device.approve(number).rule, Rule::AccessApproved);
    let mut board = Board::new(device, person(Role::Engineer, 1), Mode::Grant);
    board.confirm(Kind::OpenAccess);
    (board, number)
}

#[test]
fn the_monitoring_role_reads_health_and_nothing_else() {
    let mut board = Board::new(Device::new().operational(), person(Role::Monitor, 1), Mode::Monitor);
    assert_eq!(board.types("status sensors\r"), ["MonitorPasses"]);
    assert_eq!(board.sent(), "status sensors\r");
    board.prints(PROMPT);
    for line in ["network show\r", "hsm zeroize\r", "status sensors -all\r", "syslog tail\r", "hsm show\r"] {
        assert_eq!(board.types(line), ["MonitorMay"], "{line}");
    }
    assert_eq!(board.types("frobnicate\r"), ["CommandKnown"]);
    assert_eq!(board.types("status sensors;hsm init\r"), ["CommandKnown"]);
    assert_eq!(board.types("status sysstat code all|more\r"), ["ArgumentsPlain"]);
    assert_eq!(board.sent(), "", "what is refused never reaches the device");
    assert!(board.lines.technician.contains(Rule::MonitorMay.text()), "and the screen says why");
}

#[test]
fn nothing_passes_while_the_customer_restricts_monitoring() {
    let mut board = Board::new(Device::new().operational(), person(Role::Monitor, 1), Mode::Monitor);
    board.device.go(person(Role::Admin, 1), Action::SetMonitoring { allowed: false });
    assert_eq!(board.types("status sensors\r"), ["MonitoringAllowed"]);
    assert_eq!(board.sent(), "");
}

#[test]
fn a_grant_opens_exactly_its_scope() {
    let (mut board, _) = granted(Permission::Read);
    assert_eq!(board.types("network show\r"), ["GrantPasses"]);
    assert_eq!(board.sent(), "network show\r");
    board.prints(PROMPT);
    assert_eq!(board.types("network hostname tower\r"), ["GrantCovers"]);
    assert_eq!(board.types("hsm init\r"), ["NeverKeys"]);
    assert_eq!(board.sent(), "");

    let (mut board, _) = granted(Permission::Write);
    assert_eq!(board.types("network hostname tower\r"), ["GrantPasses"]);
    assert_eq!(board.sent(), "network hostname tower\r");
    board.prints(PROMPT);
    assert_eq!(board.types("partition backup\rhsm factoryreset\ruser add -u eve\r"), ["NeverKeys", "NeverKeys", "NeverKeys"]);
    board.by = person(Role::Engineer, 2);
    assert_eq!(board.types("network show\r"), ["GrantOpen"], "a grant is one engineer's");
    assert_eq!(board.sent(), "");
}

#[test]
fn a_grant_that_ends_closes_in_the_middle_of_a_line_and_is_ended_once_the_login_prompt_is_back() {
    let (mut board, number) = granted(Permission::Write);
    assert_eq!(board.types("network show\r"), ["GrantPasses"]);
    board.prints(PROMPT);
    board.sent();
    assert_eq!(board.types("network hostname tow"), [""; 0]);
    board.device.drain();
    board.device.now += 8 * 3600;
    assert_eq!(board.device.command(Command::tick()).rule, Rule::WindowOver);
    assert!(board.device.engine.pending().iter().any(|entry| entry.kind == Kind::CloseAccess));
    assert_eq!(board.guard.close(&mut board.lines), Event::None);
    assert_eq!(board.types("er\r"), [""; 0], "the rest of the line goes nowhere");
    assert_eq!(board.sent(), "\x03exit\r");
    assert_eq!(board.device.status(number), Status::Ending, "not ended before the enforcement point says so");
    assert!(board.prints("\r\n[hsm-a] ttyS0 login: "));
    assert_eq!(board.confirm(Kind::CloseAccess).rule, Rule::ClosedConfirmed);
    assert_eq!((board.device.status(number), board.guard.session()), (Status::Ended, Session::Login));
}

#[test]
fn a_line_typed_in_time_and_ended_too_late_is_too_late() {
    let (mut board, _) = granted(Permission::Read);
    assert_eq!(board.types("network sho"), [""; 0]);
    board.device.now += 8 * 3600;
    assert_eq!(board.types("w\r"), ["GrantOpen"], "whether or not anybody ticked (D-26)");
    assert_eq!(board.sent(), "");
}

#[test]
fn the_recovery_account_is_refused_and_told_as_a_tamper_is() {
    let mut board = Board::new(Device::new().operational(), person(Role::Monitor, 1), Mode::Monitor);
    board.prints("\r\n[hsm-a] ttyS0 login: ");
    assert_eq!(board.types("Recover\r"), ["RecoverLoginSeen"]);
    assert_eq!(board.sent(), "");
    let told = board.device.engine.pending().iter().find(|entry| entry.kind == Kind::NotifyCustomer);
    assert!(told.is_some_and(|entry| entry.about & Notice::TAMPER != 0));
    assert_eq!(board.device.engine.state().base.lease.main, Main::Operational, "and nobody erases a customer by it");
}

#[test]
fn without_a_tenant_two_persons_of_the_pool_may_run_anything() {
    let mut device = Device::new().pooled();
    let pia = person(Role::Pool, 1);
    let factory_reset = Action::ConsoleLine {
        command: (0..lunash::COMMANDS).find(|index| lunash::Name::of(*index).unwrap().to_string() == "hsm factoryreset").unwrap(),
        arguments: lunash::Arguments::None,
        line: Digest([1; 32]),
    };
    assert_eq!(device.command(Command::new(pia, factory_reset).with(person(Role::Pool, 2))).rule, Rule::BeingPrepared);
    device.go(pia, Action::Recheck {});
    assert_eq!(device.act(pia, factory_reset).rule, Rule::TwoPersons);
    assert_eq!(device.command(Command::new(pia, factory_reset).with(person(Role::Pool, 2))).rule, Rule::ConsoleIsPools);
    assert_eq!(device.engine.state().base.lease.evidence, None, "what was proved before is proved no more");
    let mut leased = Device::new().operational();
    assert_eq!(leased.command(Command::new(pia, factory_reset).with(person(Role::Pool, 2))).rule, Rule::NoTenant);
}
