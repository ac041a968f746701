//! The host's line: what parties ask of the board (contract 10).
//!
//! # Properties
//!
//! - What nobody sealed changes nothing, but for the first keys of a board that has none.
//! - What the board sees itself nobody tells it: readings, lines at the console, tamper.
//! - The tenant's log is shown to the customer alone (D-22).

use super::console::{Console, is_at_device};
use super::kernel::Kernel;
use super::keys::KeyStore;
use crate::checkpoint::Signer;
use crate::command::{Action, Command, LogName};
use crate::console::guard::Sink;
use crate::engine::Verdict;
use crate::link::{Admitted, Agreement, Ask, Gate, Hello, Key, PART, Part, Refused, Say, Sealed, ToBoard, ToHost, place};
use crate::outbox::Kind;
use crate::party::{Party, Role};
use crate::time::Time;
use embedded_storage::nor_flash::NorFlash;

/// What the host's line can reach.
#[derive(Debug)]
pub struct Reach<'a, F: 'static, K, S> {
    /// The engine.
    pub kernel: &'a mut Kernel<F>,
    /// The keys.
    pub keys: &'a mut KeyStore<K>,
    /// The device's signing key.
    pub signer: &'a mut S,
    /// The console.
    pub console: &'a mut Console,
    /// Milliseconds since the boot.
    pub millis: u64,
}

/// One session with the hosts behind the line.
#[derive(Debug)]
pub struct Host {
    gate: Gate,
    /// What each party was answered last, in case it did not arrive.
    answers: [Option<Say>; 3],
}

impl Host {
    /// A session.
    #[must_use]
    pub const fn new(gate: Gate) -> Self {
        Self { gate, answers: [None, None, None] }
    }

    /// Who is heard, and how many were not.
    #[must_use]
    pub const fn gate(&self) -> &Gate {
        &self.gate
    }

    /// A frame was none.
    pub const fn count_broken(&mut self) {
        self.gate.count_broken();
    }

    /// The answer to a packet.
    pub fn answer<F: NorFlash, K: NorFlash, S: Signer + Agreement>(
        &mut self,
        packet: &ToBoard,
        reach: &mut Reach<'_, F, K, S>,
        sink: &mut impl Sink,
    ) -> ToHost {
        match packet {
            ToBoard::Hello { party, nonce } => {
                let serial = reach.kernel.engine().state().base.device.serial;
                let (next, key) = (self.gate.next_counter(*party), self.gate.keys().of(*party));
                ToHost::Here(Hello::new(serial, self.gate.session(), *party, next, *nonce, key))
            }
            ToBoard::Ask(sealed) => self.take(sealed, reach, sink),
            // What a board is it is once.
            ToBoard::Provision(_) => ToHost::Refused { code: Refused::ALREADY_PROVISIONED, party: Party::Provider, next: 0 },
        }
    }

    #[inline(never)]
    fn take<F: NorFlash, K: NorFlash, S: Signer + Agreement>(
        &mut self,
        sealed: &Sealed<Ask>,
        reach: &mut Reach<'_, F, K, S>,
        sink: &mut impl Sink,
    ) -> ToHost {
        let party = sealed.party;
        // The answer goes under the key that asked, which a claim replaces.
        let key = self.gate.keys().of(party).cloned();
        let admitted = self.gate.admit(sealed);
        let (say, key) = match (admitted, key) {
            (Ok(Admitted::New(ask)), Some(key)) => {
                let say = self.carry_out(ask, sealed, &key, reach, sink);
                if let Some(place) = place(party).and_then(|place| self.answers.get_mut(place)) {
                    *place = Some(say.clone());
                }
                (say, key)
            }
            (Ok(Admitted::Again), Some(key)) => {
                let last = place(party).and_then(|place| self.answers.get(place)).cloned().flatten();
                (last.unwrap_or(Say::Nothing), key)
            }
            (Ok(_), None) => return ToHost::Refused { code: Refused::NoKey(party).code(), party, next: 0 },
            (Err(refused), _) => {
                return ToHost::Refused { code: refused.code(), party, next: self.gate.next_counter(party) };
            }
        };
        ToHost::Say(Sealed::new(self.gate.session(), party, sealed.counter, say, &key))
    }

    #[inline(never)]
    fn carry_out<F: NorFlash, K: NorFlash, S: Signer + Agreement>(
        &mut self,
        ask: &Ask,
        sealed: &Sealed<Ask>,
        key: &Key,
        reach: &mut Reach<'_, F, K, S>,
        sink: &mut impl Sink,
    ) -> Say {
        let party = sealed.party;
        match ask {
            Ask::Command { command, .. } | Ask::Bind { command, .. } if is_the_boards(&command.action) => Say::NotYours,
            // Without a key the customer whom it makes would be nobody who is heard.
            Ask::Command { command: Command { action: Action::Claim { .. }, .. }, .. } => Say::NotYours,
            Ask::Command { at, command } => self.command(*at, command, reach),
            Ask::Bind { command, cover } => {
                let fresh = cover.uncover(reach.signer, key, (self.gate.session(), sealed.counter));
                fresh.map_or(Say::Nothing, |fresh| self.bind(command, &fresh, reach))
            }
            Ask::Seat(seat) if party == Party::Provider => {
                reach.console.take_seat(*seat, reach.millis, sink);
                Say::Done
            }
            Ask::Record(LogName::Tenant, _) | Ask::Head(LogName::Tenant, _) if party != Party::Customer => Say::NotYours,
            Ask::Record(log, number) => {
                let mut records = reach.kernel.engine().log().records(*log);
                records.find(|record| record.sequence == *number).map_or(Say::Nothing, |record| Say::Record(*record))
            }
            Ask::Head(log, part) => head(*log, *part, reach),
            Ask::Effect(position) => {
                let entry = reach.kernel.engine().pending().get(usize::from(*position));
                entry.map_or(Say::Nothing, |entry| Say::Effect(entry.clone()))
            }
            Ask::Seat(_) => Say::NotYours,
            Ask::Told(effect) => told(*effect, party, reach),
            Ask::Status => status(reach),
            Ask::Unheard => Say::Unheard(self.gate.refusals()),
        }
    }

    fn command<F: NorFlash, K: NorFlash, S: Signer + Agreement>(
        &mut self,
        at: Option<Time>,
        command: &Command,
        reach: &mut Reach<'_, F, K, S>,
    ) -> Say {
        let sets_time = matches!(command.action, Action::SetTime {});
        let at = if sets_time { at } else { reach.kernel.now() };
        let Some(reply) = reach.kernel.apply_at(at, command) else { return Say::NotStored };
        if let (true, Verdict::Accepted, Some(time)) = (sets_time, reply.verdict, at) {
            reach.kernel.set_time(time, reach.millis);
        }
        self.settle(reach);
        Say::Reply(reply)
    }

    /// The key is stored before the step that it belongs to; which of them counts follows from the engine's state.
    #[inline(never)]
    fn bind<F: NorFlash, K: NorFlash, S: Signer + Agreement>(
        &mut self,
        command: &Command,
        fresh: &Key,
        reach: &mut Reach<'_, F, K, S>,
    ) -> Say {
        let step = reach.kernel.engine().decide(reach.kernel.now(), command);
        if step.is_accepted() {
            let stored = match command.action {
                Action::Register { organisation, .. } => reach.keys.store_first(organisation, fresh),
                Action::Claim { .. } => reach.keys.store_own(command.by.organisation, fresh),
                _ => return Say::NotYours,
            };
            if stored.is_err() {
                return Say::NotStored;
            }
        }
        self.command(None, command, reach)
    }

    /// Hears whom the engine's state has heard from now on.
    fn settle<F: NorFlash, K: NorFlash, S>(&mut self, reach: &mut Reach<'_, F, K, S>) {
        let keys = reach.keys.settle(&reach.kernel.engine().state().base);
        self.gate.set_customer_key(keys.ok().and_then(|keys| keys.customer));
    }
}

/// What the board tells itself, and nobody tells it.
const fn is_the_boards(action: &Action) -> bool {
    matches!(
        action,
        Action::ConsoleLine { .. }
            | Action::ReadHealth { .. }
            | Action::PollUnanswered {}
            | Action::RecoverLogin { .. }
            | Action::Tamper { .. }
            | Action::Tick {}
            | Action::Confirm { .. }
    )
}

#[inline(never)]
fn head<F: NorFlash, K: NorFlash, S: Signer + Agreement>(log: LogName, part: u8, reach: &mut Reach<'_, F, K, S>) -> Say {
    let Some(head) = reach.kernel.durable().checkpoint(log).ok() else { return Say::NotStored };
    let Some(note) = head.sign(reach.signer).ok() else { return Say::NotStored };
    let mut parts = note.as_bytes().chunks(PART);
    let Some(chunk) = parts.nth(usize::from(part)) else { return Say::Nothing };
    let mut bytes = [[0; 32]; PART / 32];
    for (place, byte) in bytes.as_flattened_mut().iter_mut().zip(chunk) {
        *place = *byte;
    }
    Say::Head(Part { bytes, length: u8::try_from(chunk.len()).unwrap_or(0) })
}

/// People did what an entry asks for, and only what it asks of people: a message, a reset, or access to something that is not
/// at the device's line.
fn told<F: NorFlash, K: NorFlash, S>(effect: u32, party: Party, reach: &mut Reach<'_, F, K, S>) -> Say {
    let Some(entry) = reach.kernel.engine().pending().iter().find(|entry| entry.id == effect) else { return Say::Nothing };
    let theirs = match entry.kind {
        Kind::NotifyApprovers | Kind::NotifyCustomer => party == Party::Provider,
        Kind::OpenAccess | Kind::CloseAccess => party == Party::Provider && !is_at_device(entry, reach.kernel),
        Kind::Reset => party == Party::Customer,
        _ => false,
    };
    if theirs {
        reach.kernel.act(Role::Enforcer, Action::Confirm { effect }).map_or(Say::NotStored, Say::Reply)
    } else {
        Say::NotYours
    }
}

#[inline(never)]
fn status<F: NorFlash, K, S>(reach: &Reach<'_, F, K, S>) -> Say {
    let (engine, console) = (reach.kernel.engine(), &reach.console);
    let base = &engine.state().base;
    Say::Status {
        main: base.lease.main,
        health: base.lease.health(),
        at: reach.kernel.now(),
        sizes: [LogName::Tenant, LogName::Lifecycle].map(|log| engine.log().size(log)),
        effects: u8::try_from(engine.pending().len()).unwrap_or(u8::MAX),
        access: console.access(reach.kernel),
        challenge: base.challenge(),
    }
}
