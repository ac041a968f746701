//! The worst level of each part.

use super::{
    fact::is_bad,
    name::{Kind, Name},
};
use crate::reading::{Level, Parts, Reading};
use heapless::Vec;

/// Parts told apart in one reading; a device of release 7.2 has 34. A part beyond them still counts, anew
/// in each line that names it, so that no bad part is hidden: `seen` and `bad` are then too high.
pub const CAPACITY: usize = 64;

#[derive(Debug, Clone, Copy)]
struct Part {
    kind: Kind,
    name: Name,
    level: Level,
}

#[derive(Debug, Clone)]
pub(super) struct Table {
    parts: Vec<Part, CAPACITY>,
    /// Lines about parts that found no place.
    untracked: u32,
}

impl Table {
    pub(super) const fn new() -> Self {
        Self { parts: Vec::new(), untracked: 0 }
    }

    pub(super) const fn untracked(&self) -> u32 {
        self.untracked
    }

    /// Notes `level` for a part; a part for which there is no place goes straight to `reading`.
    pub(super) fn note(&mut self, reading: &mut Reading, kind: Kind, name: Name, level: Level) {
        if let Some(part) = self.parts.iter_mut().find(|part| part.kind == kind && part.name == name) {
            part.level = part.level.max(level);
        } else if self.parts.push(Part { kind, name, level }).is_err() {
            self.untracked = self.untracked.saturating_add(1);
            add(parts_of(reading, kind), level);
        }
    }

    /// Adds all parts to `reading`.
    pub(super) fn add_to(&self, reading: &mut Reading) {
        for part in &self.parts {
            add(parts_of(reading, part.kind), part.level);
        }
    }
}

pub(super) fn parts_of(reading: &mut Reading, kind: Kind) -> &mut Parts {
    match kind {
        Kind::Fan => &mut reading.fans,
        Kind::PowerSupply => &mut reading.power_supplies,
        Kind::Voltage => &mut reading.voltages,
        Kind::Temperature => &mut reading.temperatures,
        Kind::Battery => &mut reading.batteries,
    }
}

fn add(parts: &mut Parts, level: Level) {
    parts.worst = parts.worst.max(level);
    parts.seen = parts.seen.saturating_add(1);
    parts.bad = parts.bad.saturating_add(u8::from(is_bad(level)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_reading_of_a_part_wins_and_it_is_one_part() {
        for levels in [[Level::Good, Level::Critical], [Level::Critical, Level::Good]] {
            let (mut table, mut reading) = (Table::new(), Reading::default());
            for level in levels {
                table.note(&mut reading, Kind::Fan, Name::of("Fan1A"), level);
            }
            table.add_to(&mut reading);
            assert_eq!(reading.fans, Parts { worst: Level::Critical, seen: 1, bad: 1 });
        }
    }

    #[test]
    fn a_part_beyond_the_table_is_counted_and_not_hidden() {
        let (mut table, mut reading) = (Table::new(), Reading::default());
        for number in 0..CAPACITY {
            table.note(&mut reading, Kind::Fan, Name::of(&std::format!("Fan {number}")), Level::Good);
        }
        assert_eq!(table.untracked(), 0);
        table.note(&mut reading, Kind::Fan, Name::of("one more"), Level::Critical);
        table.note(&mut reading, Kind::Fan, Name::of("Fan 1"), Level::Warning);
        table.add_to(&mut reading);
        assert_eq!(table.untracked(), 1);
        assert_eq!(reading.fans, Parts { worst: Level::Critical, seen: 65, bad: 2 });
    }

    #[test]
    fn counts_stay_at_the_end_of_the_scale() {
        let (mut table, mut reading) = (Table::new(), Reading::default());
        for number in 0..400 {
            table.note(&mut reading, Kind::Fan, Name::of(&std::format!("Fan {number}")), Level::Critical);
        }
        table.add_to(&mut reading);
        assert_eq!(reading.fans, Parts { worst: Level::Critical, seen: 255, bad: 255 });
    }
}
