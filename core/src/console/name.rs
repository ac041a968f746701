//! Names of parts and units, whatever their case, spacing and punctuation.

use super::text;

/// A part's name: two spellings of one name are equal, different names differ but for 1 in 2³².
/// Two parts taken for one keep the worse level, so nothing bad is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name(u32);

/// Which of the reading's lists a part belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Fan,
    PowerSupply,
    Voltage,
    Temperature,
    Battery,
}

/// What a sensor's number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    TurnsPerMinute,
    DegreesCelsius,
    Volts,
    /// Bits instead of a number.
    Discrete,
}

impl Name {
    pub(super) const HSM_BATTERY: Self = Self(1);
    pub(super) const HSM_TEMPERATURE: Self = Self(2);

    /// Letters and digits in lower case, with a point between two groups of digits: `FAN_3B` is
    /// `Fan3B`, `+1.2V` is not `+12V`. Words that name the column are left out.
    pub(super) fn of(text: &str) -> Self {
        let mut name = Self::spell(Self::EMPTY, if text.starts_with('-') { b"-" } else { b"" });
        let mut digit_before = false;
        for word in words(text).filter(|word| !is_column(word)) {
            let digit_now = word.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
            name = name.spell(if digit_before && digit_now { b"." } else { b"" }).spell(word.as_bytes());
            digit_before = word.bytes().last().is_some_and(|byte| byte.is_ascii_digit());
        }
        name
    }

    /// `part` of a larger thing, so that names from two lists do not meet.
    pub(super) fn within(owner: &str, part: &str) -> Self {
        Self::EMPTY.spell(owner.as_bytes()).spell(b"/").spell(part.as_bytes())
    }

    /// FNV-1a.
    const EMPTY: Self = Self(0x811c_9dc5);

    fn spell(self, bytes: &[u8]) -> Self {
        let add = |hash: u32, byte: &u8| (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
        Self(bytes.iter().fold(self.0, add))
    }
}

impl Unit {
    pub(super) fn of(text: &str) -> Option<Self> {
        let is = |words: &[&str]| words.iter().any(|word| is_spelt(text, word));
        if is(&["rpm"]) {
            Some(Self::TurnsPerMinute)
        } else if is(&["degreesc", "degc", "c", "degreescelsius", "degcelsius", "celsius"]) {
            Some(Self::DegreesCelsius)
        } else if is(&["volts", "volt", "v"]) {
            Some(Self::Volts)
        } else {
            is(&["discrete"]).then_some(Self::Discrete)
        }
    }
}

/// Whose part `text` names, from its words and the unit its reading has.
///
/// All of a power supply is one part, its fan included (H-69); chassis fans are apart (H-70).
pub(super) fn part(text: &str, unit: Option<Unit>) -> Option<(Kind, Name)> {
    if let Some(name) = power_supply(text) {
        return Some((Kind::PowerSupply, name));
    }
    let battery = has_word(text, "batt") || has_word(text, "vbat");
    let kind = match unit {
        Some(Unit::TurnsPerMinute) => Kind::Fan,
        Some(Unit::DegreesCelsius) => Kind::Temperature,
        Some(Unit::Volts) if battery => Kind::Battery,
        Some(Unit::Volts) => Kind::Voltage,
        None | Some(Unit::Discrete) if has_word(text, "fan") => Kind::Fan,
        None | Some(Unit::Discrete) if battery => Kind::Battery,
        None | Some(Unit::Discrete) if has_word(text, "temp") || has_word(text, "therm") => Kind::Temperature,
        None | Some(Unit::Discrete) => return None,
    };
    Some((kind, Name::of(text)))
}

/// `PSU1_+12V_value`, `PSU 2 Temp`, `PS1 Status`, `Power Supply Unit 2`: the unit, not its sensor.
fn power_supply(text: &str) -> Option<Name> {
    let mut words = words(text);
    while let Some(word) = words.next() {
        let mark = if let Some(mark) = after(word, "psu") {
            mark
        } else if let Some(mark) = after(word, "ps").filter(|mark| is_number(mark)) {
            mark
        } else if word.eq_ignore_ascii_case("power") && next_if(&mut words, |next| next.eq_ignore_ascii_case("supply")).is_some()
        {
            let _ = next_if(&mut words, |next| next.eq_ignore_ascii_case("unit"));
            ""
        } else {
            continue;
        };
        let own_word = |next: &str| is_number(next) || next.len() == 1;
        let mark = if mark.is_empty() { next_if(&mut words, own_word).unwrap_or_default() } else { mark };
        return Some(Name::within("psu", mark.trim_start_matches(text::ZERO)));
    }
    None
}

/// `text` in letters and digits alone is `word`, which is in lower case.
pub(super) fn is_spelt(text: &str, word: &str) -> bool {
    let letters = text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    letters.eq(word.bytes())
}

/// Whether a word of `text` begins with `beginning`.
pub(super) fn has_word(text: &str, beginning: &str) -> bool {
    words(text).any(|word| after(word, beginning).is_some())
}

/// The next word, taken only where `fits`. A `Peekable` has a panic in it.
pub(super) fn next_if<'a>(words: &mut (impl Iterator<Item = &'a str> + Clone), fits: impl Fn(&str) -> bool) -> Option<&'a str> {
    let mut ahead = words.clone();
    let word = ahead.next().filter(|word| fits(word))?;
    *words = ahead;
    Some(word)
}

fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(text::PUNCTUATION).filter(|word| !word.is_empty())
}

/// What follows `beginning` in `word`, in any case.
fn after<'a>(word: &'a str, beginning: &str) -> Option<&'a str> {
    let (head, tail) = word.split_at_checked(beginning.len())?;
    head.eq_ignore_ascii_case(beginning).then_some(tail)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_column(word: &str) -> bool {
    ["value", "status", "reading", "speed"].iter().any(|column| word.eq_ignore_ascii_case(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one_part() {
        for name in ["Fan3B          .", "FAN_3B", "fan 3b", "Fan 3B_value."] {
            assert_eq!(Name::of(name), Name::of("Fan3B"), "{name}");
        }
        assert_ne!(Name::of("+1.2V"), Name::of("+12V"));
        assert_ne!(Name::of("-12V"), Name::of("+12V"));
        assert_ne!(Name::of("Fan3A"), Name::of("Fan3B"));
    }

    #[test]
    fn all_of_a_power_supply_is_one_part() {
        let second = power_supply("PSU2_Status");
        assert!(second.is_some());
        for name in ["PSU2_+12V_value", "PSU 2 Temp", "psu-02 fan", "PS2 Input", "Power Supply Unit 2", "Power Supply 2 Fan"] {
            assert_eq!(power_supply(name), second, "{name}");
        }
        assert_ne!(power_supply("PSU1_Status"), second);
        assert_eq!(power_supply("Power Supply A Fan"), power_supply("PSU A Status"), "a letter is a number too");
        assert_ne!(power_supply("PSU A Status"), power_supply("PSU B Status"));
        assert_eq!(power_supply("PSU Fan"), power_supply("PSU Status"), "a word is none");
        assert_eq!(power_supply("VPSB"), None);
        assert_eq!(power_supply("PSB"), None);
        assert_eq!(power_supply("Power Overload"), None);
    }

    #[test]
    fn a_kind_comes_from_unit_and_words() {
        let kind = |name, unit| part(name, unit).map(|(kind, _)| kind);
        assert_eq!(kind("Fan1A .", Some(Unit::TurnsPerMinute)), Some(Kind::Fan));
        assert_eq!(kind("PSU1 FAN_value .", Some(Unit::TurnsPerMinute)), Some(Kind::PowerSupply));
        assert_eq!(kind("Fan Bay Temp", Some(Unit::DegreesCelsius)), Some(Kind::Temperature));
        assert_eq!(kind("VBAT .", Some(Unit::Volts)), Some(Kind::Battery));
        assert_eq!(kind("CMOS Battery", Some(Unit::Volts)), Some(Kind::Battery));
        assert_eq!(kind("+12V .", Some(Unit::Volts)), Some(Kind::Voltage));
        assert_eq!(kind("Fan 1", None), Some(Kind::Fan));
        assert_eq!(kind("CMOS Battery", None), Some(Kind::Battery));
        assert_eq!(kind("Watchdog", None), None);
    }

    #[test]
    fn units_are_read_whole() {
        assert_eq!(Unit::of("degrees C"), Some(Unit::DegreesCelsius));
        assert_eq!(Unit::of("deg. C"), Some(Unit::DegreesCelsius));
        assert_eq!(Unit::of("deg. F"), None);
        assert_eq!(Unit::of("mV"), None);
        assert_eq!(Unit::of(""), None);
    }
}
