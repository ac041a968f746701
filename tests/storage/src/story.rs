//! Stories: what happens to one engine in a scenario, step by step.

use std::path::{Path, PathBuf};
use strongroom_core::wire::{Answer, Message, decode};
use strongroom_core::{Command, Device, Engine, Party, Policy, Time, Verdict};
use strongroom_host::{Options, replay};

/// One step, and the engine before and after it.
#[derive(Debug, Clone)]
pub struct Moment {
    /// When.
    pub now: Option<Time>,
    /// What is asked.
    pub command: Command,
    /// The engine before it.
    pub before: Engine,
    /// The engine after it.
    pub after: Engine,
    /// Whether it was accepted.
    pub accepted: bool,
}

/// What happens to one engine.
#[derive(Debug, Clone)]
pub struct Story {
    /// The scenario.
    pub name: String,
    /// The device.
    pub device: Device,
    /// The policy it begins with.
    pub policy: &'static Policy,
    /// The steps.
    pub moments: Vec<Moment>,
    /// What must never stay: the ids of everybody on the customer's side.
    pub secrets: Vec<[u8; 16]>,
}

/// The folder of the scenarios.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios")
}

/// The stories of a scenario's engines; those that begin with unreadable storage are left out.
#[must_use]
pub fn stories(file: &Path) -> Vec<Story> {
    let text = std::fs::read_to_string(file).expect("a scenario");
    let played = replay(&text, file.parent().expect("a folder"), Options::default()).expect("a scenario that runs");
    let name = file.strip_prefix(folder()).unwrap_or(file).display().to_string();
    let frames = played.wire.split(|byte| *byte == 0).filter(|frame| !frame.is_empty());
    let mut stories: Vec<(u8, bool, Story, Engine)> = Vec::new();
    let mut left_out = Vec::new();
    for frame in frames {
        match decode::<Answer>(frame).expect("a frame") {
            Message::Start { engine, invalid: Some(_), .. } => left_out.push(engine),
            Message::Start { engine, device, policy, ticks, .. } => {
                let policy = Policy::PRESETS.iter().copied().find(|preset| preset.digest() == policy).expect("a preset");
                let story = Story { name: name.clone(), device, policy, moments: Vec::new(), secrets: Vec::new() };
                stories.push((engine, ticks, story, Engine::new(device, policy)));
            }
            Message::Command { engine, .. } if left_out.contains(&engine) => {}
            Message::Command { engine, at, command, .. } => {
                let (_, ticks, story, now) = stories.iter_mut().find(|(number, ..)| *number == engine).expect("it began");
                while *ticks && at.is_some_and(|at| now.is_due(at)) {
                    if !story.tell(now, at, Command::tick()) {
                        break;
                    }
                }
                story.tell(now, at, command);
            }
            Message::Answer(_) => {}
        }
    }
    stories.into_iter().map(|(_, _, story, _)| story.without_known_names()).collect()
}

/// The stories of every scenario.
#[must_use]
pub fn all() -> Vec<Story> {
    let mut files = Vec::new();
    let mut folders = vec![folder()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let text = path.to_string_lossy();
            if path.is_dir() {
                folders.push(path);
            } else if text.ends_with(".jsonl") && !text.ends_with(".expected.jsonl") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.iter().flat_map(|file| stories(file)).collect()
}

impl Story {
    /// Whoever also acts for the provider or the vendor is named by them.
    fn without_known_names(mut self) -> Self {
        let people = self.moments.iter().flat_map(|moment| [Some(moment.command.by), moment.command.second]);
        let others: Vec<_> = people.flatten().filter(|person| person.party() != Party::Customer).collect();
        self.secrets.retain(|secret| others.iter().all(|other| other.id.0 != *secret && other.organisation.0 != *secret));
        self
    }

    /// How many steps lead to this engine; the most where some change nothing.
    #[must_use]
    pub fn place(&self, engine: &Engine) -> Option<usize> {
        let after = self.moments.iter().rposition(|moment| moment.after == *engine).map(|place| place + 1);
        after.or_else(|| self.moments.first().filter(|first| first.before == *engine).map(|_| 0))
    }

    /// One more step; says whether it was accepted.
    fn tell(&mut self, engine: &mut Engine, now: Option<Time>, command: Command) -> bool {
        let before = engine.clone();
        let accepted = engine.apply(now, &command).verdict == Verdict::Accepted;
        for principal in [Some(command.by), command.second].into_iter().flatten() {
            let ids = [principal.id.0, principal.organisation.0];
            let theirs = principal.party() == Party::Customer;
            self.secrets.extend(ids.into_iter().filter(|_| theirs));
        }
        let account = &engine.state().base.account;
        self.secrets.extend(account.roster.iter().map(|id| id.0));
        if account.is_open() {
            self.secrets.extend([account.organisation.0, account.customer_id.0, account.network.0]);
        }
        self.secrets.retain(|secret| *secret != [0; 16]);
        self.secrets.sort_unstable();
        self.secrets.dedup();
        self.moments.push(Moment { now, command, before, after: engine.clone(), accepted });
        accepted
    }
}
