//! Whole steps: decided, put on record, carried out.

use crate::engine::{DRAIN, Roomy, operational, person};
use crate::measure::{Contestant, Kind, Outcome, Scale};
use sha2::{Digest as _, Sha256};
use std::hint::black_box;
use strongroom_core::{Action, Command, Digest, LogName, Principal, Reading, Record, Role, Rule, Subject, Time, Verdict};

const STEP: &str = "strongroom, decide and commit with one record";
const QUIET: &str = "strongroom, decide and commit with nothing to hash";

/// Records after which a new engine goes on, before the tree is full.
const FULL: u32 = 900_000;

/// What stands before a command where it is hashed.
const DOMAIN: &[u8] = b"strongroom command 1\0";

pub(super) fn contest(scale: Scale) -> Outcome<Vec<Contestant<'static>>> {
    let mut bench = operational();
    let number = bench.asked(Subject::VmLinux);
    let approved = bench.approve(number);
    if approved.rule != Rule::AccessApproved {
        return Err(format!("record: no access to use: {}", approved.rule.text()).into());
    }
    bench.drain();
    let used = Command::new(person(Role::Engineer, 1), Action::UseAccess { request: number });
    let read = Command::new(Principal::device(Role::Core), Action::ReadHealth { reading: Reading::default() });
    takes(&mut bench, &used, Rule::AccessUsed)?;
    takes(&mut bench, &read, Rule::HealthRead)?;
    let message = [DOMAIN, &postcard::to_allocvec(&used)?].concat();
    if Digest(Sha256::digest(&message).into()) != used.digest() {
        return Err("record: a command's digest is not that of its domain and what postcard writes".into());
    }
    let inputs = scale.inputs();
    let (mut with_record, mut quiet) = (bench.clone(), bench.clone());
    Ok(vec![
        Contestant::new(STEP, Kind::Ours, inputs, move |range| {
            if with_record.engine.log().size(LogName::Tenant) > FULL {
                with_record = bench.clone();
            }
            steps(&mut with_record, &used, range.len())
        })
        .slow(scale)
        .beside(STEP)
        .note("an engineer uses a grant: two digests and a node are hashed"),
        Contestant::new("its hashes alone, sha2", Kind::Floor, inputs, move |range| hashes(&message, range.len()))
            .slow(scale)
            .beside(STEP),
        Contestant::new(QUIET, Kind::Ours, inputs, move |range| steps(&mut quiet, &read, range.len()))
            .slow(scale)
            .beside(QUIET)
            .note("a reading of the device's health that says nothing new"),
    ])
}

/// That a command is accepted by that rule now, and a second time.
fn takes(bench: &mut Roomy, command: &Command, rule: Rule) -> Outcome<()> {
    for _ in 0..2 {
        let reply = bench.engine.apply(Some(Time::from_unix(bench.now)), command);
        if (reply.verdict, reply.rule) != (Verdict::Accepted, rule) {
            return Err(format!("record: {} is answered by {}", command.action.verb().name(), reply.rule.name()).into());
        }
    }
    Ok(())
}

fn steps(bench: &mut Roomy, command: &Command, count: usize) -> u64 {
    acknowledge(bench);
    let now = Some(Time::from_unix(bench.now));
    let mut accepted = 0;
    for place in 1..=count {
        let step = bench.engine.decide(now, black_box(command));
        accepted += u64::from(bench.engine.commit(&step).verdict == Verdict::Accepted);
        if place % DRAIN == 0 {
            acknowledge(bench);
        }
    }
    assert_eq!(accepted, count as u64, "every step is accepted");
    accepted
}

/// Makes room for as many records as there is.
fn acknowledge(bench: &mut Roomy) {
    let log = LogName::Tenant;
    let next = bench.engine.log().size(log);
    let drain = Command::new(person(Role::Auditor, 9), Action::Acknowledge { log, next });
    black_box(bench.engine.apply(Some(Time::from_unix(bench.now)), &drain));
}

/// Of each step the command and the leaf, and the nodes that become whole with it.
fn hashes(message: &[u8], count: usize) -> u64 {
    let mut carried: [u8; 32] = [0; 32];
    let entry = [0; Record::SIZE];
    for number in 0..count {
        let command: [u8; 32] = Sha256::digest(black_box(message)).into();
        carried = Sha256::new().chain_update([0]).chain_update(black_box(entry)).finalize().into();
        for _ in 0..number.trailing_ones() {
            carried = Sha256::new().chain_update([1]).chain_update(black_box(command)).chain_update(carried).finalize().into();
        }
    }
    carried[0].into()
}
