//! What the fields of a record mean, verb by verb: `from` and `to`, the request's number and the detail.
//!
//! | Verbs | `from`, `to` | number | detail |
//! |---|---|---|---|
//! | of the lease's chart | states of the device | – | the cause where a destruction begins, else 0 |
//! | `tamper` | states of the device | – | the class of the tamper |
//! | `fault_hard` | states of the device | – | the device's own code |
//! | `read_health`, `poll_unanswered` | health | – | – |
//! | `error_soft`, `error_recovered` | execution | – | – |
//! | of the HA group | membership | – | – |
//! | `plan_swap` | – | – | the component |
//! | `recover_login` | – | – | 1 where it succeeded |
//! | of the lockbox | statuses of the request | the request | – |
//! | `open_ticket`, `request_access` | as above; the status before is none where the request begins | the request | – |
//! | `record_exclusion`, `review_exclusion` | – | the excluded access | its kind |
//! | `ask_support` | – | – | the issue |
//! | `console_line` | – | the request whose grant opens the console | the command's number |
//! | `acknowledge` | both the log that was taken | – | how many records |
//! | `confirm`, `tick` | by the rule: statuses of a request whose access is closed or whose time is over | that request | the kind of effect |
//! | `tick` on a timer of the chart | states of the device | – | the cause |
//! | `tick` on a review | – | the excluded access | – |
//!
//! Only an accepted step has any of this; a refusal moves nothing, and names the request where its command does.

use std::borrow::Cow;
use strongroom_core::lease::chart::Cause;
use strongroom_core::lease::execution::Execution;
use strongroom_core::lease::membership::Membership;
use strongroom_core::lunash;
use strongroom_core::outbox;
use strongroom_core::reading::TamperClass;
use strongroom_core::{Component, Exclusion, Health, Issue, LogName, Main, Rule, Status, Verb};

/// A name, or a number where there is none for it.
pub type Word = Cow<'static, str>;

/// What `from` and `to` are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// Nothing moves.
    Nothing,
    /// Where the device stands.
    State,
    /// How far the request has come.
    Status,
    /// The same, of a request that may begin here: then there is no status before.
    FirstStatus,
    /// How the device is doing.
    Health,
    /// Whether its outputs are open.
    Execution,
    /// How it stands to its HA group.
    Membership,
    /// Not a move: which log the records were taken from.
    Log,
}

/// What the number in `request` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A lockbox request, where it is not 0.
    Request,
    /// An excluded access, where it is not 0.
    Exclusion,
}

/// What `detail` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    Nothing,
    /// Why a destruction began; 0 where none did.
    Cause,
    /// What tripped the tamper input.
    TamperClass,
    /// The device's own code.
    FaultCode,
    /// A part of the device.
    Component,
    /// Whether it succeeded.
    Succeeded,
    /// The kind of an outbox entry.
    Effect,
    /// A command of the device's console.
    Console,
    /// The kind of an access outside the lockbox.
    Exclusion,
    /// What the customer asks about.
    Issue,
    /// A number of records, at most 65 535.
    Records,
}

/// What the fields of a record mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// Of `from` and `to`.
    pub region: Region,
    /// Of `request`.
    pub subject: Subject,
    /// Of `detail`.
    pub detail: Detail,
}

pub(super) const NOTHING: Meaning = Meaning { region: Region::Nothing, subject: Subject::Request, detail: Detail::Nothing };

const CHART: Meaning = told(Region::State, Detail::Cause);

const fn told(region: Region, detail: Detail) -> Meaning {
    Meaning { region, detail, ..NOTHING }
}

/// What the fields mean in an accepted record of `verb` that `rule` decided.
#[must_use]
pub const fn meaning(verb: Verb, rule: Rule) -> Meaning {
    use Verb as V;
    match verb {
        V::Register
        | V::SetPlan
        | V::SetRoster
        | V::SetOptIns
        | V::SetTamperBit
        | V::SetMonitoring
        | V::SetVendorRegistration
        | V::SetPlace
        | V::RequestAllocation
        | V::SetCustomerId
        | V::SetPolicy
        | V::SetInventory
        | V::ReplacementOut
        | V::TamperCauseGone
        | V::LoginSucceeded
        | V::SetTime => NOTHING,
        V::Arrive
        | V::StmOk
        | V::StmMismatch
        | V::BaselineOk
        | V::EnterMaintenance
        | V::ExitMaintenance
        | V::ZeroizeLocal
        | V::Allocate
        | V::Recheck
        | V::Mapped
        | V::AllocFail
        | V::Claim
        | V::Abandon
        | V::Init
        | V::Zeroize
        | V::FactoryReset
        | V::LoginFailed
        | V::TamperClear
        | V::EraseDone
        | V::EraseFail
        | V::VerifyOk
        | V::VerifyFail
        | V::Reinit
        | V::Deprovision
        | V::Unbound
        | V::Detached
        | V::SoftRecover
        | V::GiveUp
        | V::GiveUpLocal
        | V::PartsOut
        | V::Shred
        | V::ChassisOut
        | V::Quarantine
        | V::ZeroizedSeen
        | V::Boot => CHART,
        V::Tamper => told(Region::State, Detail::TamperClass),
        V::FaultHard => told(Region::State, Detail::FaultCode),
        V::ReadHealth | V::PollUnanswered => told(Region::Health, Detail::Nothing),
        V::ErrorSoft | V::ErrorRecovered => told(Region::Execution, Detail::Nothing),
        V::HaJoin | V::HaSyncStart | V::HaSyncOk | V::HaSyncFail | V::HaPeerChange | V::HaRecover | V::HaLeave => {
            told(Region::Membership, Detail::Nothing)
        }
        V::PlanSwap => told(Region::Nothing, Detail::Component),
        V::RecoverLogin => told(Region::Nothing, Detail::Succeeded),
        V::OpenTicket | V::RequestAccess => told(Region::FirstStatus, Detail::Nothing),
        V::Triage
        | V::Evaluate
        | V::ApproveInternally
        | V::RejectInternally
        | V::AskCustomer
        | V::Approve
        | V::Deny
        | V::UseAccess
        | V::Revoke
        | V::EndAccess
        | V::Cancel => told(Region::Status, Detail::Nothing),
        V::RecordExclusion | V::ReviewExclusion => {
            Meaning { subject: Subject::Exclusion, ..told(Region::Nothing, Detail::Exclusion) }
        }
        V::AskSupport => told(Region::Nothing, Detail::Issue),
        V::Acknowledge => told(Region::Log, Detail::Records),
        V::Confirm => match rule {
            Rule::ClosedConfirmed => told(Region::Status, Detail::Effect),
            _ => told(Region::Nothing, Detail::Effect),
        },
        V::Tick => match rule {
            Rule::RequestExpired | Rule::WindowOver | Rule::JitTimedOut => told(Region::Status, Detail::Nothing),
            Rule::EffectRetried | Rule::EffectAlarmed => told(Region::Nothing, Detail::Effect),
            Rule::ReviewOverdue => Meaning { subject: Subject::Exclusion, ..NOTHING },
            _ => CHART,
        },
        V::ConsoleLine => told(Region::Nothing, Detail::Console),
    }
}

/// The subject that a refused command of `verb` names.
#[must_use]
pub const fn refused_subject(verb: Verb) -> Subject {
    match verb {
        Verb::RecordExclusion | Verb::ReviewExclusion => Subject::Exclusion,
        _ => Subject::Request,
    }
}

/// The value of `all` that has this number, by its name.
fn word<T: Copy>(all: &[T], code: u16, number: impl Fn(T) -> u16, name: impl Fn(T) -> &'static str) -> Word {
    let found = all.iter().find(|value| number(**value) == code);
    found.map_or_else(|| Cow::from(code.to_string()), |value| Cow::from(name(*value)))
}

macro_rules! word {
    ($type:ty, $code:expr) => {
        word(<$type>::ALL, $code, |value| value as u16, <$type>::name)
    };
}

impl Region {
    /// What it is called; none where nothing moves.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::State => Some("state"),
            Self::Status | Self::FirstStatus => Some("status"),
            Self::Health => Some("health"),
            Self::Execution => Some("execution"),
            Self::Membership => Some("membership"),
            Self::Log => Some("log"),
        }
    }

    /// The name of where it was.
    #[must_use]
    pub fn before(self, code: u8) -> Option<Word> {
        // A request that begins here was nowhere before; the number 0 is that of its first status.
        if self == Self::FirstStatus && code == Status::Ticketed as u8 { None } else { self.after(code) }
    }

    /// The name of where it is now.
    #[must_use]
    pub fn after(self, code: u8) -> Option<Word> {
        let code = u16::from(code);
        Some(match self {
            Self::Nothing => return None,
            Self::State => word!(Main, code),
            Self::Status | Self::FirstStatus => word!(Status, code),
            Self::Health => word!(Health, code),
            Self::Execution => word!(Execution, code),
            Self::Membership => word!(Membership, code),
            Self::Log => word!(LogName, code),
        })
    }
}

impl Detail {
    /// What it is called; none where it says nothing.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Cause => Some("cause"),
            Self::TamperClass => Some("tamper"),
            Self::FaultCode => Some("fault"),
            Self::Component => Some("component"),
            Self::Succeeded => Some("succeeded"),
            Self::Effect => Some("effect"),
            Self::Console => Some("command"),
            Self::Exclusion => Some("exclusion_kind"),
            Self::Issue => Some("issue"),
            Self::Records => Some("records"),
        }
    }

    /// What it says; none where it says nothing.
    #[must_use]
    pub fn text(self, code: u16) -> Option<Word> {
        Some(match self {
            Self::Nothing => return None,
            Self::Cause if code == Cause::None as u16 => return None,
            Self::Cause => word!(Cause, code),
            Self::TamperClass => word!(TamperClass, code),
            Self::FaultCode | Self::Records => Cow::from(code.to_string()),
            Self::Component => word!(Component, code),
            Self::Succeeded => Cow::from(if code == 0 { "no" } else { "yes" }),
            Self::Effect => word!(outbox::Kind, code),
            Self::Console => {
                lunash::Name::of(code).map_or_else(|| Cow::from(code.to_string()), |name| Cow::from(name.to_string()))
            }
            Self::Exclusion => word!(Exclusion, code),
            Self::Issue => word!(Issue, code),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_a_name_is_told_as_a_number() {
        assert_eq!(Region::State.after(9).as_deref(), Some("ZEROIZING"));
        assert_eq!(Region::State.after(200).as_deref(), Some("200"));
        assert_eq!(Detail::TamperClass.text(0).as_deref(), Some("fan"));
        assert_eq!(Detail::TamperClass.text(99).as_deref(), Some("99"));
        assert_eq!(Detail::Console.text(u16::MAX).as_deref(), Some("65535"));
    }

    #[test]
    fn a_request_that_begins_had_no_status_before() {
        assert_eq!(Region::FirstStatus.before(0), None);
        assert_eq!(Region::FirstStatus.before(1).as_deref(), Some("Triaged"));
        assert_eq!(Region::Status.before(0).as_deref(), Some("Ticketed"));
    }

    #[test]
    fn no_cause_is_no_detail() {
        assert_eq!(Detail::Cause.text(0), None);
        assert_eq!(Detail::Cause.text(3).as_deref(), Some("customer"));
    }
}
