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

/// How many counts of a counter lie between `then` and `now`; none where it went back, as one does for a moment whose tick
/// came late. It may have begun anew in between, at most half of its range ago.
#[must_use]
pub const fn since(then: u32, now: u32) -> u32 {
    let passed = now.wrapping_sub(then);
    if passed > u32::MAX / 2 { 0 } else { passed }
}

/// Counts on for ever what a counter of milliseconds says, which begins anew after 49 days.
#[derive(Debug, Clone, Copy, Default)]
pub struct Millis {
    last: u32,
    total: u64,
}

impl Millis {
    /// How many there are when the counter says `now`. To be asked at least once in 24 days.
    pub const fn at(&mut self, now: u32) -> u64 {
        let passed = since(self.last, now);
        self.total = self.total.saturating_add(passed as u64);
        self.last = self.last.wrapping_add(passed);
        self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_that_goes_back_for_a_moment_is_no_time() {
        let mut millis = Millis::default();
        assert_eq!(millis.at(1_999), 1_999);
        assert_eq!(millis.at(1_001), 1_999, "a tick that has come and is not counted yet");
        assert_eq!(millis.at(2_002), 2_002, "and nothing is lost by it");
        assert_eq!(since(5, 4), 0);
        assert_eq!(since(5, 5), 0);
    }

    #[test]
    fn a_counter_that_begins_anew_goes_on() {
        let mut millis = Millis { last: u32::MAX - 9, total: u64::from(u32::MAX) - 9 };
        assert_eq!(millis.at(10), u64::from(u32::MAX) + 11);
        assert_eq!(since(u32::MAX, u32::MAX / 2 - 1), u32::MAX / 2, "half of its range is the most");
        assert_eq!(since(u32::MAX, u32::MAX / 2), 0);
    }

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
