//! The engine of an image: bare, or kept by a journal with the `journal` feature.

use strongroom_core::engine::Step;
use strongroom_core::{Device, Engine, Organisation, Policy, Reply};

#[cfg(feature = "journal")]
use crate::ram::{CAPACITY, Ram};
#[cfg(feature = "journal")]
use strongroom_core::journal::{Durable, Layout, Mounted};

/// The engine, and what keeps it.
#[derive(Debug)]
pub struct Kept {
    #[cfg(not(feature = "journal"))]
    engine: Engine,
    #[cfg(feature = "journal")]
    durable: Durable<Ram>,
}

impl Default for Kept {
    fn default() -> Self {
        Self::vacant()
    }
}

/// The engine alone.
#[cfg(not(feature = "journal"))]
impl Kept {
    /// Bytes of RAM that stand for a medium.
    pub const MEDIUM: usize = 0;

    /// Nothing yet.
    #[must_use]
    pub const fn vacant() -> Self {
        Self { engine: Engine::vacant() }
    }

    /// Begins for `device`.
    pub fn begin(&mut self, device: Device, policy: &'static Policy, invalid: Option<Organisation>) -> bool {
        match invalid {
            Some(tenant) => self.engine.begin_invalid(device, policy, tenant),
            None => self.engine.begin(device, policy),
        }
        true
    }

    /// The engine.
    #[must_use]
    pub const fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Carries out a step.
    pub fn commit(&mut self, step: &Step) -> Option<Reply> {
        Some(self.engine.commit(step))
    }

    /// As after a power cut.
    pub fn restart(&mut self, _: Device, _: &'static Policy) -> bool {
        true
    }
}

/// The engine, kept in RAM that stands for an EEPROM.
#[cfg(feature = "journal")]
impl Kept {
    /// Bytes of RAM that stand for a medium.
    pub const MEDIUM: usize = CAPACITY;

    /// Nothing yet.
    #[must_use]
    pub const fn vacant() -> Self {
        Self { durable: Durable::new(Ram::blank()) }
    }

    /// Begins for `device`.
    pub fn begin(&mut self, device: Device, policy: &'static Policy, _: Option<Organisation>) -> bool {
        self.mount(device, policy) == Some(Mounted::Fresh)
    }

    /// The engine.
    #[must_use]
    pub const fn engine(&self) -> &Engine {
        self.durable.engine()
    }

    /// Stores a step and carries it out.
    pub fn commit(&mut self, step: &Step) -> Option<Reply> {
        self.durable.commit(step).ok()
    }

    /// As after a power cut: everything is read back.
    pub fn restart(&mut self, device: Device, policy: &'static Policy) -> bool {
        matches!(self.mount(device, policy), Some(Mounted::Restored { .. }))
    }

    fn mount(&mut self, device: Device, policy: &'static Policy) -> Option<Mounted> {
        self.durable.mount(&Layout::over(CAPACITY as u32, 64)?, device, policy).ok()
    }

    /// The journal.
    #[must_use]
    pub const fn durable(&self) -> &Durable<Ram> {
        &self.durable
    }
}
