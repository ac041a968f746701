//! What kind of step an action is: what a full log or a missing clock cannot refuse, and which log it goes to.

use super::{Action, Verb};
use crate::command::RequestNumber;
use crate::id::Organisation;

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
}
