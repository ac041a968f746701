//! The parts of the state, each field read into its place, in the order of the encoding.
//!
//! A large value that is read as one passes over the stack several times, and each structure's reader is some hundred bytes of
//! flash. Fields are named one by one, so that none can be forgotten. After an error they are anything.

use super::super::Base;
use super::Unfit;
use crate::account::Account;
use crate::audit::Refusal;
use crate::command::Exclusion;
use crate::encoding::Reader;
use crate::id::{Digest, Id, Label};
use crate::lease::Lease;
use crate::lease::chart::Cause;
use crate::lease::evidence::{Class, Destruction, Evidence};
use crate::lockbox::exclusion::Excluded;
use crate::lockbox::request::{Promised, Request};
use crate::outbox::{Entry, Kind};
use crate::party::{Principal, Role};
use crate::policy::Subject;
use crate::rule::Rule;
use crate::time::Time;
use heapless::VecView;

/// All but the lists.
#[inline(never)]
pub(super) fn base(reader: &mut Reader<'_>, base: &mut Base) {
    let Base {
        device,
        policy_version,
        policy,
        clock,
        lease,
        account,
        next_request,
        next_effect,
        tenant_log,
        lifecycle_log,
        refusal,
        repeats,
        steps,
        last_command,
    } = base;
    reader.place(device);
    reader.place(policy_version);
    reader.place(policy);
    reader.place(clock);
    self::lease(reader, lease);
    self::account(reader, account);
    reader.place(next_request);
    reader.place(next_effect);
    reader.place(tenant_log);
    reader.place(lifecycle_log);
    option(reader, refusal, NO_REFUSAL, &self::refusal);
    reader.place(repeats);
    reader.place(steps);
    reader.place(last_command);
}

/// The lease.
#[inline(never)]
fn lease(reader: &mut Reader<'_>, lease: &mut Lease) {
    let Lease {
        main,
        entered,
        bound,
        claimed,
        claim_lapsed,
        custody_broken,
        epoch,
        boot,
        destructions,
        cause,
        nonce,
        evidence,
        latched,
        tampers,
        causes,
        tamper_on_record,
        failed_in_service,
        fault_is_soft,
        erase_failures,
        login_failures,
        sighting,
        vitals,
        polls,
        execution,
        soft_errors,
        membership,
        failed_as_member,
        peers,
        cloning_domain,
        replaces,
        replaced_by,
        replaced_at,
        inventory,
        camera,
        destruction,
    } = lease;
    reader.place(main);
    reader.place(entered);
    reader.place(bound);
    reader.place(claimed);
    reader.place(claim_lapsed);
    reader.place(custody_broken);
    reader.place(epoch);
    reader.place(boot);
    reader.place(destructions);
    reader.place(cause);
    reader.place(nonce);
    option(reader, evidence, NO_EVIDENCE, &self::evidence);
    reader.place(latched);
    reader.place(tampers);
    reader.place(causes);
    reader.place(tamper_on_record);
    reader.place(failed_in_service);
    reader.place(fault_is_soft);
    reader.place(erase_failures);
    reader.place(login_failures);
    reader.place(sighting);
    reader.place(vitals);
    reader.place(polls);
    reader.place(execution);
    reader.place(soft_errors);
    reader.place(membership);
    reader.place(failed_as_member);
    reader.place(peers);
    reader.place(cloning_domain);
    reader.place(replaces);
    reader.place(replaced_by);
    reader.place(replaced_at);
    reader.place(inventory);
    reader.place(camera);
    option(reader, destruction, NO_DESTRUCTION, &self::destruction);
}

/// The account.
#[inline(never)]
fn account(reader: &mut Reader<'_>, account: &mut Account) {
    let Account {
        organisation,
        registration,
        plan,
        vendor_registered,
        customer_id,
        region,
        network,
        allocation_requested,
        lockbox_opted_in,
        previews,
        destroy_on_tamper,
        monitoring,
        roster,
    } = account;
    reader.place(organisation);
    reader.place(registration);
    reader.place(plan);
    reader.place(vendor_registered);
    reader.place(customer_id);
    reader.place(region);
    reader.place(network);
    reader.place(allocation_requested);
    reader.place(lockbox_opted_in);
    reader.place(previews);
    reader.place(destroy_on_tamper);
    reader.place(monitoring);
    reader.place(roster);
}

/// The last refusal.
#[inline(never)]
fn refusal(reader: &mut Reader<'_>, refusal: &mut Refusal) {
    let Refusal { by, verb, second, request, rule, command } = refusal;
    principal(reader, by);
    reader.place(verb);
    reader.place(second);
    reader.place(request);
    reader.place(rule);
    reader.place(command);
}

/// Who acts.
#[inline(never)]
fn principal(reader: &mut Reader<'_>, principal: &mut Principal) {
    let Principal { role, organisation, id } = principal;
    reader.place(role);
    reader.place(organisation);
    reader.place(id);
}

/// The proof of zeroization.
#[inline(never)]
fn evidence(reader: &mut Reader<'_>, evidence: &mut Evidence) {
    let Evidence { class, cause, at, boot, epoch, nonce, read_back } = evidence;
    reader.place(class);
    reader.place(cause);
    reader.place(at);
    reader.place(boot);
    reader.place(epoch);
    reader.place(nonce);
    reader.place(read_back);
}

/// The shredding.
#[inline(never)]
fn destruction(reader: &mut Reader<'_>, destruction: &mut Destruction) {
    let Destruction { at, by, second, method, place, camera } = destruction;
    reader.place(at);
    reader.place(by);
    reader.place(second);
    reader.place(method);
    reader.place(place);
    reader.place(camera);
}

/// A request.
#[inline(never)]
fn request(reader: &mut Reader<'_>, request: &mut Request) {
    let Request {
        number,
        status,
        ticket,
        follows,
        requester,
        terms,
        catalogue,
        roster,
        promised,
        approvals,
        shortened,
        since,
        deadline,
        reason,
    } = request;
    reader.place(number);
    reader.place(status);
    reader.place(ticket);
    reader.place(follows);
    reader.place(requester);
    reader.place(terms);
    reader.place(catalogue);
    reader.place(roster);
    self::promised(reader, promised);
    reader.place(approvals);
    reader.place(shortened);
    reader.place(since);
    reader.place(deadline);
    reader.place(reason);
}

/// What was promised.
#[inline(never)]
fn promised(reader: &mut Reader<'_>, promised: &mut Promised) {
    let Promised { approvals, revocable, shortens, reasons, longest } = promised;
    reader.place(approvals);
    reader.place(revocable);
    reader.place(shortens);
    reader.place(reasons);
    reader.place(longest);
}

/// An excluded access.
#[inline(never)]
fn excluded(reader: &mut Reader<'_>, excluded: &mut Excluded) {
    let Excluded { number, kind, subject, by, at, due } = excluded;
    reader.place(number);
    reader.place(kind);
    reader.place(subject);
    reader.place(by);
    reader.place(at);
    reader.place(due);
}

/// Something to do.
#[inline(never)]
fn entry(reader: &mut Reader<'_>, entry: &mut Entry) {
    let Entry { id, kind, about, asked, due, retries } = entry;
    reader.place(id);
    reader.place(kind);
    reader.place(about);
    reader.place(asked);
    reader.place(due);
    reader.place(retries);
}

const NOBODY: Principal = Principal::device(Role::Core);
const NO_REFUSAL: Refusal =
    Refusal { by: NOBODY, verb: 0, second: Id::NOBODY, request: 0, rule: Rule::NotInChart, command: Digest::NONE };
const NO_EVIDENCE: Evidence = Evidence {
    class: Class::Verified,
    cause: Cause::None,
    at: Time::EPOCH,
    boot: 0,
    epoch: 0,
    nonce: Id::NOBODY,
    read_back: Digest::NONE,
};
const NO_LABEL: Label = Label([0; 16]);
const NO_DESTRUCTION: Destruction =
    Destruction { at: Time::EPOCH, by: Id::NOBODY, second: Id::NOBODY, method: NO_LABEL, place: NO_LABEL, camera: NO_LABEL };

/// A value that may be there: begun as `blank`, then read in place.
fn option<T>(reader: &mut Reader<'_>, place: &mut Option<T>, blank: T, restore: &dyn Fn(&mut Reader<'_>, &mut T)) {
    let mut there = false;
    reader.place(&mut there);
    *place = None;
    if there {
        restore(reader, place.insert(blank));
    }
}

/// The requests.
pub(super) fn requests(reader: &mut Reader<'_>, list: &mut VecView<Request>) -> Result<(), Unfit> {
    list.clear();
    for _ in 0..count(reader) {
        let place = next(reader, list, Request::new(0, NO_LABEL, Time::EPOCH))?;
        request(reader, place);
    }
    Ok(reader.finish()?)
}

/// The excluded accesses.
pub(super) fn exclusions(reader: &mut Reader<'_>, list: &mut VecView<Excluded>) -> Result<(), Unfit> {
    list.clear();
    for _ in 0..count(reader) {
        let blank = Excluded {
            number: 0,
            kind: Exclusion::BreakGlass,
            subject: Subject::Device,
            by: Id::NOBODY,
            at: Time::EPOCH,
            due: None,
        };
        let place = next(reader, list, blank)?;
        excluded(reader, place);
    }
    Ok(reader.finish()?)
}

/// What has to be done.
pub(super) fn outbox(reader: &mut Reader<'_>, list: &mut VecView<Entry>) -> Result<(), Unfit> {
    list.clear();
    for _ in 0..count(reader) {
        let blank = Entry { id: 0, kind: Kind::Halt, about: 0, asked: Time::EPOCH, due: None, retries: 0 };
        let place = next(reader, list, blank)?;
        entry(reader, place);
    }
    Ok(reader.finish()?)
}

fn count(reader: &mut Reader<'_>) -> u32 {
    let mut count = 0;
    reader.place(&mut count);
    count
}

/// The next place of a list, where all was read before it.
fn next<'a, T>(reader: &Reader<'_>, list: &'a mut VecView<T>, blank: T) -> Result<&'a mut T, Unfit> {
    reader.finish()?;
    list.push(blank).map_err(|_| Unfit::Capacity)?;
    list.last_mut().ok_or(Unfit::Capacity)
}
