#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]

use super::*;
use crate::engine::Engine;
use crate::party::{Party, Principal, Role};
use crate::{Action, Command, Policy, Seconds, Time};
use embedded_storage::nor_flash::{ErrorType, NorFlashErrorKind, ReadNorFlash};
use proptest::prelude::*;

/// Four pages, and how many bytes can still be changed before the power is cut.
#[derive(Debug, Clone)]
struct Pages {
    bytes: [u8; SIZE as usize],
    power: usize,
}

impl Pages {
    const fn blank() -> Self {
        Self { bytes: [0xff; SIZE as usize], power: usize::MAX }
    }

    fn set(&mut self, place: usize, byte: u8) -> Result<(), NorFlashErrorKind> {
        self.power = self.power.checked_sub(1).ok_or(NorFlashErrorKind::Other)?;
        self.bytes[place] = byte;
        Ok(())
    }
}

impl ErrorType for Pages {
    type Error = NorFlashErrorKind;
}

impl ReadNorFlash for Pages {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), NorFlashErrorKind> {
        bytes.copy_from_slice(&self.bytes[offset as usize..][..bytes.len()]);
        Ok(())
    }

    fn capacity(&self) -> usize {
        SIZE as usize
    }
}

impl NorFlash for Pages {
    const WRITE_SIZE: usize = 1;
    const ERASE_SIZE: usize = PAGE as usize;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), NorFlashErrorKind> {
        (from..to).try_for_each(|place| self.set(place as usize, 0xff))
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), NorFlashErrorKind> {
        bytes.iter().enumerate().try_for_each(|(place, byte)| self.set(offset as usize + place, *byte))
    }
}

const PROVIDER: Organisation = Organisation([0xb0; 16]);
const CUSTOMER: Organisation = Organisation([0xc0; 16]);

fn provisioning(byte: u8) -> Provisioning {
    let mut password = [0; 32];
    password[..6].copy_from_slice(b"secret");
    Provisioning {
        serial: Label::new("700022").unwrap(),
        provider: PROVIDER,
        vendor: Organisation([0xd0; 16]),
        key: [byte; KEY],
        seed: [4; KEY],
        account: Label::new("monitor").unwrap(),
        password,
        poll_every: Seconds(600),
    }
}

fn key(byte: u8) -> Key {
    Key::new([byte; KEY]).unwrap()
}

/// An engine without an account, and one whose account is open.
fn engine(open: bool) -> Engine {
    let serial = Label::new("700022").unwrap();
    let device = Device { serial, provider: PROVIDER, vendor: Organisation([0xd0; 16]), deployment: Deployment::Board };
    let mut engine: Engine = Engine::new(device, &Policy::AZURE);
    if open {
        let pool = Principal { role: Role::Pool, organisation: PROVIDER, id: Id([1; 16]) };
        let register = Action::Register { organisation: CUSTOMER, approved: true };
        assert!(engine.decide(Some(Time::from_unix(1)), &Command::new(pool, register)).is_accepted());
        engine.apply(Some(Time::from_unix(1)), &Command::new(pool, register));
    }
    engine
}

fn claimed() -> Base {
    let mut base = engine(true).state().base.clone();
    base.lease.claimed = true;
    base
}

#[test]
fn the_providers_key_is_written_once() {
    let mut keys = KeyStore::new(Pages::blank());
    assert!(keys.identity().unwrap().is_none());
    assert!(keys.settle(&engine(false).state().base).unwrap().provider.is_none());
    keys.provision(&provisioning(1)).unwrap();
    assert_eq!(keys.provision(&provisioning(2)), Err(Error::Present));
    let settled = keys.settle(&engine(false).state().base).unwrap();
    assert_eq!(settled.of(Party::Provider), Some(&key(1)));
    let identity = keys.identity().unwrap().unwrap();
    assert_eq!((identity.seed, identity.device.serial.as_str()), ([4; KEY], "700022"));
    assert_eq!(identity.device, engine(false).state().base.device);
}

#[test]
fn a_customers_key_counts_as_the_state_says() {
    let mut keys = KeyStore::new(Pages::blank());
    keys.store_first(CUSTOMER, &key(2)).unwrap();
    assert_eq!(keys.settle(&engine(true).state().base).unwrap().of(Party::Customer), Some(&key(2)));
    // The claim's key is there; the claim is not.
    let mut cut = KeyStore::new(keys.0.clone());
    cut.store_own(CUSTOMER, &key(3)).unwrap();
    assert_eq!(cut.settle(&engine(true).state().base).unwrap().of(Party::Customer), Some(&key(2)));
    assert!(cut.load(Page::Own).unwrap().is_none(), "it is done again with another one");
    // Both are.
    keys.store_own(CUSTOMER, &key(3)).unwrap();
    assert_eq!(keys.settle(&claimed()).unwrap().of(Party::Customer), Some(&key(3)));
    assert!(keys.load(Page::First).unwrap().is_none(), "the one before is gone");
}

/// After its parts are shredded a device has no tenant, whose log is still to be taken.
#[test]
fn a_customers_own_key_outlives_the_lease_and_the_provider_does_not_replace_it() {
    let mut keys = KeyStore::new(Pages::blank());
    keys.store_first(CUSTOMER, &key(2)).unwrap();
    keys.store_own(CUSTOMER, &key(3)).unwrap();
    assert_eq!(keys.settle(&claimed()).unwrap().of(Party::Customer), Some(&key(3)));
    let over = engine(true).state().base.clone();
    assert_eq!(keys.settle(&over).unwrap().of(Party::Customer), Some(&key(3)));
    assert_eq!(keys.store_first(CUSTOMER, &key(4)), Err(Error::Present));
    assert_eq!(keys.settle(&over).unwrap().of(Party::Customer), Some(&key(3)));
    assert!(keys.settle(&engine(false).state().base).unwrap().of(Party::Customer).is_none());
    assert_eq!(keys.store_first(CUSTOMER, &key(4)), Ok(()), "it is nobody's any more");
}

#[test]
fn another_customers_key_counts_for_nobody() {
    let mut keys = KeyStore::new(Pages::blank());
    keys.store_first(Organisation([0xc1; 16]), &key(2)).unwrap();
    assert_eq!(keys.settle(&engine(true).state().base).unwrap().of(Party::Customer), None);
}

#[test]
fn nothing_of_a_customer_stays_without_an_account() {
    let mut keys = KeyStore::new(Pages::blank());
    keys.provision(&provisioning(1)).unwrap();
    keys.store_first(CUSTOMER, &key(2)).unwrap();
    keys.store_own(CUSTOMER, &key(3)).unwrap();
    assert!(keys.settle(&engine(false).state().base).unwrap().of(Party::Customer).is_none());
    assert!(keys.0.bytes[PAGE as usize..][..2 * PAGE as usize].iter().all(|byte| *byte == 0xff));
}

#[test]
fn wherever_the_power_is_cut_a_key_is_whole_or_none() {
    for power in 0..10 * PAGE as usize {
        let mut keys = KeyStore::new(Pages { power, ..Pages::blank() });
        let stored = keys.provision(&provisioning(1)).is_ok();
        keys.0.power = usize::MAX;
        let settled = keys.settle(&engine(false).state().base).unwrap();
        assert_eq!(settled.provider.is_some(), stored, "cut after {power}");
        if !stored {
            assert_eq!(keys.provision(&provisioning(1)), Ok(()), "it is done again");
        }

        let mut keys = KeyStore::new(Pages::blank());
        keys.store_own(CUSTOMER, &key(2)).unwrap();
        keys.0.power = power;
        let _ = keys.store_own(CUSTOMER, &key(3));
        keys.0.power = usize::MAX;
        let found = keys.settle(&claimed()).unwrap();
        assert!(found.customer.is_none_or(|found| found == key(2) || found == key(3)), "cut after {power}");
    }
}

proptest! {
    #[test]
    fn any_other_page_is_no_key(bit in 0..PAGE as usize * 8) {
        let held = (CUSTOMER.0, [3; KEY]);
        let mut page = bytes(Page::Own, &held);
        page[bit / 8] ^= 1 << (bit % 8);
        prop_assert_eq!(parse(Page::Own, &page), None);
        page[bit / 8] ^= 1 << (bit % 8);
        prop_assert_eq!(parse(Page::Own, &page), Some(held));
        prop_assert_eq!(parse(Page::First, &page), None);
    }
}

#[test]
fn a_board_is_not_made_with_what_cannot_be_used() {
    let mut keys = KeyStore::new(Pages::blank());
    let sound = provisioning(1);
    for unusable in [
        Provisioning { key: [0; KEY], ..sound.clone() },
        Provisioning { seed: [0xff; KEY], ..sound.clone() },
        Provisioning { account: Label::default(), ..sound.clone() },
        Provisioning { password: [0; 32], ..sound.clone() },
        Provisioning { password: [b'\r'; 32], ..sound.clone() },
        Provisioning { poll_every: Seconds(0), ..sound.clone() },
    ] {
        assert_eq!(keys.provision(&unusable), Err(Error::Unusable), "{unusable:?}");
    }
    assert_eq!(keys.provision(&sound), Ok(()));
    assert!(!std::format!("{sound:?}").contains("115"), "its password is not shown");
    let identity = keys.identity().unwrap().unwrap();
    assert!(!std::format!("{identity:?}").contains("4, 4, 4"), "nor is its seed");
}
