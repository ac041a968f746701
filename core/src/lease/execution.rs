//! Execution: whether the device's outputs are open (`lifecycle.md` a.4).
//!
//! Before a boot is reported the device is off or tests itself, and the core does not run; so those two
//! states of the notes are never seen from here. A destruction goes on whatever the state.

use crate::word::words;

words! {
    /// How the device runs.
    #[derive(Default)]
    pub enum Execution {
        /// The self-tests passed.
        #[default]
        Running = 0 "Running",
        /// A recoverable error: outputs are off.
        ErrorSoft = 1 "ErrorSoft",
        /// A self-test failed, or soft errors repeated: outputs are off until a boot in maintenance.
        ErrorHard = 2 "ErrorHard",
    }
}

impl Execution {
    /// After a boot whose self-test passed or not. Only maintenance ends a hard error.
    #[must_use]
    pub const fn after_boot(self, self_test_passed: bool, in_maintenance: bool) -> Self {
        match (self_test_passed, self) {
            (false, _) => Self::ErrorHard,
            (true, Self::ErrorHard) if !in_maintenance => Self::ErrorHard,
            (true, _) => Self::Running,
        }
    }

    /// After one more soft error, the `number`th since the boot, of which `bearable` are.
    #[must_use]
    pub const fn after_error(self, number: u8, bearable: u8) -> Self {
        if matches!(self, Self::ErrorHard) || number > bearable { Self::ErrorHard } else { Self::ErrorSoft }
    }
}
