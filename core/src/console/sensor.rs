//! Rows of the tables in `status sensors`: cells between `|`.
//!
//! Three forms are printed: `name | reading | unit | status | four thresholds`, `name | status | speed`
//! and `name | status`. The thresholds are lower critical, lower non-critical, upper non-critical and
//! upper critical; a reading on a threshold is within it.

use super::{
    fact::{Fact, is_bad},
    line::{Ending, Line},
    name::{Kind, Unit, has_word, is_spelt, part},
    number::Milli,
    text,
};
use crate::reading::Level;
use heapless::Vec;

/// What a status cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Level(Level),
    /// `na`: nothing is fitted there.
    NotFitted,
    /// A word that is not known: it cannot make a part good, nor bad.
    Unknown,
}

/// What the row says. `None` if it is not a row, or a row that makes no sense.
pub(super) fn read(line: Line<'_>) -> Option<Fact> {
    let (name, rest) = line.text.split_once(text::BAR)?;
    if name.contains(text::COLON) || !name.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let mut cells: Vec<&str, 7> = Vec::new();
    for cell in rest.split(text::BAR) {
        cells.push(cell.trim_ascii()).ok()?;
    }
    if line.ending != Ending::Whole {
        // The last cell may lack its end.
        cells.pop();
    }
    let fact = match cells.as_slice() {
        [status] => text_row(name, status, None),
        [status, speed] => text_row(name, status, Some(speed)),
        [reading, unit, status, limits @ ..] => number_row(name, reading, unit, status, limits),
        [] => None,
    };
    // A row without its end may lack the threshold that its reading is outside of.
    fact.filter(|fact| line.ending == Ending::Whole || fact.survives_a_cut())
}

fn number_row(name: &str, reading: &str, unit: &str, status: &str, limits: &[&str]) -> Option<Fact> {
    let unit = Unit::of(unit);
    if unit == Some(Unit::Discrete) {
        return Some(discrete_row(name, status));
    }
    let Some((kind, part)) = part(name, unit) else { return unit.map(|_| Fact::Nothing) };
    let status = Status::of(status);
    if status == Status::NotFitted && is_na(reading) {
        return Some(Fact::Nothing);
    }
    let measured = Milli::parse(reading).map_or(Level::Unread, |value| judge(kind, unit, value, limits));
    worst_of(status, measured).map(|level| Fact::Part(kind, part, level))
}

/// `OK | 3700 RPM`, `Presence detected`.
fn text_row(name: &str, status: &str, speed: Option<&str>) -> Option<Fact> {
    let (number, unit) = match speed.and_then(Milli::split) {
        Some((number, rest)) => (Some(number), Unit::of(rest)),
        None => (None, None),
    };
    let status = Status::of(status);
    let Some((kind, part)) = part(name, unit) else {
        return (status != Status::Unknown).then_some(Fact::Nothing);
    };
    let measured = match (speed, number, unit) {
        (None, _, _) => Level::Good,
        (Some(_), Some(number), Some(_)) => judge(kind, unit, number, &[]),
        _ if status == Status::NotFitted && speed.is_some_and(is_na) => return Some(Fact::Nothing),
        _ => Level::Unread,
    };
    worst_of(status, measured).map(|level| Fact::Part(kind, part, level))
}

/// Only a power supply's bits are known to us: IPMI sensor type 08h, printed as two bytes of which the
/// first holds the states 0 to 7. The device prints `0x0180` for one that is there and `0x0080` for one
/// that is not.
fn discrete_row(name: &str, status: &str) -> Fact {
    const PRESENT: u32 = 1 << 0;
    /// Failed; input lost; input lost or out of range.
    const FAILED: u32 = 1 << 1 | 1 << 3 | 1 << 4;
    /// Failure predicted; input out of range; configuration error.
    const AILING: u32 = 1 << 2 | 1 << 5 | 1 << 6;

    let Some((Kind::PowerSupply, part)) = part(name, Some(Unit::Discrete)) else { return Fact::Nothing };
    let bits = status.strip_prefix("0x").filter(|digits| digits.len() == 4);
    let Some(states) = bits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).map(|bits| bits >> 8) else {
        return Fact::Nothing;
    };
    let level = if states & PRESENT == 0 || states & FAILED != 0 {
        Level::Critical
    } else if states & AILING != 0 {
        Level::Warning
    } else {
        Level::Good
    };
    Fact::Part(Kind::PowerSupply, part, level)
}

/// The worst of both; good only if both are.
fn worst_of(status: Status, measured: Level) -> Option<Level> {
    let stated = if let Status::Level(level) = status { level } else { Level::Unread };
    let worst = stated.max(measured);
    (is_bad(worst) || stated.min(measured) == Level::Good).then_some(worst)
}

fn judge(kind: Kind, unit: Option<Unit>, value: Milli, limits: &[&str]) -> Level {
    // "0.00 RPM means fan unplugged, failed, or sensors not readable", says the device.
    let zero_is_dead = unit == Some(Unit::TurnsPerMinute) || (kind == Kind::PowerSupply && unit == Some(Unit::Volts));
    if zero_is_dead && value <= Milli::ZERO {
        return Level::Critical;
    }
    let limit = |text: &&str| if is_na(text) { Some(None) } else { Milli::parse(text).map(Some) };
    let [low_critical, low, high, high_critical] = match limits {
        [] => return Level::Good,
        [a, b, c, d] => match (limit(a), limit(b), limit(c), limit(d)) {
            (Some(a), Some(b), Some(c), Some(d)) => [a, b, c, d],
            _ => return Level::Unread,
        },
        _ => return Level::Unread,
    };
    let below = |limit: Option<Milli>| limit.is_some_and(|limit| value < limit);
    let above = |limit: Option<Milli>| limit.is_some_and(|limit| value > limit);
    if below(low_critical) || above(high_critical) {
        Level::Critical
    } else if below(low) || above(high) {
        Level::Warning
    } else {
        Level::Good
    }
}

fn is_na(text: &str) -> bool {
    text.eq_ignore_ascii_case("na") || text.eq_ignore_ascii_case("n/a")
}

impl Status {
    fn of(text: &str) -> Self {
        let text = text.trim_end_matches(text::STAR_OR_BLANK);
        let is = |words: &[&str]| words.iter().any(|word| is_spelt(text, word));
        let has = |words: &[&str]| words.iter().any(|word| has_word(text, word));
        if is_na(text) {
            Self::NotFitted
        } else if is(&["ok", "presencedetected", "present"]) {
            Self::Level(Level::Good)
        } else if is(&["nc", "lnc", "unc"]) || has(&["predict"]) {
            Self::Level(Level::Warning)
        } else if is(&["cr", "lcr", "ucr", "nr", "lnr", "unr"])
            || has(&["absent", "critical", "error", "fail", "fault", "lost", "trip"])
            || (has(&["no", "not"]) && has(&["presen", "detect", "reading"]))
        {
            Self::Level(Level::Critical)
        } else {
            Self::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Option<Fact> {
        read(Line { text, ending: Ending::Whole, garbled: false, number: 1 })
    }

    fn level(text: &str) -> Option<Level> {
        match row(text) {
            Some(Fact::Part(_, _, level)) => Some(level),
            _ => None,
        }
    }

    #[test]
    fn the_worse_of_status_and_thresholds_counts() {
        for (text, expected) in [
            ("Fan1A . | 3700.000 | RPM | ok | 1000.000 | 2000.000 | na | na", Level::Good),
            ("Fan1A . | 2000.000 | RPM | ok | 1000.000 | 2000.000 | na | na", Level::Good),
            ("Fan1A . | 1999.999 | RPM | ok | 1000.000 | 2000.000 | na | na", Level::Warning),
            ("Fan1A . | 999.000 | RPM | ok | 1000.000 | 2000.000 | na | na", Level::Critical),
            ("Fan1A . | 3700.000 | RPM | NC * | 1000.000 | 2000.000 | na | na", Level::Warning),
            ("Fan1A . | 3700.000 | RPM | CR * | 1000.000 | 2000.000 | na | na", Level::Critical),
            ("Fan1A . | na | RPM | NR | 1000.000 | 2000.000 | na | na", Level::Critical),
            ("Fan1A . | 0.000 | RPM | ok | na | na | na | na", Level::Critical),
            ("CPU . | 95.000 | degrees C | ok | na | na | 95.000 | 100.000", Level::Good),
            ("CPU . | 95.001 | degrees C | ok | na | na | 95.000 | 100.000", Level::Warning),
            ("CPU . | 101 | degrees C | ok | na | na | 95.000 | 100.000", Level::Critical),
            ("CPU . | -5 | degrees C | ok | na | na | 95.000 | 100.000", Level::Good),
            ("PSU2_+12V_value. | 0.000 | Volts | ok | na | na | na | na", Level::Critical),
            ("PSU2 Temp_value. | 0.000 | degrees C | ok | na | na | 50.000 | na", Level::Good),
            ("-12V . | -12.100 | Volts | ok | -13.000 | na | na | -11.000", Level::Good),
            ("VBAT . | 2.400 | Volts | ok | 2.100 | 2.500 | na | na", Level::Warning),
            ("Fan 7 | OK | 0 RPM", Level::Critical),
            ("Fan 7 | OK | 3700 RPM", Level::Good),
            ("Fan 7 | 3700 | RPM | ok", Level::Good),
        ] {
            assert_eq!(level(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_neither_good_nor_bad() {
        for text in [
            "Fan1A . | 3700.000 | RPM | huh | 1000.000 | 2000.000 | na | na",
            "Fan1A . | 37#0.000 | RPM | ok | 1000.000 | 2000.000 | na | na",
            "Fan1A . | 3700.000 | RPM | ok | 1000.000 | 2#00.000 | na | na",
            "Fan1A . | 3700.000 | RPM | ok | 1000.000 | 2000.000 | na",
            "Fan1A . | 3700.000 | RPM | ok | 1000.000 | 20Fan1B . | 4900.000 | RPM | ok | 1000.000 | 2000.000",
            "Fan1A . | OK | fast",
            "Fan1A . | OK | na",
            "Fan1A . | na | fast",
            "Fan1A . | no alarm | 3700 RPM",
            "PSU1_Status . | Presence unknown",
            "Sensor | Reading | Unit |status | Thresholds",
            " | 3700.000 | RPM | CR",
            "HSM Label: Fan | 0.000 | RPM | CR | na | na | na | na",
        ] {
            assert_eq!(row(text), None, "{text}");
        }
    }

    #[test]
    fn a_part_that_is_not_fitted_is_not_a_part() {
        assert_eq!(row("CHA DIMM 1 . | na | degrees C | na | na | na | 87.000 | 97.000"), Some(Fact::Nothing));
        assert_eq!(row("Fan4A . | na | RPM | na | 1000.000 | 2000.000 | na | na"), Some(Fact::Nothing));
        assert_eq!(row("Fan4A . | na | na"), Some(Fact::Nothing));
    }

    #[test]
    fn a_power_supply_says_whether_it_is_there() {
        for (text, expected) in [
            ("PSU1_Status . | 0x0 | discrete | 0x0180| na | na | na | na", Level::Good),
            ("PSU1_Status . | 0x0 | discrete | 0x0080| na | na | na | na", Level::Critical),
            ("PSU1_Status . | 0x0 | discrete | 0x0980| na | na | na | na", Level::Critical),
            ("PSU1_Status . | 0x0 | discrete | 0x0580| na | na | na | na", Level::Warning),
            ("PSU1_Status . | Presence detected", Level::Good),
            ("PSU1_Status . | Presence not detected", Level::Critical),
            ("PSU1_Status . | Presence detected, Failure detected", Level::Critical),
        ] {
            assert_eq!(level(text), Some(expected), "{text}");
        }
        // IPMI sensor type 08h: presence, failed, failure predicted, input lost, lost or out of range, out of range, configuration.
        for (state, expected) in [
            (1, Level::Critical),
            (2, Level::Warning),
            (3, Level::Critical),
            (4, Level::Critical),
            (5, Level::Warning),
            (6, Level::Warning),
            (7, Level::Good),
        ] {
            let states = 1_u32 | 1 << state;
            let text = std::format!("PSU1_Status . | 0x0 | discrete | 0x{states:02x}80| na | na | na | na");
            assert_eq!(level(&text), Some(expected), "{text}");
        }
        assert_eq!(row("Watchdog . | 0x0 | discrete | 0x0080| na | na | na | na"), Some(Fact::Nothing));
        assert_eq!(row("PSU1_Status . | 0x0 | discrete | 0x01| na | na | na | na"), Some(Fact::Nothing));
    }

    #[test]
    fn a_row_without_its_end_tells_only_bad_news() {
        let open = |text| read(Line { text, ending: Ending::Open, garbled: false, number: 1 });
        assert_eq!(open("Fan1A . | 3700.000 | RPM | ok | 1000.000 | 2000.000 | na | na"), None);
        assert_eq!(open("Fan1A . | 3700.000 | RPM | o"), None);
        assert_eq!(open("Fan1A . | 37"), None);
        assert_eq!(open("Fan1A . | OK | 3"), None);
        assert!(matches!(open("Fan1A . | na | RPM | NR * | 10"), Some(Fact::Part(_, _, Level::Critical))));
    }
}
