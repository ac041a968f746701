//! The lockbox (requirements A.3; D-01 to D-10, D-12, D-13, D-20).

use crate::apply::Moment;
use crate::outcome::{Judged, demand, refused};
use crate::state::{Model, Promised, Request};
use std::collections::BTreeSet;
use strongroom_core::outbox::Kind;
use strongroom_core::{
    AccessTerms, Action as Do, Command, Digest, Id, Label, Main, Plan, RequestNumber, Role, Rule, Seconds, Status, Subject,
};

/// Requests that are remembered at once.
const REMEMBERED: usize = 4;

impl Model {
    pub(crate) fn lockbox_action(&mut self, moment: Moment, command: &Command) -> Judged {
        let now = moment.now;
        match Self::action(command) {
            Do::OpenTicket { ticket, troubleshot } => {
                self.role(command, &[Role::User])?;
                self.open_ticket(ticket, troubleshot, now)
            }
            Do::Triage { request } => {
                self.role(command, &[Role::Engineer])?;
                self.in_status(request, &[Status::Ticketed])?;
                self.set(request, Status::Triaged, None);
                Ok(Rule::TicketTriaged)
            }
            Do::RequestAccess { ticket, follows, terms } => {
                self.role(command, &[Role::Engineer])?;
                self.request_access(command.by.id, ticket, follows, terms, now)
            }
            Do::Evaluate { request } => {
                self.role(command, &[Role::JitService])?;
                self.in_status(request, &[Status::JitSubmitted])?;
                demand(&[self.in_time(request, now)])?;
                Ok(self.evaluate(request))
            }
            Do::ApproveInternally { request } => {
                self.role(command, &[Role::InternalApprover])?;
                self.in_status(request, &[Status::InternalApproval])?;
                demand(&[self.not_oneself(request, command.by.id), self.in_time(request, now)])?;
                self.pass_jit(request);
                Ok(Rule::InternallyApproved)
            }
            Do::RejectInternally { request } => {
                self.role(command, &[Role::InternalApprover])?;
                self.in_status(request, &[Status::InternalApproval])?;
                demand(&[self.in_time(request, now)])?;
                self.set(request, Status::JitRejected, None);
                Ok(Rule::InternallyRejected)
            }
            Do::AskCustomer { request } => {
                // A.3: "engineer / system".
                self.role(command, &[Role::Engineer, Role::JitService])?;
                self.in_status(request, &[Status::JitPassed])?;
                let data = self.terms(request).is_some_and(|terms| terms.customer_data);
                demand(&[(Rule::NeedsCustomerData, data), self.in_time(request, now)])?;
                let deadline = later(now, self.policy.lockbox.decide_within);
                self.set(request, Status::CustomerNotified, Some(deadline));
                self.ask(Kind::NotifyApprovers, request, now);
                Ok(Rule::CustomerAsked)
            }
            Do::Approve { request, duration, reason } => {
                self.role(command, &[Role::Approver])?;
                self.in_status(request, &[Status::CustomerNotified])?;
                self.approve(request, command.by.id, duration, reason, now)
            }
            Do::Deny { request, reason } => {
                self.role(command, &[Role::Approver])?;
                self.in_status(request, &[Status::CustomerNotified])?;
                demand(&[
                    self.on_frozen_roster(request, command.by.id),
                    self.in_time(request, now),
                    (Rule::ReasonGiven, !self.promise(request, |promised| promised.deny_reason) || reason.is_given()),
                ])?;
                self.set(request, Status::Denied, None);
                self.forget_notice(request);
                Ok(Rule::AccessDenied)
            }
            Do::UseAccess { request } => {
                self.role(command, &[Role::Engineer])?;
                self.in_status(request, &[Status::Approved])?;
                let device = self.terms(request).is_some_and(|terms| terms.subject == Subject::Device);
                let leased = (Rule::DeviceLeased, !device || self.serves_a_tenant());
                let running = (Rule::Running, !device || self.running().1);
                demand(&[self.own_request(request, command.by.id), self.window_open(request, now), leased, running])?;
                Ok(Rule::AccessUsed)
            }
            Do::Revoke { request, reason } => {
                self.role(command, &[Role::Approver, Role::Admin])?;
                self.in_status(request, &[Status::Approved])?;
                // D-04: any *current* approver or administrator.
                let now_approver = command.by.role == Role::Admin || self.account.roster.contains(command.by.id);
                demand(&[
                    (Rule::ApproverNow, now_approver),
                    self.window_open(request, now),
                    (Rule::PolicyRevokes, self.promise(request, |promised| promised.revocable)),
                    (Rule::ReasonGiven, !self.promise(request, |promised| promised.revoke_reason) || reason.is_given()),
                ])?;
                self.set(request, Status::Revoking, None);
                self.ask(Kind::CloseAccess, request, now);
                if self.others_remain(request, now) { Ok(Rule::RevokedOthersRemain) } else { Ok(Rule::AccessRevoked) }
            }
            Do::EndAccess { request } => {
                self.role(command, &[Role::Engineer])?;
                self.in_status(request, &[Status::Approved])?;
                demand(&[self.window_open(request, now)])?;
                self.set(request, Status::Ending, None);
                self.ask(Kind::CloseAccess, request, now);
                Ok(Rule::EndedEarly)
            }
            Do::Cancel { request } => {
                self.role(command, &[Role::Engineer])?;
                self.in_status(
                    request,
                    &[
                        Status::Ticketed,
                        Status::Triaged,
                        Status::JitSubmitted,
                        Status::InternalApproval,
                        Status::JitPassed,
                        Status::CustomerNotified,
                    ],
                )?;
                // D-26: as if the tick had come already.
                demand(&[self.in_time(request, now)])?;
                self.set(request, Status::Cancelled, None);
                self.forget_notice(request);
                Ok(Rule::RequestCancelled)
            }
            _ => self.not_in_chart(),
        }
    }

    fn open_ticket(&mut self, ticket: Label, troubleshot: bool, now: u64) -> Judged {
        let mut on_it = self.requests.iter().filter(|request| request.ticket == ticket);
        let new = !ticket.is_empty() && on_it.all(|request| self.is_settled_at(request.number, now));
        demand(&[
            (Rule::AccountOpen, self.account.is_open()),
            (Rule::TroubleshotFirst, troubleshot),
            self.plan_eligible(),
            (Rule::TicketNew, new),
            (Rule::RequestsHaveRoom, self.has_room()),
        ])?;
        self.add_request(ticket);
        Ok(Rule::TicketOpened)
    }

    fn plan_eligible(&self) -> (Rule, bool) {
        (Rule::PlanEligible, self.account.plan >= Plan::Developer)
    }

    fn request_access(
        &mut self,
        engineer: Id,
        ticket: Label,
        follows: Option<RequestNumber>,
        terms: AccessTerms,
        now: u64,
    ) -> Judged {
        let triaged = self
            .requests
            .iter()
            .find(|request| request.ticket == ticket && request.status == Status::Triaged)
            .map(|request| request.number);
        let known =
            triaged.is_some() || self.requests.iter().any(|request| request.ticket == ticket && request.requester.is_some());
        let catalogue = &self.policy.catalogue;
        let preview = catalogue.preview.contains(terms.subject);
        let classic = terms.subject == Subject::VmClassic;
        let in_catalogue = catalogue.general.contains(terms.subject) || preview;
        // D-05, D-07: as many as it takes, not counting the one who asks.
        let others = self.account.roster.iter().filter(|approver| **approver != engineer).count();
        let eligible = others >= usize::from(self.policy.lockbox.approvals_needed);
        let on_ticket = |number| self.request(number).is_some_and(|request| request.ticket == ticket);
        let previous = follows.is_none_or(|number| on_ticket(number) && self.is_settled_at(number, now));
        // D-09: what was turned down is named by what comes after it.
        let followed = |number| self.requests.iter().any(|request| request.follows == Some(number));
        let left: Vec<RequestNumber> = self
            .requests
            .iter()
            .map(|request| request.number)
            .filter(|number| on_ticket(*number) && self.is_turned_down(*number, now) && !followed(*number))
            .collect();
        let named = left.is_empty() || follows.is_some_and(|number| left.contains(&number));
        let lockbox = self.policy.lockbox;
        let default = |seconds| !lockbox.access_fixed || seconds == lockbox.access_default;
        let sound = terms.duration.is_none_or(|seconds| seconds.0 > 0 && default(seconds));
        let opted_in = !self.policy.lockbox.opt_in_needed || self.account.lockbox_opted_in;
        demand(&[
            (Rule::AccountOpen, self.account.is_open()),
            (Rule::TicketKnown, known),
            (Rule::RequestsHaveRoom, triaged.is_some() || self.has_room()),
            (Rule::StandardToolsFailed, terms.standard_tools_failed),
            self.plan_eligible(),
            (Rule::LockboxEnabled, opted_in),
            (Rule::ClassicMigrates, !classic),
            (Rule::ServiceInCatalogue, in_catalogue || classic),
            (Rule::PreviewOptedIn, !preview || self.account.previews.contains(terms.subject)),
            (Rule::SomebodyEligible, eligible),
            (Rule::PreviousEnded, previous),
            (Rule::PreviousNamed, named),
            (Rule::DurationSound, sound),
            (Rule::DeviceLeased, terms.subject != Subject::Device || self.serves_a_tenant()),
        ])?;
        let number = triaged.unwrap_or_else(|| self.add_request(ticket));
        let roster: Vec<Id> = self.account.roster.iter().copied().collect();
        let deadline = later(now, lockbox.jit_within);
        let asked = terms.duration.unwrap_or(lockbox.access_default);
        let promised = Promised {
            approvals: usize::from(lockbox.approvals_needed),
            revocable: lockbox.customer_revokes,
            shortens: lockbox.approver_shortens,
            approve_reason: lockbox.approve_needs_reason,
            deny_reason: lockbox.deny_needs_reason,
            revoke_reason: lockbox.revoke_needs_reason,
            asked: u64::from(asked.0),
            longest: u64::from(asked.min(lockbox.access_maximum).0),
        };
        self.set(number, Status::JitSubmitted, Some(deadline));
        if let Some(request) = self.request_mut(number) {
            request.requester = Some(engineer);
            request.terms = Some(terms);
            request.roster = roster;
            request.follows = follows;
            request.promised = Some(promised);
        }
        Ok(Rule::AccessRequested)
    }

    fn evaluate(&mut self, number: RequestNumber) -> Rule {
        let Some(terms) = self.terms(number) else { return Rule::RowExists };
        let jit = &self.policy.jit;
        let rejected = if !terms.isolated_identity && !terms.multi_factor {
            Some(Rule::JitRejectsIdentity)
        } else if terms.scope > jit.widest_scope {
            Some(Rule::JitRejectsScope)
        } else if terms.permission > jit.highest_permission {
            Some(Rule::JitRejectsLevel)
        } else {
            None
        };
        if let Some(rule) = rejected {
            self.set(number, Status::JitRejected, None);
            return rule;
        }
        if terms.scope >= jit.internal_from_scope || terms.permission >= jit.internal_from_permission {
            let deadline = self.request(number).and_then(|request| request.deadline);
            self.set(number, Status::InternalApproval, deadline);
            return Rule::JitAsksInternal;
        }
        self.pass_jit(number);
        Rule::JitPasses
    }

    /// Without customer data the lockbox has no more to say (L-23).
    fn pass_jit(&mut self, number: RequestNumber) {
        let data = self.terms(number).is_some_and(|terms| terms.customer_data);
        let deadline = self.request(number).and_then(|request| request.deadline).filter(|_| data);
        self.set(number, Status::JitPassed, deadline);
    }

    fn approve(&mut self, number: RequestNumber, by: Id, duration: Option<Seconds>, reason: Digest, now: u64) -> Judged {
        let Some(request) = self.request(number) else { return refused(Rule::RequestKnown) };
        let Some(Promised { asked, longest, .. }) = request.promised else { return refused(Rule::RequestKnown) };
        let wanted = duration.map(|seconds| u64::from(seconds.0));
        demand(&[
            self.not_oneself(number, by),
            self.on_frozen_roster(number, by),
            self.in_time(number, now),
            (Rule::ApprovesOnce, !request.approved_by.contains(&by)),
            (Rule::NotLengthened, wanted.is_none_or(|wanted| wanted > 0 && wanted <= longest)),
            (Rule::PolicyShortens, wanted.is_none() || self.promise(number, |promised| promised.shortens)),
            (Rule::ReasonGiven, !self.promise(number, |promised| promised.approve_reason) || reason.is_given()),
        ])?;
        let shortest = [request.shortened, wanted].into_iter().flatten().min();
        let mut approved_by = request.approved_by.clone();
        approved_by.insert(by);
        let enough = self.promise(number, |promised| approved_by.len() >= promised.approvals);
        if let Some(request) = self.request_mut(number) {
            request.approved_by = approved_by;
            request.shortened = shortest;
        }
        if !enough {
            return Ok(Rule::ApprovalCounted);
        }
        // D-02: as asked, never above the policy's maximum; approvers may shorten.
        let granted = shortest.map_or(longest, |shortest| shortest.min(longest));
        self.set(number, Status::Approved, Some(now.saturating_add(granted)));
        self.ask(Kind::OpenAccess, number, now);
        if granted < longest {
            Ok(Rule::ShortenedByApprover)
        } else if longest < asked {
            Ok(Rule::ShortenedByPolicy)
        } else {
            Ok(Rule::AccessApproved)
        }
    }

    /// L-26, L-42, D-05: known, and in one of these statuses.
    fn in_status(&self, number: RequestNumber, statuses: &[Status]) -> Result<(), BTreeSet<Rule>> {
        let Some(request) = self.request(number) else { return Err(BTreeSet::from([Rule::RequestKnown])) };
        demand(&[(Rule::StatusAllows, statuses.contains(&request.status))])
    }

    /// D-03: half-open.
    fn in_time(&self, number: RequestNumber, now: u64) -> (Rule, bool) {
        let deadline = self.request(number).and_then(|request| request.deadline);
        (Rule::InTime, deadline.is_none_or(|deadline| now < deadline))
    }

    /// D-03: half-open; what the window's end will make of it is the tick's matter (D-26).
    fn window_open(&self, number: RequestNumber, now: u64) -> (Rule, bool) {
        let deadline = self.request(number).and_then(|request| request.deadline);
        (Rule::WindowOpen, deadline.is_some_and(|deadline| now < deadline))
    }

    /// D-06.
    fn not_oneself(&self, number: RequestNumber, by: Id) -> (Rule, bool) {
        (Rule::NotOneself, self.request(number).is_none_or(|request| request.requester != Some(by)))
    }

    fn own_request(&self, number: RequestNumber, by: Id) -> (Rule, bool) {
        (Rule::OwnRequest, self.request(number).is_some_and(|request| request.requester == Some(by)))
    }

    /// D-07.
    fn on_frozen_roster(&self, number: RequestNumber, by: Id) -> (Rule, bool) {
        (Rule::OnFrozenRoster, self.request(number).is_some_and(|request| request.roster.contains(&by)))
    }

    /// What was promised at submission, read by `what`.
    fn promise(&self, number: RequestNumber, what: impl Fn(&Promised) -> bool) -> bool {
        self.request(number).and_then(|request| request.promised).is_some_and(|promised| what(&promised))
    }

    pub(crate) fn terms(&self, number: RequestNumber) -> Option<AccessTerms> {
        self.request(number).and_then(|request| request.terms)
    }

    pub(crate) fn set(&mut self, number: RequestNumber, status: Status, deadline: Option<u64>) {
        if let Some(request) = self.request_mut(number) {
            request.status = status;
            request.deadline = deadline;
        }
    }

    /// What was asked of the approvers is no longer asked.
    pub(crate) fn forget_notice(&mut self, number: RequestNumber) {
        self.duties.retain(|duty| !(duty.kind == Kind::NotifyApprovers && duty.about == number));
    }

    /// Whether the device is leased to this customer, so that engineers may be let at it.
    pub(crate) fn serves_a_tenant(&self) -> bool {
        let leased = matches!(
            self.main,
            Main::TenantUnclaimed | Main::OwnedUninit | Main::Operational | Main::TamperLatched | Main::Zeroized | Main::Failed
        );
        self.bound && leased
    }

    /// Until when the engineer may reach `subject` by grants in force at `now`.
    #[must_use]
    pub fn access(&self, now: u64, engineer: Id, subject: Subject) -> Option<u64> {
        self.grants(now, engineer, subject).iter().filter_map(|request| request.deadline).max()
    }

    pub(crate) fn grants(&self, now: u64, engineer: Id, subject: Subject) -> Vec<&Request> {
        self.requests
            .iter()
            .filter(|request| request.status == Status::Approved && request.requester == Some(engineer))
            .filter(|request| request.terms.is_some_and(|terms| terms.subject == subject))
            .filter(|request| request.deadline.is_some_and(|deadline| now < deadline))
            .collect()
    }

    fn others_remain(&self, number: RequestNumber, now: u64) -> bool {
        let Some(request) = self.request(number) else { return false };
        let (Some(engineer), Some(terms)) = (request.requester, request.terms) else { return false };
        self.grants(now, engineer, terms.subject).iter().any(|other| other.number != number)
    }

    /// builders: a new request takes the place of the oldest settled one about which nothing is pending.
    fn may_go(&self, number: RequestNumber) -> bool {
        let pending = self.duties.iter().any(|duty| duty.kind.concerns_request() && duty.about == number);
        self.is_settled(number) && !pending
    }

    fn has_room(&self) -> bool {
        self.requests.len() < REMEMBERED || self.requests.iter().any(|request| self.may_go(request.number))
    }

    fn add_request(&mut self, ticket: Label) -> RequestNumber {
        if self.requests.len() >= REMEMBERED {
            let going = self.requests.iter().position(|request| self.may_go(request.number));
            if let Some(place) = going {
                self.requests.remove(place);
            }
        }
        let number = self.next_number;
        self.next_number += 1;
        self.requests.push(Request {
            number,
            follows: None,
            promised: None,
            status: Status::Ticketed,
            ticket,
            requester: None,
            terms: None,
            roster: Vec::new(),
            approved_by: BTreeSet::new(),
            shortened: None,
            deadline: None,
        });
        number
    }
}

pub(crate) fn later(now: u64, span: Seconds) -> u64 {
    now.saturating_add(u64::from(span.0))
}
