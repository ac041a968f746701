//! The record, byte by byte.
//!
//! | Offset | Bytes | Field | |
//! |---|---|---|---|
//! | 0 | 1 | version | 1 |
//! | 1 | 1 | log | 0 tenant, 1 lifecycle |
//! | 2 | 4 | sequence | counted from 0 in each log |
//! | 6 | 4 | epoch | of the lease |
//! | 10 | 4 | boot | boots so far |
//! | 14 | 8 | time | seconds since 1970 UTC |
//! | 22 | 2 | time epoch | counts settings of the clock |
//! | 24 | 1 | flags | 1 refused, 2 at the last good time |
//! | 25 | 1 | party | of who acted |
//! | 26 | 1 | role | of who acted |
//! | 27 | 16 | organisation | of who acted; zeros for the device, and blanked in the lifecycle log for a customer |
//! | 43 | 16 | id | of who acted; as above |
//! | 59 | 16 | second | id of the second person, zeros where none; as above |
//! | 75 | 1 | kind | the verb, or 250 repeated refusals, 251 unlogged steps |
//! | 76 | 2 | rule | that decided |
//! | 78 | 1 | from | state or status before |
//! | 79 | 1 | to | state or status after |
//! | 80 | 4 | request | its number, 0 where none |
//! | 84 | 2 | detail | what the kind says: a tamper class, a cause, a count |
//! | 86 | 32 | command | digest of the (in the lifecycle log blanked) command |
//!
//! Numbers are little-endian. With the leaf's prefix byte that is 119 bytes: exactly two blocks of
//! SHA-256.

use crate::canonical::sha256_of_two_blocks;
use crate::command::LogName;
use crate::id::{Digest, Id, Organisation};
use crate::party::{Principal, Role};
use crate::rule::Rule;
use crate::time::Time;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The record's version.
pub const VERSION: u8 = 1;

/// Kind of a record that counts refusals equal to the one before (D-10).
pub const REPEATED: u8 = 250;

/// Kind of a record that counts what could not be logged (D-17).
pub const UNLOGGED: u8 = 251;

/// Flag: the step was refused.
pub const REFUSED: u8 = 1;

/// Flag: the time was not known or earlier, the step ran at the last good one (D-18).
pub const LAST_GOOD_TIME: u8 = 2;

/// One record; its fields are documented in the [module](self).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the module's table documents each field")]
pub struct Record {
    pub log: LogName,
    pub sequence: u32,
    pub epoch: u32,
    pub boot: u32,
    pub at: Time,
    pub time_epoch: u16,
    pub flags: u8,
    pub by: Principal,
    pub second: Id,
    pub kind: u8,
    pub rule: Rule,
    pub from: u8,
    pub to: u8,
    pub request: u32,
    pub detail: u16,
    pub command: Digest,
}

/// Puts one field after another.
struct Writer<'a>(&'a mut [u8]);

impl Writer<'_> {
    fn put(&mut self, bytes: &[u8]) {
        let room = core::mem::take(&mut self.0);
        if let Some((place, rest)) = room.split_at_mut_checked(bytes.len()) {
            place.copy_from_slice(bytes);
            self.0 = rest;
        }
    }
}

/// Takes one field after another.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (field, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*field)
    }
}

impl Record {
    /// How many bytes a record has.
    pub const SIZE: usize = 118;

    /// The record's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; Self::SIZE] {
        let mut bytes = [0; Self::SIZE];
        let mut writer = Writer(&mut bytes);
        writer.put(&[VERSION, self.log as u8]);
        writer.put(&self.sequence.to_le_bytes());
        writer.put(&self.epoch.to_le_bytes());
        writer.put(&self.boot.to_le_bytes());
        writer.put(&self.at.as_unix().to_le_bytes());
        writer.put(&self.time_epoch.to_le_bytes());
        writer.put(&[self.flags, self.by.party() as u8, self.by.role as u8]);
        writer.put(&self.by.organisation.0);
        writer.put(&self.by.id.0);
        writer.put(&self.second.0);
        writer.put(&[self.kind]);
        writer.put(&self.rule.code().to_le_bytes());
        writer.put(&[self.from, self.to]);
        writer.put(&self.request.to_le_bytes());
        writer.put(&self.detail.to_le_bytes());
        writer.put(&self.command.0);
        bytes
    }

    /// The record that these bytes are; `None` where they are none of this version.
    #[must_use]
    #[inline]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let [version, log] = reader.take()?;
        let log = match log {
            0 => LogName::Tenant,
            1 => LogName::Lifecycle,
            _ => return None,
        };
        let sequence = u32::from_le_bytes(reader.take()?);
        let epoch = u32::from_le_bytes(reader.take()?);
        let boot = u32::from_le_bytes(reader.take()?);
        let at = Time::from_unix(u64::from_le_bytes(reader.take()?));
        let time_epoch = u16::from_le_bytes(reader.take()?);
        let [flags, party, role] = reader.take()?;
        let role = *Role::ALL.get(usize::from(role))?;
        let by = Principal { role, organisation: Organisation(reader.take()?), id: Id(reader.take()?) };
        let second = Id(reader.take()?);
        let [kind] = reader.take()?;
        let rule = Rule::from_code(u16::from_le_bytes(reader.take()?))?;
        let [from, to] = reader.take()?;
        let request = u32::from_le_bytes(reader.take()?);
        let detail = u16::from_le_bytes(reader.take()?);
        let command = Digest(reader.take()?);
        let whole = version == VERSION && party == by.party() as u8 && reader.0.is_empty();
        whole.then_some(Self {
            log,
            sequence,
            epoch,
            boot,
            at,
            time_epoch,
            flags,
            by,
            second,
            kind,
            rule,
            from,
            to,
            request,
            detail,
            command,
        })
    }

    /// The record's leaf in its tree: SHA-256 of a zero byte and the record (RFC 6962).
    #[must_use]
    pub fn leaf(&self) -> Digest {
        sha256_of_two_blocks(&[&[0], &self.to_bytes()])
    }

    /// The name that the source gives to this action of the lockbox, where it names one (L-47 to L-50).
    #[must_use]
    pub const fn activity(&self) -> Option<&'static str> {
        match self.rule {
            Rule::CustomerAsked => Some("Create Lockbox Request"),
            Rule::AccessApproved | Rule::ShortenedByApprover | Rule::ShortenedByPolicy => Some("Approve Lockbox Request"),
            Rule::AccessDenied => Some("Deny Lockbox Request"),
            Rule::RequestExpired => Some("Lockbox Request Expiry"),
            _ => None,
        }
    }

    /// Whether the step was refused.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        self.flags & REFUSED != 0
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.to_bytes())
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl de::Visitor<'_> for Bytes {
            type Value = Record;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("the 118 bytes of a record")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Record, E> {
                Record::from_bytes(bytes).ok_or_else(|| E::invalid_value(de::Unexpected::Bytes(bytes), &self))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

/// What is said of a step before it is known in which log, and where there, its record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Entry {
    pub(crate) at: Time,
    pub(crate) flags: u8,
    pub(crate) by: Principal,
    pub(crate) second: Id,
    pub(crate) kind: u8,
    pub(crate) rule: Rule,
    pub(crate) from: u8,
    pub(crate) to: u8,
    pub(crate) request: u32,
    pub(crate) detail: u16,
}

impl Entry {
    /// An entry of the core's own, about the log itself.
    pub(crate) const fn of_log(at: Time, kind: u8, rule: Rule, count: u32) -> Self {
        Self {
            at,
            flags: 0,
            by: Principal { role: Role::Core, organisation: Organisation::NONE, id: Id::NOBODY },
            second: Id::NOBODY,
            kind,
            rule,
            from: 0,
            to: 0,
            request: 0,
            detail: if count > u16::MAX as u32 { u16::MAX } else { count as u16 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_a_record_is_written_where_the_table_says() {
        let record = Record {
            log: LogName::Lifecycle,
            sequence: 0x0403_0201,
            epoch: 7,
            boot: 9,
            at: Time::from_unix(0x1122_3344),
            time_epoch: 0x0506,
            flags: 3,
            by: Principal { role: Role::Pool, organisation: Organisation([0xaa; 16]), id: Id([0xbb; 16]) },
            second: Id([0xcc; 16]),
            kind: 47,
            rule: Rule::RoleMayNot,
            from: 12,
            to: 2,
            request: 5,
            detail: 0x0708,
            command: Digest([0xdd; 32]),
        };
        let bytes = record.to_bytes();
        let expected: std::vec::Vec<u8> = [
            &[1, 1, 1, 2, 3, 4, 7, 0, 0, 0, 9, 0, 0, 0, 0x44, 0x33, 0x22, 0x11, 0, 0, 0, 0, 6, 5, 3, 2, 10][..],
            &[0xaa; 16],
            &[0xbb; 16],
            &[0xcc; 16],
            &[47, 101, 0, 12, 2, 5, 0, 0, 0, 8, 7],
            &[0xdd; 32],
        ]
        .concat();
        assert_eq!(bytes.as_slice(), expected.as_slice());
        assert_eq!(Record::from_bytes(&bytes), Some(record));
        assert_eq!(Record::from_bytes(bytes.split_last().unwrap().1), None);
    }

    #[test]
    fn a_count_that_does_not_fit_says_as_much_as_it_can() {
        let detail = |count| Entry::of_log(Time::from_unix(1), UNLOGGED, Rule::LogHasRoom, count).detail;
        assert_eq!([65_534, 65_535, 65_536, 65_537, u32::MAX].map(detail), [65_534, 65_535, 65_535, 65_535, 65_535]);
    }
}
