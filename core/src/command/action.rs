//! The actions: one list, of which the action, its verb and their names are made.

use super::{AccessTerms, Exclusion, LogName, RequestNumber, Statement};
use crate::account::{Plan, Roster};
use crate::device::{Component, Inventory};
use crate::few::{Few, Name};
use crate::id::{Digest, Id, Label, Organisation};
use crate::issue::Issue;
use crate::lunash::Arguments;
use crate::policy::{Subject, Subjects};
use crate::reading::{Reading, TamperClass};
use crate::time::{Seconds, Time};
use crate::word::Blank;
use core::fmt;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::ser::{SerializeTuple, Serializer};
use serde::{Deserialize, Serialize};

macro_rules! actions {
    ($($(#[doc = $doc:literal])* $code:literal $name:ident $text:literal {
        $($(#[doc = $field_doc:literal])* $(#[serde($serde:meta)])? $field:ident: $type:ty),* $(,)?
    })*) => {
        /// What is asked or reported. New actions are added at the end.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[doc = $doc])* $name { $($(#[doc = $field_doc])* $field: $type),* },)*
        }

        /// The action in a format with names.
        #[derive(Serialize, Deserialize)]
        #[serde(remote = "Action", rename_all = "snake_case", deny_unknown_fields)]
        enum Named {
            $($name { $($(#[serde($serde)])? $field: $type),* },)*
        }

        /// An action without its arguments.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[repr(u8)]
        pub enum Verb {
            $($(#[doc = $doc])* $name = $code,)*
        }

        impl Action {
            /// The action without its arguments.
            #[must_use]
            pub const fn verb(&self) -> Verb {
                match self { $(Self::$name { .. } => Verb::$name,)* }
            }
        }

        impl Serialize for Action {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    return Named::serialize(self, serializer);
                }
                let mut tuple = serializer.serialize_tuple(2)?;
                tuple.serialize_element(&self.verb().code())?;
                match self {
                    $(Self::$name { $($field),* } => { $(tuple.serialize_element($field)?;)* })*
                }
                tuple.end()
            }
        }

        /// Reads what [`Action`] writes in a format without names: the verb's number, then the arguments.
        struct Numbered;

        impl<'de> Visitor<'de> for Numbered {
            type Value = Action;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a verb's number and its arguments")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<Action, A::Error> {
                let mut action = Action::Tick {};
                let mut elements = Elements { sequence, failed: None };
                elements.fill(&mut action);
                match elements.failed {
                    None => Ok(action),
                    Some(error) => Err(error),
                }
            }
        }

        impl<'de, A: SeqAccess<'de>> Elements<A, A::Error> {
            /// Each arm writes in place: an action that is returned is put together in registers, which is kilobytes.
            #[inline(never)]
            fn fill(&mut self, action: &mut Action) {
                match self.next::<u8>() {
                    $($code => *action = Action::$name { $($field: self.next()),* },)*
                    _ => self.failed = Some(de::Error::custom("no verb has this number")),
                }
            }
        }

        impl Verb {
            /// Every verb, in the order of the actions.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name that scenarios and tools use.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The names of its arguments.
            #[must_use]
            pub const fn arguments(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$(stringify!($field)),*],)* }
            }

            /// The types of its arguments, as this crate names them, in the same order.
            #[must_use]
            pub const fn argument_types(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$(stringify!($type)),*],)* }
            }

            /// The verb with this number.
            #[must_use]
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}

/// Arguments that an action has at most, and the verb.
const ELEMENTS: usize = 8;

/// A format with names gets the action's name and the names of its arguments; one without gets the verb's stable
/// number and the arguments, one after another, so that bytes do not depend on the order of this list.
impl<'de> Deserialize<'de> for Action {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Named::deserialize(deserializer);
        }
        deserializer.deserialize_tuple(ELEMENTS, Numbered)
    }
}

/// The elements of an action's encoding. Reading goes on after an error, with values that nobody sees, and tells of it
/// at the end: that takes half the code of stopping at each of a hundred places.
struct Elements<A, E> {
    sequence: A,
    failed: Option<E>,
}

impl<A, E: de::Error> Elements<A, E> {
    fn next<'de, T: Deserialize<'de> + Blank>(&mut self) -> T
    where
        A: SeqAccess<'de, Error = E>,
    {
        match self.sequence.next_element() {
            Ok(Some(value)) => return value,
            Ok(None) => self.failed = Some(E::invalid_length(0, &Numbered)),
            Err(error) => self.failed = Some(error),
        }
        T::blank()
    }
}

macro_rules! blank {
    ($($type:ty = $value:expr),* $(,)?) => { $(impl Blank for $type {
            fn blank() -> Self {
                $value
            }
        })* };
}

blank! {
    bool = false,
    u8 = 0,
    u16 = 0,
    u32 = 0,
    Id = Self::NOBODY,
    Organisation = Self::NONE,
    Label = Self([0; 16]),
    Digest = Self::NONE,
    Subjects = Self::NONE,
    Reading = Self::default(),
    Statement = Self { serial: Label::default(), organisation: Organisation::NONE, state: Blank::blank() },
    AccessTerms = Self {
        subject: Blank::blank(),
        scope: Blank::blank(),
        permission: Blank::blank(),
        isolated_identity: false,
        multi_factor: false,
        standard_tools_failed: false,
        customer_data: false,
        duration: None,
        justification: Digest::NONE,
    },
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T: Name> Blank for Few<T> {
    fn blank() -> Self {
        Self::EMPTY
    }
}

/// A boot that says nothing of its self-test passed it.
const fn passed() -> bool {
    true
}

actions! {
    // Account (D-21).
    /// Opens the customer's account, or writes how far its registration is (H-57); with an organisation of
    /// zeros, closes an account without a lease and erases what is the customer's.
    1 Register "register" {
        /// The customer.
        organisation: Organisation,
        /// Whether the registration is approved.
        approved: bool,
    }
    /// Writes the support plan (L-01).
    2 SetPlan "set_plan" {
        /// The plan.
        plan: Plan,
    }
    /// Writes the roster of approvers (L-28).
    3 SetRoster "set_roster" {
        /// The approvers, each once.
        approvers: Roster,
    }
    /// Opts in or out of the lockbox and of previews (D-20, L-67).
    4 SetOptIns "set_opt_ins" {
        /// The lockbox.
        lockbox: bool,
        /// The previews, a bit each.
        previews: Subjects,
    }
    /// Writes the tamper bit (D-16).
    5 SetTamperBit "set_tamper_bit" {
        /// Whether a recoverable tamper destroys.
        destroys: bool,
    }
    /// Allows or restricts the provider's monitoring (H-56).
    6 SetMonitoring "set_monitoring" {
        /// Whether it is allowed.
        allowed: bool,
    }
    /// Notes the registration with the vendor's support (H-26).
    7 SetVendorRegistration "set_vendor_registration" {
        /// Whether it is done.
        registered: bool,
    }
    /// Names region and network (H-60).
    8 SetPlace "set_place" {
        /// The region.
        region: Label,
        /// The virtual network.
        network: Label,
    }
    /// Asks for a device (H-57).
    9 RequestAllocation "request_allocation" {}
    /// Hands out the customer id for the vendor's portal (H-27).
    10 SetCustomerId "set_customer_id" {
        /// The id.
        id: Label,
    }
    /// Puts another policy in force (D-24).
    11 SetPolicy "set_policy" {
        /// Its digest.
        policy: Digest,
    }

    // The lease's chart (`lifecycle.md` a.2).
    /// The device arrives.
    20 Arrive "arrive" {
        /// The serial number on it.
        serial: Label,
    }
    /// Secure transport mode is verified.
    21 StmOk "stm_ok" {
        /// Digest of the string sent by the other channel.
        expected: Digest,
        /// Digest of the string that the device shows.
        shown: Digest,
        /// Whether all seals are whole.
        seals_whole: bool,
    }
    /// Secure transport mode or seals do not match.
    22 StmMismatch "stm_mismatch" {
        /// Digest of the string sent by the other channel.
        expected: Digest,
        /// Digest of the string that the device shows.
        shown: Digest,
        /// Whether all seals are whole.
        seals_whole: bool,
    }
    /// The device is prepared for the pool.
    23 BaselineOk "baseline_ok" {
        /// The firmware version.
        firmware: Label,
        /// Whether the pool's own password was replaced and discarded.
        password_discarded: bool,
        /// Whether the appliance's logs are cleared.
        logs_cleared: bool,
        /// Whether the self-test passed.
        self_test_passed: bool,
        /// Whether the provider itself checked that the device is reset (for a reported proof).
        reset_checked: bool,
    }
    /// The covers are about to be opened.
    24 EnterMaintenance "enter_maintenance" {
        /// The ticket for the temporary key.
        ticket: Label,
    }
    /// The covers are closed again.
    25 ExitMaintenance "exit_maintenance" {
        /// Whether they are.
        covers_closed: bool,
    }
    /// The provider zeroizes a device without a tenant.
    26 ZeroizeLocal "zeroize_local" {}
    /// The device is allocated (H-60).
    27 Allocate "allocate" {
        /// The customer.
        organisation: Organisation,
        /// The region that the device is in.
        region: Label,
        /// The network that it is mapped into.
        network: Label,
        /// What is said of the device that it replaces (H-73, D-27).
        #[serde(default)]
        replaces: Option<Statement>,
    }
    /// The device goes back to preparation.
    28 Recheck "recheck" {}
    /// The device is in the customer's network (H-61).
    29 Mapped "mapped" {
        /// The network.
        network: Label,
        /// Whether the SSH test passed (H-77).
        ssh_test_passed: bool,
    }
    /// The mapping failed.
    30 AllocFail "alloc_fail" {}
    /// The customer takes the device over.
    31 Claim "claim" {
        /// Whether the default credential was replaced.
        credential_replaced: bool,
        /// Digest of the owner's key.
        owner_key: Digest,
        /// When the proof of zeroization was made that the customer checked, if they did.
        #[serde(default)]
        proof: Option<Time>,
    }
    /// The customer gives the unclaimed device back.
    32 Abandon "abandon" {}
    /// The customer initializes the HSM.
    33 Init "init" {
        /// Digest of the cloning domain.
        cloning_domain: Digest,
    }
    /// The customer zeroizes (H-65).
    34 Zeroize "zeroize" {
        /// The challenge that the engine gives for this destruction.
        nonce: Id,
    }
    /// The customer resets to factory state (H-66).
    35 FactoryReset "factory_reset" {
        /// The challenge that the engine gives for this destruction.
        nonce: Id,
    }
    /// The security officer's log-in failed.
    36 LoginFailed "login_failed" {}
    /// A tamper input tripped.
    37 Tamper "tamper" {
        /// Which.
        class: TamperClass,
    }
    /// A hard fault.
    38 FaultHard "fault_hard" {
        /// The device's own code.
        code: u16,
        /// Whether the fault is classed soft.
        soft: bool,
    }
    /// The customer clears the tamper.
    39 TamperClear "tamper_clear" {}
    /// Areas are erased.
    40 EraseDone "erase_done" {
        /// The areas, a bit each.
        areas: u16,
    }
    /// The erasure failed.
    41 EraseFail "erase_fail" {}
    /// Everything reads back erased.
    42 VerifyOk "verify_ok" {
        /// Digest of what was read back.
        read_back: Digest,
    }
    /// Something reads back different.
    43 VerifyFail "verify_fail" {}
    /// The customer begins anew.
    44 Reinit "reinit" {}
    /// The customer asks to give the device back (H-65).
    45 Deprovision "deprovision" {}
    /// A zeroized device has no tenant.
    46 Unbound "unbound" {}
    /// The device is out of the network and of the lease.
    47 Detached "detached" {
        /// Whether it is unmapped.
        network_unmapped: bool,
    }
    /// The failed device recovers.
    48 SoftRecover "soft_recover" {
        /// Whether the self-tests pass.
        self_tests_passed: bool,
    }
    /// The customer gives the failed device up.
    49 GiveUp "give_up" {
        /// Whether it is stated that the device cannot be zeroized.
        cannot_zeroize: bool,
    }
    /// The provider gives up a device without a tenant.
    50 GiveUpLocal "give_up_local" {}
    /// The data-bearing parts are out.
    51 PartsOut "parts_out" {
        /// Their serial numbers.
        parts: Inventory,
        /// What the camera's recording is filed under.
        camera: Label,
    }
    /// The data-bearing parts are shredded.
    52 Shred "shred" {
        /// Their serial numbers.
        parts: Inventory,
        /// How.
        method: Label,
        /// Where.
        place: Label,
    }
    /// The chassis leaves.
    53 ChassisOut "chassis_out" {}
    /// Stored state was invalid.
    54 Quarantine "quarantine" {}
    /// The device was seen zeroized.
    55 ZeroizedSeen "zeroized_seen" {}
    /// Power-up, once the self-test has ended.
    56 Boot "boot" {
        /// Whether it passed.
        #[serde(default = "passed")]
        self_test_passed: bool,
    }
    /// A cause of tamper is gone.
    57 TamperCauseGone "tamper_cause_gone" {
        /// Which.
        class: TamperClass,
    }
    /// Health was read (H-54).
    58 ReadHealth "read_health" {
        /// What was read.
        reading: Reading,
    }
    /// The security officer logged in.
    59 LoginSucceeded "login_succeeded" {}

    // Regions of the lease beside the chart (`lifecycle.md` a.4).
    /// Writes which data-bearing parts the device has (H-75).
    60 SetInventory "set_inventory" {
        /// Their serial numbers.
        parts: Inventory,
    }
    /// A poll got no answer.
    61 PollUnanswered "poll_unanswered" {}
    /// A recoverable error: outputs stop.
    62 ErrorSoft "error_soft" {}
    /// The error is over.
    63 ErrorRecovered "error_recovered" {
        /// Whether the self-test passed.
        self_test_passed: bool,
    }
    /// A device that replaces this one is handed out (H-73, D-27).
    64 ReplacementOut "replacement_out" {
        /// What is said of it.
        peer: Statement,
    }
    /// The customer adds the device to an HA group (H-74).
    65 HaJoin "ha_join" {
        /// Digest of the group's cloning domain.
        cloning_domain: Digest,
        /// Other members in service.
        peers: u8,
    }
    /// Synchronization begins.
    66 HaSyncStart "ha_sync_start" {
        /// Whether the members accept the device.
        accepted: bool,
    }
    /// Synchronization ended.
    67 HaSyncOk "ha_sync_ok" {
        /// Digest of the objects that the group holds.
        expected: Digest,
        /// Digest of the objects that the device holds.
        found: Digest,
        /// Other members in service.
        peers: u8,
    }
    /// Synchronization failed.
    68 HaSyncFail "ha_sync_fail" {}
    /// The group changed: the device is behind.
    69 HaPeerChange "ha_peer_change" {
        /// Other members in service.
        peers: u8,
    }
    /// The customer asks for synchronization.
    70 HaRecover "ha_recover" {}
    /// The customer takes the device out of the group.
    71 HaLeave "ha_leave" {}
    /// Hands ask beforehand what taking a part out would do (H-72).
    72 PlanSwap "plan_swap" {
        /// The part.
        component: Component,
    }
    /// Somebody logged in to the device's recovery account, or tried to.
    73 RecoverLogin "recover_login" {
        /// Whether it succeeded.
        succeeded: bool,
    }

    // Lockbox.
    /// Opens a ticket; its first request starts here (L-09).
    80 OpenTicket "open_ticket" {
        /// The ticket.
        ticket: Label,
        /// Whether the user troubleshot first (L-08).
        troubleshot: bool,
    }
    /// The engineer reviews the ticket (L-11).
    81 Triage "triage" {
        /// The request.
        request: RequestNumber,
    }
    /// The engineer asks for elevated permission (L-13).
    82 RequestAccess "request_access" {
        /// The ticket.
        ticket: Label,
        /// The ended request that this one follows (D-09).
        #[serde(default)]
        follows: Option<RequestNumber>,
        /// What is asked for.
        terms: AccessTerms,
    }
    /// The just-in-time service evaluates (L-16).
    83 Evaluate "evaluate" {
        /// The request.
        request: RequestNumber,
    }
    /// An internal approver approves (L-21).
    84 ApproveInternally "approve_internally" {
        /// The request.
        request: RequestNumber,
    }
    /// An internal approver rejects (L-21).
    85 RejectInternally "reject_internally" {
        /// The request.
        request: RequestNumber,
    }
    /// The customer is asked (L-23, L-25).
    86 AskCustomer "ask_customer" {
        /// The request.
        request: RequestNumber,
    }
    /// A designated approver approves (L-39).
    87 Approve "approve" {
        /// The request.
        request: RequestNumber,
        /// A shorter duration, in seconds (D-02).
        #[serde(default)]
        duration: Option<Seconds>,
        /// Digest of the reason's text; all zeros where none is given.
        #[serde(default)]
        reason: Digest,
    }
    /// A designated approver denies (L-41).
    88 Deny "deny" {
        /// The request.
        request: RequestNumber,
        /// Digest of the reason's text; all zeros where none is given.
        #[serde(default)]
        reason: Digest,
    }
    /// The engineer acts (L-39).
    89 UseAccess "use_access" {
        /// The request.
        request: RequestNumber,
    }
    /// The customer takes access back (D-04).
    90 Revoke "revoke" {
        /// The request.
        request: RequestNumber,
        /// Digest of the reason's text; all zeros where none is given.
        #[serde(default)]
        reason: Digest,
    }
    /// The provider ends its own access (D-04).
    91 EndAccess "end_access" {
        /// The request.
        request: RequestNumber,
    }
    /// The provider withdraws the request.
    92 Cancel "cancel" {
        /// The request.
        request: RequestNumber,
    }

    /// An access that the lockbox does not ask the customer about is put on record (L-68 to L-70, D-11).
    93 RecordExclusion "record_exclusion" {
        /// Which kind.
        kind: Exclusion,
        /// What was reached.
        subject: Subject,
        /// Digest of the justification's text.
        justification: Digest,
    }
    /// An excluded access is reviewed after the fact (D-11).
    94 ReviewExclusion "review_exclusion" {
        /// Its number.
        exclusion: RequestNumber,
        /// Digest of the finding's text.
        finding: Digest,
    }

    // Support.
    /// The customer asks who answers for an issue (H-16 to H-23).
    100 AskSupport "ask_support" {
        /// What it is about.
        issue: Issue,
        /// Whether the customer's own SSH test passed, where it was made (H-77).
        #[serde(default)]
        ssh_test: Option<bool>,
    }

    // Log, outbox and time.
    /// Exported records are safe elsewhere (D-22).
    110 Acknowledge "acknowledge" {
        /// Which log.
        log: LogName,
        /// The sequence number after the last acknowledged record.
        next: u32,
    }
    /// What the outbox asked for was done (D-25).
    111 Confirm "confirm" {
        /// The entry.
        effect: u32,
    }
    /// Turns the earliest overdue deadline into a step (D-26).
    112 Tick "tick" {}
    /// Sets the time; ends every open window (D-18).
    113 SetTime "set_time" {}

    // Console.
    /// A line typed at the device's console (H-05, H-53, L-39).
    120 ConsoleLine "console_line" {
        /// The command's number in the console's table; 65 535 for one that it does not have.
        command: u16,
        /// Of what kind its arguments are.
        arguments: Arguments,
        /// Digest of the line.
        line: Digest,
    }
}

impl Verb {
    /// The stable number that stands in the log.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// Whether the action only ends access or destroys, tells of danger or drains the log.
    ///
    /// Such a step is never refused because the log is full (D-17), and runs at the last good time
    /// where the time is unknown or earlier (D-18). Switching monitoring *off* is one too; see
    /// [`Action::is_protective`].
    #[must_use]
    pub const fn is_protective(self) -> bool {
        matches!(
            self,
            Self::Tamper
                | Self::Zeroize
                | Self::ZeroizeLocal
                | Self::FactoryReset
                | Self::LoginFailed
                | Self::Abandon
                | Self::FaultHard
                | Self::Boot
                | Self::EraseDone
                | Self::EraseFail
                | Self::VerifyOk
                | Self::VerifyFail
                | Self::ZeroizedSeen
                | Self::ExitMaintenance
                | Self::GiveUp
                | Self::GiveUpLocal
                | Self::Quarantine
                | Self::StmMismatch
                | Self::Deny
                | Self::Revoke
                | Self::Cancel
                | Self::EndAccess
                | Self::RejectInternally
                | Self::Acknowledge
                | Self::Confirm
                | Self::Tick
                | Self::ErrorSoft
                | Self::RecoverLogin
                | Self::HaSyncFail
                | Self::HaPeerChange
                | Self::HaLeave
                | Self::Shred
        )
    }
}

impl Action {
    /// Whether its record stands in the lifecycle log only: what it would leave in the tenant log would
    /// keep that from ever being taken, or is erased by the step itself (D-22).
    #[must_use]
    pub fn is_lifecycle_only(&self) -> bool {
        match self {
            Self::Acknowledge { .. } | Self::Detached { .. } => true,
            Self::Register { organisation, .. } => *organisation == Organisation::NONE,
            _ => false,
        }
    }

    /// Whether a full log never refuses it: what ends access, destroys or gives back, what tells of the
    /// device, and beginning anew on a zeroized one (D-17, T44).
    #[must_use]
    pub fn fits_full_log(&self) -> bool {
        let gives_back = matches!(self, Self::Deprovision {} | Self::Detached { .. } | Self::Reinit {});
        let tells = matches!(
            self,
            Self::ReadHealth { .. }
                | Self::PollUnanswered {}
                | Self::TamperCauseGone { .. }
                | Self::LoginSucceeded {}
                | Self::RecordExclusion { .. }
                | Self::ReviewExclusion { .. }
        );
        self.is_protective() || gives_back || tells
    }

    /// Whether the action only ends access or destroys; see [`Verb::is_protective`].
    #[must_use]
    pub const fn is_protective(&self) -> bool {
        match self {
            Self::SetMonitoring { allowed } => !*allowed,
            other => other.verb().is_protective(),
        }
    }

    /// The request that the action names.
    #[must_use]
    pub const fn request(&self) -> Option<RequestNumber> {
        match self {
            Self::Triage { request }
            | Self::Evaluate { request }
            | Self::ApproveInternally { request }
            | Self::RejectInternally { request }
            | Self::AskCustomer { request }
            | Self::Approve { request, .. }
            | Self::Deny { request, .. }
            | Self::UseAccess { request }
            | Self::Revoke { request, .. }
            | Self::EndAccess { request }
            | Self::Cancel { request }
            | Self::ReviewExclusion { exclusion: request, .. } => Some(*request),
            _ => None,
        }
    }

    /// The action without anything that names the customer.
    pub(super) fn blanked(&self) -> Self {
        let mut action = *self;
        match &mut action {
            Self::Register { organisation, .. } => *organisation = Organisation::NONE,
            Self::SetRoster { approvers } => *approvers = Roster::EMPTY,
            Self::SetPlace { region, network } => {
                *region = Label::default();
                *network = Label::default();
            }
            Self::Allocate { organisation, region, network, replaces } => {
                *organisation = Organisation::NONE;
                *region = Label::default();
                *network = Label::default();
                if let Some(statement) = replaces {
                    statement.organisation = Organisation::NONE;
                }
            }
            Self::ReplacementOut { peer } => peer.organisation = Organisation::NONE,
            Self::RequestAccess { ticket, terms, .. } => {
                *ticket = Label::default();
                terms.justification = Digest::NONE;
            }
            Self::HaSyncOk { expected, found, .. } => {
                *expected = Digest::NONE;
                *found = Digest::NONE;
            }
            Self::SetCustomerId { id: label } | Self::Mapped { network: label, .. } | Self::OpenTicket { ticket: label, .. } => {
                *label = Label::default();
            }
            Self::Claim { owner_key: digest, .. }
            | Self::Init { cloning_domain: digest }
            | Self::HaJoin { cloning_domain: digest, .. }
            | Self::RecordExclusion { justification: digest, .. }
            | Self::ReviewExclusion { finding: digest, .. }
            | Self::Approve { reason: digest, .. }
            | Self::Deny { reason: digest, .. }
            | Self::Revoke { reason: digest, .. }
            | Self::ConsoleLine { line: digest, .. } => *digest = Digest::NONE,
            _ => {}
        }
        action
    }
}
