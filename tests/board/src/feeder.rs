//! Feeds the replay image on QEMU a scenario, and writes what it says as every other face does.

use crate::qemu::Qemu;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use strongroom_core::link::{Receiver, encode};
use strongroom_core::wire::{self, Answer, MAX_FRAME, Message};
use strongroom_core::{Time, Verb, Verdict};
use strongroom_host::merkle::hex;
use strongroom_host::replay::{EndLine, HeadLine, Output, RecordLine, ReplyLine, rfc3339};
use strongroom_replay::{Feed, FromPlayer, Said, ToPlayer};

/// How long an answer may take before it is asked for again, and how long in all.
const AGAIN: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(120);

/// Somebody at the line of a replay image.
#[derive(Debug)]
pub struct Feeder {
    board: Qemu,
    number: u32,
    receiver: Receiver,
    /// Frames that did not arrive whole, on either side, and what was sent again because of it.
    pub broken: usize,
    /// Commands that were fed.
    pub commands: usize,
    /// How often everything is sent at once.
    pub copies: usize,
}

/// Whom a reply is to: what is not in it.
#[derive(Debug, Clone, Copy)]
struct Asked {
    at: Option<Time>,
    verb: &'static str,
}

impl Feeder {
    /// At a board that runs the replay image since just now.
    #[must_use]
    pub fn new(board: Qemu) -> Self {
        Self { board, number: 0, receiver: Receiver::default(), broken: 0, commands: 0, copies: 1 }
    }

    /// The board.
    pub const fn board(&mut self) -> &mut Qemu {
        &mut self.board
    }

    /// Runs a scenario in its wire form; its output as JSON Lines. `kept`: by the journal in the EEPROM.
    ///
    /// # Errors
    ///
    /// What the board would not do.
    pub fn replay(&mut self, frames: &[u8], kept: bool) -> Result<String, String> {
        self.ask(Feed::Clear { kept })?;
        let (mut names, mut output) = (BTreeMap::new(), Vec::new());
        for frame in frames.split_inclusive(|byte| *byte == 0) {
            let message: Message = wire::decode(frame).map_err(|error| error.to_string())?;
            let (engine, asked) = match &message {
                Message::Start { engine, name, .. } => {
                    names.insert(*engine, name.as_str().to_owned());
                    (*engine, None)
                }
                Message::Command { engine, at, command, .. } => {
                    self.commands += 1;
                    (*engine, Some(Asked { at: *at, verb: command.action.verb().name() }))
                }
                Message::Answer(_) => return Err("an answer is nothing to feed".to_owned()),
            };
            let said = self.ask(Feed::Message(message))?;
            write(&said, names.get(&engine).ok_or("no such engine")?, asked, &mut output)?;
        }
        for (engine, name) in &names {
            let said = self.ask(Feed::End(*engine))?;
            write(&said, name, None, &mut output)?;
        }
        Ok(output.iter().map(|line| line.to_json() + "\n").collect())
    }

    /// Sends one thing until its answer is whole.
    ///
    /// # Errors
    ///
    /// What the board would not do, or that it does not answer.
    pub fn ask(&mut self, feed: Feed) -> Result<Vec<Said>, String> {
        self.number += 1;
        let mut frame = [0; MAX_FRAME];
        let length = encode(&ToPlayer { number: self.number, feed }, &mut frame).map_err(|error| error.to_string())?;
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            self.board.send(&frame[..length].repeat(self.copies));
            if let Some(said) = self.answer()? {
                return Ok(said);
            }
            self.broken += 1;
        }
        Err(format!("the replay image does not answer number {}", self.number))
    }

    /// A whole answer; `None` where something of it or of the question did not arrive.
    fn answer(&mut self) -> Result<Option<Vec<Said>>, String> {
        let (mut said, sent) = (Vec::new(), Instant::now());
        while sent.elapsed() < AGAIN {
            let bytes = self.board.receive();
            if bytes.is_empty() {
                std::thread::sleep(Duration::from_micros(200));
            }
            // Taken to the end: what is left of them belongs to nobody.
            let packets: Vec<_> = bytes.iter().filter_map(|byte| self.receiver.feed::<FromPlayer>(*byte)).collect();
            for packet in packets {
                match packet {
                    Ok(FromPlayer { said: Said::Broken(_), .. }) | Err(_) => return Ok(None),
                    Ok(FromPlayer { said: Said::Expected(next), .. }) => {
                        return Err(format!("the replay image is at number {next} and not at {}: it began anew", self.number));
                    }
                    // An answer that came twice.
                    Ok(packet) if packet.number != self.number => {}
                    Ok(FromPlayer { said: Said::Fault(fault), .. }) => return Err(format!("{fault:?}")),
                    Ok(FromPlayer { said: Said::Done(frames), .. }) => {
                        return Ok((usize::from(frames) == said.len()).then_some(said));
                    }
                    Ok(packet) => said.push(packet.said),
                }
            }
        }
        Ok(None)
    }
}

/// What was said of an engine, as lines. Of several replies the last is the command's; the ones before are deadlines.
fn write(said: &[Said], engine: &str, asked: Option<Asked>, output: &mut Vec<Output>) -> Result<(), String> {
    let last = said.iter().rposition(|said| matches!(said, Said::Answer(Answer::Reply { .. })));
    for (place, said) in said.iter().enumerate() {
        let line = match said {
            Said::Answer(Answer::Reply { line, reply, .. }) => {
                let asked = asked.ok_or("a reply that nobody asked for")?;
                Output::Reply(ReplyLine {
                    line: usize::try_from(*line).unwrap_or(usize::MAX),
                    engine: engine.to_owned(),
                    at: asked.at.map(rfc3339),
                    r#do: if Some(place) == last { asked.verb } else { Verb::Tick.name() },
                    ok: reply.verdict == Verdict::Accepted,
                    rule: reply.rule.name(),
                    state: reply.main.name(),
                    health: reply.health.name(),
                    request: reply.request,
                    status: reply.status.map(|status| status.name()),
                    effects: Vec::new(),
                    due: reply.due,
                })
            }
            Said::Effect(entry) => {
                let Some(Output::Reply(reply)) = output.last_mut() else { return Err("an effect of nothing".to_owned()) };
                reply.effects.push(entry.kind.name());
                continue;
            }
            Said::Answer(Answer::Record { record, .. }) => Output::Record(RecordLine {
                engine: engine.to_owned(),
                log: record.log.name(),
                sequence: record.sequence,
                record: hex(&record.to_bytes()),
            }),
            Said::Head { log, size, root } => {
                Output::Head(HeadLine { engine: engine.to_owned(), log: log.name(), size: *size, root: root.to_string() })
            }
            Said::End { main, digest } => {
                Output::End(EndLine { engine: engine.to_owned(), state: main.name(), digest: digest.to_string() })
            }
            Said::Fault(_) | Said::Done(_) | Said::Expected(_) | Said::Broken(_) => return Err(format!("{said:?}")),
        };
        output.push(line);
    }
    Ok(())
}
