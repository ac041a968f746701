//! What a board is and who is heard over its host link, through power cuts (contract 10).
//!
//! # Definitions
//!
//! Six pages of 64 bytes, each of 16 bytes that say whose it is, 32 bytes that are secret or not, and the rest of the page to
//! know that it is whole.
//!
//! | Page | 16 bytes | 32 bytes |
//! |---|---|---|
//! | 0 | the provider's organisation | its key |
//! | 1 | the customer's organisation | their first key |
//! | 2 | the customer's organisation | their own key |
//! | 3 | the vendor's organisation | the seed of the device's signing key |
//! | 4 | the account of the device's monitoring role | its password |
//! | 5 | the device's serial number | seconds between two polls, four bytes; zeros |
//!
//! A page is its kind, 1 to 6; the version of the format, 1; the 16 bytes; the 32 bytes; and the first 14 bytes of SHA-256 over
//! all of that.
//!
//! # Properties
//!
//! - **What a board is made with is written once**, the provider's key last: without it nothing counts.
//! - **Which of a customer's keys counts follows from the engine's state**, and not from what is stored here: the first one from
//!   the account's opening on, their own from the claim on. So it makes no difference when a power cut comes between a key and
//!   the step that it belongs to; a key is stored before its step. Where the state says no more that there was a claim, because
//!   the lease is over or the state cannot be read, a first key that is gone stays gone: their own counts, and takes no other.
//! - **Nothing of a customer stays.** A page that the state has no use for is erased, at every boot and after every step.
//! - A page that is not whole holds nothing.

use super::console::Monitor;
use crate::canonical::sha256;
use crate::device::{Deployment, Device, Main};
use crate::engine::Base;
use crate::id::{Digest, Id, Label, Organisation};
use crate::link::{KEY, Key, Keys, Provisioning};
use core::fmt;
use embedded_storage::nor_flash::NorFlash;

/// Bytes of a page.
pub const PAGE: u32 = 64;

/// Bytes of all pages.
pub const SIZE: u32 = 6 * PAGE;

const VERSION: u8 = 1;

/// A page, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Provider = 0,
    First = 1,
    Own = 2,
    Seed = 3,
    Login = 4,
    Serial = 5,
}

impl Page {
    const fn start(self) -> u32 {
        (self as u32).saturating_mul(PAGE)
    }

    const fn kind(self) -> u8 {
        (self as u8).saturating_add(1)
    }
}

/// What a page holds.
type Held = ([u8; 16], [u8; KEY]);

/// Why a key was not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Error<E> {
    /// The medium failed, or does not hold what was written.
    Medium(Option<E>),
    /// There is one already, and it is written once.
    Present,
    /// What a board is to be made with is not usable: a key of zeros or ones, an empty account, a password that is no
    /// printable ASCII, no time between two polls.
    Unusable,
}

/// What a board is, once it is provisioned.
#[derive(Clone)]
pub struct Identity {
    /// The device that it guards.
    pub device: Device,
    /// The seed of the device's signing key.
    pub seed: [u8; KEY],
    /// How it reads.
    pub monitor: Monitor,
}

/// Shows nothing secret.
impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Identity").field("device", &self.device).finish_non_exhaustive()
    }
}

/// Keys on a medium of their own, of at least [`SIZE`] bytes.
#[derive(Debug)]
pub struct KeyStore<F>(F);

impl<F: NorFlash> KeyStore<F> {
    /// Over this medium, whose bytes can be written one by one.
    pub const fn new(medium: F) -> Self {
        Self(medium)
    }

    /// Makes a board what it is, once.
    ///
    /// # Errors
    ///
    /// [`Error::Present`] where it is something already, [`Error::Unusable`], [`Error::Medium`].
    #[inline(never)]
    pub fn provision(&mut self, with: &Provisioning) -> Result<(), Error<F::Error>> {
        if self.load(Page::Provider)?.is_some() {
            return Err(Error::Present);
        }
        let mut polls = [0; KEY];
        for (place, byte) in polls.iter_mut().zip(with.poll_every.0.to_le_bytes()) {
            *place = byte;
        }
        let pages = [
            (Page::Seed, (with.vendor.0, with.seed)),
            (Page::Login, (with.account.0, with.password)),
            (Page::Serial, (with.serial.0, polls)),
            // Without it nothing counts, and it is done again.
            (Page::Provider, (with.provider.0, with.key)),
        ];
        let usable = Key::new(with.key).is_some() && Key::new(with.seed).is_some() && monitor(&pages).is_some();
        if !usable {
            return Err(Error::Unusable);
        }
        pages.iter().try_for_each(|(page, held)| self.store(*page, held))
    }

    /// What the board is; `None` for one that is not provisioned.
    ///
    /// # Errors
    ///
    /// [`Error::Medium`].
    #[inline(never)]
    pub fn identity(&mut self) -> Result<Option<Identity>, Error<F::Error>> {
        let [Some(provider), Some(seed), Some(login), Some(serial)] =
            [self.load(Page::Provider)?, self.load(Page::Seed)?, self.load(Page::Login)?, self.load(Page::Serial)?]
        else {
            return Ok(None);
        };
        let device = Device {
            serial: Label(serial.0),
            provider: Organisation(provider.0),
            vendor: Organisation(seed.0),
            deployment: Deployment::Board,
        };
        let monitor = monitor(&[(Page::Login, login), (Page::Serial, serial)]);
        Ok(monitor.map(|monitor| Identity { device, seed: seed.1, monitor }))
    }

    /// Stores the key under which the customer acts before the claim: before the step that opens the account.
    ///
    /// # Errors
    ///
    /// [`Error::Present`] where a customer has their own key, which nobody takes from them; [`Error::Medium`].
    pub fn store_first(&mut self, customer: Organisation, key: &Key) -> Result<(), Error<F::Error>> {
        if self.load(Page::Own)?.is_some() {
            return Err(Error::Present);
        }
        self.store(Page::First, &(customer.0, *key.dangerous_bytes()))
    }

    /// Stores the key under which the customer acts from the claim on: before that step.
    ///
    /// # Errors
    ///
    /// [`Error::Medium`].
    pub fn store_own(&mut self, customer: Organisation, key: &Key) -> Result<(), Error<F::Error>> {
        self.store(Page::Own, &(customer.0, *key.dangerous_bytes()))
    }

    /// The keys that count where the engine stands so; what has no use there any more is erased.
    ///
    /// # Errors
    ///
    /// [`Error::Medium`]; then nobody may be heard.
    pub fn settle(&mut self, base: &Base) -> Result<Keys, Error<F::Error>> {
        let theirs = |held: Option<Held>, owner: Organisation| {
            held.filter(|(organisation, _)| *organisation == owner.0).and_then(|(_, key)| Key::new(key))
        };
        let provider = theirs(self.load(Page::Provider)?, base.device.provider);
        let open = base.account.is_open();
        let customer = base.account.organisation;
        // The first one went with the claim, and does not come back where the lease is over and its log is not.
        let first = if open && !base.lease.claimed { theirs(self.load(Page::First)?, customer) } else { None };
        let own = if open && first.is_none() { theirs(self.load(Page::Own)?, customer) } else { None };
        // What a state that cannot be read has no use for, nobody knows (D-28).
        if base.lease.main != Main::Invalid {
            for (page, _) in [(Page::First, &first), (Page::Own, &own)].into_iter().filter(|(_, key)| key.is_none()) {
                self.erase(page)?;
            }
        }
        Ok(Keys { provider, customer: first.or(own), vendor: None })
    }

    /// The medium.
    pub fn into_medium(self) -> F {
        self.0
    }

    fn load(&mut self, page: Page) -> Result<Option<Held>, Error<F::Error>> {
        let mut bytes = [0; PAGE as usize];
        self.0.read(page.start(), &mut bytes).map_err(|error| Error::Medium(Some(error)))?;
        Ok(parse(page, &bytes))
    }

    fn store(&mut self, page: Page, held: &Held) -> Result<(), Error<F::Error>> {
        let failed = |error| Error::Medium(Some(error));
        self.0.erase(page.start(), page.start().saturating_add(PAGE)).map_err(failed)?;
        self.0.write(page.start(), &bytes(page, held)).map_err(failed)?;
        if self.load(page)?.as_ref() == Some(held) { Ok(()) } else { Err(Error::Medium(None)) }
    }

    /// Erases a page that is not blank.
    fn erase(&mut self, page: Page) -> Result<(), Error<F::Error>> {
        let mut bytes = [0; PAGE as usize];
        self.0.read(page.start(), &mut bytes).map_err(|error| Error::Medium(Some(error)))?;
        if bytes.iter().all(|byte| *byte == 0xff) {
            return Ok(());
        }
        self.0.erase(page.start(), page.start().saturating_add(PAGE)).map_err(|error| Error::Medium(Some(error)))
    }
}

/// How the board reads, of its pages.
fn monitor(pages: &[(Page, Held)]) -> Option<Monitor> {
    let held = |wanted: Page| pages.iter().find(|(page, _)| *page == wanted).map(|(_, held)| *held);
    let ((account, password), (serial, polls)) = (held(Page::Login)?, held(Page::Serial)?);
    let [first, second, third, fourth, ..] = polls;
    let Digest(who) = sha256(&[b"strongroom board\0", &serial]);
    let mut id = Id::NOBODY;
    for (place, byte) in id.0.iter_mut().zip(who) {
        *place = byte;
    }
    Monitor::new(account, password, u32::from_le_bytes([first, second, third, fourth]), id)
}

fn bytes(page: Page, (whose, what): &Held) -> [u8; PAGE as usize] {
    let head = [page.kind(), VERSION];
    let Digest(digest) = sha256(&[&head, whose, what]);
    let mut bytes = [0; PAGE as usize];
    for (place, byte) in bytes.iter_mut().zip(head.iter().chain(whose).chain(what).chain(&digest)) {
        *place = *byte;
    }
    bytes
}

fn parse(page: Page, stored: &[u8; PAGE as usize]) -> Option<Held> {
    let (_, rest) = stored.split_first_chunk::<2>()?;
    let (whose, rest) = rest.split_first_chunk::<16>()?;
    let (what, _) = rest.split_first_chunk::<KEY>()?;
    let held = (*whose, *what);
    (bytes(page, &held) == *stored).then_some(held)
}

#[cfg(test)]
mod tests;
