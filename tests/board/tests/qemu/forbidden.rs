//! What a board takes from nobody, tried on its application and on the shipped image.

use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;
use strongroom_board::cast::{DEVICE, START, person};
use strongroom_board::forbidden::{Attempt, Expected, LATER, Try, attempts};
use strongroom_board::image::image;
use strongroom_board::operate::Operate;
use strongroom_board::party::frame;
use strongroom_board::qemu::Qemu;
use strongroom_board::simulated::Bench;
use strongroom_core::link::{Ask, Refusals, Say, ToHost};
use strongroom_core::party::Role;
use strongroom_core::{Action, Command, Id, LogName, Main, Record, Seconds, Time, Verb, Verdict};

fn all() -> Vec<Attempt> {
    let all = attempts(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios")));
    assert!(all.len() > 200, "{}", all.len());
    all
}

/// Whether what was answered is what is expected of it.
fn judge(attempt: &Attempt, answers: &[ToHost]) {
    let is = match (attempt.expected, answers) {
        (Expected::Ignored, []) => true,
        (Expected::Refused(expected), [ToHost::Refused { code, .. }]) => expected == *code,
        (Expected::NotYours, [ToHost::Say(said)]) => said.body == Say::NotYours,
        (Expected::RuleRefuses, [ToHost::Say(said)]) => {
            matches!(said.body, Say::Reply(reply) if reply.verdict == Verdict::Refused && reply.main == Main::Received)
        }
        _ => false,
    };
    assert!(is, "{}: expected {:?}, found {answers:?}", attempt.what, attempt.expected);
}

/// The time of a board that was started at `START` and has run for minutes.
fn is_recent(at: Option<Time>) -> bool {
    at.is_some_and(|at| (START..START + 3600).contains(&at.as_unix()))
}

#[test]
fn the_application_refuses_each_and_counts_it() {
    let mut bench = Bench::new();
    bench.set_time(START);
    bench.go(Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial }));
    // Its own first poll is on record too.
    bench.run(3_000);
    bench.settle();
    for attempt in all() {
        let before = bench.board().host().gate().refusals();
        let engine = bench.board().kernel().engine().clone();
        let (session, counter) = (bench.parties.provider.session(), bench.parties.provider.seal(Ask::Status).counter);
        let answers = bench.send(&attempt.frame(session, counter));
        judge(&attempt, &answers);
        let counted = match attempt.expected {
            Expected::Ignored => Refusals { broken: before.broken + 1, ..before },
            Expected::Refused(1060) => Refusals { no_key: before.no_key + 1, ..before },
            Expected::Refused(1061) => Refusals { forged: before.forged + 1, ..before },
            Expected::Refused(1063) => Refusals { not_theirs: before.not_theirs + 1, ..before },
            _ => before,
        };
        assert_eq!(bench.board().host().gate().refusals(), counted, "{}", attempt.what);
        let now = bench.board().kernel().engine();
        if attempt.expected == Expected::RuleRefuses {
            assert_eq!(now.state().base.lease, engine.state().base.lease, "{}", attempt.what);
            let recent = now.log().records(LogName::Lifecycle).all(|record| is_recent(Some(record.at)));
            assert!(recent, "{}", attempt.what);
            bench.settle();
        } else {
            assert!((now.digest(), now.log()) == (engine.digest(), engine.log()), "{}", attempt.what);
        }
        assert!(is_recent(bench.board().kernel().now()), "{}", attempt.what);
    }
}

/// The shipped image.
struct Shipped {
    board: Qemu,
    nonces: u8,
}

impl Shipped {
    /// What is answered to a frame. The line keeps its order: what comes before the answer to a hello is the answer to it.
    fn send(&mut self, bytes: &[u8]) -> Vec<ToHost> {
        self.nonces = self.nonces.wrapping_add(1);
        let nonce = Id([self.nonces; 16]);
        self.board.send(bytes);
        self.board.send(&frame(&self.board.parties.provider.hello(nonce)));
        let mut answers = VecDeque::new();
        for _ in 0..60_000 {
            answers.extend(self.board.run(Duration::ZERO));
            if let Some(ToHost::Here(hello)) = answers.back() {
                assert!(hello.is_by(nonce, &self.board.parties.provider.key), "{hello:?}");
                answers.pop_back();
                return answers.into();
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        panic!("no answer to a hello")
    }

    /// How it stands, without what its own polls change; and how many records the lifecycle's log has. Its time has not moved.
    fn status(&mut self) -> ((Main, u32, u8, Option<Time>), u32) {
        let said = self.board.ask_provider(Ask::Status);
        let Say::Status { main, at, sizes: [tenant, lifecycle], effects, access, .. } = said else { panic!("{said:?}") };
        assert!(is_recent(at), "{at:?}");
        ((main, tenant, effects, access), lifecycle)
    }

    /// The records from this one on, none of another time than the board's; then they are acknowledged, so that the log does not fill up.
    fn drain(&mut self, from: u32) -> Vec<Record> {
        let (_, next) = self.status();
        let mut record = |number| self.board.ask_provider(Ask::Record(LogName::Lifecycle, number));
        let records = (from..next).map(|number| match record(number) {
            Say::Record(record) if is_recent(Some(record.at)) => record,
            other => panic!("{other:?}"),
        });
        let records = records.collect();
        self.board.command(Command::new(person(Role::Pool, 9), Action::Acknowledge { log: LogName::Lifecycle, next }));
        records
    }
}

#[test]
fn the_shipped_image_refuses_each() {
    let Some(image) = image("board.sh") else { return };
    let mut shipped = Shipped { board: Qemu::provisioned(&image, "forbidden", Seconds(600)), nonces: 1 };
    shipped.board.set_time(START);
    shipped.board.command(Command::new(person(Role::Hands, 1), Action::Arrive { serial: DEVICE.serial }));
    let (all, mut by_rule) = (all(), 0);

    // What a rule refuses is on record, so these come last.
    let (recorded, silent): (Vec<_>, Vec<_>) = all.iter().partition(|attempt| attempt.expected == Expected::RuleRefuses);
    let (status, first) = shipped.status();
    for attempt in &silent {
        let counter = shipped.board.parties.provider.seal(Ask::Status).counter;
        let bytes = attempt.frame(shipped.board.parties.provider.session(), counter);
        let answers = shipped.send(&bytes);
        judge(attempt, &answers);
        assert_eq!(shipped.status().0, status, "{}", attempt.what);
    }
    // Nothing is on record but what it read itself.
    let own = [Verb::ReadHealth as u8, Verb::PollUnanswered as u8];
    let on_record = shipped.drain(first);
    assert!(on_record.iter().all(|record| own.contains(&record.kind)), "{on_record:?}");
    // One of each verb: what differs in the time alone differs for no rule, as the application's test shows.
    for attempt in recorded.iter().filter(|attempt| matches!(&attempt.tried, Try::Sealed(_, _, ask) if is_timed(ask))) {
        let (_, first) = shipped.status();
        let counter = shipped.board.parties.provider.seal(Ask::Status).counter;
        let bytes = attempt.frame(shipped.board.parties.provider.session(), counter);
        let answers = shipped.send(&bytes);
        judge(attempt, &answers);
        assert_eq!(shipped.status().0.0, Main::Received, "{}", attempt.what);
        assert!(!shipped.drain(first).is_empty(), "{}", attempt.what);
        by_rule += 1;
    }
    println!("the shipped image: {} frames that are nobody's to send, none heard; {by_rule} refused by a rule", silent.len());
}

fn is_timed(ask: &Ask) -> bool {
    matches!(ask, Ask::Command { at: Some(at), .. } if *at == LATER)
}
