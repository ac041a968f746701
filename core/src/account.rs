//! The customer's account: registration, plan, opt-ins, switches and the roster of approvers (D-21).

use crate::id::{Id, Label, Organisation};
use crate::policy::Subjects;
use core::fmt;
use serde::de::{self, Deserializer};
use serde::ser::{SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};

/// Approvers that a roster holds at most.
pub const ROSTER_SIZE: usize = 4;

/// The customer's designated approvers (L-28, L-29), in the order they were named.
///
/// # Invariants
///
/// - Free places are [`Id::NOBODY`] and come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Roster([Id; ROSTER_SIZE]);

impl Roster {
    /// Nobody.
    pub const EMPTY: Self = Self([Id::NOBODY; ROSTER_SIZE]);

    /// The roster of these approvers; `None` where they are too many.
    #[must_use]
    pub fn new(approvers: &[Id]) -> Option<Self> {
        let mut roster = Self::EMPTY;
        for (number, approver) in approvers.iter().enumerate() {
            *roster.0.get_mut(number)? = *approver;
        }
        Some(roster)
    }

    /// The approvers.
    pub fn iter(&self) -> impl Iterator<Item = &Id> {
        self.0.iter().take_while(|id| id.is_somebody())
    }

    /// Whether `id` is on it.
    #[must_use]
    pub fn contains(&self, id: Id) -> bool {
        self.iter().any(|approver| *approver == id)
    }

    /// Whether it names each approver once, and nobody after a free place.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let once = |id: &Id| self.iter().filter(|other| *other == id).count() == 1;
        let whole = self.iter().count() == self.0.iter().filter(|id| id.is_somebody()).count();
        whole && self.iter().all(once)
    }
}

/// As a sequence of its approvers, so that the encoding does not depend on [`ROSTER_SIZE`].
impl Serialize for Roster {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some(self.iter().count()))?;
        for approver in self.iter() {
            sequence.serialize_element(approver)?;
        }
        sequence.end()
    }
}

impl<'de> Deserialize<'de> for Roster {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Approvers;
        impl<'de> de::Visitor<'de> for Approvers {
            type Value = Roster;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list of at most 4 approvers")
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut sequence: A) -> Result<Roster, A::Error> {
                let mut roster = Roster::EMPTY;
                let mut count = 0;
                while let Some(approver) = sequence.next_element()? {
                    let place = roster.0.get_mut(count).ok_or_else(|| de::Error::invalid_length(count, &self))?;
                    *place = approver;
                    count = count.saturating_add(1);
                }
                Ok(roster)
            }
        }
        deserializer.deserialize_seq(Approvers)
    }
}

/// How far the customer's registration for the service has come (H-57).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Registration {
    /// Nobody registered.
    #[default]
    None = 0,
    /// Registered, not yet approved.
    Pending = 1,
    /// Approved: resources may be created.
    Approved = 2,
}

/// The customer's support plan, lowest first (L-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Plan {
    /// No plan.
    #[default]
    None = 0,
    /// Billing and subscription support only.
    Basic = 1,
    /// The lowest plan that the lockbox is available with.
    Developer = 2,
    /// Standard.
    Standard = 3,
    /// Professional Direct.
    ProfessionalDirect = 4,
}

/// One customer, as the core needs to know it. Erased with the lease (D-27).
///
/// # Invariants
///
/// - While `organisation` is none, everything else is as in [`Account::default`].
/// - `roster` names each approver once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Account {
    /// Whose account it is; none while no account is open.
    pub organisation: Organisation,
    /// Registration for the service; written by the provider's `Pool` (H-57).
    pub registration: Registration,
    /// Support plan; written by the provider's `Pool` (L-01).
    pub plan: Plan,
    /// Whether the customer registered with the vendor's support (H-26).
    pub vendor_registered: bool,
    /// The region the customer asked for (H-60).
    pub region: Label,
    /// The customer's pre-defined virtual network (H-60).
    pub network: Label,
    /// Whether the customer asked for a device (H-57).
    pub allocation_requested: bool,
    /// Whether the customer opted in to the lockbox, where a policy asks for it (D-20).
    pub lockbox_opted_in: bool,
    /// Previews the customer signed up for (L-67).
    pub previews: Subjects,
    /// The customer's tamper bit: whether a recoverable tamper destroys (D-16). Off, as on the device.
    pub destroy_on_tamper: bool,
    /// Whether the provider may monitor (H-05, H-56).
    pub monitoring: bool,
    /// Who may approve (L-28).
    pub roster: Roster,
}

impl Account {
    /// No account: nothing may be approved, nobody is anybody, monitoring is as at the baseline.
    pub const CLOSED: Self = Self::closed(true);

    pub(crate) const fn closed(monitoring: bool) -> Self {
        Self {
            organisation: Organisation::NONE,
            registration: Registration::None,
            plan: Plan::None,
            vendor_registered: false,
            region: Label([0; 16]),
            network: Label([0; 16]),
            allocation_requested: false,
            lockbox_opted_in: false,
            previews: Subjects::NONE,
            destroy_on_tamper: false,
            monitoring,
            roster: Roster::EMPTY,
        }
    }

    /// Whether an account is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.organisation != Organisation::NONE
    }
}

impl Default for Account {
    fn default() -> Self {
        Self::CLOSED
    }
}
