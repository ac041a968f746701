//! All of an engine as bytes, and back: what a journal keeps.
//!
//! An image is the engine's capacities, the state's canonical encoding, then for each log its tree's frontier and the
//! records that wait to be acknowledged.

mod places;

use super::{Engine, State};
use crate::audit::{LEVELS, Log, Meter, Record};
use crate::command::LogName;
use crate::encoding::{Reader, Refused, Sink, Source, read, write};
use crate::lockbox::exclusion::EXCLUSIONS;
use crate::policy::Policy;

/// The most bytes of each part; a test has them from the largest values.
const CAPACITIES_MOST: u32 = 4 * 3;
const BASE_MOST: u32 = 848;
const REQUEST_MOST: u32 = 249;
const EXCLUDED_MOST: u32 = 44;
const ENTRY_MOST: u32 = 33;
const RECORD: u32 = 1 + Record::SIZE as u32;
const FRONTIER_MOST: u32 = 3 + 32 * LEVELS as u32;
/// Counts of requests, exclusions, entries and of the records of both logs.
const COUNTS_MOST: u32 = 5 * 3;

const fn entries(count: u32, each: u32) -> u32 {
    count.saturating_mul(each)
}

/// Why an image does not become an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// Its bytes are none, or its parts do not belong together.
    Unsound,
    /// It has more requests, records or things to do than this engine has places for.
    Capacity,
    /// None of the policies offered is its policy.
    Policy,
}

impl From<Refused> for Unfit {
    fn from(_: Refused) -> Self {
        Self::Unsound
    }
}

impl<const REQUESTS: usize, const OUTBOX: usize, const TENANT: usize, const LIFECYCLE: usize>
    Engine<REQUESTS, OUTBOX, TENANT, LIFECYCLE>
{
    /// The most bytes that an image takes while an account is open, and while none is.
    #[expect(clippy::cast_possible_truncation, reason = "checked when the engine is built")]
    pub(crate) const IMAGE_BOUNDS: [u32; 2] = {
        let always = CAPACITIES_MOST + BASE_MOST + COUNTS_MOST + 2 * FRONTIER_MOST;
        let always = always.saturating_add(entries(OUTBOX as u32, ENTRY_MOST)).saturating_add(entries(LIFECYCLE as u32, RECORD));
        let theirs = entries(REQUESTS as u32, REQUEST_MOST).saturating_add(entries(TENANT as u32, RECORD));
        [always.saturating_add(theirs).saturating_add(entries(EXCLUSIONS as u32, EXCLUDED_MOST)), always]
    };

    #[expect(clippy::cast_possible_truncation, reason = "checked when the engine is built")]
    const CAPACITIES: [u32; 4] = [REQUESTS as u32, OUTBOX as u32, TENANT as u32, LIFECYCLE as u32];

    /// Writes the image.
    pub(crate) fn save(&self, sink: &mut dyn Sink) -> Result<(), Refused> {
        write(&Self::CAPACITIES, sink)?;
        write(&self.state, sink)?;
        self.log.save(sink)
    }

    /// Becomes what the image says, and says whether that was an engine of these capacities: only then steps that
    /// follow come out the same. After an error the engine is vacant.
    pub(crate) fn restore(&mut self, source: &mut dyn Source) -> Result<bool, Unfit> {
        let restored = self.restore_parts(source);
        if restored.is_err() {
            self.vacate();
        }
        restored
    }

    /// Forgets everything: what is left refuses everything and grants nothing.
    pub(crate) fn vacate(&mut self) {
        self.policy = None;
        self.state.begin(self.state.base.device, &Policy::AZURE);
        self.state.base.policy_version = 0;
        self.log.erase();
    }

    fn restore_parts(&mut self, source: &mut dyn Source) -> Result<bool, Unfit> {
        let capacities: [u32; 4] = read(source)?;
        let State { base, requests, exclusions, outbox } = &mut self.state;
        let mut reader = Reader::new(source);
        places::base(&mut reader, base);
        places::requests(&mut reader, requests.as_mut_view())?;
        places::exclusions(&mut reader, exclusions.as_mut_view())?;
        places::outbox(&mut reader, outbox.as_mut_view())?;
        for name in LogName::ALL.iter().copied() {
            if !self.log.view(name).restore(source)? {
                return Err(Unfit::Capacity);
            }
        }
        let base = &self.state.base;
        let (current, offered) = self.policies();
        let policy = offered.iter().copied().chain([current]).find(|policy| policy.digest() == base.policy);
        let policy = policy.filter(|policy| policy.version == base.policy_version).ok_or(Unfit::Policy)?;
        let sound = is_sound(&self.log, LogName::Tenant, &base.tenant_log)
            && is_sound(&self.log, LogName::Lifecycle, &base.lifecycle_log);
        self.policy = Some(policy);
        if sound { Ok(capacities == Self::CAPACITIES) } else { Err(Unfit::Unsound) }
    }
}

/// Whether the log stands where its meter says, its records in their order.
fn is_sound<const TENANT: usize, const LIFECYCLE: usize>(log: &Log<TENANT, LIFECYCLE>, name: LogName, meter: &Meter) -> bool {
    let in_order =
        log.records(name).zip(meter.acknowledged..).all(|(record, place)| record.sequence == place && record.log == name);
    let waiting = meter.next.checked_sub(meter.acknowledged);
    in_order && log.size(name) == meter.next && waiting.is_some_and(|waiting| log.records(name).count() == waiting as usize)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test fails by a panic")]
mod tests {
    use super::*;
    use crate::account::{Account, Plan, Registration};
    use crate::audit::{Frontier, Refusal};
    use crate::command::{AccessTerms, Exclusion};
    use crate::device::{Deployment, Device};
    use crate::engine::{Base, Clock};
    use crate::few::Few;
    use crate::id::{Digest, Id, Label, Organisation};
    use crate::lease::evidence::{Class, Destruction, Evidence};
    use crate::lease::polls::Polls;
    use crate::lease::{Lease, Sighting, TamperCauses};
    use crate::lockbox::exclusion::Excluded;
    use crate::lockbox::request::{Promised, Request, Status};
    use crate::outbox::{Entry, Kind};
    use crate::party::{Principal, Role};
    use crate::policy::{Permission, Scope, Subject, Subjects};
    use crate::reading::TamperClass;
    use crate::rule::Rule;
    use crate::time::{Seconds, Time};

    const END: Time = Time::from_unix(u64::MAX);
    const LABEL: Label = Label([b'x'; 16]);
    const ID: Id = Id([1; 16]);
    const ORGANISATION: Organisation = Organisation([1; 16]);
    const DIGEST: Digest = Digest([1; 32]);
    const LONG: Seconds = Seconds(u32::MAX);
    const PERSON: Principal = Principal { role: Role::Admin, organisation: ORGANISATION, id: ID };

    struct Counted(u32);

    impl Sink for Counted {
        fn put(&mut self, bytes: &[u8]) {
            self.0 += bytes.len() as u32;
        }
    }

    fn length<T: serde::Serialize>(value: &T) -> u32 {
        let mut counted = Counted(0);
        write(value, &mut counted).unwrap();
        counted.0
    }

    fn everything_at_its_largest(base: &Base) -> Base {
        let meter = Meter { next: u32::MAX, acknowledged: u32::MAX, unlogged: u32::MAX, epoch: u32::MAX };
        let four = Few::new(&[LABEL; 4]).unwrap();
        let mut causes = TamperCauses::default();
        TamperClass::ALL.iter().for_each(|class| causes.insert(*class));
        let evidence = Evidence {
            class: Class::Witnessed,
            cause: base.lease.cause,
            at: END,
            boot: u32::MAX,
            epoch: u32::MAX,
            nonce: ID,
            read_back: DIGEST,
        };
        let mut vitals = base.lease.vitals;
        vitals.service = Some(crate::reading::Service::ALL[0]);
        let lease = Lease {
            entered: END,
            epoch: u32::MAX,
            boot: u32::MAX,
            destructions: u32::MAX,
            nonce: ID,
            evidence: Some(evidence),
            // As long as a set of every class can get.
            tampers: causes,
            causes,
            erase_failures: u8::MAX,
            login_failures: u8::MAX,
            sighting: Some(Sighting { at: END, boot: u32::MAX }),
            vitals,
            polls: Polls { at: Some(END), ..Polls::NONE },
            peers: u8::MAX,
            cloning_domain: DIGEST,
            replaces: LABEL,
            replaced_by: LABEL,
            replaced_at: END,
            inventory: four,
            camera: LABEL,
            destruction: Some(Destruction { at: END, by: ID, second: ID, method: LABEL, place: LABEL, camera: LABEL }),
            ..base.lease.clone()
        };
        let refusal = Refusal {
            by: PERSON,
            verb: u8::MAX,
            second: ID,
            request: u32::MAX,
            rule: *Rule::ALL.last().unwrap(),
            command: DIGEST,
        };
        Base {
            device: Device { serial: LABEL, provider: ORGANISATION, vendor: ORGANISATION, deployment: Deployment::Board },
            policy_version: u32::MAX,
            policy: DIGEST,
            clock: Clock { last_good: END, epoch: u16::MAX },
            lease,
            account: Account {
                organisation: ORGANISATION,
                registration: Registration::Approved,
                plan: Plan::Developer,
                customer_id: LABEL,
                region: LABEL,
                network: LABEL,
                previews: Subjects::of(Subject::ALL),
                roster: Few::new(&[ID, Id([2; 16]), Id([3; 16]), Id([4; 16])]).unwrap(),
                ..Account::CLOSED
            },
            next_request: u32::MAX,
            next_effect: u32::MAX,
            tenant_log: meter,
            lifecycle_log: meter,
            refusal: Some(refusal),
            repeats: u32::MAX,
            steps: u64::MAX,
            last_command: DIGEST,
        }
    }

    #[test]
    fn the_largest_values_are_read_back_in_their_places() {
        let engine: Engine = Engine::vacant();
        let base = everything_at_its_largest(&engine.state.base);
        let bytes = postcard::to_stdvec(&base).unwrap();
        let mut read = engine.state.base;
        let mut rest = bytes.as_slice();
        let mut reader = Reader::new(&mut rest);
        places::base(&mut reader, &mut read);
        reader.finish().unwrap();
        assert_eq!((read, rest), (base, &[][..]));
    }

    #[test]
    fn the_bounds_are_those_of_the_largest_values() {
        let engine: Engine = Engine::vacant();
        let base = everything_at_its_largest(&engine.state.base);
        let terms = AccessTerms {
            subject: Subject::Device,
            scope: Scope::Resource,
            permission: Permission::Read,
            isolated_identity: true,
            multi_factor: true,
            standard_tools_failed: true,
            customer_data: true,
            duration: Some(LONG),
            justification: DIGEST,
        };
        let request = Request {
            number: u32::MAX,
            status: Status::Revoked,
            ticket: LABEL,
            follows: Some(u32::MAX),
            requester: Some(PERSON),
            terms: Some(terms),
            catalogue: u32::MAX,
            roster: base.account.roster,
            promised: Promised { approvals: u8::MAX, longest: LONG, ..Promised::default() },
            approvals: u8::MAX,
            shortened: Some(LONG),
            since: END,
            deadline: Some(END),
            reason: DIGEST,
        };
        let excluded =
            Excluded { number: u32::MAX, kind: Exclusion::BreakGlass, subject: Subject::Device, by: ID, at: END, due: Some(END) };
        let entry = Entry { id: u32::MAX, kind: Kind::Reset, about: u32::MAX, asked: END, due: Some(END), retries: u8::MAX };
        assert_eq!(
            [length(&base), length(&request), length(&excluded), length(&entry)],
            [BASE_MOST, REQUEST_MOST, EXCLUDED_MOST, ENTRY_MOST]
        );
    }

    #[test]
    fn the_most_that_an_image_takes_is_the_sum_of_its_parts_at_their_largest() {
        let number = length(&u16::MAX);
        let tree = length(&Frontier::CAPACITY) + LEVELS as u32 * length(&DIGEST);
        let record = length(&(Record::SIZE as u32)) + Record::SIZE as u32;
        let closed = (4 + 5) * number + BASE_MOST + 2 * tree + 3 * ENTRY_MOST + 7 * record;
        let open = closed + 2 * REQUEST_MOST + 5 * record + EXCLUSIONS as u32 * EXCLUDED_MOST;
        assert_eq!(Engine::<2, 3, 5, 7>::IMAGE_BOUNDS, [open, closed]);
    }

    /// What becomes of an image whose meters were changed before it was written, and its bytes after.
    fn restored_after(change: impl FnOnce(&mut Base), edit: impl FnOnce(&mut [u8])) -> Result<bool, Unfit> {
        let device = Device { serial: LABEL, provider: ORGANISATION, vendor: ORGANISATION, deployment: Deployment::Firmware };
        let mut engine: Engine = Engine::new(device, &Policy::AZURE);
        let hands = Principal { role: Role::Hands, organisation: ORGANISATION, id: ID };
        for second in 1..4 {
            engine.apply(Some(Time::from_unix(second)), &crate::Command::new(hands, crate::Action::Arrive { serial: LABEL }));
        }
        assert_eq!(engine.log().records(LogName::Lifecycle).count(), 2);
        change(&mut engine.state.base);
        let mut bytes = Kept(std::vec::Vec::new());
        engine.save(&mut bytes).unwrap();
        edit(&mut bytes.0);
        let mut read: Engine = Engine::vacant();
        let restored = read.restore(&mut bytes.0.as_slice());
        // Who could not be read refuses even what everybody else takes.
        let tamper = crate::Action::Tamper { class: TamperClass::Battery };
        let tamper = crate::Command::new(Principal::device(Role::Sensor), tamper);
        assert_eq!(read.decide(Some(Time::from_unix(9)), &tamper).is_accepted(), restored.is_ok());
        restored
    }

    fn restored(change: impl FnOnce(&mut Base)) -> Result<bool, Unfit> {
        restored_after(change, |_| {})
    }

    struct Kept(std::vec::Vec<u8>);

    impl Sink for Kept {
        fn put(&mut self, bytes: &[u8]) {
            self.0.extend_from_slice(bytes);
        }
    }

    #[test]
    fn an_image_is_sound_only_where_the_log_stands_as_its_meter_says() {
        assert_eq!(restored(|_| {}), Ok(true));
        assert_eq!(restored(|base| base.lifecycle_log.next += 1), Err(Unfit::Unsound));
        assert_eq!(restored(|base| base.lifecycle_log.acknowledged += 1), Err(Unfit::Unsound));
        let moved = |base: &mut Base| {
            base.lifecycle_log.next += 1;
            base.lifecycle_log.acknowledged += 1;
        };
        assert_eq!(restored(moved), Err(Unfit::Unsound));
        assert_eq!(restored(|base| base.tenant_log.next += 1), Err(Unfit::Unsound));
    }

    #[test]
    fn an_image_is_sound_only_where_its_records_are_that_logs_in_their_order() {
        // Two records are the last in it.
        let last = |bytes: &mut [u8]| bytes.len() - 2 * RECORD as usize;
        let swapped = |bytes: &mut [u8]| {
            let at = last(bytes);
            bytes[at..].rotate_left(RECORD as usize);
        };
        assert_eq!(restored_after(|_| {}, swapped), Err(Unfit::Unsound));
        let of_the_other = |bytes: &mut [u8]| {
            let at = last(bytes) + 2;
            assert_eq!(bytes[at], LogName::Lifecycle as u8);
            bytes[at] = LogName::Tenant as u8;
        };
        assert_eq!(restored_after(|_| {}, of_the_other), Err(Unfit::Unsound));
    }
}
