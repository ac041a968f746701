//! Which records begin a destruction, and which prove one.

use strongroom_core::lease::chart::{CHART, Cause, Row};
use strongroom_core::lease::evidence::Class;
use strongroom_core::{Action, LogName, Main, Record, Rule, Verb};

fn main_at(code: u8) -> Option<Main> {
    Main::ALL.iter().copied().find(|state| *state as u8 == code)
}

/// The row of the chart that an accepted record of the lifecycle log carries out, where it moves the device: the same
/// rule, from, to and role. What no core could have written has none.
fn row_of(record: &Record) -> Option<&'static Row> {
    let (from, to) = (main_at(record.from)?, main_at(record.to)?);
    if record.log != LogName::Lifecycle || record.is_refused() || from == to {
        return None;
    }
    CHART
        .iter()
        .find(|row| row.rule == record.rule && row.to == Some(to) && row.from.contains(from) && row.by.contains(record.by.role))
}

/// The class of evidence that a record is; `None` where it proves no destruction (D-14).
#[must_use]
pub fn class_of(record: &Record) -> Option<Class> {
    let row = row_of(record)?;
    match (row.rule, Verb::from_code(record.kind)?) {
        (Rule::T41, Verb::VerifyOk) => Some(Class::Verified),
        (Rule::T41, Verb::ZeroizedSeen) => Some(Class::Reported),
        (Rule::T63, Verb::Shred) if record.second.is_somebody() => Some(Class::Witnessed),
        _ => None,
    }
}

/// Why a zeroization began with this record; `None` where none did. Taking an old one up again is no beginning.
#[must_use]
pub fn cause_of(record: &Record) -> Option<Cause> {
    let row = row_of(record)?;
    (row.to == Some(Main::Zeroizing) && row.cause != Cause::None).then_some(row.cause)
}

/// Whether what evidence of `class` proves began with this record: a zeroization, or for shredding the quarantine that
/// no device comes back from.
#[must_use]
pub fn begins(record: &Record, class: Class) -> bool {
    match class {
        Class::Verified | Class::Reported => cause_of(record).is_some(),
        Class::Witnessed => row_of(record).is_some_and(|row| row.to == Some(Main::Quarantined)),
    }
}

/// Whether a record's command carried the challenge that the core gave for this very destruction (H-65).
fn answers_challenge(record: &Record) -> bool {
    row_of(record).is_some_and(|row| row.guards.contains(&Rule::NonceFresh))
}

/// Whether the command of a record says something of a destruction that the record itself does not.
pub(super) fn says_more(record: &Record, action: &Action) -> bool {
    row_of(record).is_some()
        && match action {
            // Elsewhere the core takes any nonce, and none is proved.
            Action::Zeroize { .. } | Action::FactoryReset { .. } => answers_challenge(record),
            Action::EraseDone { .. } | Action::VerifyOk { .. } | Action::PartsOut { .. } | Action::Shred { .. } => true,
            _ => false,
        }
}
