//! Time as the core sees it: whole seconds since 1970 UTC, handed in by the caller (D-18).
//!
//! The core has no clock. A caller that does not know the time passes `None`; steps that only end
//! access or destroy then run at the last good time and say so in their record, every other step is
//! refused.

use serde::{Deserialize, Serialize};

/// A point in time, in whole seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[serde(transparent)]
pub struct Time(u64);

impl Time {
    /// The beginning of the scale; an engine that has not seen a clock yet stands here.
    pub const EPOCH: Self = Self(0);

    /// From whole seconds since 1970 UTC.
    #[must_use]
    pub const fn from_unix(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Whole seconds since 1970 UTC.
    #[must_use]
    pub const fn as_unix(self) -> u64 {
        self.0
    }

    /// This time plus `span`; stays at the end of the scale instead of wrapping.
    #[must_use]
    pub const fn after(self, span: Seconds) -> Self {
        Self(self.0.saturating_add(span.0 as u64))
    }

    /// This time minus `span`; stays at the beginning of the scale instead of wrapping.
    #[must_use]
    pub const fn before(self, span: Seconds) -> Self {
        Self(self.0.saturating_sub(span.0 as u64))
    }

    /// From `earlier` to this time, at most `u32::MAX` seconds; nothing where it is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Seconds {
        Seconds(u32::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(u32::MAX))
    }

    /// Whether `self` lies in the half-open window `[start, start + span)` (D-03).
    #[must_use]
    pub const fn is_within(self, start: Self, span: Seconds) -> bool {
        start.0 <= self.0 && self.0 < start.after(span).0
    }
}

/// A length of time in whole seconds, 0 to about 136 years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[serde(transparent)]
pub struct Seconds(pub u32);

impl Seconds {
    /// `n` minutes.
    #[must_use]
    pub const fn minutes(n: u32) -> Self {
        Self(n.saturating_mul(60))
    }

    /// `n` hours.
    #[must_use]
    pub const fn hours(n: u32) -> Self {
        Self(n.saturating_mul(3_600))
    }

    /// `n` days.
    #[must_use]
    pub const fn days(n: u32) -> Self {
        Self(n.saturating_mul(86_400))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_half_open() {
        let start = Time::from_unix(100);
        assert!(!Time::from_unix(99).is_within(start, Seconds(10)));
        assert!(start.is_within(start, Seconds(10)));
        assert!(Time::from_unix(109).is_within(start, Seconds(10)));
        assert!(!Time::from_unix(110).is_within(start, Seconds(10)));
    }

    #[test]
    fn the_end_of_the_scale_does_not_wrap() {
        let last = Time::from_unix(u64::MAX);
        assert_eq!(last.after(Seconds(1)), last);
    }
}
