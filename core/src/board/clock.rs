//! The time, as far as anybody told it (D-18).

use crate::time::Time;

/// Counts on from the time that it was told. A board has no battery for a clock: after a power cut nobody knows the time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    told: Option<(Time, u64)>,
}

impl Clock {
    /// A clock that knows no time.
    #[must_use]
    pub const fn new() -> Self {
        Self { told: None }
    }

    /// Takes the time that it is when `millis` milliseconds have passed since the boot.
    pub const fn set(&mut self, time: Time, millis: u64) {
        self.told = Some((time, millis));
    }

    /// The time when `millis` milliseconds have passed since the boot, where it is known.
    #[must_use]
    pub fn at(&self, millis: u64) -> Option<Time> {
        let (time, then) = self.told?;
        Some(Time::from_unix(time.as_unix().saturating_add(seconds(millis.saturating_sub(then)))))
    }
}

/// Whole seconds, sixteen bits at a time: a small processor divides words, and code to divide longer numbers is half a kilobyte.
fn seconds(millis: u64) -> u64 {
    let (mut whole, mut rest) = (0, 0_u32);
    for shift in [48, 32, 16, 0] {
        let part = rest << 16 | u32::from((millis >> shift) as u16);
        whole = whole << 16 | u64::from(part / 1000);
        rest = part % 1000;
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_whole_seconds_on_from_what_it_was_told() {
        let mut clock = Clock::new();
        assert_eq!(clock.at(5_000), None);
        clock.set(Time::from_unix(100), 5_500);
        assert_eq!(clock.at(6_499), Some(Time::from_unix(100)));
        assert_eq!(clock.at(6_500), Some(Time::from_unix(101)));
        assert_eq!(clock.at(0), Some(Time::from_unix(100)), "it never goes back");
    }

    #[test]
    fn seconds_are_thousands_of_milliseconds() {
        for millis in [0, 999, 1000, 65_535, 65_536, 4_294_967_295, 4_294_967_296, 1 << 48, u64::MAX] {
            assert_eq!(seconds(millis), millis / 1000);
        }
    }
}
