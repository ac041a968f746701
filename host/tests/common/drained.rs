//! The logs of a scenario's engines, drained into log folders as a host does it: records appended, checkpoints signed by a
//! key that is no secret, commands of destructions kept.
#![allow(dead_code, unreachable_pub, reason = "each test file and example uses a part of it")]

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use strongroom_core::wire::{Message, Nothing, decode};
use strongroom_core::{Command, Device, Engine, LogName, Policy, Record, Time, Verdict};
use strongroom_host::log::{Directory, Origin};
use strongroom_host::{Replay, evidence, merkle};

/// One log of one engine.
#[derive(Debug)]
pub struct Drained {
    pub engine: u8,
    pub device: Device,
    pub log: LogName,
    pub records: Vec<Record>,
    /// Commands as the lifecycle log knows them, by the sequence number of their record.
    pub commands: BTreeMap<u32, Command>,
}

impl Drained {
    fn new(engine: u8, device: Device, log: LogName) -> Self {
        Self { engine, device, log, records: Vec::new(), commands: BTreeMap::new() }
    }

    pub fn origin(&self) -> Origin {
        let epoch = match self.log {
            LogName::Tenant => Some(self.records.first().map_or(0, |record| record.epoch)),
            LogName::Lifecycle => None,
        };
        Origin { serial: self.device.serial.as_str().to_owned(), generation: 0, epoch }
    }

    /// Writes the log into its directory below `folder`, signed in one step.
    pub fn write(&self, folder: &Path) -> Directory {
        let path = folder.join(self.origin().folder());
        let mut directory = Directory::create(&path).expect("a new folder");
        directory.append(&self.records).expect("whole records");
        directory.publish(&note(&self.origin().to_string(), &self.records)).expect("a checkpoint of theirs");
        for record in &self.records {
            if let Some(command) = self.commands.get(&record.sequence) {
                evidence::keep(&path, record, command).expect("the record's command");
            }
        }
        directory
    }
}

/// The key that signs: no secret.
pub fn key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

/// The public key, as a file has it.
pub fn public_key() -> String {
    merkle::hex(key().verifying_key().as_bytes()) + "\n"
}

/// The signed checkpoint of these records.
pub fn note(origin: &str, records: &[Record]) -> String {
    note_by(&key(), origin, records)
}

pub fn note_by(key: &SigningKey, origin: &str, records: &[Record]) -> String {
    let leaves: Vec<merkle::Hash> = records.iter().map(|record| merkle::leaf(&record.to_bytes())).collect();
    let body = format!("{origin}\n{}\n{}\n", records.len(), Base64::encode_string(&merkle::root(&leaves)));
    let id = Sha256::digest([origin.as_bytes(), b"\n\x01", key.verifying_key().as_bytes()].concat());
    let signature = [&id[..4], &key.sign(body.as_bytes()).to_bytes()].concat();
    format!("{body}\n\u{2014} {origin} {}\n", Base64::encode_string(&signature))
}

struct Run {
    engine: Engine,
    device: Device,
    ticks: bool,
}

/// Runs the scenario again from its wire form, and takes out every record with its command.
pub fn drain(replay: &Replay) -> Vec<Drained> {
    let mut runs: BTreeMap<u8, Run> = BTreeMap::new();
    let mut logs: Vec<Drained> = Vec::new();
    for frame in replay.wire.split_inclusive(|byte| *byte == 0) {
        match decode::<Nothing>(frame).expect("a frame") {
            Message::Start { engine, device, policy, invalid, ticks, .. } => {
                let policy = Policy::PRESETS.iter().find(|preset| preset.digest() == policy).expect("a preset");
                let mut begun = Engine::new(device, policy);
                if let Some(tenant) = invalid {
                    begun.begin_invalid(device, policy, tenant);
                }
                runs.insert(engine, Run { engine: begun, device, ticks });
                logs.extend(LogName::ALL.iter().map(|log| Drained::new(engine, device, *log)));
            }
            Message::Command { engine, at, command, .. } => {
                let run = runs.get_mut(&engine).expect("begun");
                while run.ticks
                    && at.is_some_and(|now| run.engine.is_due(now))
                    && step(run, engine, at, &Command::tick(), &mut logs)
                {}
                step(run, engine, at, &command, &mut logs);
            }
            Message::Answer(_) => unreachable!("a scenario has no answers"),
        }
    }
    logs.retain(|log| !log.records.is_empty());
    logs
}

fn step(run: &mut Run, number: u8, at: Option<Time>, command: &Command, logs: &mut Vec<Drained>) -> bool {
    let reply = run.engine.apply(at, command);
    for name in LogName::ALL.iter().copied() {
        let place = |logs: &[Drained]| {
            logs.iter().rposition(|log| log.engine == number && log.log == name).expect("opened with the engine")
        };
        if (run.engine.log().size(name) as usize) < logs[place(logs)].records.len() {
            logs.push(Drained::new(number, run.device, name));
        }
        let place = place(logs);
        let log = &mut logs[place];
        let have = log.records.len();
        for record in run.engine.log().records(name).filter(|record| record.sequence as usize >= have) {
            let blanked = command.blanked(&run.device);
            if name == LogName::Lifecycle && blanked.digest() == record.command {
                log.commands.insert(record.sequence, blanked);
            }
            log.records.push(*record);
        }
    }
    reply.verdict == Verdict::Accepted
}
