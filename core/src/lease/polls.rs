//! Polls: from single readings to an alert (H-54, H-55).
//!
//! A serial line is noisy, so one bad reading is no alert: several of the last polls must be bad. A poll
//! takes several screens, so what is read close together is one poll.

use crate::policy::HealthPolicy;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// What a poll said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// Nothing bad.
    Good,
    /// Something is not good.
    Bad,
    /// The device is out of service.
    OutOfService,
    /// No answer.
    NoAnswer,
}

/// The last polls, a bit each: the current one is the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Polls {
    /// When the current poll began; `None` before the first.
    pub at: Option<Time>,
    /// Those that were bad.
    pub bad: u8,
    /// Those that found the device out of service.
    pub out: u8,
    /// How many of the last had no answer, one after another.
    pub unanswered: u8,
    /// Whether so many had no answer that the device counts as silent.
    pub silent: bool,
    /// Whether the alert stands; it ends when none of the window's polls is bad.
    pub alert: bool,
}

impl Polls {
    /// Nothing polled.
    pub const NONE: Self = Self { at: None, bad: 0, out: 0, unanswered: 0, silent: false, alert: false };

    /// These polls and what was said at `at`.
    #[must_use]
    pub fn after(self, policy: &HealthPolicy, at: Time, sign: Sign) -> Self {
        let apart = self.at.map_or(policy.poll_every, |start| at.since(start));
        let half = policy.poll_every.0.checked_div(2).unwrap_or(0);
        let polls = apart.0.saturating_add(half).checked_div(policy.poll_every.0).unwrap_or(1);
        let shift = |bits: u8| bits.checked_shl(polls).unwrap_or(0) & window(policy.window);
        let mut next = Self { bad: shift(self.bad), out: shift(self.out), ..self };
        let begins = self.at.is_none() || polls > 0;
        if begins {
            next.at = Some(at);
        }
        match sign {
            // A poll that was answered once was answered.
            Sign::NoAnswer if begins => {
                next.bad |= 1;
                next.unanswered = self.unanswered.saturating_add(1);
            }
            Sign::NoAnswer => {}
            answer => {
                next.bad |= u8::from(answer != Sign::Good);
                next.out |= u8::from(answer == Sign::OutOfService);
                next.unanswered = 0;
            }
        }
        next.silent = policy.silent > 0 && next.unanswered >= policy.silent;
        // Only an answer ends an alert.
        let lasts = self.alert && (shift(self.bad) != 0 || !begins || sign == Sign::NoAnswer);
        next.alert = next.bad.count_ones() >= u32::from(policy.alert) || lasts;
        next
    }

    /// Whether several of the last polls found the device out of service.
    #[must_use]
    pub const fn confirm_fault(&self, policy: &HealthPolicy) -> bool {
        self.out.count_ones() >= policy.alert as u32
    }
}

/// A bit for each of the last `polls`.
fn window(polls: u8) -> u8 {
    1_u8.checked_shl(u32::from(polls)).map_or(u8::MAX, |bit| bit.wrapping_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    #[expect(clippy::arithmetic_side_effects, reason = "minutes are small")]
    fn run(signs: &[(u64, Sign)]) -> Polls {
        let health = &Policy::AZURE.health;
        signs.iter().fold(Polls::NONE, |polls, (minute, sign)| polls.after(health, Time::from_unix(minute * 60), *sign))
    }

    #[test]
    fn two_bad_polls_are_noise_and_the_third_within_the_hour_is_an_alert() {
        use Sign::{Bad, Good};
        assert!(!run(&[(0, Bad), (10, Good), (20, Bad)]).alert);
        assert!(run(&[(0, Bad), (10, Good), (20, Bad), (30, Good), (40, Bad)]).alert);
        assert!(run(&[(0, Bad), (10, Bad), (50, Bad)]).alert);
        assert!(!run(&[(0, Bad), (10, Bad), (60, Bad)]).alert, "the first is an hour old");
    }

    #[test]
    fn an_alert_stands_until_the_window_is_good() {
        use Sign::{Bad, Good};
        let alerted = [(0, Bad), (10, Bad), (20, Bad)];
        let later = |minute| run(&[&alerted[..], &[(minute, Good)]].concat());
        assert!(later(70).alert);
        assert!(!later(80).alert);
    }

    #[test]
    fn screens_of_one_poll_count_once_and_jitter_does_not_matter() {
        use Sign::{Bad, Good};
        assert_eq!(run(&[(0, Bad), (1, Bad), (4, Bad)]).bad, 1);
        assert_eq!(run(&[(0, Bad), (1, Good)]).bad, 1, "the worst of a poll stands");
        let health = &Policy::AZURE.health;
        let early = Polls::NONE.after(health, Time::from_unix(0), Bad).after(health, Time::from_unix(599), Bad);
        assert_eq!(early.bad, 0b11);
    }

    #[test]
    fn polls_without_an_answer_come_to_silence_and_one_answer_ends_it() {
        use Sign::{Good, NoAnswer};
        assert!(!run(&[(0, NoAnswer), (10, NoAnswer)]).silent);
        assert!(run(&[(0, NoAnswer), (10, NoAnswer), (20, NoAnswer)]).silent);
        assert!(!run(&[(0, NoAnswer), (10, Good), (20, NoAnswer), (30, NoAnswer)]).silent);
        assert!(!run(&[(0, NoAnswer), (10, NoAnswer), (20, NoAnswer), (30, Good)]).silent);
        assert_eq!(run(&[(0, Good), (1, NoAnswer)]).unanswered, 0);
    }

    #[test]
    fn where_a_policy_knows_no_silence_nothing_is_silent() {
        let health = HealthPolicy { silent: 0, ..Policy::AZURE.health };
        let minutes = (0..600).step_by(10);
        let polls = minutes.fold(Polls::NONE, |polls, minute| polls.after(&health, Time::from_unix(minute * 60), Sign::NoAnswer));
        assert!(polls.unanswered > 50 && !polls.silent);
    }

    #[test]
    fn a_clock_that_jumps_forgets_what_is_older_than_the_window() {
        let polls = run(&[(0, Sign::OutOfService), (10, Sign::OutOfService), (100_000_000, Sign::OutOfService)]);
        assert_eq!((polls.out, polls.bad), (1, 1));
        assert!(!polls.confirm_fault(&Policy::AZURE.health));
    }
}
