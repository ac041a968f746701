//! From a reading to what it means for the lease.

use super::Lease;
use crate::command::Action;
use crate::reading::{Reading, TamperClass};
use heapless::Vec;

/// Actions that one reading can come to.
pub const ACTIONS: usize = 5;

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
        |class: TamperClass| lease.causes.contains(class) || class == TamperClass::Unspecified && !lease.causes.is_empty();
    let named = if reading.tampered == Some(true) { reading.tamper.or(Some(TamperClass::Unspecified)) } else { None };
    let open = (reading.chassis_open == Some(true)).then_some(TamperClass::Chassis);
    if let Some(class) = named.or(open)
        && !known(class)
    {
        add(Action::Tamper { class });
    }
    if reading.chassis_open == Some(false) && lease.causes.contains(TamperClass::Chassis) {
        add(Action::TamperCauseGone { class: TamperClass::Chassis });
    }
    if reading.fans.seen > 0 && reading.fans.bad == 0 && lease.causes.contains(TamperClass::Fan) {
        add(Action::TamperCauseGone { class: TamperClass::Fan });
    }
    if reading.zeroized == Some(true) {
        add(Action::ZeroizedSeen {});
    }
    actions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{Level, Parts};

    #[test]
    fn a_tamper_is_told_once() {
        let reading = Reading { tampered: Some(true), tamper: Some(TamperClass::Chassis), ..Reading::default() };
        let mut lease = Lease::in_transit();
        assert!(actions(&reading, &lease).contains(&Action::Tamper { class: TamperClass::Chassis }));
        lease.causes.insert(TamperClass::Chassis);
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
