//! The gate: whether something opens, as words that no single fault makes.
//!
//! # Who attacks
//!
//! Somebody beside the running board with a glitch of its supply, its clock or a laser, at a moment of their choice: one
//! instruction is not carried out, or one or two bits of a word turn. They want a line that is refused to pass, the technician's
//! side to open further than the engine says, the relay to close on a board that is not well.
//!
//! # What holds
//!
//! - **Evaluated twice.** Each evaluation makes a share of its own; both are needed. No fault is in both.
//! - **Shut unless.** What lets through is two codewords; a refusal is a third one, and so is every other value. From a refusal
//!   a share is at least eight bits away, and there are two of them.
//! - **It says what it opens.** The shares hold the number of the command, the mode, the relay: an opening for one thing is none
//!   for another.
//! - **Checked twice**, by whoever opens: once before anything is made ready, and once right before it goes out. What jumps over
//!   a check, or into a function, meets the other one.
//! - **The compiler keeps both.** It is told nothing of what a word may hold ([`black_box`]), so that it has no reason to take
//!   two evaluations or two checks for one. That it did not is tried on the image: `make faults`.
//!
//! Two faults at once, each where it has to be, are more than this holds against; see `SECURITY.md`.
//!
//! # Operations
//!
//! [`Opening::ask`] evaluates twice, or [`Opening::of`] takes two evaluations; [`Opening::opens`] is asked by
//! [`Guard::pass_by`](crate::console::guard::Guard::pass_by), [`Guard::open_by`](crate::console::guard::Guard::open_by) and the
//! board's relay.

#[cfg(feature = "unhardened")]
#[path = "opening/plain.rs"]
mod made;
#[cfg(not(feature = "unhardened"))]
#[path = "opening/words.rs"]
mod made;

pub(crate) use made::Level;
pub use made::Opening;

/// Whether this is what its documentation says, and not the build without it that shows what it is good for.
pub const HARDENED: bool = cfg!(not(feature = "unhardened"));
