//! The presets of the policy.

use crate::error::Error;
use strongroom_core::Policy;

/// The preset of that number.
pub(crate) fn preset(number: u8) -> Result<&'static Policy, Error> {
    Policy::PRESETS.get(usize::from(number)).copied().ok_or(Error::PolicyUnknown)
}
