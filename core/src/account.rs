//! The customer's account: registration, plan, opt-ins, switches and the roster of approvers (D-21).

use crate::few::{FEW, Few};
use crate::id::{Id, Label, Organisation};
use crate::policy::Subjects;
use crate::word::words;
use serde::{Deserialize, Serialize};

/// The customer's designated approvers (L-28, L-29), in the order they were named.
pub type Roster = Few<Id>;

/// Approvers that a roster holds at most.
pub const ROSTER_SIZE: usize = FEW;

words! {
    /// How far the customer's registration for the service has come (H-57).
    #[derive(Default)]
    pub enum Registration {
        /// Nobody registered.
        #[default]
        None = 0 "none",
        /// Registered, not yet approved.
        Pending = 1 "pending",
        /// Approved: resources may be created.
        Approved = 2 "approved",
    }
}

words! {
    /// The customer's support plan, lowest first (L-01).
    #[derive(PartialOrd, Ord, Default)]
    pub enum Plan {
        /// No plan.
        #[default]
        None = 0 "none",
        /// Billing and subscription support only.
        Basic = 1 "basic",
        /// The lowest plan that the lockbox is available with.
        Developer = 2 "developer",
        /// Standard.
        Standard = 3 "standard",
        /// Professional Direct.
        ProfessionalDirect = 4 "professional_direct",
    }
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
    /// The customer id for the vendor's portal; written by the provider's `Pool` at onboarding (H-27, H-33).
    pub customer_id: Label,
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
            customer_id: Label([0; 16]),
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
