//! The console's turn: what a technician types, what the device prints, what the board itself asks.
//!
//! # Properties
//!
//! - The technician's side is open as far as the engine says at this moment, and never further: the monitoring role where the
//!   customer allows it, a grant's scope while the grant is in force (H-05, H-56, L-39).
//! - An end of access ends the session at the device. It is confirmed when the device has said that nobody is logged in (D-04).
//! - While monitoring is restricted nothing passes and nothing is polled (H-56).
//! - What opens is an [`Opening`]: decided twice, each time from the line in the guard and the engine's state.

mod poll;

use super::kernel::Kernel;
use crate::checkpoint::Text;
use crate::command::{Action, Command};
use crate::console::guard::{ACCOUNT, Confirmation, Event, Guard, Mode, QUIET_MILLISECONDS, Session, Sink};
use crate::console::why;
use crate::device::Main;
use crate::engine::{Reply, Verdict};
use crate::id::Id;
use crate::link::Seat;
use crate::opening::Opening;
use crate::outbox::{Entry, Kind};
use crate::party::{Principal, Role};
use crate::policy::Subject;
use crate::rule::Rule;
use crate::time::Time;
use core::fmt;
use embedded_storage::nor_flash::NorFlash;
use poll::Poll;

/// How long a device is given to end its session before it is told again, in milliseconds.
const RETRY_MILLISECONDS: u64 = 1000;

/// The longest answer to a technician, in bytes: a test holds every rule's against it.
const ANSWER_CAPACITY: usize = 192;

const NOT_STORED: &str = "refused: what is decided cannot be stored";
const NOT_THE_MONITORS: &str = "refused: without a grant, only the account that monitors";

/// Why a line does not pass.
#[derive(Debug, Clone, Copy)]
enum Why {
    /// A rule of the engine's.
    Rule(Rule),
    /// The board's own reason.
    Board(&'static str),
}

/// How the board gets a reading.
#[derive(Clone)]
pub struct Monitor {
    /// The account of the device's monitoring role, filled up with zeros.
    account: [u8; 16],
    /// Its password, likewise.
    password: [u8; 32],
    /// Seconds from one poll to the next.
    poll_every: u32,
    /// Who reads: the board, in the provider's name.
    id: Id,
}

impl Monitor {
    /// With this account and password, filled up with zeros; `None` where one of them is empty or no printable ASCII, or no
    /// time is between two polls.
    #[must_use]
    pub fn new(account: [u8; 16], password: [u8; 32], poll_every: u32, id: Id) -> Option<Self> {
        let sound = poll_every > 0 && is_text(&account) && is_text(&password);
        sound.then_some(Self { account, password, poll_every, id })
    }

    fn account(&self) -> &[u8] {
        text(&self.account)
    }

    fn password(&self) -> &[u8] {
        text(&self.password)
    }
}

/// Shows nothing of the password.
impl fmt::Debug for Monitor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Monitor").field("poll_every", &self.poll_every).finish_non_exhaustive()
    }
}

fn text(padded: &[u8]) -> &[u8] {
    padded.split(|byte| *byte == 0).next().unwrap_or_default()
}

fn is_text(padded: &[u8]) -> bool {
    let text = text(padded);
    let rest = padded.get(text.len()..).unwrap_or_default();
    !text.is_empty() && text.iter().all(u8::is_ascii_graphic) && rest.iter().all(|byte| *byte == 0)
}

/// Where the device's session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It was told to end.
    Closing,
    /// Nobody is logged in, and the technician's side is shut.
    Closed,
    /// The technician's side is open.
    Open,
}

/// The guard, and what it is for at the moment.
///
/// In this order, so that the guard's flags are near: an instruction that reaches further is twice as long.
#[derive(Debug)]
#[repr(C)]
pub struct Console {
    guard: Guard,
    monitor: Monitor,
    state: State,
    /// Who sits at the technician's line, as the provider says.
    seat: Seat,
    /// When the device will have been quiet for long enough.
    quiet_at: Option<u64>,
    /// Until then it is not asked for its prompt, nor told to end, once more.
    retry_at: u64,
    poll: Poll,
}

impl Console {
    /// Whatever was before, the device's session is ended first.
    #[must_use]
    pub fn new(monitor: Monitor) -> Self {
        Self {
            guard: Guard::new(),
            monitor,
            state: State::Closing,
            seat: Seat::Empty,
            quiet_at: None,
            retry_at: 0,
            poll: Poll::due(0),
        }
    }

    /// Says who sits at the technician's line. What another one opened is closed.
    pub fn take_seat(&mut self, seat: Seat, millis: u64, sink: &mut impl Sink) {
        if seat != self.seat && self.guard.mode() > Mode::Monitor {
            self.close(millis, sink);
        }
        self.seat = seat;
    }

    /// Until when the engineer who sits there has access.
    pub fn access<F: NorFlash>(&self, kernel: &Kernel<F>) -> Option<Time> {
        match self.seat {
            Seat::Engineer(engineer) => kernel.access(engineer),
            Seat::Empty | Seat::Pool(..) => None,
        }
    }

    /// The device printed a byte.
    pub fn printed(&mut self, byte: u8, millis: u64, sink: &mut impl Sink) {
        self.quiet_at = Some(millis.saturating_add(u64::from(QUIET_MILLISECONDS)));
        let event = self.guard.device(byte, sink);
        self.follow(event);
    }

    /// The technician typed a byte.
    #[inline(never)]
    pub fn typed<F: NorFlash>(&mut self, byte: u8, kernel: &mut Kernel<F>, sink: &mut impl Sink) {
        match self.guard.technician(byte, sink) {
            Event::Line(_) => self.judge(kernel, sink),
            Event::Login(_) => {
                let opening = Opening::ask(|| self.may_log_in().then_some(ACCOUNT));
                self.answer(&opening, Why::Board(NOT_THE_MONITORS), sink);
            }
            Event::RecoverLogin => {
                let reply = kernel.act(Role::Sensor, Action::RecoverLogin { succeeded: false });
                self.guard_refuses(reply.map_or(Why::Board(NOT_STORED), |reply| Why::Rule(reply.rule)), sink);
            }
            _ => {}
        }
    }

    /// Decides about the line that waits: once for the opening alone, once for the record and the opening. The two have nothing
    /// in common but the line and the state.
    #[inline(never)]
    fn judge<F: NorFlash>(&mut self, kernel: &mut Kernel<F>, sink: &mut impl Sink) {
        let first = self.weigh(kernel);
        let (second, why) = match kernel.apply(&self.asked(kernel)) {
            // Where the other one says no, the rule is the one that let it pass.
            Some(Reply { verdict: Verdict::Accepted, rule, .. }) => (self.guard.waiting(), Why::Rule(rule)),
            Some(reply) => (None, Why::Rule(reply.rule)),
            None => (None, Why::Board(NOT_STORED)),
        };
        self.answer(&Opening::of(first, second), why, sink);
    }

    /// What the engine lets through of what waits.
    #[inline(never)]
    fn weigh<F: NorFlash>(&self, kernel: &Kernel<F>) -> Option<u16> {
        let accepted = kernel.engine().decide(kernel.now(), &self.asked(kernel)).is_accepted();
        if accepted { self.guard.waiting() } else { None }
    }

    /// What the engine is asked about the line that waits.
    #[inline(never)]
    fn asked<F: NorFlash>(&self, kernel: &Kernel<F>) -> Command {
        let (role, id, second) = match (self.guard.mode(), &self.seat) {
            (Mode::Full, Seat::Pool(by, second)) => (Role::Pool, by, Some(second)),
            (Mode::Grant, Seat::Engineer(id)) => (Role::Engineer, id, None),
            _ => (Role::Monitor, &self.monitor.id, None),
        };
        let second = second.map(|id| provider(role, id, kernel));
        Command { second, ..Command::new(provider(role, id, kernel), self.guard.line().action()) }
    }

    /// Whether the account whose name waits may be logged in to.
    #[inline(never)]
    fn may_log_in(&self) -> bool {
        match self.guard.mode() {
            Mode::Shut => false,
            Mode::Monitor => self.guard.name() == self.monitor.account(),
            Mode::Grant | Mode::Full => true,
        }
    }

    /// Everything that time brings, and what the engine asks for. Once a turn, after the bytes; `idle` says that none of
    /// the device's waits to be read.
    pub fn turn<F: NorFlash>(&mut self, millis: u64, idle: bool, kernel: &mut Kernel<F>, sink: &mut impl Sink) {
        if idle && self.quiet_at.is_some_and(|at| at <= millis) {
            self.quiet_at = None;
            let event = self.guard.quiet(sink);
            self.follow(event);
        }
        if self.state == State::Closing && millis >= self.retry_at {
            self.close(millis, sink);
        }
        // One CR, and time for the prompt that it brings: more of them would bring one prompt after another.
        let wakes = idle && self.quiet_at.is_none() && millis >= self.retry_at && self.guard.mode() != Mode::Shut;
        if wakes && self.guard.wake(sink) {
            self.retry_at = millis.saturating_add(RETRY_MILLISECONDS);
        }
        self.serve_outbox(millis, kernel, sink);
        self.open(millis, kernel, sink);
        self.poll(millis, kernel, sink);
    }

    /// Whether the customer allows monitoring (H-56).
    fn may_monitor<F: NorFlash>(&self, kernel: &Kernel<F>) -> bool {
        kernel.engine().state().base.account.monitoring
    }

    /// Whether two of the pool's prepare a device that has no tenant.
    fn is_prepared<F: NorFlash>(&self, kernel: &Kernel<F>) -> bool {
        let lease = &kernel.engine().state().base.lease;
        matches!(self.seat, Seat::Pool(by, second) if by != second) && !lease.bound && lease.main == Main::PoolConfig
    }

    #[inline(never)]
    fn answer(&mut self, opening: &Opening, why: Why, sink: &mut impl Sink) {
        if !self.guard.pass_by(opening, Confirmation::Refused, sink) {
            self.guard_refuses(why, sink);
        }
    }

    fn guard_refuses(&mut self, why: Why, sink: &mut impl Sink) {
        match why {
            Why::Rule(rule) => {
                let mut answer = heapless::String::new();
                refused(rule, &mut answer);
                self.guard.refuse(&answer, sink);
            }
            Why::Board(why) => self.guard.refuse(why, sink),
        }
    }

    /// What the device's side comes to.
    fn follow(&mut self, event: Event<'_>) {
        match event {
            Event::Closed => self.state = State::Closed,
            Event::Polled(byte) => self.poll.take(byte),
            Event::Prompt(session) => self.poll.prompted(session),
            _ => {}
        }
    }

    fn close(&mut self, millis: u64, sink: &mut impl Sink) {
        self.poll.abandon(millis);
        // Somebody else than the one who monitors may be logged in, whatever it looks like.
        if self.guard.mode() > Mode::Monitor {
            self.guard.doubt();
        }
        self.state = match self.guard.close(sink) {
            Event::Closed => State::Closed,
            _ => State::Closing,
        };
        self.retry_at = millis.saturating_add(RETRY_MILLISECONDS);
    }

    /// Opens and shuts the technician's side as the engine has it.
    fn open<F: NorFlash>(&mut self, millis: u64, kernel: &Kernel<F>, sink: &mut impl Sink) {
        let wanted = self.wanted(kernel);
        // Wider than it should be is also what nobody opened.
        if wanted < self.guard.mode() {
            self.close(millis, sink);
        }
        if matches!(self.state, State::Closed | State::Open) && wanted > self.guard.mode() {
            let opening = Opening::ask(|| Some(self.wanted(kernel) as u16));
            if self.guard.open_by(&opening, wanted) {
                self.state = State::Open;
            }
        }
    }

    /// How far the engine lets the technician's side be open at this moment.
    #[inline(never)]
    fn wanted<F: NorFlash>(&self, kernel: &Kernel<F>) -> Mode {
        if self.is_prepared(kernel) {
            Mode::Full
        } else if self.access(kernel).is_some() {
            Mode::Grant
        } else if self.may_monitor(kernel) {
            Mode::Monitor
        } else {
            Mode::Shut
        }
    }

    /// Opened is what the guard opens; closed is what the device has said.
    #[inline(never)]
    fn serve_outbox<F: NorFlash>(&mut self, millis: u64, kernel: &mut Kernel<F>, sink: &mut impl Sink) {
        let ours = |entry: &&Entry| is_ours(entry, kernel);
        let Some((effect, kind)) = kernel.engine().pending().iter().find(ours).map(|entry| (entry.id, entry.kind)) else {
            return;
        };
        // Also where another grant is in force: which of them the session was opened by, nobody knows.
        if kind != Kind::OpenAccess && self.state == State::Open {
            self.close(millis, sink);
        }
        if kind == Kind::OpenAccess || self.state == State::Closed {
            let _ = kernel.act(Role::Enforcer, Action::Confirm { effect });
        }
    }

    #[inline(never)]
    fn poll<F: NorFlash>(&mut self, millis: u64, kernel: &mut Kernel<F>, sink: &mut impl Sink) {
        if self.state == State::Closing {
            return;
        }
        if !self.may_monitor(kernel) {
            if self.poll.abandon(millis) {
                self.guard.end_poll(sink);
            }
            return;
        }
        let Some(read) = self.poll.turn(millis, &self.monitor, &mut self.guard, sink) else { return };
        match read {
            // The provider cannot make a device silent by saying so: the board itself has heard nothing.
            None => _ = kernel.act(Role::Sensor, Action::PollUnanswered {}),
            Some(reading) => {
                let by = provider(Role::Monitor, &self.monitor.id, kernel);
                for action in kernel.engine().sense(kernel.now(), &reading) {
                    // The board sees for itself whether what it has a contact for is gone.
                    if matches!(action, Action::TamperCauseGone { class } if kernel.is_told(class)) {
                        continue;
                    }
                    let by = if matches!(action, Action::ReadHealth { .. }) { by } else { Principal::device(Role::Sensor) };
                    let _ = kernel.apply(&Command::new(by, action));
                }
            }
        }
    }

    /// What the device is doing.
    #[must_use]
    pub const fn session(&self) -> Session {
        self.guard.session()
    }

    /// How far the technician's side is open.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.guard.mode()
    }
}

/// Somebody of the provider's.
#[inline(never)]
fn provider<F: NorFlash>(role: Role, id: &Id, kernel: &Kernel<F>) -> Principal {
    Principal { role, organisation: kernel.engine().state().base.device.provider, id: *id }
}

/// What a technician is told of it.
fn refused(rule: Rule, answer: &mut heapless::String<ANSWER_CAPACITY>) {
    let mut text = Text(answer);
    text.put("refused by rule ").decimal(rule.code().into());
    if let Some(demands) = why(rule) {
        text.put(", which demands: ").put(demands);
    }
}

/// Whether an entry of the outbox is for this line: access to the device, or its end. Cryptography a device halts itself;
/// what a board can halt is the session.
fn is_ours<F: NorFlash>(entry: &Entry, kernel: &Kernel<F>) -> bool {
    match entry.kind {
        Kind::OpenAccess => {
            let request = kernel.engine().state().request(entry.about);
            let engineer = request.and_then(|request| request.requester);
            is_at_device(entry, kernel) && engineer.is_some_and(|engineer| kernel.access(engineer.id).is_some())
        }
        Kind::CloseAccess => is_at_device(entry, kernel),
        Kind::Halt => true,
        _ => false,
    }
}

/// Whether the access that an entry opens or closes is to the device.
pub(super) fn is_at_device<F: NorFlash>(entry: &Entry, kernel: &Kernel<F>) -> bool {
    let terms = kernel.engine().state().request(entry.about).and_then(|request| request.terms.as_ref());
    terms.is_some_and(|terms| terms.subject == Subject::Device)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_room_on_the_technicians_screen() {
        for rule in Rule::ALL {
            let mut answer = heapless::String::new();
            refused(*rule, &mut answer);
            assert!(answer.ends_with(why(*rule).unwrap_or_default()), "{}", rule.name());
        }
    }
}
