//! The people and things of the scenarios, so that each of their steps is an input too.

use strongroom_core::{Deployment, Device, Engine, Id, Label, Organisation, Policy, Principal, Role};

const CUSTOMER: Organisation = organisation(0xc0, 1);
const OTHER_CUSTOMER: Organisation = organisation(0xc0, 2);
const PROVIDER: Organisation = organisation(0xb0, 1);
const VENDOR: Organisation = organisation(0xd0, 1);
const STRANGER: Organisation = organisation(0xf0, 1);

pub(super) const ORGANISATIONS: [Organisation; 6] = [CUSTOMER, PROVIDER, VENDOR, OTHER_CUSTOMER, STRANGER, Organisation::NONE];

pub(super) const PEOPLE: [Principal; 31] = [
    Principal::device(Role::Core),
    Principal::device(Role::Sensor),
    Principal::device(Role::Clock),
    Principal::device(Role::Enforcer),
    person(Role::User, CUSTOMER, 0xc0, 0xa1),
    person(Role::Admin, CUSTOMER, 0xc0, 0xa2),
    person(Role::CryptoOfficer, CUSTOMER, 0xc0, 0xa3),
    person(Role::Approver, CUSTOMER, 0xc0, 0xa4),
    person(Role::Approver, CUSTOMER, 0xc0, 0xa5),
    person(Role::Auditor, CUSTOMER, 0xc0, 0xa6),
    person(Role::Approver, CUSTOMER, 0xc0, 0xa7),
    person(Role::Hands, PROVIDER, 0xb0, 0xb1),
    person(Role::Pool, PROVIDER, 0xb0, 0xb2),
    person(Role::Pool, PROVIDER, 0xb0, 0xb3),
    person(Role::Net, PROVIDER, 0xb0, 0xb4),
    person(Role::Monitor, PROVIDER, 0xb0, 0xb5),
    person(Role::Engineer, PROVIDER, 0xb0, 0xb6),
    person(Role::Engineer, PROVIDER, 0xb0, 0xb7),
    person(Role::InternalApprover, PROVIDER, 0xb0, 0xb8),
    person(Role::JitService, PROVIDER, 0xb0, 0xb9),
    person(Role::Hands, PROVIDER, 0xb0, 0xba),
    person(Role::Hands, PROVIDER, 0xb0, 0xc1),
    person(Role::Support, VENDOR, 0xd0, 0xd1),
    // Those who act in two roles, who say that they are somebody's, and who are nobody.
    person(Role::Admin, CUSTOMER, 0xb0, 0xb2),
    person(Role::Approver, CUSTOMER, 0xb0, 0xb6),
    person(Role::InternalApprover, PROVIDER, 0xb0, 0xb6),
    person(Role::Hands, PROVIDER, 0xb0, 0xb2),
    person(Role::Admin, STRANGER, 0xf0, 0xf1),
    person(Role::User, STRANGER, 0xf0, 0xf2),
    Principal { role: Role::Pool, organisation: PROVIDER, id: Id::NOBODY },
    Principal { role: Role::User, organisation: CUSTOMER, id: Id::NOBODY },
];

/// Serial numbers, places, tickets, versions, parts.
pub(super) const LABELS: &[&str] = &[
    "700022",
    "700023",
    "700024",
    "700099",
    "japaneast",
    "westeurope",
    "vnet-1",
    "vnet-2",
    "vnet-hsm-01",
    "7.1.0",
    "6.2.1",
    "T-1",
    "T-2",
    "T-3",
    "T-4",
    "T-5",
    "T-1001",
    "KEY-17",
    "SSD-11",
    "SSD-12",
    "SSD-99",
    "NVRAM-7",
    "CAM-4",
    "CAM-4-0309",
    "shredder 2 mm",
    "hall 3",
    "C-4711",
];

/// Where engines begin: under each policy, in both deployments, with stored state that can be read or not.
pub(super) fn beginnings() -> impl Iterator<Item = (&'static Policy, Deployment, bool)> {
    let deployments = [Deployment::Firmware, Deployment::Board];
    let ways = deployments.into_iter().flat_map(|deployment| [(deployment, false), (deployment, true)]);
    ways.flat_map(|(deployment, invalid)| Policy::PRESETS.iter().map(move |policy| (*policy, deployment, invalid)))
}

/// The engine that begins at this place of the [`beginnings`].
pub(super) fn engine(place: u8) -> Engine {
    let beginnings: Vec<_> = beginnings().collect();
    let (policy, deployment, invalid) = beginnings[usize::from(place) % beginnings.len()];
    let serial = Label::new(LABELS[0]).unwrap_or_default();
    let device = Device { serial, provider: PROVIDER, vendor: VENDOR, deployment };
    let mut engine = Engine::new(device, policy);
    if invalid {
        engine.begin_invalid(device, policy, CUSTOMER);
    }
    engine
}

/// UUIDs as the scenarios write them.
const fn uuid(first: u8, last: u8) -> [u8; 16] {
    [first, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, last]
}

const fn organisation(first: u8, last: u8) -> Organisation {
    Organisation(uuid(first, last))
}

const fn person(role: Role, organisation: Organisation, first: u8, last: u8) -> Principal {
    Principal { role, organisation, id: Id(uuid(first, last)) }
}
