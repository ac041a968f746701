//! An action as the lifecycle log knows it (D-22).

use super::Action;
use crate::account::Roster;
use crate::id::{Digest, Label, Organisation};

impl Action {
    /// The action without anything that names the customer.
    pub(in crate::command) fn blanked(&self) -> Self {
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
