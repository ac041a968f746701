//! What a board takes from nobody: the frames that a replay image lives on, and whatever else pretends to be the device.

use crate::cast::{DEVICE, FIRST_KEY, PROVIDER_KEY, START, person, provisioning};
use crate::party::frame;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use strongroom_core::link::{Ask, Key, Sealed, ToBoard, ToHost};
use strongroom_core::party::{Party, Principal, Role};
use strongroom_core::wire::{self, Answer, MAX_FRAME, Message};
use strongroom_core::{Action, Command, Id, Time, Verb};
use strongroom_host::replay;
use strongroom_replay::{Feed, FromPlayer, Said, ToPlayer};

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// It is no packet: not answered, and counted as broken.
    Ignored,
    /// The gate does not open, with this code, and counts it.
    Refused(u16),
    /// It is opened, and is not theirs to ask.
    NotYours,
    /// It is opened, and a rule refuses it, which is on record.
    RuleRefuses,
}

/// What is tried.
#[derive(Debug, Clone)]
pub enum Try {
    /// Bytes.
    Bytes(Vec<u8>),
    /// What is asked in a party's name, sealed under some key.
    Sealed(Party, [u8; 32], Box<Ask>),
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// For people.
    pub what: String,
    /// What is tried.
    pub tried: Try,
    /// What comes of it.
    pub expected: Expected,
}

impl Attempt {
    /// Its frame, in the session of this name.
    #[must_use]
    pub fn frame(&self, session: Id, counter: u64) -> Vec<u8> {
        match &self.tried {
            Try::Bytes(bytes) => bytes.clone(),
            Try::Sealed(party, key, ask) => {
                let key = Key::new(*key).expect("a key");
                frame(&ToBoard::Ask(Sealed::new(session, *party, counter, (**ask).clone(), &key)))
            }
        }
    }
}

/// A time at which every deadline is over.
pub const LATER: Time = Time::from_unix(START + 10 * 365 * 24 * 3600);

/// Every kind, with the commands that the scenarios in `folder` let the device's own parts give.
///
/// # Panics
///
/// Where a scenario cannot be read.
#[must_use]
pub fn attempts(folder: &Path) -> Vec<Attempt> {
    let mut commands = BTreeMap::new();
    gather(folder, &mut commands);
    let mut all = frames_of_a_replay();
    all.push(Attempt {
        what: "a second provisioning".to_owned(),
        tried: Try::Bytes(frame(&ToBoard::Provision(provisioning()))),
        expected: Expected::Refused(1064),
    });
    for command in commands.values() {
        for at in [None, Some(LATER)] {
            all.extend(pretended(command, at));
        }
    }
    all
}

/// One command of each verb and role of the device's.
fn gather(folder: &Path, found: &mut BTreeMap<(u8, u8), Command>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            gather(&path, found);
        } else if name.ends_with(".jsonl") && !name.ends_with(".expected.jsonl") {
            let text = fs::read_to_string(&path).expect("a text");
            let frames = strongroom_host::compile(&text, path.parent().expect("a folder")).expect("a scenario");
            for frame in frames.split(|byte| *byte == 0).filter(|frame| !frame.is_empty()) {
                if let Ok(Message::<Answer>::Command { command, .. }) = wire::decode(frame)
                    && command.by.role.party() == Party::Device
                {
                    found.entry((command.action.verb() as u8, command.by.role as u8)).or_insert(command);
                }
            }
        }
    }
    let tick = Command::tick();
    found.entry((Verb::Tick as u8, tick.by.role as u8)).or_insert(tick);
}

/// Starts, commands and answers as the wire has them, and as the replay image has them.
fn frames_of_a_replay() -> Vec<Attempt> {
    let story = include_str!("../../scenarios/lease.jsonl");
    let replayed = replay::replay(story, Path::new("."), replay::Options::default()).expect("a scenario");
    let mut frames = replayed.wire.split_inclusive(|byte| *byte == 0);
    let (start, command) = (frames.next().expect("a start"), frames.next().expect("a command"));
    let mut engine = strongroom_core::Engine::<4, 8, 16, 8>::new(DEVICE, &strongroom_core::Policy::AZURE);
    let arrive = Action::Arrive { serial: DEVICE.serial };
    let reply = engine.apply(Some(LATER), &Command::new(person(Role::Hands, 1), arrive));
    let record = *engine.log().records(strongroom_core::LogName::Lifecycle).next().expect("a record");
    let message = |bytes: &[u8]| -> Message { wire::decode(bytes).expect("a message") };
    let said = |said| frame(&FromPlayer { number: 1, said });
    let reply = Answer::Reply { engine: 0, line: 1, reply };
    let record = Answer::Record { engine: 0, record };
    let named = [
        ("a start", start.to_vec()),
        ("a command", command.to_vec()),
        ("a reply", wire_frame(&Message::Answer(reply.clone()))),
        ("a record", wire_frame(&Message::Answer(record.clone()))),
        ("the replay's clear", frame(&ToPlayer { number: 1, feed: Feed::Clear { kept: true } })),
        ("the replay's start", frame(&ToPlayer { number: 1, feed: Feed::Message(message(start)) })),
        ("the replay's command", frame(&ToPlayer { number: 1, feed: Feed::Message(message(command)) })),
        ("the replay's end", frame(&ToPlayer { number: 1, feed: Feed::End(0) })),
        ("the replay's reply", said(Said::Answer(reply))),
        ("the replay's record", said(Said::Answer(record))),
        ("the replay's last word", said(Said::Done(0))),
        ("what a board says", frame(&ToHost::Provisioned([1; 32]))),
        ("what a board refuses", frame(&ToHost::Refused { code: 1061, party: Party::Provider, next: 1 })),
    ];
    let ignored =
        |(what, bytes): (&str, Vec<u8>)| Attempt { what: what.to_owned(), tried: Try::Bytes(bytes), expected: Expected::Ignored };
    named.into_iter().map(ignored).collect()
}

/// A command of the device's, in every way in which somebody at the line could try to give it.
fn pretended(command: &Command, at: Option<Time>) -> Vec<Attempt> {
    let Command { action, by, .. } = *command;
    let name = format!("{} of {} {}", action.verb().name(), by.role.name(), if at.is_some() { "with a time" } else { "" });
    let sealed = |party, key, command| {
        let ask = Ask::Command { at, command };
        Try::Sealed(party, key, Box::new(ask))
    };
    let pool = person(Role::Pool, 1);
    let open = Message::Command { engine: 0, line: 1, at, command: *command };
    let numbered = ToPlayer { number: 1, feed: Feed::Message(open.clone()) };
    let seconds = Command::new(pool, action).with(Principal::device(by.role));
    let own = Command::new(pool, action);
    let owned = if told_by_nobody(&action) { Expected::NotYours } else { Expected::RuleRefuses };
    let ways = [
        ("in the open", Try::Bytes(wire_frame(&open)), Expected::Ignored),
        ("as the replay takes it", Try::Bytes(frame(&numbered)), Expected::Ignored),
        ("sealed by the provider", sealed(Party::Provider, PROVIDER_KEY, *command), Expected::Refused(1063)),
        ("sealed by the provider, as the device", sealed(Party::Device, PROVIDER_KEY, *command), Expected::Refused(1060)),
        ("sealed under no key of the board's", sealed(Party::Provider, [0x77; 32], *command), Expected::Refused(1061)),
        ("sealed by a customer whom nobody knows", sealed(Party::Customer, FIRST_KEY, *command), Expected::Refused(1060)),
        ("with the device as second person", sealed(Party::Provider, PROVIDER_KEY, seconds), Expected::Refused(1061)),
        ("by the pool", sealed(Party::Provider, PROVIDER_KEY, own), owned),
    ];
    ways.map(|(way, tried, expected)| Attempt { what: format!("{name}, {way}"), tried, expected }).into()
}

/// Written here once more, so that a test sees it when the board's list changes.
const fn told_by_nobody(action: &Action) -> bool {
    matches!(
        action.verb(),
        Verb::ConsoleLine
            | Verb::ReadHealth
            | Verb::PollUnanswered
            | Verb::RecoverLogin
            | Verb::Tamper
            | Verb::Tick
            | Verb::Confirm
    )
}

fn wire_frame(message: &Message) -> Vec<u8> {
    let mut frame = [0; MAX_FRAME];
    let length = wire::encode(message, &mut frame).expect("it fits");
    frame[..length].to_vec()
}
