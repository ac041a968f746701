//! Without any of it: evaluated once, a plain bool. It is there to be attacked beside the other one, and in no image that guards
//! something.

/// Whether something opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening(bool);

impl Opening {
    /// As the last evaluation says.
    #[must_use]
    pub fn of(_: Option<u16>, second: Option<u16>) -> Self {
        Self(second.is_some())
    }

    /// Evaluates once.
    #[must_use]
    pub fn ask(evaluate: impl Fn() -> Option<u16>) -> Self {
        Self(evaluate().is_some())
    }

    /// Whether it opens, whatever it is.
    #[must_use]
    pub fn opens(&self, _: u16) -> bool {
        self.0
    }
}

/// A small number at rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Level(u8);

impl Level {
    /// Of 0 to 3.
    pub(crate) const fn new(level: u8) -> Self {
        Self(level & 3)
    }

    /// The number.
    pub(crate) const fn get(self) -> u8 {
        self.0
    }
}
