//! Who is heard.

use super::{Ask, Key, Sealed, Tag};
use crate::id::Id;
use crate::party::Party;
use core::fmt;
use serde::{Deserialize, Serialize};

/// The keys of a board.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// The provider's, written once at the first boot.
    pub provider: Option<Key>,
    /// The customer's: for one use from the allocation on, their own from the claim on.
    pub customer: Option<Key>,
    /// The vendor's.
    pub vendor: Option<Key>,
}

impl Keys {
    /// A party's key; the device's own parts have none.
    #[must_use]
    pub const fn of(&self, party: Party) -> Option<&Key> {
        match party {
            Party::Provider => self.provider.as_ref(),
            Party::Customer => self.customer.as_ref(),
            Party::Vendor => self.vendor.as_ref(),
            Party::Device => None,
        }
    }
}

/// What came of something sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admitted<'a> {
    /// It is new.
    New(&'a Ask),
    /// It is the last one of its party once more: answer as before.
    Again,
}

/// Why something sealed is not heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Refused {
    /// The party has no key here.
    NoKey(Party),
    /// It was not sealed under the party's key, or not for this session.
    Forged(Party),
    /// Its counter was used before.
    Replayed(Party),
    /// It is a command of another party than the one that sealed it.
    NotTheirs(Party),
}

impl Refused {
    /// The number of another refusal, of [`ToBoard::Provision`](super::ToBoard::Provision): the board is something already.
    pub const ALREADY_PROVISIONED: u16 = 1064;

    /// A stable number, the same in every language; above every rule's, and no other error's.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::NoKey(_) => 1060,
            Self::Forged(_) => 1061,
            Self::Replayed(_) => 1062,
            Self::NotTheirs(_) => 1063,
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey(party) => write!(formatter, "the {} has no key here", party.name()),
            Self::Forged(party) => {
                write!(formatter, "this was not sealed under the key of the {}, or not for this session", party.name())
            }
            Self::Replayed(party) => write!(formatter, "the counter of the {} was used before", party.name()),
            Self::NotTheirs(party) => write!(formatter, "the {} sealed a command of another party's", party.name()),
        }
    }
}

impl core::error::Error for Refused {}

/// How many were not heard, since the boot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Refusals {
    /// Frames that were none, as noise makes them.
    pub broken: u32,
    /// Of a party without a key.
    pub no_key: u32,
    /// Forged.
    pub forged: u32,
    /// Replayed.
    pub replayed: u32,
    /// Another party's.
    pub not_theirs: u32,
}

/// What a party asked last.
#[derive(Debug, Clone, Copy, Default)]
struct Last {
    counter: u64,
    tag: Option<Tag>,
}

/// Opens what is sealed, in one session.
#[derive(Debug)]
pub struct Gate {
    session: Id,
    keys: Keys,
    last: [Last; 3],
    refusals: Refusals,
}

impl Gate {
    /// A gate for the session of this name: the engine's challenge, once the boot is stored.
    #[must_use]
    pub const fn new(session: Id, keys: Keys) -> Self {
        const NEVER: Last = Last { counter: 0, tag: None };
        Self {
            session,
            keys,
            last: [NEVER; 3],
            refusals: Refusals { broken: 0, no_key: 0, forged: 0, replayed: 0, not_theirs: 0 },
        }
    }

    /// The session's name.
    #[must_use]
    pub const fn session(&self) -> Id {
        self.session
    }

    /// Counts a frame that was none.
    pub const fn count_broken(&mut self) {
        self.refusals.broken = self.refusals.broken.saturating_add(1);
    }

    /// How many were not heard.
    #[must_use]
    pub const fn refusals(&self) -> Refusals {
        self.refusals
    }

    /// The counter that a party's next ask has to have at least.
    #[must_use]
    pub fn next_counter(&self, party: Party) -> u64 {
        place(party).and_then(|place| self.last.get(place)).map_or(0, |last| last.counter.saturating_add(1))
    }

    /// Gives the customer a key, or none. What was sealed under the one before is worth nothing from now on.
    pub fn set_customer_key(&mut self, key: Option<Key>) {
        self.keys.customer = key;
    }

    /// The keys.
    #[must_use]
    pub const fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Opens what is sealed, or says why not.
    ///
    /// # Errors
    ///
    /// Every [`Refused`]. It was counted, and nothing else has changed.
    pub fn admit<'a>(&mut self, sealed: &'a Sealed<Ask>) -> Result<Admitted<'a>, Refused> {
        let admitted = self.judge(sealed);
        let count = match admitted {
            Ok(Admitted::New(_)) => {
                let last = Last { counter: sealed.counter, tag: Some(sealed.tag) };
                if let Some(place) = place(sealed.party).and_then(|place| self.last.get_mut(place)) {
                    *place = last;
                }
                return admitted;
            }
            Ok(Admitted::Again) => return admitted,
            Err(Refused::NoKey(_)) => &mut self.refusals.no_key,
            Err(Refused::Forged(_)) => &mut self.refusals.forged,
            Err(Refused::Replayed(_)) => &mut self.refusals.replayed,
            Err(Refused::NotTheirs(_)) => &mut self.refusals.not_theirs,
        };
        *count = count.saturating_add(1);
        admitted
    }

    fn judge<'a>(&self, sealed: &'a Sealed<Ask>) -> Result<Admitted<'a>, Refused> {
        let party = sealed.party;
        self.check(party, &sealed.tag, sealed)?;
        if let Some(command) = sealed.body.command() {
            if command.by.role.party() != party {
                return Err(Refused::NotTheirs(party));
            }
            let second = command.second.map(|second| second.role.party()).filter(|second| *second != party);
            if let Some(second) = second {
                self.check(second, &sealed.second.ok_or(Refused::Forged(second))?, sealed)?;
            }
        }
        let last = place(party).and_then(|place| self.last.get(place)).ok_or(Refused::NoKey(party))?;
        if sealed.counter == last.counter && last.tag == Some(sealed.tag) {
            return Ok(Admitted::Again);
        }
        if sealed.counter <= last.counter { Err(Refused::Replayed(party)) } else { Ok(Admitted::New(&sealed.body)) }
    }

    fn check(&self, party: Party, tag: &Tag, sealed: &Sealed<Ask>) -> Result<(), Refused> {
        let key = self.keys.of(party).ok_or(Refused::NoKey(party))?;
        if sealed.is_tagged(tag, self.session, key) { Ok(()) } else { Err(Refused::Forged(party)) }
    }
}

/// Where a party's counter is; the device's own parts have none.
pub(crate) const fn place(party: Party) -> Option<usize> {
    match party {
        Party::Customer => Some(0),
        Party::Provider => Some(1),
        Party::Vendor => Some(2),
        Party::Device => None,
    }
}
