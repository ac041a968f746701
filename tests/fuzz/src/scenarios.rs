//! The scenarios, as frames and as what their engines answer: where seeds come from.

use std::path::{Path, PathBuf};
use strongroom_core::wire::{Answer, Message, Receiver};
use strongroom_core::{Command, Engine, LogName, Policy, Record, Reply, Time, Verdict};
use strongroom_host::compile;

pub(crate) fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The files of a folder and those below it, in the order of their names.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Each scenario's wire form.
pub(crate) fn wires() -> Vec<Vec<u8>> {
    let is_scenario =
        |path: &PathBuf| path.extension().is_some_and(|end| end == "jsonl") && !path.to_string_lossy().contains(".expected.");
    let scenarios = files(&workspace().join("tests/scenarios")).into_iter().filter(is_scenario);
    scenarios
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a scenario can be read");
            compile(&text, path.parent().unwrap_or(workspace())).expect("a scenario is well formed")
        })
        .collect()
}

/// What an engine of a wire form answers, and what it puts on record.
#[derive(Debug)]
pub(crate) struct Answered {
    engine: Engine,
    ticks: bool,
    /// To the commands; to ticks of the host's it answers besides.
    pub(crate) replies: Vec<Reply>,
    /// Those of the tenant log and those of the lifecycle log.
    pub(crate) records: [Vec<Record>; 2],
}

pub(crate) fn messages(wire: &[u8]) -> Vec<Message> {
    let mut receiver = Receiver::new();
    wire.iter().filter_map(|byte| receiver.feed::<Answer>(*byte)).map(|message| message.expect("a whole frame")).collect()
}

pub(crate) fn answer(wire: &[u8]) -> Vec<Answered> {
    let mut engines: Vec<Answered> = Vec::new();
    for message in messages(wire) {
        match message {
            Message::Start { device, policy, invalid, ticks, .. } => {
                let policy = Policy::PRESETS.iter().find(|preset| preset.digest() == policy).copied().unwrap_or(&Policy::AZURE);
                let mut engine = Engine::new(device, policy);
                if let Some(tenant) = invalid {
                    engine.begin_invalid(device, policy, tenant);
                }
                engines.push(Answered { engine, ticks, replies: Vec::new(), records: [Vec::new(), Vec::new()] });
            }
            Message::Command { engine, at, command, .. } => engines[usize::from(engine)].command(at, &command),
            Message::Answer(_) => {}
        }
    }
    engines
}

impl Answered {
    fn command(&mut self, at: Option<Time>, command: &Command) {
        let due = |engine: &Engine| at.is_some_and(|now| engine.is_due(now));
        while self.ticks && due(&self.engine) && self.apply(at, &Command::tick()).verdict == Verdict::Accepted {}
        let reply = self.apply(at, command);
        self.replies.push(reply);
    }

    fn apply(&mut self, at: Option<Time>, command: &Command) -> Reply {
        let reply = self.engine.apply(at, command);
        for (name, kept) in LogName::ALL.iter().copied().zip(&mut self.records) {
            let log = self.engine.log();
            kept.truncate(log.size(name) as usize);
            let have = kept.len();
            kept.extend(log.records(name).filter(|record| record.sequence as usize >= have));
        }
        reply
    }
}
