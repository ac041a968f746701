//! The lease's chart, typed by hand from the domain notes (a.2 with its amendments; D-16, D-17, D-28),
//! against the core's table and against an engine that is walked through it.
//!
//! A word is a row's number. A letter after it tells apart lines of one row: `T38b` on a board, `T40v` by
//! reading back, `T56d` by a tamper that destroys.
#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

mod common;

use common::*;
use std::collections::BTreeSet;
use strongroom_core::Main::*;
use strongroom_core::Role::{Admin, Auditor, Clock, Core, Engineer, Hands, Net, Pool, Sensor};
use strongroom_core::lease::chart::{CHART, Event as E, find, row_at};
use strongroom_core::*;

/// Row, from, events, who, to (nothing: it stays).
type Line = (&'static str, &'static [Main], &'static [E], &'static [Role], &'static [Main]);

macro_rules! notes {
    ($($row:ident $($from:ident)|+: $($event:ident)|+ by $($role:ident)|+ $(=> $to:ident)?;)*) => {
        const NOTES: &[Line] = &[$((stringify!($row), &[$($from),+], &[$(E::$event),+], &[$($role),+], &[$($to)?])),*];
    };
}

notes! {
    T01 InTransit: Arrive by Hands => Received;                    T02 Received: StmOk by Pool => PoolConfig;
    // T03 is dropped (D-16).
    T04 Received: StmMismatch by Pool => Quarantined;              T05 PoolConfig: BaselineOk by Pool => PoolFree;
    T06 PoolConfig: EnterMaintenance by Hands => Maintenance;      T07 PoolConfig: FaultHard by Sensor => Failed;
    T08 PoolConfig: TamperRecoverable | TamperDestroying by Sensor => Zeroizing;
    T09 PoolConfig: ZeroizeLocal by Pool => Zeroizing;             T10 PoolFree: Allocate by Pool => Allocating;
    T11 PoolFree: Recheck by Pool => PoolConfig;
    T12 PoolFree: TamperRecoverable | TamperDestroying by Sensor => Zeroizing;
    T13 PoolFree: FaultHard by Sensor => Failed;                   T14 Allocating: Mapped by Net => TenantUnclaimed;
    T15 Allocating: AllocFail by Net => PoolConfig;
    T16 Allocating: TamperRecoverable | TamperDestroying by Sensor => Zeroizing;
    T17 Allocating: FaultHard by Sensor => Failed;                 T18 TenantUnclaimed: Claim by Admin => OwnedUninit;
    T19 TenantUnclaimed: Abandon by Admin => Zeroizing;            T20 TenantUnclaimed: ClaimExpired by Clock => Zeroizing;
    T21 TenantUnclaimed: TamperRecoverable | TamperDestroying by Sensor => Zeroizing;
    T22 TenantUnclaimed: FaultHard by Sensor => Failed;            T23 OwnedUninit: Init by Admin => Operational;
    T24 OwnedUninit: Zeroize by Admin => Zeroizing;
    T25 OwnedUninit: TamperRecoverable | TamperDestroying by Sensor => Zeroizing;
    T26 OwnedUninit: FaultHard by Sensor => Failed;                T27 Operational: TamperRecoverable by Sensor => TamperLatched;
    // The notes name `Admin` for wrong log-ins; the core, which counts them, may report them too.
    T28 Operational: TamperDestroying by Sensor => Zeroizing;      T29 Operational: LoginFailedLast by Admin | Core => Zeroizing;
    T30 Operational: Zeroize by Admin => Zeroizing;                T31 Operational: FaultHard by Sensor => Failed;
    T32 Operational: FactoryReset by Admin => Zeroizing;           T33 TamperLatched: TamperClear by Admin => Operational;
    T34 TamperLatched: Zeroize by Admin => Zeroizing;              T35 TamperLatched: TamperDestroying by Sensor => Zeroizing;
    T36 TamperLatched: LoginFailedLast by Admin | Core => Zeroizing;
    T37 TamperLatched: FaultHard by Sensor => Failed;              T38 Zeroizing: EraseDone by Core => ZeroizedUnverified;
    // A board's reading fires T38, and a second one T41 (amendment 3).
    T38b Zeroizing: ZeroizedSeen by Sensor => ZeroizedUnverified;  T39 Zeroizing: Boot by Core => Zeroizing;
    T40 Zeroizing: EraseFailLast by Core => Quarantined;
    // T43: too many count as a failed erasure.
    T40v ZeroizedUnverified: VerifyFailLast by Core => Quarantined;
    T41 ZeroizedUnverified: VerifyOk by Core => Zeroized;          T41b ZeroizedUnverified: ZeroizedSeen by Sensor => Zeroized;
    T42 ZeroizedUnverified: Boot by Core => Zeroizing;             T43 ZeroizedUnverified: VerifyFail by Core => Zeroizing;
    T44 Zeroized: Reinit by Admin => OwnedUninit;                  T45 Zeroized: Deprovision by Admin => Deprovisioning;
    T46 Zeroized: Unbound by Core => PoolConfig;
    T47 Zeroized: TamperRecoverable | TamperDestroying by Sensor => Zeroizing;
    T48 Zeroized: FaultHard by Sensor => Failed;                   T49 Deprovisioning: Detached by Pool => PoolConfig;
    T50 Deprovisioning: TamperRecoverable | TamperDestroying by Sensor => Zeroizing;
    T51 Deprovisioning: FaultHard by Sensor => Failed;             T52 Maintenance: ExitMaintenance by Hands => Zeroizing;
    T53 Maintenance: FaultHard by Sensor => Failed;                T54 Failed: Zeroize by Admin => Zeroizing;
    T55 Failed: ZeroizeLocal by Pool => Zeroizing;
    // The tamper bit decides where the device served (D-16).
    T56 Failed: TamperRecoverable by Sensor;                       T56d Failed: TamperDestroying by Sensor => Zeroizing;
    T57 Failed: SoftRecoverLatched by Admin => TamperLatched;      T58 Failed: SoftRecover by Admin => Operational;
    T59 Failed: GiveUp by Admin => Quarantined;                    T60 Failed: GiveUpLocal by Pool => Quarantined;
    T61 Failed: GiveUpTimeout by Clock => Quarantined;             T62 Quarantined: PartsOut by Hands => PartsRemoved;
    T63 PartsRemoved: Shred by Hands => PartsDestroyed;            T64 PartsDestroyed: ChassisOut by Hands => ChassisReturned;
    // Not by `boot`: D-28.
    T65 Invalid: Quarantine by Pool | Admin => Quarantined;
    T66 TenantUnclaimed | OwnedUninit | Operational | TamperLatched | Failed: ZeroizedSeen by Sensor => Zeroizing;
    // Total for tamper (D-16): log-only, latched already, or "in every other state every tamper destroys".
    TamperRecorded InTransit | Received | Zeroizing | Maintenance | Quarantined | PartsRemoved | PartsDestroyed |
        ChassisReturned | Invalid: TamperRecoverable | TamperDestroying by Sensor;
    TamperRecorded TamperLatched: TamperRecoverable by Sensor;
    TamperDestroys ZeroizedUnverified: TamperRecoverable | TamperDestroying by Sensor => Zeroizing;
    // Total for boot, hard faults and wrong log-ins (amendment 1).
    BootRecorded InTransit | Received | PoolConfig | PoolFree | Allocating | TenantUnclaimed | OwnedUninit |
        Operational | TamperLatched | Zeroized | Deprovisioning | Maintenance | Failed | Quarantined | PartsRemoved |
        PartsDestroyed | ChassisReturned | Invalid: Boot by Core;
    // A board's T41 may come "after the next boot", so that its boot may not lead back by T42.
    BootRecorded ZeroizedUnverified: BootObserved by Core;
    FaultRecorded InTransit | Received | Zeroizing | ZeroizedUnverified | Failed | Quarantined | PartsRemoved |
        PartsDestroyed | ChassisReturned | Invalid: FaultHard by Sensor;
    LoginFailureCounted Operational | TamperLatched: LoginFailed by Admin | Core;
    // In FAILED even the last one only counts; elsewhere there is no security officer.
    LoginFailureCounted InTransit | Received | PoolConfig | PoolFree | Allocating | TenantUnclaimed | OwnedUninit |
        Zeroizing | ZeroizedUnverified | Zeroized | Deprovisioning | Maintenance | Failed | Quarantined | PartsRemoved
        | PartsDestroyed | ChassisReturned | Invalid: LoginFailed | LoginFailedLast by Admin | Core;
    // T40's guard is "retries used up": before that it is tried again.
    EraseRetried Zeroizing: EraseFail by Core;
    FaultRecorded Operational | TamperLatched: FaultUnconfirmed by Sensor;
    // A reading that changes no region is no refusal and leaves no record (D-10).
    SightingNoted InTransit | Received | PoolConfig | PoolFree | Allocating | Zeroized | Deprovisioning | Maintenance
        | Quarantined | PartsRemoved | PartsDestroyed | ChassisReturned | Invalid: ZeroizedSeen by Sensor;
}

fn leads(line: &Line, from: Main) -> Main {
    line.4.first().copied().unwrap_or(from)
}

fn rule_of(word: &str) -> &str {
    if word.len() == 4 { word.trim_end_matches(char::is_lowercase) } else { word }
}

#[test]
fn the_chart_is_that_of_the_notes_and_has_no_other_row() {
    let events: BTreeSet<E> = NOTES.iter().flat_map(|line| line.2).copied().collect();
    assert_eq!(events.len(), E::COUNT, "the notes have a line for every event");
    for state in Main::ALL {
        for event in &events {
            let mut lines = NOTES.iter().filter(|line| line.1.contains(state) && line.2.contains(event));
            let noted = lines.next().map(|line| (rule_of(line.0), Roles::of(line.3), leads(line, *state)));
            assert!(lines.next().is_none(), "typed twice: {} {}", state.name(), event.name());
            let row = find(*state, *event).map(|number| row_at(number).expect("a row"));
            let charted = row.map(|row| (row.rule.name(), row.by, row.to.unwrap_or(*state)));
            assert_eq!(charted, noted, "{} {}", state.name(), event.name());
        }
    }
}

static TIMED: Policy = Policy {
    lease: policy::LeasePolicy {
        claim_within: Some(Seconds::days(1)),
        give_up_within: Some(Seconds::days(1)),
        ..Policy::AZURE.lease
    },
    ..Policy::AZURE
};
const STRING: Digest = Digest([7; 32]);

/// The command with one field changed.
macro_rules! but {
    ($action:ident, $field:ident = $value:expr) => {
        |command: &mut Command| {
            if let Action::$action { $field, .. } = &mut command.action {
                *$field = $value;
            }
        }
    };
}

fn parts() -> Inventory {
    Inventory::new(&[label("K7-0042"), label("SSD-1")]).expect("two fit")
}

fn peer(state: Main) -> Statement {
    Statement { serial: label("700021"), organisation: CUSTOMER, state }
}

fn out_of_service() -> Reading {
    Reading { service: Some(reading::Service::OutOfService), ..Reading::default() }
}

/// The command that a word stands for, with everything right.
fn right(bench: &Bench, word: &str) -> Command {
    let (hands, pool, net, admin) = (person(Hands, 1), person(Pool, 1), person(Net, 1), person(Admin, 1));
    let [core, sensor] = [Core, Sensor].map(Principal::device);
    let two = |by: Principal, action| Command::new(by, action).with(person(by.role, 2));
    let one = Command::new;
    let nonce = bench.engine.challenge();
    let (region, network) = (label("japaneast"), label("vnet"));
    match word {
        "T01" => one(hands, Action::Arrive { serial: DEVICE.serial }),
        "T02" => two(pool, Action::StmOk { expected: STRING, shown: STRING, seals_whole: true }),
        "T04" => one(pool, Action::StmMismatch { expected: STRING, shown: Digest([8; 32]), seals_whole: true }),
        "T05" => {
            let mut command = two(pool, baseline());
            but!(BaselineOk, reset_checked = true)(&mut command);
            command
        }
        "T06" => two(hands, Action::EnterMaintenance { ticket: label("K-1") }),
        "T09" | "T55" => two(pool, Action::ZeroizeLocal {}),
        "T10" => one(pool, Action::Allocate { organisation: CUSTOMER, region, network, replaces: None }),
        "T11" => one(pool, Action::Recheck {}),
        "T14" => one(net, Action::Mapped { network, ssh_test_passed: true }),
        "T15" => one(net, Action::AllocFail {}),
        "T18" => one(admin, Action::Claim { credential_replaced: true, owner_key: Digest([1; 32]), proof: None }),
        "T19" => one(admin, Action::Abandon {}),
        "T20" | "T61" => Command::tick(),
        "T23" => one(admin, Action::Init { cloning_domain: Digest([2; 32]) }),
        "T24" | "T34" | "T54" => one(admin, Action::Zeroize { nonce }),
        "T30" => two(admin, Action::Zeroize { nonce }),
        "T32" => two(admin, Action::FactoryReset { nonce }),
        "T33" => one(admin, Action::TamperClear {}),
        "T38" => one(core, Action::EraseDone { areas: 0b111_1111 }),
        "T39" | "T42" | "BootRecorded" => one(core, Action::Boot { self_test_passed: true }),
        "T40" | "EraseRetried" => one(core, Action::EraseFail {}),
        "T41" => one(core, Action::VerifyOk { read_back: Policy::AZURE.lease.erased }),
        "T40v" | "T43" => one(core, Action::VerifyFail {}),
        "T44" => one(admin, Action::Reinit {}),
        "T45" => one(admin, Action::Deprovision {}),
        "T46" => one(core, Action::Unbound {}),
        "T49" => one(pool, Action::Detached { network_unmapped: true }),
        "T52" => two(hands, Action::ExitMaintenance { covers_closed: true }),
        "T57" | "T58" => one(admin, Action::SoftRecover { self_tests_passed: true }),
        "T59" => one(admin, Action::GiveUp { cannot_zeroize: true }),
        "T60" => two(pool, Action::GiveUpLocal {}),
        "Inventory" => two(pool, Action::SetInventory { parts: parts() }),
        "T62" => two(hands, Action::PartsOut { parts: parts(), camera: label("CAM-1") }),
        "T63" => two(hands, Action::Shred { parts: parts(), method: label("shredder"), place: label("hall 3") }),
        "T64" => one(hands, Action::ChassisOut {}),
        "T65" => two(pool, Action::Quarantine {}),
        "T65b" => one(admin, Action::Quarantine {}).with(pool),
        "Replaced" => one(pool, Action::ReplacementOut { peer: peer(Operational) }),
        "ErrorOver" => one(core, Action::ErrorRecovered { self_test_passed: true }),
        "ErrorSoft" => one(core, Action::ErrorSoft {}),
        "Unanswered" => one(core, Action::PollUnanswered {}),
        "Out" => one(person(Role::Monitor, 1), Action::ReadHealth { reading: out_of_service() }),
        "T38b" | "T41b" | "T66" | "SightingNoted" => one(sensor, Action::ZeroizedSeen {}),
        "T29" | "T36" | "LoginFailureCounted" => one(core, Action::LoginFailed {}),
        "T28" | "T35" | "T56d" => one(sensor, Action::Tamper { class: reading::TamperClass::Battery }),
        "T08" | "T12" | "T16" | "T21" | "T25" | "T27" | "T47" | "T50" | "T56" | "TamperRecorded" | "TamperDestroys" => {
            one(sensor, Action::Tamper { class: reading::TamperClass::Fan })
        }
        "CauseGone" => one(sensor, Action::TamperCauseGone { class: reading::TamperClass::Fan }),
        "Hard" => one(sensor, Action::FaultHard { code: 30, soft: false }),
        "Register" => one(pool, Action::Register { organisation: CUSTOMER, approved: true }),
        "Place" => one(admin, Action::SetPlace { region, network }),
        "Request" => one(admin, Action::RequestAllocation {}),
        "SetTime" => one(person(Auditor, 9), Action::SetTime {}),
        "Unapproved" => one(pool, Action::Register { organisation: CUSTOMER, approved: false }),
        "Cancel" => one(person(Engineer, 1), Action::Cancel { request: 1 }),
        _ => one(sensor, Action::FaultHard { code: 30, soft: true }),
    }
}

/// A device that went this way: where it starts, then rows, other commands and seconds that pass.
fn walk(way: &str) -> Bench {
    let mut words = way.split(' ').peekable();
    let start = words.next().expect("a start");
    let mut bench = match start {
        "new" => Bench::new(),
        "board" => {
            Bench { engine: Engine::new(Device { deployment: Deployment::Board, ..DEVICE }, &Policy::AZURE), ..Bench::new() }
        }
        "prepared" => walk("new T01 T02 T09 T38 T41 T46"),
        "operational" => Bench::new().operational(),
        "invalid" => {
            let board = words.next_if_eq(&"board").map_or(Deployment::Firmware, |_| Deployment::Board);
            let mut bench = Bench::new();
            bench.engine.begin_invalid(Device { deployment: board, ..DEVICE }, &Policy::AZURE, CUSTOMER);
            bench
        }
        "timed" => Bench::under(&TIMED).pooled(),
        "watched" => {
            let mut bench = Bench::new();
            bench.engine.begin(Device { deployment: Deployment::Board, ..DEVICE }, &Policy::AZURE);
            for word in "T01 T02 T09 T38b +600 T41b T46 T05 Register Place Request T10 T14 T18 T23".split(' ') {
                step(&mut bench, way, word);
            }
            bench
        }
        "pooled" => Bench::new().pooled(),
        _ => walk("pooled Register Place Request"),
    };
    for word in words {
        step(&mut bench, way, word);
    }
    bench
}

fn step(bench: &mut Bench, way: &str, word: &str) {
    if let Ok(seconds) = word.parse() {
        bench.now = bench.now.saturating_add_signed(seconds);
    } else if word == "Asked" {
        bench.asked(Subject::VmLinux);
    } else {
        let rule = bench.both(right(bench, word)).rule;
        assert!(!word.starts_with('T') || rule.name() == rule_of(word), "{way}: {} at {word}", rule.name());
    }
}

/// Every row that can be walked to, and the way there.
#[rustfmt::skip]
const WAYS: &[(&str, &[&str])] = &[
    ("new", &["T01", "TamperRecorded", "FaultRecorded", "BootRecorded", "LoginFailureCounted", "SightingNoted"]),
    ("new T01", &["T02", "T04", "TamperRecorded", "FaultRecorded"]),
    ("prepared", &["T05", "T06", "T07", "T08", "T09"]),
    ("ready", &["T10", "T11", "T12", "T13", "BootRecorded"]),
    ("ready T10", &["T14", "T15", "T16", "T17", "LoginFailureCounted"]),
    ("ready T10 T14", &["T18", "T19", "T21", "T22", "T66"]),
    ("timed Register Place Request T10 T14 +86400", &["T20"]),
    ("ready T10 T14 T18", &["T23", "T24", "T25", "T26", "T66"]),
    ("operational", &["T27", "T28", "T30", "T31", "T32", "T66", "BootRecorded", "LoginFailureCounted"]),
    ("operational LoginFailureCounted LoginFailureCounted", &["T29"]),
    ("operational T27", &["T34", "T35", "T37", "T66", "TamperRecorded"]),
    ("operational T27 CauseGone", &["T33"]),
    ("operational T27 LoginFailureCounted LoginFailureCounted", &["T36"]),
    ("operational T28", &["T38", "T39", "TamperRecorded", "FaultRecorded", "EraseRetried"]),
    ("operational T28 EraseRetried EraseRetried", &["T40"]),
    ("operational T28 EraseRetried EraseRetried T38", &["T40v"]),
    ("operational T28 T38", &["T41", "T42", "T43", "TamperDestroys", "FaultRecorded"]),
    ("board T01 T02 T09", &["T38b"]),
    ("board T01 T02 T09 T38b", &["BootRecorded"]),
    ("board T01 T02 T09 T38b BootRecorded", &["T41b"]),
    ("operational T28 T38 T41", &["T44", "T45", "T47", "T48", "SightingNoted"]),
    ("new T01 T02 T09 T38 T41", &["T46"]),
    ("operational T28 T38 T41 T45", &["T49", "T50", "T51"]),
    ("prepared T06", &["T52", "T53", "TamperRecorded"]),
    ("watched", &["FaultRecorded"]),
    ("watched Out +600 Out +600 Out", &["T31"]),
    ("operational T31", &["T54", "T56", "T56d", "T58", "T59", "T66", "FaultRecorded", "LoginFailureCounted"]),
    ("operational T31 LoginFailureCounted LoginFailureCounted", &["LoginFailureCounted"]),
    ("operational T31 T56", &["T57"]),
    ("prepared T07", &["T55", "T60"]),
    ("timed Register Place Request T10 T14 T22 Replaced +86400", &["T61"]),
    ("new T01 Inventory T04", &["T62", "TamperRecorded", "FaultRecorded", "BootRecorded"]),
    ("new T01 Inventory T04 T62", &["T63"]),
    ("new T01 Inventory T04 T62 T63", &["T64"]),
    ("invalid", &["T65", "TamperRecorded", "FaultRecorded", "LoginFailureCounted"]),
    ("invalid board", &["T65b"]),
];

#[test]
fn a_row_is_taken_by_its_roles_only_and_leads_where_the_notes_say() {
    let mut walked = BTreeSet::new();
    for (way, word) in WAYS.iter().flat_map(|(way, words)| words.iter().map(move |word| (way, word))) {
        walked.insert(*word);
        let mut bench = walk(way);
        bench.drain();
        let from = bench.engine.state().base.lease.main;
        let line = {
            let find = |name: &str| NOTES.iter().find(|line| line.0 == name && line.1.contains(&from));
            find(word).or_else(|| find(rule_of(word))).expect("a line from here")
        };
        for role in Role::ALL {
            let mut bench = bench.clone();
            let command = Command { by: person(*role, 1), ..right(&bench, word) };
            let may = line.3.contains(role);
            // Without an account nobody is the customer.
            let stranger = role.party() == Party::Customer && !bench.engine.state().base.account.is_open();
            let reply = bench.command(if may { command } else { Command { second: None, ..command } });
            let expected = match (stranger, may, *word) {
                (true, ..) => (Verdict::Refused, "OrganisationMatches", from),
                (_, false, _) => (Verdict::Refused, "RoleMayNot", from),
                // In firmware the pool with a second of its own, on a board the customer with the pool (D-28).
                (.., "T65") if *role == Admin => (Verdict::Refused, "QuarantinePair", from),
                (.., "T65b") if *role == Pool => (Verdict::Refused, "SecondIsAnother", from),
                _ => (Verdict::Accepted, rule_of(word), leads(line, from)),
            };
            assert_eq!((reply.verdict, reply.rule.name(), reply.main), expected, "{way}: {word} by {}", role.name());
        }
    }
    let missing: Vec<&str> = NOTES.iter().map(|line| line.0).filter(|word| !walked.contains(word)).collect();
    assert_eq!(missing, [""; 0]);
}

type Spoil = fn(&mut Command);
const ALONE: Spoil = |command| command.second = None;

/// Row, way, the guard that must refuse, what is wrong with the command.
#[rustfmt::skip]
const WRONG_COMMANDS: &[(&str, &str, Rule, Spoil)] = &[
    ("T01", "new", Rule::SerialMatches, but!(Arrive, serial = label("700023"))),
    ("T02", "new T01", Rule::TwoPersons, ALONE),
    ("T02", "new T01", Rule::TransportStringMatches, but!(StmOk, shown = Digest([8; 32]))),
    ("T02", "new T01", Rule::TransportStringMatches,
        |command| command.action = Action::StmOk { expected: Digest::NONE, shown: Digest::NONE, seals_whole: true }),
    ("T02", "new T01", Rule::SealsWhole, but!(StmOk, seals_whole = false)),
    ("T04", "new T01", Rule::SomethingMismatches, but!(StmMismatch, shown = STRING)),
    ("T05", "prepared", Rule::FirmwareAllowed, but!(BaselineOk, firmware = label("6.9.9"))),
    ("T05", "prepared", Rule::FirmwareAllowed, but!(BaselineOk, firmware = Label::default())),
    ("T05", "prepared", Rule::PasswordDiscarded, but!(BaselineOk, password_discarded = false)),
    ("T05", "prepared", Rule::LogsCleared, but!(BaselineOk, logs_cleared = false)),
    ("T05", "prepared", Rule::SelfTestPassed, but!(BaselineOk, self_test_passed = false)),
    // A reported proof takes the provider's own check and a second person (a.7).
    ("T05", "board T01 T02 T09 T38b +600 T41b T46", Rule::ProofClass, ALONE),
    ("T05", "board T01 T02 T09 T38b +600 T41b T46", Rule::ProofClass, but!(BaselineOk, reset_checked = false)),
    ("T06", "prepared", Rule::TwoPersons, ALONE),
    ("T06", "prepared", Rule::TicketGiven, but!(EnterMaintenance, ticket = Label::default())),
    ("T09", "prepared", Rule::TwoPersons, ALONE),
    ("T10", "ready", Rule::AllocationRequested, but!(Allocate, organisation = Organisation([0xc1; 16]))),
    ("T10", "ready", Rule::PlaceMatches, but!(Allocate, region = label("japanwest"))),
    ("T10", "ready", Rule::PlaceMatches, but!(Allocate, network = label("other"))),
    ("T10", "ready", Rule::ReplacementStated, but!(Allocate, replaces = Some(peer(Operational)))),
    ("T10", "ready", Rule::ReplacementStated,
        but!(Allocate, replaces = Some(Statement { organisation: Organisation([0xc1; 16]), ..peer(Failed) }))),
    ("T10", "ready", Rule::ReplacementStated,
        but!(Allocate, replaces = Some(Statement { serial: DEVICE.serial, ..peer(Failed) }))),
    ("T14", "ready T10", Rule::PlaceMatches, but!(Mapped, network = label("other"))),
    ("T14", "ready T10", Rule::SshTestPassed, but!(Mapped, ssh_test_passed = false)),
    ("T18", "ready T10 T14", Rule::CredentialReplaced, but!(Claim, credential_replaced = false)),
    ("T18", "ready T10 T14", Rule::CredentialReplaced, but!(Claim, owner_key = Digest::NONE)),
    ("T18", "ready T10 T14", Rule::ProofAsSeen, but!(Claim, proof = Some(Time::from_unix(7)))),
    ("T24", "ready T10 T14 T18", Rule::NonceFresh, but!(Zeroize, nonce = Id([5; 16]))),
    ("T30", "operational", Rule::TwoPersons, ALONE),
    ("T30", "operational", Rule::NonceFresh, but!(Zeroize, nonce = Id([5; 16]))),
    ("T32", "operational", Rule::TwoPersons, ALONE),
    ("T32", "operational", Rule::NonceFresh, but!(FactoryReset, nonce = Id([5; 16]))),
    ("T38", "operational T28", Rule::AreasErased, but!(EraseDone, areas = 0b011_1111)),
    ("T41", "operational T28 T38", Rule::ReadBackMatches, but!(VerifyOk, read_back = Digest([5; 32]))),
    ("T49", "operational T28 T38 T41 T45", Rule::NetworkUnmapped, but!(Detached, network_unmapped = false)),
    ("T52", "prepared T06", Rule::TwoPersons, ALONE),
    ("T52", "prepared T06", Rule::CoversClosed, but!(ExitMaintenance, covers_closed = false)),
    ("T57", "operational T31 T56", Rule::FaultWasSoft, but!(SoftRecover, self_tests_passed = false)),
    ("T58", "operational T31", Rule::FaultWasSoft, but!(SoftRecover, self_tests_passed = false)),
    ("T59", "operational T31", Rule::Stated, but!(GiveUp, cannot_zeroize = false)),
    ("T60", "prepared T07", Rule::TwoPersons, ALONE),
    ("T62", "new T01 Inventory T04", Rule::TwoPersons, ALONE),
    ("T62", "new T01 Inventory T04", Rule::PartsKnown, but!(PartsOut, parts = Inventory::new(&[label("SSD-1")]).expect("fits"))),
    ("T62", "new T01 Inventory T04", Rule::PartsKnown, but!(PartsOut, parts = Inventory::new(&[label("SSD-1"); 2]).expect("fits"))),
    ("T62", "new T01 Inventory T04", Rule::DestructionWitnessed, but!(PartsOut, camera = Label::default())),
    ("T63", "new T01 Inventory T04 T62", Rule::TwoPersons, ALONE),
    ("T63", "new T01 Inventory T04 T62", Rule::PartsKnown, but!(Shred, parts = Inventory::new(&[label("SSD-1")]).expect("fits"))),
    ("T63", "new T01 Inventory T04 T62", Rule::DestructionWitnessed, but!(Shred, method = Label::default())),
    ("T63", "new T01 Inventory T04 T62", Rule::DestructionWitnessed, but!(Shred, place = Label::default())),
    ("T65", "invalid", Rule::QuarantinePair, ALONE),
    ("T65b", "invalid board", Rule::QuarantinePair, ALONE),
];

/// Row, the way on which the guard must refuse, the guard, the way on which it holds.
const WRONG_WAYS: &[(&str, &str, Rule, &str)] = &[
    ("T02", "new TamperRecorded T01", Rule::CustodyWhole, "new T01"),
    ("T02", "new T01 FaultRecorded", Rule::CustodyWhole, "new T01"),
    ("T44", "ready T10 T16 T38 T41", Rule::Claimed, "operational T28 T38 T41"),
    ("T05", "new T01 T02", Rule::ProofPresent, "prepared"),
    ("T05", "pooled T11", Rule::ProofPresent, "pooled T11 T09 T38 T41 T46"),
    ("T05", "ready T10 T15", Rule::ProofPresent, "prepared"),
    ("T05", "prepared +86400", Rule::ProofFresh, "prepared +86390"),
    ("T05", "prepared ErrorSoft", Rule::Running, "prepared ErrorSoft ErrorOver"),
    ("T10", "ready ErrorSoft", Rule::Running, "ready"),
    ("T14", "ready T10 ErrorSoft", Rule::Running, "ready T10"),
    ("T18", "ready T10 T14 ErrorSoft", Rule::Running, "ready T10 T14"),
    ("T23", "ready T10 T14 T18 ErrorSoft", Rule::Running, "ready T10 T14 T18"),
    ("T33", "operational T27 CauseGone ErrorSoft", Rule::Running, "operational T27 CauseGone"),
    ("T44", "operational T28 T38 T41 ErrorSoft", Rule::Running, "operational T28 T38 T41"),
    (
        "T54",
        "watched Out +600 Out +600 Out T31 +600 Unanswered +600 Unanswered +600 Unanswered",
        Rule::DeviceAnswers,
        "watched Out +600 Out +600 Out T31 +600 Unanswered +600 Unanswered +600 Unanswered Out",
    ),
    (
        "T57",
        "timed Register Place Request T10 T14 T18 T23 T27 T37 Replaced +86400",
        Rule::DecidedInTime,
        "timed Register Place Request T10 T14 T18 T23 T27 T37 Replaced +86300",
    ),
    (
        "T58",
        "timed Register Place Request T10 T14 T18 T23 T31 Replaced +86400",
        Rule::DecidedInTime,
        "timed Register Place Request T10 T14 T18 T23 T31 +86400",
    ),
    ("T57", "operational T27 T37 ErrorSoft", Rule::Running, "operational T27 T37"),
    ("T58", "operational T31 ErrorSoft", Rule::Running, "operational T31 ErrorSoft ErrorOver"),
    ("T62", "new T01 T04", Rule::PartsKnown, "new T01 T04 Inventory"),
    ("T06", "new T01 T02", Rule::ProofPresent, "prepared"),
    ("T10", "pooled Register Place", Rule::AllocationRequested, "ready"),
    ("T10", "ready Unapproved", Rule::RegistrationApproved, "ready"),
    ("T10", "ready -1000 SetTime", Rule::ProofPresent, "ready"),
    ("T10", "ready +7776000", Rule::ProofFresh, "ready +7775900"),
    ("T18", "timed Register Place Request T10 T14 +86400", Rule::ClaimInTime, "timed Register Place Request T10 T14 +86300"),
    ("T33", "operational T27", Rule::TamperGone, "operational T27 CauseGone"),
    ("T38", "board T01 T02 T09", Rule::CoreErases, "new T01 T02 T09"),
    ("T38b", "new T01 T02 T09", Rule::BoardReports, "board T01 T02 T09"),
    ("T41", "board T01 T02 T09 T38b", Rule::CoreErases, "new T01 T02 T09 T38"),
    ("T41b", "new T01 T02 T09 T38", Rule::BoardReports, "board T01 T02 T09 T38b +600"),
    ("T41b", "board T01 T02 T09 T38b +500", Rule::SightingIsNew, "board T01 T02 T09 T38b +600"),
    ("T41b", "board T01 T02 T09 T38b", Rule::SightingIsNew, "board T01 T02 T09 T38b BootRecorded"),
    ("T44", "ready T12 T38 T41", Rule::TenantBound, "operational T28 T38 T41"),
    ("T45", "ready T12 T38 T41", Rule::TenantBound, "operational T28 T38 T41"),
    ("T46", "operational T28 T38 T41", Rule::NoTenant, "ready T12 T38 T41"),
    ("T49", "operational Asked T28 T38 T41 T45", Rule::NothingOpen, "operational Asked T28 T38 T41 T45 Cancel"),
    ("T55", "operational T31", Rule::NoTenant, "prepared T07"),
    ("T54", "ready T13", Rule::TenantBound, "operational T31"),
    ("T59", "ready T13", Rule::TenantBound, "operational T31"),
    ("T57", "operational T27 Hard", Rule::FaultWasSoft, "operational T27 T37"),
    ("T58", "operational Hard", Rule::FaultWasSoft, "operational T31"),
    ("T58", "ready T10 T14 T18 T26", Rule::FailedFromService, "operational T31"),
    ("T60", "operational T31", Rule::NoTenant, "prepared T07"),
];

/// Guards of the chart that the two tables above leave out, and why.
const APART: &[(&str, Rule, &str)] = &[
    ("T06 T09 T10", Rule::NoTenant, "POOL_CONFIG, and from it POOL_FREE, are entered without a tenant only"),
    ("T20 T61", Rule::TimerIsOn, "no tick means T20 or T61 before its time"),
    ("T33", Rule::TamperOnRecord, "tested below: it takes a full log"),
    ("T49", Rule::TenantLogAcknowledged, "tested below: it takes an undrained log"),
    ("T57", Rule::FailedFromService, "only a device that served is latched"),
    ("T64", Rule::PartsKnown, "PARTS_DESTROYED is entered with the destruction on record only"),
];

/// The word's command, spoiled, is refused by the rule and moves nothing.
fn refused(word: &str, way: &str, rule: Rule, spoil: Spoil) {
    let mut bench = walk(way);
    bench.drain();
    let from = bench.engine.state().base.lease.main;
    let mut command = right(&bench, word);
    spoil(&mut command);
    let reply = bench.command(command);
    assert_eq!((reply.verdict, reply.rule.name(), reply.main), (Verdict::Refused, rule.name(), from), "{way}: {word}");
}

#[test]
fn one_wrong_thing_is_refused_by_its_guard_and_put_right_it_is_accepted() {
    for (word, way, rule, spoil) in WRONG_COMMANDS {
        refused(word, way, *rule, *spoil);
        walk(&format!("{way} {word}"));
    }
    for (word, way, rule, better) in WRONG_WAYS {
        refused(word, way, *rule, |_| {});
        walk(&format!("{better} {word}"));
    }
}

#[test]
fn every_guard_of_the_chart_is_tested_or_said_why_not() {
    let commands = WRONG_COMMANDS.iter().map(|case| (rule_of(case.0), case.2));
    let ways = WRONG_WAYS.iter().map(|case| (rule_of(case.0), case.2));
    let apart = APART.iter().flat_map(|(rows, rule, _)| rows.split(' ').map(move |row| (row, *rule)));
    let ours: BTreeSet<_> = commands.chain(ways).chain(apart).collect();
    let charted: BTreeSet<_> = CHART.iter().flat_map(|row| row.guards.iter().map(|guard| (row.rule.name(), *guard))).collect();
    assert_eq!(ours, charted);
}

#[test]
fn a_lease_ends_once_its_log_is_acknowledged_or_its_time_is_over() {
    let mut waiting = walk("operational T28 T38 T41 T45");
    let detached = right(&waiting, "T49");
    assert_eq!(waiting.command(detached).rule, Rule::TenantLogAcknowledged);
    let (mut drained, mut late) = (waiting.clone(), waiting);
    drained.drain();
    assert_eq!(drained.command(detached).rule, Rule::T49);
    late.now += 2_592_000;
    assert_eq!(late.command(detached).rule, Rule::T49);
}

#[test]
fn a_tamper_is_cleared_only_once_it_is_on_record() {
    let mut bench = walk("operational");
    for _ in 0..20 {
        bench.act(Principal::device(Core), Action::Boot { self_test_passed: true });
    }
    assert_eq!(bench.command(right(&bench, "T27")).rule, Rule::T27);
    bench.command(right(&bench, "CauseGone"));
    assert_eq!(bench.command(right(&bench, "T33")).rule, Rule::TamperOnRecord);
    bench.drain();
    // The next record is preceded by the count of what was not logged; after that one place of twelve is enough.
    while bench.engine.log().records(LogName::Tenant).count() < 11 {
        bench.act(Principal::device(Core), Action::Boot { self_test_passed: true });
    }
    assert_eq!(bench.engine.state().base.tenant_log.unlogged, 0);
    assert_eq!(bench.command(right(&bench, "T33")).rule, Rule::T33);
}
