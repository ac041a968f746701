//! From a reading to what it means for the lease.

use super::Lease;
use super::chart::{self, Event};
use super::health::{Health, Vitals};
use super::polls::{Polls, Sign};
use crate::command::Action;
use crate::policy::HealthPolicy;
use crate::reading::{Parts, Reading, Service, TamperClass};
use crate::time::Time;
use heapless::Vec;

/// Actions that one reading can come to.
pub const ACTIONS: usize = 4 + TamperClass::ALL.len();

/// The status code of a critical fault of the HSM itself; a device that is out of service without it may
/// come back.
const HSM_CRITICAL: u8 = 30;

/// What a reading leaves of the health region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// The latest level of each kind of part.
    pub vitals: Vitals,
    /// The last polls.
    pub polls: Polls,
}

impl Heard {
    /// The health that comes of it.
    #[must_use]
    pub fn health(&self) -> Health {
        super::health_of(&self.vitals, &self.polls)
    }
}

/// The health region of `lease` after `reading` at `at`.
#[must_use]
pub fn heard(lease: &Lease, policy: &HealthPolicy, at: Time, reading: &Reading) -> Heard {
    let sign = match Vitals::UNREAD.after(reading).health() {
        Health::InService | Health::Unknown => Sign::Good,
        Health::OutOfService => Sign::OutOfService,
        _ => Sign::Bad,
    };
    Heard { vitals: lease.vitals.after(reading), polls: lease.polls.after(policy, at, sign) }
}

/// The actions that `reading` at `at` calls for, given what `lease` already knows, in the order to apply
/// them: health first, then tamper, then causes of tamper that are gone, then a fault that several polls
/// confirm, then a sighting of zeroization.
///
/// Danger that is already known is not told again, so that polling leaves no records (D-10).
#[must_use]
pub fn actions(reading: &Reading, lease: &Lease, policy: &HealthPolicy, at: Time) -> Vec<Action, ACTIONS> {
    let mut actions = Vec::new();
    let mut add = |action: Action| {
        // There is a place for each.
        let _ = actions.push(action);
    };
    add(Action::ReadHealth { reading: *reading });
    let known =
        |class: TamperClass| lease.tampers.contains(class) || class == TamperClass::Unspecified && !lease.tampers.is_empty();
    let named = if reading.tampered == Some(true) { reading.tamper.or(Some(TamperClass::Unspecified)) } else { None };
    let open = (reading.chassis_open == Some(true)).then_some(TamperClass::Chassis);
    if let Some(class) = named.or(open)
        && !known(class)
    {
        add(Action::Tamper { class });
    }
    for class in TamperClass::ALL.iter().copied().filter(|class| lease.causes.contains(*class)) {
        if is_gone(class, reading) {
            add(Action::TamperCauseGone { class });
        }
    }
    let moves = chart::find(lease.main, Event::FaultHard).and_then(chart::row_at).is_some_and(|row| row.to.is_some());
    let confirmed = || heard(lease, policy, at, reading).polls.confirm_fault(policy);
    if reading.service == Some(Service::OutOfService) && moves && confirmed() {
        let code = reading.codes.first().copied().unwrap_or_default();
        add(Action::FaultHard { code: u16::from(code), soft: reading.codes.iter().all(|code| *code != HSM_CRITICAL) });
    }
    if reading.zeroized == Some(true) {
        add(Action::ZeroizedSeen {});
    }
    actions
}

/// Whether `reading` shows that a cause of tamper is gone: by the sensor that the cause has, else by the
/// device's own word that nothing is latched any more.
fn is_gone(class: TamperClass, reading: &Reading) -> bool {
    let good = |parts: Parts| parts.seen > 0 && parts.bad == 0;
    match class {
        TamperClass::Fan => good(reading.fans),
        TamperClass::Chassis => {
            reading.chassis_open == Some(false) || reading.chassis_open.is_none() && reading.tampered == Some(false)
        }
        TamperClass::Temperature => good(reading.temperatures),
        TamperClass::Voltage => good(reading.voltages),
        TamperClass::Card
        | TamperClass::Undecodable
        | TamperClass::Unspecified
        | TamperClass::Battery
        | TamperClass::Decommission => reading.tampered == Some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;
    use crate::reading::Level;

    fn told(reading: &Reading, lease: &Lease) -> Vec<Action, ACTIONS> {
        actions(reading, lease, &Policy::AZURE.health, Time::from_unix(0))
    }

    #[test]
    fn a_tamper_is_told_once() {
        let reading = Reading { tampered: Some(true), tamper: Some(TamperClass::Chassis), ..Reading::default() };
        let mut lease = Lease::in_transit();
        assert!(told(&reading, &lease).contains(&Action::Tamper { class: TamperClass::Chassis }));
        lease.tampers.insert(TamperClass::Chassis);
        assert_eq!(told(&reading, &lease).len(), 1);
    }

    #[test]
    fn fans_that_turn_again_take_the_cause_away() {
        let fans = Parts { worst: Level::Good, seen: 6, bad: 0 };
        let mut lease = Lease::in_transit();
        lease.causes.insert(TamperClass::Fan);
        let found = told(&Reading { fans, ..Reading::default() }, &lease);
        assert!(found.contains(&Action::TamperCauseGone { class: TamperClass::Fan }));
    }
}
