//! Who acts: one or two persons a role, one customer, and another one.

use strongroom_core::{Deployment, Device, Digest, Id, Label, Organisation, Party, Principal, Role};

/// The provider.
pub const PROVIDER: Organisation = Organisation([0xb0; 16]);
/// The customer.
pub const CUSTOMER: Organisation = Organisation([0xc0; 16]);
/// Another customer.
pub const OTHER: Organisation = Organisation([0xc1; 16]);
/// The vendor.
pub const VENDOR: Organisation = Organisation([0xd0; 16]);
/// A digest that is given.
pub const GIVEN: Digest = Digest([5; 32]);
/// Another one.
pub const ELSE: Digest = Digest([6; 32]);
/// Somebody for the second person.
pub const SECOND: u8 = 77;
/// The engineer who asks, and who is on the roster by mistake.
pub const ENGINEER: u8 = 1;
/// Another engineer.
pub const COLLEAGUE: u8 = 2;
/// The approver.
pub const APPROVER: u8 = 21;
/// The other approver.
pub const DEPUTY: u8 = 22;

/// A label of at most 16 characters.
#[must_use]
pub const fn label(text: &str) -> Label {
    match Label::new(text) {
        Some(label) => label,
        None => Label([0; 16]),
    }
}

/// The device's serial number.
pub const SERIAL: Label = label("700022");
/// The region.
pub const REGION: Label = label("japaneast");
/// The network.
pub const NETWORK: Label = label("vnet");

/// The device under search.
#[must_use]
pub const fn device(deployment: Deployment) -> Device {
    Device { serial: SERIAL, provider: PROVIDER, vendor: VENDOR, deployment }
}

/// Person `number` in `role`, of the organisation that the role's party has, the customer's being `customer`. One id can act
/// in several roles.
#[must_use]
pub fn person(customer: Organisation, role: Role, number: u8) -> Principal {
    let organisation = match role.party() {
        Party::Customer => customer,
        Party::Provider => PROVIDER,
        Party::Vendor => VENDOR,
        Party::Device => return Principal::device(role),
    };
    Principal { role, organisation, id: Id([number; 16]) }
}
