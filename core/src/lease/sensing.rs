//! From a reading to what it means for the lease.

use super::Lease;
use crate::command::Action;
use crate::reading::{Parts, Reading, TamperClass};
use heapless::Vec;

/// Actions that one reading can come to.
pub const ACTIONS: usize = 3 + TamperClass::ALL.len();

/// The actions that `reading` calls for, given what `lease` already knows, in the order to apply them:
/// health first, then tamper, then causes of tamper that are gone, then a sighting of zeroization.
///
/// Danger that is already known is not told again, so that polling leaves no records (D-10).
#[must_use]
pub fn actions(reading: &Reading, lease: &Lease) -> Vec<Action, ACTIONS> {
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
    use crate::reading::Level;

    #[test]
    fn a_tamper_is_told_once() {
        let reading = Reading { tampered: Some(true), tamper: Some(TamperClass::Chassis), ..Reading::default() };
        let mut lease = Lease::in_transit();
        assert!(actions(&reading, &lease).contains(&Action::Tamper { class: TamperClass::Chassis }));
        lease.tampers.insert(TamperClass::Chassis);
        assert_eq!(actions(&reading, &lease).len(), 1);
    }

    #[test]
    fn fans_that_turn_again_take_the_cause_away() {
        let fans = Parts { worst: Level::Good, seen: 6, bad: 0 };
        let mut lease = Lease::in_transit();
        lease.causes.insert(TamperClass::Fan);
        let found = actions(&Reading { fans, ..Reading::default() }, &lease);
        assert!(found.contains(&Action::TamperCauseGone { class: TamperClass::Fan }));
    }
}
