//! Stories to feed engines with: the commands of scenarios, with their times.

use crate::log::Error;
use std::path::Path;
use strongroom_core::wire::{Answer, Message, decode};
use strongroom_core::{Action, Command, Device, Label, Time};
use strongroom_host::{Options, replay};

/// Scenarios that are long and differ: leases that end well and badly, tampers, a lockbox.
const SCENARIOS: [&str; 6] = [
    "lease",
    "lease/registration-to-pristine-return",
    "lease/tamper-destroys",
    "lease/deprovision-open-request",
    "lease/faults-along-the-way",
    "lockbox/activity-log",
];

/// What happens to one device.
#[derive(Debug, Clone)]
pub struct Story {
    /// The device that it was written for.
    pub device: Device,
    /// Whether overdue deadlines become steps before each command (D-26).
    pub ticks: bool,
    /// The commands and their times.
    pub commands: Vec<(Option<Time>, Command)>,
}

/// The stories, read from the scenarios of this source tree.
///
/// # Errors
///
/// A scenario cannot be read.
pub fn stories() -> Result<Vec<Story>, Error> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    SCENARIOS.iter().map(|name| story(&folder.join(format!("{name}.jsonl")))).collect()
}

fn story(path: &Path) -> Result<Story, Error> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let replay = replay(&text, path.parent().unwrap_or(path), Options::default())?;
    let mut story = None;
    for frame in replay.wire.split(|byte| *byte == 0).filter(|frame| !frame.is_empty()) {
        // Of the engines in a scenario, the first.
        match decode::<Message<Answer>>(frame) {
            Ok(Message::Start { engine: 0, device, ticks, .. }) => story = Some(Story { device, ticks, commands: Vec::new() }),
            Ok(Message::Command { engine: 0, at, command, .. }) => {
                if let Some(story) = &mut story {
                    story.commands.push((at, command));
                }
            }
            _ => {}
        }
    }
    story.ok_or_else(|| format!("{}: no engine begins in it", path.display()).into())
}

impl Story {
    /// The device with another serial number.
    #[must_use]
    pub fn device_of(&self, serial: Label) -> Device {
        Device { serial, ..self.device }
    }

    /// A command as it is for that device: what arrives is that one.
    #[must_use]
    pub fn command_for(&self, serial: Label, command: &Command) -> Command {
        match command.action {
            Action::Arrive { serial: arrived } if arrived == self.device.serial => {
                Command { action: Action::Arrive { serial }, ..*command }
            }
            _ => *command,
        }
    }
}
