//! The engines behind the line: what every face's replay does, one message at a time.

use crate::answer::Frames;
use crate::packet::{Fault, Feed, FromPlayer, Said, ToPlayer};
use embedded_storage::nor_flash::NorFlash;
use strongroom_core::journal::{Durable, Layout, Mounted};
use strongroom_core::link::encode;
use strongroom_core::wire::{Answer, Error, Message};
use strongroom_core::{Action, Command, Digest, Engine, LogName, Policy, Reply, Time, Verdict};

/// How many engines there are at once.
pub const ENGINES: usize = 2;

/// Bytes of a frame that says why nothing was done, at most.
const OBJECTION: usize = 32;

/// An engine, and what was told of it.
#[derive(Debug)]
struct Seat {
    begun: bool,
    number: u8,
    ticks: bool,
    engine: Engine,
    /// How many records of each log were told, and the root over them.
    told: [(u32, Digest); 2],
}

impl Seat {
    const VACANT: Self = Self { begun: false, number: 0, ticks: false, engine: Engine::vacant(), told: [(0, Digest::NONE); 2] };
}

/// The engines, with what keeps one of them. All of its bytes are zero at first where those of the medium are.
#[derive(Debug)]
pub struct Player<F> {
    seats: [Seat; ENGINES],
    /// Keeps the engine of the first seat, where that is asked for.
    durable: Durable<F>,
    kept: bool,
    layout: Option<Layout>,
    frames: Frames,
    objection: [u8; OBJECTION],
}

impl<F: NorFlash> Player<F> {
    /// Without an engine. A kept one is on `flash`, laid out as `layout` says.
    pub const fn new(flash: F, layout: Option<Layout>) -> Self {
        Self {
            seats: [const { Seat::VACANT }; ENGINES],
            durable: Durable::new(flash),
            kept: false,
            layout,
            frames: Frames::EMPTY,
            objection: [0; OBJECTION],
        }
    }

    /// Takes what the line has brought; the frames to answer.
    pub fn take(&mut self, packet: Result<&ToPlayer, Error>) -> &[u8] {
        let last = self.frames.number();
        let next = last.wrapping_add(1);
        match packet {
            // As before: the answer did not arrive.
            Ok(packet) if packet.number == last => self.frames.bytes(),
            Ok(packet) if packet.number == next => {
                self.frames.begin(packet.number);
                if let Err(fault) = self.feed(&packet.feed) {
                    self.frames.say(Said::Fault(fault));
                }
                self.frames.end();
                self.frames.bytes()
            }
            Ok(_) => self.object(Said::Expected(next)),
            Err(error) => self.object(Said::Broken(error.code())),
        }
    }

    /// Nothing was done; the last answer stays.
    fn object(&mut self, said: Said) -> &[u8] {
        let number = self.frames.number().wrapping_add(1);
        let length = encode(&FromPlayer { number, said }, &mut self.objection).unwrap_or(0);
        self.objection.get(..length).unwrap_or_default()
    }

    fn feed(&mut self, feed: &Feed) -> Result<(), Fault> {
        match feed {
            Feed::Clear { kept } => self.clear(*kept),
            Feed::Message(Message::Start { engine, device, policy, invalid, ticks, .. }) => {
                if self.seats.iter().any(|seat| seat.begun && seat.number == *engine) {
                    return Err(Fault::Begun);
                }
                let policy = Policy::PRESETS.iter().find(|preset| preset.digest() == *policy).ok_or(Fault::Policy)?;
                let place = self.seats.iter().position(|seat| !seat.begun).ok_or(Fault::NoPlace)?;
                let seat = self.seats.get_mut(place).ok_or(Fault::NoPlace)?;
                match invalid {
                    Some(tenant) => seat.engine.begin_invalid(*device, policy, *tenant),
                    None => seat.engine.begin(*device, policy),
                }
                if self.kept && place == 0 {
                    let layout = self.layout.as_ref().filter(|_| invalid.is_none()).ok_or(Fault::Journal)?;
                    let mounted = self.durable.mount(layout, *device, policy);
                    mounted.ok().filter(|mounted| *mounted == Mounted::Fresh).ok_or(Fault::Journal)?;
                }
                (seat.begun, seat.number, seat.ticks, seat.told) = (true, *engine, *ticks, Seat::VACANT.told);
                Ok(())
            }
            Feed::Message(Message::Command { engine, line, at, command }) => {
                let place = self.place(*engine)?;
                let ticks = self.seats.get(place).is_some_and(|seat| seat.ticks);
                let due = |player: &Self| at.is_some_and(|now| player.engine(place).is_some_and(|engine| engine.is_due(now)));
                // A tick that is refused changed nothing, so that it would be refused again.
                while ticks && due(self) && self.apply(place, *line, *at, &Command::tick())? == Verdict::Accepted {}
                self.apply(place, *line, *at, command).map(|_| ())
            }
            Feed::Message(Message::Answer(_)) => Err(Fault::NoFeed),
            Feed::End(engine) => self.end(*engine),
        }
    }

    fn clear(&mut self, kept: bool) -> Result<(), Fault> {
        for seat in &mut self.seats {
            seat.begun = false;
        }
        self.kept = kept;
        if kept {
            let medium = self.durable.medium_mut();
            let capacity = self.layout.as_ref().and(u32::try_from(medium.capacity()).ok()).ok_or(Fault::Journal)?;
            medium.erase(0, capacity).map_err(|_| Fault::Journal)?;
        }
        Ok(())
    }

    fn place(&self, engine: u8) -> Result<usize, Fault> {
        self.seats.iter().position(|seat| seat.begun && seat.number == engine).ok_or(Fault::NotBegun)
    }

    fn is_kept(&self, place: usize) -> bool {
        self.kept && place == 0
    }

    fn engine(&self, place: usize) -> Option<&Engine> {
        if self.is_kept(place) { Some(self.durable.engine()) } else { self.seats.get(place).map(|seat| &seat.engine) }
    }

    /// One step, and everything that is told of it.
    fn apply(&mut self, place: usize, line: u32, at: Option<Time>, command: &Command) -> Result<Verdict, Fault> {
        let reply: Reply = if self.is_kept(place) {
            self.durable.apply(at, command).map_err(|_| Fault::Journal)?
        } else {
            self.seats.get_mut(place).ok_or(Fault::NotBegun)?.engine.apply(at, command)
        };
        let Self { seats, durable, kept, frames, .. } = self;
        let Seat { number, engine, told, .. } = seats.get_mut(place).ok_or(Fault::NotBegun)?;
        let (engine, number) = (if *kept && place == 0 { durable.engine() } else { &*engine }, *number);
        frames.say(Said::Answer(Answer::Reply { engine: number, line, reply }));
        for entry in engine.pending().iter().filter(|entry| entry.id >= reply.first_effect) {
            frames.say(Said::Effect(entry.clone()));
        }
        let acknowledged = reply.verdict == Verdict::Accepted && matches!(command.action, Action::Acknowledge { .. });
        for (log, told) in LogName::ALL.iter().copied().zip(told) {
            let size = engine.log().size(log);
            if size < told.0 {
                // The last head of the tree that is gone, so that what was told of it can still be verified.
                frames.say(Said::Head { log, size: told.0, root: told.1 });
                *told = (0, Digest::NONE);
            }
            for record in engine.log().records(log).filter(|record| record.sequence >= told.0) {
                frames.say(Said::Answer(Answer::Record { engine: number, record: *record }));
            }
            // Hashing is most of what a step costs here.
            if size != told.0 || acknowledged {
                *told = (size, engine.log().root(log));
            }
            if acknowledged {
                frames.say(Said::Head { log, size, root: told.1 });
            }
        }
        Ok(reply.verdict)
    }

    fn end(&mut self, number: u8) -> Result<(), Fault> {
        let place = self.place(number)?;
        if self.is_kept(place) {
            let base = &self.durable.engine().state().base;
            let (device, policy) = (base.device, base.policy);
            let policy = Policy::PRESETS.iter().find(|preset| preset.digest() == policy).ok_or(Fault::Policy)?;
            let layout = self.layout.as_ref().ok_or(Fault::Journal)?;
            let mounted = self.durable.mount(layout, device, policy);
            mounted.ok().filter(|mounted| matches!(mounted, Mounted::Restored { .. })).ok_or(Fault::Journal)?;
        }
        let Self { seats, durable, kept, frames, .. } = self;
        let seat = seats.get(place).ok_or(Fault::NotBegun)?;
        let engine = if *kept && place == 0 { durable.engine() } else { &seat.engine };
        for log in LogName::ALL.iter().copied() {
            frames.say(Said::Head { log, size: engine.log().size(log), root: engine.log().root(log) });
        }
        frames.say(Said::End { main: engine.state().base.lease.main, digest: engine.digest() });
        Ok(())
    }
}
