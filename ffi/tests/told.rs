//! What C is told is what the engine knows: every scenario through C's functions and through the core's own, compared member by
//! member after each step. C programs try each function; here the values are those of whole leases, so that two members
//! that are swapped, or one that is forgotten, show.

#[path = "../../tests/c/compile.rs"]
mod compile;
#[path = "told/expected.rs"]
mod expected;

use core::mem::zeroed;
use std::collections::BTreeMap;
use strongroom::command::Command;
use strongroom::engine::{strongroom_engine_apply, strongroom_engine_decide, strongroom_engine_tick};
use strongroom::storage::{EngineStorage, STRONGROOM_STORAGE_WORDS, strongroom_engine_init, strongroom_engine_init_invalid};
use strongroom::{engine, frame, lease, log, outbox, policy, query, record, request};
use strongroom_core::wire::{self, Message};
use strongroom_core::{self as core_, Engine, LogName, Policy};

/// One engine in both languages.
struct Pair {
    rust: Engine,
    c: Box<EngineStorage>,
    ticks: bool,
}

#[test]
fn what_c_is_told_is_what_the_engine_knows() {
    let folder = compile::workspace().join("tests/scenarios");
    let mut scenarios = 0;
    let mut seen = expected::Seen::default();
    visit(&folder, &mut |path| {
        let text = std::fs::read_to_string(path).expect("a scenario is text");
        let folder = path.parent().expect("a scenario is in a folder");
        let frames = strongroom_host::compile(&text, folder).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        follow(&frames, &mut seen);
        scenarios += 1;
    });
    assert!(scenarios > 20, "{scenarios}");
    seen.assert_everything_was_there();
}

fn visit(folder: &std::path::Path, each: &mut impl FnMut(&std::path::Path)) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let name = path.to_string_lossy();
        if path.is_dir() {
            visit(&path, each);
        } else if name.ends_with(".jsonl") && !name.ends_with(".expected.jsonl") {
            each(&path);
        }
    }
}

fn follow(frames: &[u8], seen: &mut expected::Seen) {
    let mut engines: BTreeMap<u8, Pair> = BTreeMap::new();
    for frame in frames.split_inclusive(|byte| *byte == 0) {
        match wire::decode(frame).expect("it was just made") {
            message @ Message::Start { engine, .. } => {
                engines.insert(engine, begin(frame, &message));
            }
            Message::Command { engine, at, command, .. } => {
                let pair = engines.get_mut(&engine).expect("its Start came before");
                while pair.ticks && at.is_some_and(|at| pair.rust.is_due(at)) {
                    tick(pair, at);
                    compare(pair, seen);
                }
                step(pair, frame, at, &command, seen);
                compare(pair, seen);
            }
            Message::Answer(_) => unreachable!("a scenario asks only"),
        }
    }
}

/// What a function writes, and its status.
fn told<T>(call: impl FnOnce(*mut T) -> u16) -> Result<T, u16> {
    // SAFETY: every type of the header is numbers, of which zeros are sound.
    let mut out: T = unsafe { zeroed() };
    match call(&raw mut out) {
        0 => Ok(out),
        status => Err(status),
    }
}

fn begin(frame: &[u8], message: &Message) -> Pair {
    let Message::Start { device, policy: digest, invalid, ticks, .. } = message else { unreachable!() };
    // SAFETY: what is pointed to is whole, here and in all of this file.
    let start = told(|out| unsafe { frame::strongroom_frame_start(frame.as_ptr(), frame.len(), out) }).unwrap();
    assert_eq!(start, expected::start(message));
    let number = told(|out| unsafe { policy::strongroom_policy_find(start.policy.as_ptr(), out) }).unwrap();
    let policy = Policy::PRESETS[usize::from(number)];
    assert_eq!(policy.digest(), *digest);
    let mut c = Box::new(EngineStorage { opaque: [0; STRONGROOM_STORAGE_WORDS] });
    let mut rust = Engine::vacant();
    let (storage, size) = (&raw mut *c, size_of::<EngineStorage>());
    let status = match invalid {
        Some(tenant) => {
            rust.begin_invalid(*device, policy, *tenant);
            // SAFETY: as above.
            unsafe { strongroom_engine_init_invalid(storage, size, 1, &raw const start.device, number, start.tenant.as_ptr()) }
        }
        None => {
            rust.begin(*device, policy);
            // SAFETY: as above.
            unsafe { strongroom_engine_init(storage, size, 1, &raw const start.device, number) }
        }
    };
    assert_eq!((status, start.ticks == 1), (0, *ticks));
    Pair { rust, c, ticks: *ticks }
}

fn tick(pair: &mut Pair, at: Option<core_::Time>) {
    let now = at.map_or(u64::MAX, core_::Time::as_unix);
    let reply = pair.rust.apply(at, &core_::Command::tick());
    // SAFETY: as above.
    let told = told(|out| unsafe { strongroom_engine_tick(&raw mut *pair.c, now, out) });
    assert_eq!(told, Ok(expected::reply(&reply)));
}

fn step(pair: &mut Pair, frame: &[u8], at: Option<core_::Time>, command: &core_::Command, seen: &mut expected::Seen) {
    // SAFETY: as above.
    let (mut envelope, mut asked): (frame::Envelope, Command) = unsafe { zeroed() };
    // SAFETY: as above.
    let status = unsafe { frame::strongroom_frame_command(frame.as_ptr(), frame.len(), &raw mut envelope, &raw mut asked) };
    assert_eq!((status, envelope.at), (0, at.map_or(u64::MAX, core_::Time::as_unix)));
    let decided = pair.rust.decide(at, command);
    // SAFETY: as above.
    let mut step: engine::StepStorage = unsafe { zeroed() };
    let decision =
        told(|out| unsafe { strongroom_engine_decide(&raw const *pair.c, envelope.at, &raw const asked, &raw mut step, out) });
    let verdict = if decided.is_accepted() { 1 } else { 2 };
    assert_eq!(decision, Ok(engine::Decision { rule: decided.rule().code(), verdict, reserved: 0 }));
    let reply = pair.rust.apply(at, command);
    // SAFETY: as above.
    let told = told(|out| unsafe { strongroom_engine_apply(&raw mut *pair.c, envelope.at, &raw const asked, out) });
    assert_eq!(told, Ok(expected::reply(&reply)), "{command:?}");
    seen.reply(&reply);
}

fn compare(pair: &Pair, seen: &mut expected::Seen) {
    let (rust, c) = (&pair.rust, &raw const *pair.c);
    let state = rust.state();
    // SAFETY: as above, to the end of this function.
    unsafe {
        assert_eq!(told(|out| lease::strongroom_engine_lease(c, out)), Ok(expected::lease(&state.base.lease)));
        assert_eq!(told(|out| lease::strongroom_engine_account(c, out)), Ok(expected::account(&state.base.account)));
        let evidence = state.base.lease.evidence.as_ref().map(expected::evidence);
        assert_eq!(told(|out| lease::strongroom_engine_evidence(c, out)).ok(), evidence);
        assert_eq!(
            told(|out: *mut [u8; 32]| query::strongroom_engine_digest(c, out.cast())).map(core_::Digest),
            Ok(rust.digest())
        );
        assert_eq!(
            told(|out: *mut [u8; 16]| query::strongroom_engine_challenge(c, out.cast())).map(core_::Id),
            Ok(rust.challenge())
        );
        assert_eq!(
            told(|out: *mut [u8; 32]| query::strongroom_engine_policy(c, out.cast())).map(core_::Digest),
            Ok(state.base.policy)
        );
        let deadline = rust.next_deadline().map_or(u64::MAX, core_::Time::as_unix);
        assert_eq!(told(|out| query::strongroom_engine_next_deadline(c, out)), Ok(deadline));

        for (index, request) in (0..).zip(&state.requests) {
            let expected = expected::request(request);
            assert_eq!(told(|out| request::strongroom_request_entry(c, index, out)), Ok(expected));
            assert_eq!(told(|out| request::strongroom_request_find(c, request.number, out)), Ok(expected));
        }
        for (index, excluded) in (0..).zip(&state.exclusions) {
            assert_eq!(told(|out| request::strongroom_exclusion_entry(c, index, out)), Ok(expected::exclusion(excluded)));
        }
        for (index, entry) in (0..).zip(rust.pending()) {
            assert_eq!(told(|out| outbox::strongroom_outbox_entry(c, index, out)), Ok(expected::effect(entry)));
        }
        let counts = [state.requests.len(), state.exclusions.len(), rust.pending().len()].map(|count| Ok(count as u32));
        let said = [
            told(|out| request::strongroom_request_count(c, out)),
            told(|out| request::strongroom_exclusion_count(c, out)),
            told(|out| outbox::strongroom_outbox_count(c, out)),
        ];
        assert_eq!(said, counts);

        for log in [LogName::Tenant, LogName::Lifecycle] {
            let number = log as u8;
            let (size, first) = (rust.log().size(log), rust.log().records(log).next().map(|record| record.sequence));
            assert_eq!(told(|out| log::strongroom_log_size(c, number, out)), Ok(size));
            assert_eq!(told(|out| log::strongroom_log_first(c, number, out)), Ok(first.unwrap_or(size)));
            assert_eq!(told(|out| log::strongroom_log_room(c, number, out)), Ok(rust.room(log)));
            assert_eq!(
                told(|out: *mut [u8; 32]| log::strongroom_log_root(c, number, out.cast())).map(core_::Digest),
                Ok(rust.log().root(log))
            );
            for kept in rust.log().records(log) {
                let mut bytes = [0; core_::Record::SIZE];
                assert_eq!(log::strongroom_log_record(c, number, kept.sequence, bytes.as_mut_ptr()), 0);
                assert_eq!(bytes, kept.to_bytes());
                assert_eq!(told(|out| record::strongroom_record_read(bytes.as_ptr(), out)), Ok(expected::record(kept)));
            }
        }
    }
    seen.engine(rust);
}

#[test]
fn what_c_is_told_of_a_preset_is_the_preset() {
    for (number, preset) in (0..).zip(Policy::PRESETS) {
        // SAFETY: what is written is whole.
        let told = told(|out| unsafe { policy::strongroom_policy_numbers(number, out) });
        assert_eq!(told, Ok(expected::numbers(preset)));
    }
}
