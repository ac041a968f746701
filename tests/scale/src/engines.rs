//! Thousands of engines in one process, each with a device, a policy and a story of its own.

mod fed;
mod run;
mod story;

pub use fed::{End, Fleet, Round, alone};
pub use run::{Plan, run};
pub use story::{Story, stories};
