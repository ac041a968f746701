//! Arguments out of bytes. What has 16 or 32 bytes (a name, a digest) is one of a table, so that an input comes across
//! the right one by chance; so are the numbers that a byte is too small for.

use super::shape::Source;
use super::world;
use crate::bytes::Bytes;
use std::ops::Range;
use strongroom_core::{Digest, Engine, Label, LogName, Policy};

/// Numbers below this are themselves.
const PLAIN: u8 = 0xc0;

/// The byte before a number of two bytes.
const SHORT: u8 = 0xff;

/// The byte before a number of eight bytes.
const LONG: u8 = 0xfe;

/// Words have fewer values.
const WORDS: u8 = 64;

/// A list has at most four.
const LENGTHS: u8 = 5;

/// What is worth naming to an engine as it stands.
pub(super) struct Tables {
    pub(super) names: Vec<[u8; 16]>,
    pub(super) digests: Vec<[u8; 32]>,
    numbers: Vec<u64>,
}

impl Tables {
    /// Where the challenge stands among the names.
    pub(super) const CHALLENGE: u8 = 0;

    /// Which of the digests stand for texts: they mean nothing but where they come again.
    pub(super) const TEXTS: Range<u8> = 7..12;

    pub(super) fn of(engine: &Engine) -> Self {
        let policy = engine.policy().unwrap_or(&Policy::AZURE);
        let base = &engine.state().base;
        let organisations = world::ORGANISATIONS.map(|organisation| organisation.0);
        let people = world::PEOPLE.iter().map(|person| person.id.0);
        let labels = world::LABELS.iter().map(|label| Label::new(label).unwrap_or_default().0);
        let presets = Policy::PRESETS.iter().map(|preset| preset.digest());
        let texts = Self::TEXTS.map(|number| Digest([number; 32]));
        let size = |log| u64::from(engine.log().size(log));
        let (last, hour) = (base.clock.last_good.as_unix(), 3600);
        Self {
            names: [engine.challenge().0].into_iter().chain(labels).chain(organisations).chain(people).collect(),
            digests: [Digest::NONE, policy.lease.erased].into_iter().chain(presets).chain(texts).map(|digest| digest.0).collect(),
            numbers: vec![
                u64::from(policy.lease.erase_list),
                size(LogName::Tenant),
                size(LogName::Lifecycle),
                u64::from(base.next_request).saturating_sub(1),
                engine.pending().first().map_or(0, |entry| u64::from(entry.id)),
                last,
                last.saturating_sub(hour),
                hour,
                8 * hour,
                96 * hour,
                u64::from(u16::MAX),
                u64::from(u32::MAX),
                u64::MAX,
            ],
        }
    }
}

/// The bytes of an input, read by tables.
pub(super) struct Chosen<'a, 'b> {
    pub(super) bytes: &'a mut Bytes<'b>,
    pub(super) tables: &'a Tables,
}

impl Source for Chosen<'_, '_> {
    fn flag(&mut self) -> bool {
        self.bytes.byte() & 1 != 0
    }

    fn small(&mut self) -> u8 {
        self.bytes.byte() % WORDS
    }

    fn number(&mut self) -> u64 {
        match self.bytes.byte() {
            SHORT => self.bytes.number::<2>(),
            LONG => self.bytes.number::<8>(),
            plain @ 0..PLAIN => u64::from(plain),
            other => self.tables.numbers[usize::from(other - PLAIN) % self.tables.numbers.len()],
        }
    }

    fn length(&mut self) -> u8 {
        self.bytes.byte() % LENGTHS
    }

    fn name(&mut self) -> [u8; 16] {
        *self.bytes.choose(&self.tables.names)
    }

    fn digest(&mut self) -> [u8; 32] {
        *self.bytes.choose(&self.tables.digests)
    }
}

/// The bytes that are read as this number.
pub(super) fn written(number: u64) -> Vec<u8> {
    match (u8::try_from(number), u16::try_from(number)) {
        (Ok(plain), _) if plain < PLAIN => vec![plain],
        (_, Ok(short)) => [&[SHORT][..], &short.to_be_bytes()].concat(),
        _ => [&[LONG][..], &number.to_be_bytes()].concat(),
    }
}
