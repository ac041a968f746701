//! What an onlooker knows who saw every accepted command, and nothing of the engine's own state.
//!
//! The properties compare the engine with this: who may reach what until when, and whether a tenant's data may still be on the
//! device.

use crate::Core;
use crate::policy::{SHORT, STRICT};
use strongroom_core::*;

/// What somebody asked for, and who said yes so far.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The request.
    pub number: RequestNumber,
    /// Who asked.
    pub engineer: Id,
    /// For what.
    pub subject: Subject,
    /// Seconds that it may last at most.
    pub longest: u64,
    needed: usize,
    approvers: Vec<Id>,
    /// From when to when access is granted, the end not included.
    pub window: Option<(u64, u64)>,
}

/// How far a device that held a tenant's data has come on its way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Data {
    /// Nothing of a tenant's can be on it.
    #[default]
    None,
    /// Something may be.
    There,
    /// Erased, or once seen zeroized, and not yet proved.
    Erased,
    /// Seen zeroized twice by a board; nobody else has looked.
    Reported,
}

/// See the [module](self).
#[derive(Debug, Clone, Default)]
pub struct Ghost {
    /// What is asked for and not over.
    pub asked: Vec<Asked>,
    /// What may be on the device.
    pub data: Data,
}

impl Ghost {
    /// What a decision of the properties can depend on, with times from `core`'s.
    pub(crate) fn view(&self, core: &Core) -> (Data, Vec<Asked>) {
        let state = core.state();
        let now = state.base.clock.last_good.as_unix();
        let mut asked = self.asked.clone();
        for one in &mut asked {
            let place = state.requests.iter().position(|request| request.number == one.number);
            one.number = place.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX);
            one.window = one.window.map(|(from, until)| (from.saturating_sub(now), until.saturating_sub(now)));
        }
        (self.data, asked)
    }

    /// Whether this engineer may reach the subject at `at`.
    #[must_use]
    pub fn opens(&self, at: u64, engineer: Id, subject: Subject) -> bool {
        let theirs = self.asked.iter().filter(|asked| asked.engineer == engineer && asked.subject == subject);
        theirs.filter_map(|asked| asked.window).any(|(from, until)| from <= at && at < until)
    }

    /// Who asked for this request.
    #[must_use]
    pub fn requester(&self, number: RequestNumber) -> Option<Id> {
        self.asked.iter().find(|asked| asked.number == number).map(|asked| asked.engineer)
    }

    /// Sees an accepted command, judged at `at`, that led from one engine to the other.
    pub(crate) fn sees(&mut self, before: &Core, after: &Core, timed: bool, command: &Command, reply: &Reply) {
        let at = after.state().base.clock.last_good.as_unix();
        let number = reply.request.unwrap_or_default();
        match &command.action {
            Action::RequestAccess { terms, .. } => {
                let strict = before.state().base.policy_version == STRICT.version;
                let policy = if strict { &STRICT.lockbox } else { &SHORT.lockbox };
                let longest = terms.duration.unwrap_or(policy.access_default).min(policy.access_maximum);
                self.asked.push(Asked {
                    number,
                    engineer: command.by.id,
                    subject: terms.subject,
                    longest: u64::from(longest.0),
                    needed: usize::from(policy.approvals_needed),
                    approvers: Vec::new(),
                    window: None,
                });
            }
            Action::Approve { duration, .. } => {
                if let Some(asked) = self.asked.iter_mut().find(|asked| asked.number == number) {
                    asked.approvers.push(command.by.id);
                    asked.longest = duration.map_or(asked.longest, |shorter| asked.longest.min(u64::from(shorter.0)));
                    if asked.approvers.len() >= asked.needed {
                        asked.window = Some((at, at.saturating_add(asked.longest)));
                    }
                }
            }
            Action::Revoke { .. } | Action::EndAccess { .. } => self.asked.retain(|asked| asked.number != number),
            Action::SetTime {} => self.asked.clear(),
            Action::Boot { .. } if !timed => self.asked.clear(),
            _ => {}
        }
        let (old, new) = (before.state().base.lease.main, after.state().base.lease.main);
        if old != new && matches!(new, Main::Zeroizing | Main::Deprovisioning | Main::Quarantined) {
            self.asked.retain(|asked| asked.subject != Subject::Device);
        }
        if !after.state().base.account.is_open() {
            self.asked.clear();
        }
        self.asked.retain(|asked| after.state().requests.iter().any(|request| request.number == asked.number));
        self.follows_data(before, command);
    }

    /// Where a tenant's data can be, by commands alone.
    fn follows_data(&mut self, before: &Core, command: &Command) {
        let firmware = before.state().base.device.deployment == Deployment::Firmware;
        let main = before.state().base.lease.main;
        let (second, list) = (command.second.is_some(), SHORT.lease.erase_list);
        self.data = match (&command.action, self.data) {
            (Action::Mapped { .. } | Action::Claim { .. } | Action::Reinit {} | Action::Init { .. }, _) => Data::There,
            (Action::EraseDone { areas }, Data::There) if firmware && areas & list == list => Data::Erased,
            (Action::VerifyOk { read_back }, Data::Erased) if firmware && *read_back == SHORT.lease.erased => Data::None,
            (Action::ZeroizedSeen {}, Data::There) if !firmware && main == Main::Zeroizing => Data::Erased,
            (Action::ZeroizedSeen {}, Data::Erased) if !firmware && main == Main::ZeroizedUnverified => Data::Reported,
            (Action::BaselineOk { reset_checked: true, .. }, Data::Reported) if second => Data::None,
            (Action::VerifyFail {} | Action::EraseFail {}, Data::Erased) => Data::There,
            (_, data) => data,
        };
    }
}
