//! Who is heard over the host link, through power cuts (contract 10).
//!
//! # Definitions
//!
//! Four pages of 64 bytes: the provider's key, the customer's first one, the customer's own, and the seed of the device's
//! signing key.
//!
//! | Bytes | Field |
//! |---|---|
//! | 0 | kind of the page: 1 to 4 |
//! | 1 | version of the format, 1 |
//! | 2..18 | the organisation, zeros for the seed |
//! | 18..50 | the key |
//! | 50..64 | the beginning of SHA-256 over what stands before |
//!
//! # Properties
//!
//! - **The provider's key and the seed are written once**, while the engine is fresh.
//! - **Which of a customer's keys counts follows from the engine's state**, and not from what is stored here: the first one from
//!   the account's opening on, their own from the claim on. So it makes no difference when a power cut comes between a key and
//!   the step that it belongs to; a key is stored before its step.
//! - **Nothing of a customer stays.** A page that the state has no use for is erased, at every boot and after every step.
//! - A page that is not whole holds no key.

use crate::canonical::sha256;
use crate::engine::Base;
use crate::id::{Digest, Organisation};
use crate::link::{KEY, Key, Keys};
use embedded_storage::nor_flash::NorFlash;

/// Bytes of a page.
pub const PAGE: u32 = 64;

/// Bytes of all pages.
pub const SIZE: u32 = 4 * PAGE;

const VERSION: u8 = 1;

/// A page, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Provider = 0,
    First = 1,
    Own = 2,
    Seed = 3,
}

impl Page {
    const fn start(self) -> u32 {
        (self as u32).saturating_mul(PAGE)
    }

    const fn kind(self) -> u8 {
        (self as u8).saturating_add(1)
    }
}

/// Why a key was not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Error<E> {
    /// The medium failed, or does not hold what was written.
    Medium(Option<E>),
    /// There is one already, and it is written once.
    Present,
}

/// Keys on a medium of their own, of at least [`SIZE`] bytes.
#[derive(Debug)]
pub struct KeyStore<F>(F);

impl<F: NorFlash> KeyStore<F> {
    /// Over this medium, whose bytes can be written one by one.
    pub const fn new(medium: F) -> Self {
        Self(medium)
    }

    /// Stores the provider's key and the seed, once.
    ///
    /// # Errors
    ///
    /// [`Error::Present`] where both are there, [`Error::Medium`].
    pub fn provision(&mut self, provider: Organisation, key: &Key, seed: &Key) -> Result<(), Error<F::Error>> {
        if self.load(Page::Provider)?.is_some() {
            return Err(Error::Present);
        }
        // The seed first: without a provider's key nothing counts, and it is done again.
        self.store(Page::Seed, Organisation::NONE, seed)?;
        self.store(Page::Provider, provider, key)
    }

    /// Stores the key under which the customer acts before the claim: before the step that opens the account.
    ///
    /// # Errors
    ///
    /// [`Error::Medium`].
    pub fn store_first(&mut self, customer: Organisation, key: &Key) -> Result<(), Error<F::Error>> {
        self.store(Page::First, customer, key)
    }

    /// Stores the key under which the customer acts from the claim on: before that step.
    ///
    /// # Errors
    ///
    /// [`Error::Medium`].
    pub fn store_own(&mut self, customer: Organisation, key: &Key) -> Result<(), Error<F::Error>> {
        self.store(Page::Own, customer, key)
    }

    /// The seed of the device's signing key, once it is provisioned.
    ///
    /// # Errors
    ///
    /// [`Error::Medium`].
    pub fn seed(&mut self) -> Result<Option<[u8; KEY]>, Error<F::Error>> {
        Ok(self.load(Page::Seed)?.map(|(_, key)| *key.dangerous_bytes()))
    }

    /// The keys that count where the engine stands so; what has no use there any more is erased.
    ///
    /// # Errors
    ///
    /// [`Error::Medium`]; then nobody may be heard.
    pub fn settle(&mut self, base: &Base) -> Result<Keys, Error<F::Error>> {
        let theirs = |stored: Option<(Organisation, Key)>, owner: Organisation| {
            stored.filter(|(organisation, _)| *organisation == owner).map(|(_, key)| key)
        };
        let provider = theirs(self.load(Page::Provider)?, base.device.provider);
        let open = base.account.is_open();
        let (used, unused) = if base.lease.claimed { (Page::Own, Page::First) } else { (Page::First, Page::Own) };
        let customer = if open { theirs(self.load(used)?, base.account.organisation) } else { None };
        if customer.is_none() {
            self.erase(used)?;
        }
        self.erase(unused)?;
        Ok(Keys { provider, customer, vendor: None })
    }

    /// The medium.
    pub fn into_medium(self) -> F {
        self.0
    }

    fn load(&mut self, page: Page) -> Result<Option<(Organisation, Key)>, Error<F::Error>> {
        let mut bytes = [0; PAGE as usize];
        self.0.read(page.start(), &mut bytes).map_err(|error| Error::Medium(Some(error)))?;
        Ok(parse(page, &bytes))
    }

    fn store(&mut self, page: Page, organisation: Organisation, key: &Key) -> Result<(), Error<F::Error>> {
        let failed = |error| Error::Medium(Some(error));
        self.0.erase(page.start(), page.start().saturating_add(PAGE)).map_err(failed)?;
        self.0.write(page.start(), &bytes(page, organisation, key)).map_err(failed)?;
        match self.load(page)? {
            Some((owner, stored)) if owner == organisation && stored == *key => Ok(()),
            _ => Err(Error::Medium(None)),
        }
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

fn bytes(page: Page, organisation: Organisation, key: &Key) -> [u8; PAGE as usize] {
    let head = [page.kind(), VERSION];
    let Digest(digest) = sha256(&[&head, &organisation.0, key.dangerous_bytes()]);
    let mut bytes = [0; PAGE as usize];
    let parts = head.iter().chain(&organisation.0).chain(key.dangerous_bytes()).chain(&digest);
    for (place, byte) in bytes.iter_mut().zip(parts) {
        *place = *byte;
    }
    bytes
}

fn parse(page: Page, stored: &[u8; PAGE as usize]) -> Option<(Organisation, Key)> {
    let (_, rest) = stored.split_first_chunk::<2>()?;
    let (organisation, rest) = rest.split_first_chunk::<16>()?;
    let (key, _) = rest.split_first_chunk::<KEY>()?;
    let (organisation, key) = (Organisation(*organisation), Key::new(*key)?);
    (bytes(page, organisation, &key) == *stored).then_some((organisation, key))
}

#[cfg(test)]
mod tests;
