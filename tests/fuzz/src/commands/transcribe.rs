//! Scenarios as inputs: the same steps, argument by argument.

use super::shape::{self, Source};
use super::steps::{self, Asked};
use super::tables::{Tables, written};
use super::world;
use crate::bytes::Bytes;
use crate::scenarios;
use std::collections::BTreeMap;
use strongroom_core::wire::Message;
use strongroom_core::{Command, Engine, Policy, Principal, Time, Verb, Verdict};

/// The inputs of one wire form: one for each of its engines.
pub(super) fn inputs(wire: &[u8]) -> Vec<Vec<u8>> {
    let messages = scenarios::messages(wire);
    let mut inputs = Vec::new();
    for message in &messages {
        let Message::Start { engine: number, device, policy, invalid, ticks, .. } = message else { continue };
        let begins = |(preset, deployment, unread): (&Policy, _, bool)| {
            preset.digest() == *policy && deployment == device.deployment && unread == invalid.is_some()
        };
        let place = world::beginnings().position(begins).and_then(|place| u8::try_from(place).ok()).unwrap_or_default();
        let mut pen = Pen { engine: world::engine(place), input: vec![place], digests: BTreeMap::new(), serial: device.serial.0 };
        for message in &messages {
            if let Message::Command { engine, at, command, .. } = message
                && engine == number
            {
                pen.write(*at, command, *ticks);
            }
        }
        inputs.push(pen.input);
    }
    inputs
}

/// An input as it grows, and the engine that it has led to.
struct Pen {
    engine: Engine,
    input: Vec<u8>,
    /// Which of the table's stands for a digest.
    digests: BTreeMap<[u8; 32], u8>,
    /// Of the scenario's device.
    serial: [u8; 16],
}

impl Pen {
    fn write(&mut self, at: Option<Time>, command: &Command, ticks: bool) {
        let start = self.input.len();
        let last = self.engine.state().base.clock.last_good.as_unix();
        match at {
            None => self.input.push(steps::UNKNOWN),
            Some(at) => {
                self.input.push(steps::LATER);
                self.input.extend(at.as_unix().wrapping_sub(last).to_be_bytes());
            }
        }
        let second = if command.second.is_some() { steps::SECOND } else { 0 };
        self.input.push(second | if ticks { steps::TICKS } else { 0 });
        self.input.extend([Some(command.by), command.second].into_iter().flatten().map(person));
        let verb = command.action.verb();
        self.input.extend(place(Verb::ALL, &verb));
        let mut plain = [0; 512];
        let plain = postcard::to_slice(&command.action, &mut plain).expect("an action is shorter");
        // The verb's number comes first.
        let mut copied = Copied { plain: Bytes(&plain[1..]), tables: &Tables::of(&self.engine), pen: self };
        shape::action(verb, &mut copied).expect("what was written is read");
        let step = self.input[start..].to_vec();
        // Without the checks: seeds are made even where a property does not hold.
        if let Some(Asked { now, command, .. }) = Asked::next(&mut Bytes(&step), &self.engine) {
            while ticks && now.is_some_and(|now| self.engine.is_due(now)) && self.tick(now) {}
            self.engine.apply(now, &command);
        }
    }

    fn tick(&mut self, now: Option<Time>) -> bool {
        self.engine.apply(now, &Command::tick()).verdict == Verdict::Accepted
    }

    /// The place of what stands for this digest: itself, or one that stands for nothing else.
    fn digest(&mut self, digest: [u8; 32], tables: &Tables) -> u8 {
        if let Some(place) = place(&tables.digests, &digest) {
            return place;
        }
        let next = Tables::TEXTS.start + self.digests.len() as u8 % Tables::TEXTS.len() as u8;
        *self.digests.entry(digest).or_insert(next)
    }
}

fn person(person: Principal) -> u8 {
    place(&world::PEOPLE, &person).unwrap_or(u8::MAX)
}

fn place<T: PartialEq>(table: &[T], value: &T) -> Option<u8> {
    table.iter().position(|known| known == value).and_then(|place| u8::try_from(place).ok())
}

/// Values as the core writes them, copied into an input.
struct Copied<'a, 'b> {
    plain: Bytes<'b>,
    tables: &'a Tables,
    pen: &'a mut Pen,
}

impl Copied<'_, '_> {
    fn fixed<const N: usize>(&mut self) -> [u8; N] {
        self.plain.take(N).try_into().expect("so many bytes")
    }
}

impl Source for Copied<'_, '_> {
    fn flag(&mut self) -> bool {
        self.small() != 0
    }

    fn small(&mut self) -> u8 {
        let byte = self.plain.byte();
        self.pen.input.push(byte);
        byte
    }

    fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.plain.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        self.pen.input.extend(written(number));
        number
    }

    fn length(&mut self) -> u8 {
        self.small()
    }

    fn name(&mut self) -> [u8; 16] {
        let name = self.fixed();
        let mine = &self.pen.engine.state().base.device.serial.0;
        let here = match &name {
            // The device that a scenario is about, and one that is another there.
            serial if *serial == self.pen.serial && *serial != [0; 16] => mine,
            serial if serial == mine => &self.pen.serial,
            other => other,
        };
        // What is no name of this world is a challenge.
        self.pen.input.push(place(&self.tables.names, here).unwrap_or(Tables::CHALLENGE));
        name
    }

    fn digest(&mut self) -> [u8; 32] {
        let digest = self.fixed();
        let place = self.pen.digest(digest, self.tables);
        self.pen.input.push(place);
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Else the seeds lead nowhere.
    #[test]
    fn scenarios_go_the_same_way_as_inputs() {
        let (mut same, mut all) = (0, 0);

        for wire in scenarios::wires() {
            for (input, expected) in inputs(&wire).iter().zip(scenarios::answer(&wire)) {
                let mut bytes = Bytes(input);
                let mut engine = world::engine(bytes.byte());
                for reply in expected.replies {
                    let asked = Asked::next(&mut bytes, &engine).expect("a step for a step");
                    let rule = super::super::step(&mut engine, &asked);
                    same += u32::from(rule == reply.rule);
                    all += 1;
                }
            }
        }
        println!("{same} of {all} steps are decided as in their scenarios");
        assert!(same * 100 > all * 99, "{same} of {all} steps");
    }
}
