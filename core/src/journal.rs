//! Storage: an engine whose steps survive any power cut.
//!
//! # Definitions
//!
//! - The *medium* is anything behind [`NorFlash`]: flash, an EEPROM behind [`Eeprom`], a file.
//! - An *image* is all of the engine; a *step* is a command with its time and what came of it. Both are *entries*.
//! - A *segment* begins with an image; steps follow it. The *lifecycle area* and the *tenant area* have two each;
//!   which area is in use follows from whether an account is open (see [`Layout`]).
//! - A *mark* names the last entry. Every mark stands in two tracks, apart from the entries.
//!
//! # Operations
//!
//! [`Durable::mount`] reads, and writes only what a power cut left undone: the mark of a stored step, the erasure of a
//! tenant area.
//! [`Durable::apply`] decides, writes step and mark, reads both back, commits, and only then answers.
//!
//! # Properties
//!
//! After a power cut at any time, in any write or erasure, the next one included:
//!
//! - the state is the one before or the one after the step in flight; what was answered stays;
//! - no grant is wider or longer than it was;
//! - of a customer whose account was closed nothing is left once that step was answered;
//! - a word of the medium is written at most once between two erasures, and what a cut may have touched is erased
//!   before it is written again;
//! - an entry that a mark names and that is missing or broken makes the state *invalid*: every access closes, and
//!   the only way on is `quarantine` (D-28). A broken entry that no mark names was torn, and is skipped; a whole one
//!   right after the last marked one is taken.
//!
//! A tail of steps is replayed under the rules it was decided by only; see [`Mounted::Held`].

mod codeword;
mod eeprom;
mod entry;
mod layout;
mod mark;
mod medium;
mod mount;
mod store;
#[cfg(test)]
mod tests;

pub use eeprom::Eeprom;
pub use layout::{Layout, Stretch};
pub use mount::{Damage, Mounted, Other};

#[cfg(feature = "checkpoint")]
use crate::checkpoint::Checkpoint;
use crate::command::Command;
#[cfg(feature = "checkpoint")]
use crate::command::LogName;
use crate::device::Main;
use crate::engine::{Engine, Reply, Step};
use crate::id::Id;
use crate::policy::{Policy, Subject};
use crate::time::Time;
use core::fmt;
use embedded_storage::nor_flash::NorFlash;
use store::Head;

/// Entries, marks and stretches are whole blocks of so many bytes; what a medium writes and reads at once must divide it.
pub const BLOCK: usize = 32;

/// Each entry and each mark has pieces of so many bytes to itself. An EEPROM writes a page anew for a byte of it, so that
/// a power cut in one entry could ruin the end of the one before, which was answered.
pub const PIECE: usize = 64;

/// Why the medium did not take or give what it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault<E> {
    /// The medium says so.
    Medium(E),
    /// The layout does not fit the medium, or its blocks are not of this medium.
    Layout,
    /// The state takes more bytes than its segment has.
    NoRoom {
        /// What it takes.
        needed: u32,
        /// What there is.
        has: u32,
    },
    /// What was erased reads back as something else.
    NotErased {
        /// Where.
        at: u32,
    },
    /// What was written reads back as something else.
    NotWritten {
        /// Where.
        at: u32,
    },
    /// It failed before.
    Earlier,
    /// The state has no encoding; never so for the core's own types.
    Unencodable,
}

/// Why a step was not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error<E> {
    /// Nothing is mounted, or the medium failed before: mount it again.
    Closed,
    /// The medium failed. Nothing has happened; the engine is closed.
    NotStored(Fault<E>),
    /// The medium failed, and the step has happened all the same: it ends access or destroys, and does not wait for a
    /// medium, or it was stored and what follows from it was not. What the outbox asks for must be done; a power cut
    /// may make it forgotten.
    DoneNotStored {
        /// What came of it.
        reply: Reply,
        /// What failed.
        fault: Fault<E>,
    },
}

impl<E> Fault<E> {
    /// A stable number, the same in every language; above every rule's.
    #[must_use]
    pub const fn code(&self) -> u16 {
        match self {
            Self::Medium(_) | Self::Earlier => 1044,
            Self::Layout => 1045,
            Self::NoRoom { .. } | Self::Unencodable => 1046,
            Self::NotErased { .. } => 1047,
            Self::NotWritten { .. } => 1048,
        }
    }
}

impl<E> Error<E> {
    /// A stable number, the same in every language; above every rule's.
    #[must_use]
    pub const fn code(&self) -> u16 {
        match self {
            Self::Closed => 1041,
            Self::NotStored(_) => 1042,
            Self::DoneNotStored { .. } => 1043,
        }
    }
}

impl<E: fmt::Debug> fmt::Display for Fault<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Medium(error) => write!(formatter, "the medium failed: {error:?}"),
            Self::Layout => formatter.write_str("the layout does not fit the medium"),
            Self::NoRoom { needed, has } => write!(formatter, "the state takes {needed} bytes, its segment has {has}"),
            Self::NotErased { at } => write!(formatter, "byte {at} was erased and is not blank"),
            Self::NotWritten { at } => write!(formatter, "what was written at byte {at} reads back as something else"),
            Self::Earlier => formatter.write_str("the medium failed before"),
            Self::Unencodable => formatter.write_str("the state has no encoding"),
        }
    }
}

impl<E: fmt::Debug> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => formatter.write_str("nothing is mounted"),
            Self::NotStored(fault) => write!(formatter, "not stored, and not done: {fault}"),
            Self::DoneNotStored { fault, .. } => write!(formatter, "done, but not stored: {fault}"),
        }
    }
}

impl<E: fmt::Debug> core::error::Error for Fault<E> {}
impl<E: fmt::Debug> core::error::Error for Error<E> {}

impl<E> From<Fault<E>> for Error<E> {
    fn from(fault: Fault<E>) -> Self {
        Self::NotStored(fault)
    }
}

/// What the medium is good for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Nothing is mounted.
    Closed,
    /// Steps are stored.
    Open,
    /// What is stored cannot be read: nothing is written until `quarantine` (D-28).
    Invalid,
    /// The medium failed: only what ends access or destroys still happens.
    Failed,
}

/// An engine and the medium that keeps it.
///
/// The parameters are [`Engine`]'s.
#[derive(Debug, Clone)]
pub struct Durable<F, const REQUESTS: usize = 4, const OUTBOX: usize = 8, const TENANT: usize = 16, const LIFECYCLE: usize = 8> {
    engine: Engine<REQUESTS, OUTBOX, TENANT, LIFECYCLE>,
    flash: F,
    layout: Layout,
    mode: Mode,
    head: Head,
}

impl<F: NorFlash, const REQUESTS: usize, const OUTBOX: usize, const TENANT: usize, const LIFECYCLE: usize>
    Durable<F, REQUESTS, OUTBOX, TENANT, LIFECYCLE>
{
    /// An engine that nothing is mounted for: it refuses everything.
    ///
    /// All of its bytes are zero where the medium's are, so that a static one takes no flash.
    pub const fn new(flash: F) -> Self {
        const {
            assert!(BLOCK.is_multiple_of(F::WRITE_SIZE), "what the medium writes at once must divide a block");
            assert!(BLOCK.is_multiple_of(F::READ_SIZE), "what the medium reads at once must divide a block");
        }
        Self { engine: Engine::vacant(), flash, layout: Layout::NONE, mode: Mode::Closed, head: Head::NONE }
    }

    /// Offers other policies than the presets to what is stored and to `set_policy` (D-24). Before mounting.
    pub const fn offer(&mut self, policies: &'static [&'static Policy]) {
        self.engine.offer(policies);
    }

    /// Whether nothing is stored any more, because the medium failed or nothing is mounted.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        matches!(self.mode, Mode::Failed | Mode::Closed)
    }

    /// The engine: to look at, to decide and to explain.
    pub const fn engine(&self) -> &Engine<REQUESTS, OUTBOX, TENANT, LIFECYCLE> {
        &self.engine
    }

    /// The medium, for what has to be set up on it. What is stored is the journal's alone.
    pub const fn medium_mut(&mut self) -> &mut F {
        &mut self.flash
    }

    /// The medium; nothing is mounted any more.
    pub fn into_medium(self) -> F {
        self.flash
    }

    /// Until when the engineer with this id has access to `subject` at `now`. `None` as soon as the medium failed:
    /// access that could outlive its revocation ends.
    #[must_use]
    pub fn access(&self, now: Time, engineer: Id, subject: Subject) -> Option<Time> {
        if self.mode == Mode::Open { self.engine.state().access(now, engineer, subject) } else { None }
    }

    /// Decides, stores and commits.
    ///
    /// # Errors
    ///
    /// As [`commit`](Self::commit).
    pub fn apply(&mut self, now: Option<Time>, command: &Command) -> Result<Reply, Error<F::Error>> {
        let step = self.engine.decide(now, command);
        self.commit(&step)
    }

    /// Stores a step that was decided on this very engine, and carries it out.
    ///
    /// # Errors
    ///
    /// [`Error::Closed`]: nothing has happened. [`Error::NotStored`]: nothing has, and the next mounting finds the step
    /// stored or not, as after a power cut. [`Error::DoneNotStored`]: it has happened. After the last two only what ends access or destroys is still carried out, and never stored; [`mount`](Self::mount)
    /// begins anew.
    pub fn commit(&mut self, step: &Step) -> Result<Reply, Error<F::Error>> {
        if !self.engine.takes(step) || step.is_idle() {
            return Ok(self.engine.commit(step));
        }
        let stored = match self.mode {
            Mode::Closed => return Err(Error::Closed),
            Mode::Failed if step.is_accepted() && step.command().action.is_protective() => {
                return Err(Error::DoneNotStored { reply: self.engine.commit(step), fault: Fault::Earlier });
            }
            Mode::Failed => return Err(Error::Closed),
            Mode::Invalid => {
                let reply = self.engine.commit(step);
                let stored = if self.engine.state().base.lease.main == Main::Invalid { Ok(()) } else { self.found_anew() };
                return stored.map(|()| reply).map_err(|fault| self.fail(step, Some(reply), fault));
            }
            Mode::Open => self.store(step),
        };
        match stored {
            Ok(Some(reply)) => Ok(reply),
            Ok(None) => {
                let reply = self.engine.commit(step);
                self.settle().map(|()| reply).map_err(|fault| self.fail(step, Some(reply), fault))
            }
            Err((reply, fault)) => Err(self.fail(step, reply, fault)),
        }
    }

    /// Writes a new image, so that no tail is left: what an update of the rules asks for.
    ///
    /// # Errors
    ///
    /// [`Error::Closed`] and [`Error::NotStored`]; nothing is lost.
    pub fn compact(&mut self) -> Result<(), Error<F::Error>> {
        if self.mode != Mode::Open {
            return Err(Error::Closed);
        }
        self.renew().map_err(|fault| {
            self.mode = Mode::Failed;
            Error::NotStored(fault)
        })
    }

    /// The head of `log`, over what is stored: never two that contradict each other, whatever power cuts come between.
    ///
    /// # Errors
    ///
    /// [`Error::Closed`] where nothing is mounted, what is stored cannot be read, or the medium failed: what is in
    /// memory then may never be stored.
    #[cfg(feature = "checkpoint")]
    pub fn checkpoint(&self, log: LogName) -> Result<Checkpoint, Error<F::Error>> {
        if self.mode == Mode::Open { Ok(Checkpoint::over(&self.engine, log)) } else { Err(Error::Closed) }
    }

    /// Ends storing after a fault. What opens or builds has not happened; what ends access or destroys has.
    fn fail(&mut self, step: &Step, reply: Option<Reply>, fault: Fault<F::Error>) -> Error<F::Error> {
        self.mode = Mode::Failed;
        let protective = step.is_accepted() && step.command().action.is_protective();
        match reply {
            None if !protective => Error::NotStored(fault),
            None => Error::DoneNotStored { reply: self.engine.commit(step), fault },
            Some(reply) => Error::DoneNotStored { reply, fault },
        }
    }
}
