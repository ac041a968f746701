//! The engine of a board, with its storage and its time.

use super::clock::Clock;
use super::wires::RELAY;
use crate::command::{Action, Command};
use crate::device::Main;
use crate::engine::{Engine, Reply};
use crate::id::Id;
use crate::journal::{Durable, Error};
use crate::lease::TamperCauses;
use crate::opening::{Level, Opening};
use crate::party::{Principal, Role};
use crate::policy::Subject;
use crate::reading::TamperClass;
use crate::time::Time;
use embedded_storage::nor_flash::NorFlash;

/// The engine, what keeps it, and the time.
#[derive(Debug)]
pub struct Kernel<F: 'static> {
    /// Kilobytes, which never pass over the stack.
    durable: &'static mut Durable<F>,
    clock: Clock,
    now: Option<Time>,
    /// 1 as long as everything was stored.
    well: Level,
    /// What the board's own contacts tell of.
    told: TamperCauses,
}

impl<F: NorFlash> Kernel<F> {
    /// Of an engine that is mounted. Nobody knows the time.
    pub const fn new(durable: &'static mut Durable<F>) -> Self {
        Self { durable, clock: Clock::new(), now: None, well: Level::new(1), told: TamperCauses::NONE }
    }

    /// The engine and its storage.
    pub const fn durable(&self) -> &Durable<F> {
        self.durable
    }

    /// The engine.
    pub const fn engine(&self) -> &Engine {
        self.durable.engine()
    }

    /// The time of this turn, where it is known.
    pub const fn now(&self) -> Option<Time> {
        self.now
    }

    /// Begins a turn: the core's own step where one waits, and at most one overdue deadline turned into a step (D-26).
    pub fn turn(&mut self, millis: u64) {
        self.now = self.clock.at(millis);
        let lease = &self.engine().state().base.lease;
        // Nobody else may say that a zeroized device has no tenant.
        if lease.main == Main::Zeroized && !lease.bound && self.engine().decide(self.now, &unbound()).is_accepted() {
            let _ = self.apply(&unbound());
        }
        if self.now.is_some_and(|now| self.engine().is_due(now)) {
            let _ = self.apply(&Command::tick());
        }
    }

    /// Takes the time that a command has set.
    pub fn set_time(&mut self, time: Time, millis: u64) {
        self.clock.set(time, millis);
        self.now = Some(time);
    }

    /// What came of a command now; `None` where nothing did, because it could not be stored.
    pub fn apply(&mut self, command: &Command) -> Option<Reply> {
        self.apply_at(self.now, command)
    }

    /// The same at another time than the board's: of whoever sets it.
    pub fn apply_at(&mut self, at: Option<Time>, command: &Command) -> Option<Reply> {
        let applied = self.durable.apply(at, command);
        if applied.is_err() {
            self.well = Level::new(0);
        }
        match applied {
            Ok(reply) | Err(Error::DoneNotStored { reply, .. }) => Some(reply),
            Err(Error::Closed | Error::NotStored(_)) => None,
        }
    }

    /// What lets the technician's line be connected: everything was stored so far, and the journal says so too.
    #[inline(never)]
    pub fn well(&self) -> Opening {
        Opening::ask(|| (self.well.get() == 1 && !self.durable.has_failed()).then_some(RELAY))
    }

    /// The engine and its storage, for whoever lends them to another one.
    pub const fn into_durable(self) -> &'static mut Durable<F> {
        self.durable
    }

    /// Takes note of what a contact tells of, or does not any more.
    pub(super) fn note(&mut self, class: TamperClass, alarmed: bool) {
        if alarmed {
            self.told.insert(class);
        } else {
            self.told.remove(class);
        }
    }

    /// Whether a contact tells of that, whatever the device says.
    pub const fn is_told(&self, class: TamperClass) -> bool {
        self.told.contains(class)
    }

    /// What one of the board's own parts does.
    pub fn act(&mut self, role: Role, action: Action) -> Option<Reply> {
        self.apply(&Command::new(Principal::device(role), action))
    }

    /// Until when an engineer has access to the device, by the time of this turn.
    pub fn access(&self, engineer: Id) -> Option<Time> {
        self.durable.access(self.now?, engineer, Subject::Device)
    }
}

const fn unbound() -> Command {
    Command::new(Principal::device(Role::Core), Action::Unbound {})
}
