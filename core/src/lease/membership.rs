//! Membership of the device in the customer's HA group (H-12, H-74; `lifecycle.md` a.4).
//!
//! The group is the customer's; the core only knows whether this device holds what the group holds, and what
//! it is told of the other members (D-27).

use crate::command::Verb;
use crate::party::{Role, Roles};
use crate::rule::Rule;
use crate::word::words;

words! {
    /// How the device stands to its group.
    #[derive(Default)]
    pub enum Membership {
        /// In no group.
        #[default]
        Absent = 0 "Absent",
        /// Added, not yet accepted.
        Joining = 1 "Joining",
        /// Being brought up to date.
        Syncing = 2 "Syncing",
        /// Holds what the group holds.
        InSync = 3 "InSync",
        /// Behind the group.
        NeedsSync = 4 "NeedsSync",
    }
}

use Membership::{Absent, InSync, Joining, NeedsSync, Syncing};

impl Membership {
    /// Behind the group, where there is one: after a boot, a tamper or a recovery.
    #[must_use]
    pub const fn behind(self) -> Self {
        if matches!(self, Absent) { Absent } else { NeedsSync }
    }
}

/// One step.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The rule that says what happened.
    pub rule: Rule,
    /// The verb.
    pub verb: Verb,
    /// The states that it leads from.
    pub from: &'static [Membership],
    /// Who may do it.
    pub by: Roles,
    /// What must hold.
    pub guards: &'static [Rule],
    /// Where it leads.
    pub to: Membership,
}

/// Who looks after a group: the HSM's officer, a partition's, and who manages its keys.
const OFFICERS: Roles = Roles::of(&[Role::Admin, Role::PartitionOfficer, Role::CryptoOfficer]);
/// The device, or the client whose calls carry the synchronization.
const MEMBERS: Roles = Roles::of(&[Role::Core, Role::CryptoOfficer, Role::CryptoUser]);
const DEVICE: Roles = Roles::of(&[Role::Core]);

use Rule as R;

/// The steps.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    Row { rule: R::HaJoins, verb: Verb::HaJoin, from: &[Absent], by: OFFICERS, guards: &[R::DeviceServes, R::Running, R::CloningDomainMatches], to: Joining },
    Row { rule: R::HaSyncs, verb: Verb::HaSyncStart, from: &[Joining], by: MEMBERS, guards: &[R::DeviceServes, R::Running, R::MembersAccept], to: Syncing },
    Row { rule: R::HaInSync, verb: Verb::HaSyncOk, from: &[Syncing], by: DEVICE, guards: &[R::DeviceServes, R::Running, R::ObjectsEqual], to: InSync },
    Row { rule: R::HaOutOfSync, verb: Verb::HaSyncFail, from: &[Syncing], by: DEVICE, guards: &[], to: NeedsSync },
    Row { rule: R::HaOutOfSync, verb: Verb::HaPeerChange, from: &[InSync], by: DEVICE, guards: &[], to: NeedsSync },
    Row { rule: R::HaSyncs, verb: Verb::HaRecover, from: &[NeedsSync], by: OFFICERS, guards: &[R::DeviceServes, R::Running], to: Syncing },
    Row { rule: R::HaLeft, verb: Verb::HaLeave, from: &[Joining, Syncing, InSync, NeedsSync], by: OFFICERS, guards: &[], to: Absent },
];

/// The row of a verb; `None` for verbs that are not of the group.
#[must_use]
pub fn find(verb: Verb) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.verb as u8 == verb as u8)
}
