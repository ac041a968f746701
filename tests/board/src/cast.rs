//! Who and what a bench is about.

use strongroom_core::link::Provisioning;
use strongroom_core::party::{Party, Principal, Role};
use strongroom_core::{Deployment, Device, Id, Label, Organisation, Seconds};
use strongroom_host::link::public_key;

/// The provider.
pub const PROVIDER: Organisation = Organisation([0xb0; 16]);
/// The customer.
pub const CUSTOMER: Organisation = Organisation([0xc0; 16]);
/// The provider's key.
pub const PROVIDER_KEY: [u8; 32] = [0xb1; 32];
/// The customer's first key.
pub const FIRST_KEY: [u8; 32] = [0xc1; 32];
/// The customer's own key.
pub const OWN_KEY: [u8; 32] = [0xc2; 32];
/// When the time is set first.
pub const START: u64 = 1_767_600_000;
/// Seconds between two polls.
pub const POLL: u64 = 600;

/// The device that was ordered.
pub const DEVICE: Device = Device {
    serial: Label(*b"700022\0\0\0\0\0\0\0\0\0\0"),
    provider: PROVIDER,
    vendor: Organisation([0xd0; 16]),
    deployment: Deployment::Board,
};

/// What the board is made with.
#[must_use]
pub fn provisioning() -> Provisioning {
    let mut password = [0; 32];
    password.iter_mut().zip(*b"watching").for_each(|(place, byte)| *place = byte);
    Provisioning {
        serial: DEVICE.serial,
        provider: PROVIDER,
        vendor: DEVICE.vendor,
        key: PROVIDER_KEY,
        seed: [0x5e; 32],
        account: label("monitor"),
        password,
        poll_every: Seconds(POLL as u32),
    }
}

/// The device's public key.
#[must_use]
pub fn device_key() -> [u8; 32] {
    public_key(&provisioning().seed)
}

/// Somebody of that role.
#[must_use]
pub fn person(role: Role, number: u8) -> Principal {
    let organisation = match role.party() {
        Party::Customer => CUSTOMER,
        Party::Provider => PROVIDER,
        Party::Vendor => DEVICE.vendor,
        Party::Device => return Principal::device(role),
    };
    let mut id = organisation.0;
    (id[0], id[15]) = (0xee, number);
    Principal { role, organisation, id: Id(id) }
}

/// A label.
///
/// # Panics
///
/// Where the text is too long.
#[must_use]
pub fn label(text: &str) -> Label {
    Label::new(text).expect("it fits")
}
