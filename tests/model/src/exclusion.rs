//! Accesses that the lockbox does not ask about: records, never silence (D-11).

use crate::apply::Moment;
use crate::lockbox::later;
use crate::outcome::{Judged, demand};
use crate::state::{Excluded, Model};
use strongroom_core::outbox::Kind;
use strongroom_core::{Action as Do, Command, Role, Rule};

/// Unreviewed ones at most.
const UNREVIEWED: usize = 4;

impl Model {
    pub(crate) fn exclusion_action(&mut self, moment: Moment, command: &Command) -> Judged {
        let by = command.by.id;
        match Self::action(command) {
            Do::RecordExclusion { kind, subject, justification } => {
                self.role(command, &[Role::Engineer, Role::InternalApprover])?;
                demand(&[
                    (Rule::AccountOpen, self.account.is_open()),
                    (Rule::JustificationGiven, justification.is_given()),
                    (Rule::ExclusionsHaveRoom, self.exclusions.len() < UNREVIEWED),
                ])?;
                let due = Some(later(moment.now, self.policy.lockbox.review_within));
                self.exclusions.push(Excluded { number: self.next_number, kind, subject, by, due });
                self.next_number += 1;
                self.ask(Kind::NotifyCustomer, 0, moment.now);
                Ok(Rule::ExclusionRecorded)
            }
            Do::ReviewExclusion { exclusion, finding } => {
                self.role(command, &[Role::InternalApprover, Role::Auditor])?;
                let known = self.exclusions.iter().find(|known| known.number == exclusion);
                demand(&[
                    (Rule::ExclusionKnown, known.is_some()),
                    (Rule::ReviewedByAnother, known.is_none_or(|known| known.by != by)),
                    (Rule::JustificationGiven, finding.is_given()),
                ])?;
                self.exclusions.retain(|known| known.number != exclusion);
                Ok(Rule::ExclusionReviewed)
            }
            _ => self.not_in_chart(),
        }
    }
}
