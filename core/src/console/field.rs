//! Lines of the form `key : value`.

use super::{
    command::Command,
    fact::Fact,
    line::{Ending, Line},
    name::{Kind, Name, Unit, has_word, is_spelt},
    number::{self, Milli},
    tamper, text,
};
use crate::reading::{Level, Service};

/// A value, and whether more of it may have followed.
#[derive(Debug, Clone, Copy)]
struct Value<'a> {
    text: &'a str,
    ending: Ending,
}

/// Which command prints the key, the key, and what its value means.
type Field = (Command, &'static str, fn(Value<'_>) -> Option<Fact>);

const FIELDS: &[Field] = &[
    (Command::HsmShow, "Manually Zeroized", |value| yes_or_no(value).map(Fact::Zeroized)),
    (Command::HsmShow, "HSM Tamper State", |value| tamper::state(value.text)),
    (Command::HsmShow, "HSM Admin login attempts left", logins_left),
    (Command::HsmShow, "Secure Transport Mode", |value| yes_or_no(value).map(Fact::TransportMode)),
    (Command::HsmStmShow, "Secure Transport Mode", |value| yes_or_no(value).map(Fact::TransportMode)),
    (Command::HsmShow, "Battery Voltage", |value| measure(value, Unit::Volts).map(Fact::Battery)),
    (Command::HsmShow, "Battery Warning Threshold Voltage", |value| measure(value, Unit::Volts).map(Fact::BatteryLimit)),
    (Command::HsmShow, "System Temp", |value| measure(value, Unit::DegreesCelsius).map(Fact::Temperature)),
    (Command::HsmShow, "System Temp Warning Threshold", |value| measure(value, Unit::DegreesCelsius).map(Fact::TemperatureLimit)),
    (Command::HsmShow, "WARNING", warning),
    (Command::HsmInformationShow, "Critical Events", |value| exact_count(value).map(Fact::CriticalEvents)),
    (Command::SysstatShow, "System Status", service),
    (Command::SysstatShow, "System Status Code", codes),
    (Command::StatusSensors, "Chassis Intrusion", chassis),
    (Command::StatusSensors, "Cooling/Fan Fault", |value| fault(value, Kind::Fan)),
    (Command::StatusSensors, "Main Power Fault", |value| fault(value, Kind::PowerSupply)),
    (Command::StatusSensors, "Power Overload", |value| fault(value, Kind::PowerSupply)),
    (Command::StatusSensors, "Power Control Fault", |value| fault(value, Kind::PowerSupply)),
];

/// What the line says, if its key is one that `command` prints. The key is all before the first colon.
pub(super) fn read(line: Line<'_>, command: Command) -> Option<Fact> {
    let (key, value) = line.text.split_once(text::COLON)?;
    let (key, value) = (key.trim_ascii(), Value { text: value.trim_ascii(), ending: line.ending });
    let field = FIELDS.iter().find(|(of, name, _)| command.prints(*of) && key.eq_ignore_ascii_case(name));
    match field {
        Some((_, _, read)) => read(value),
        None if command.prints(Command::HsmShow) => hsm_fan(key, value),
        None => None,
    }
}

fn is(value: Value<'_>, word: &str) -> bool {
    value.text.eq_ignore_ascii_case(word)
}

fn one_of(value: Value<'_>, yes: &str, no: &str) -> Option<bool> {
    if is(value, yes) { Some(true) } else { is(value, no).then_some(false) }
}

fn yes_or_no(value: Value<'_>) -> Option<bool> {
    one_of(value, "yes", "no")
}

fn chassis(value: Value<'_>) -> Option<Fact> {
    one_of(value, "active", "inactive").map(Fact::ChassisOpen)
}

/// The device names no part, so none is added: the kind is at least at `Warning`.
fn fault(value: Value<'_>, kind: Kind) -> Option<Fact> {
    one_of(value, "true", "false").map(|fault| if fault { Fact::SomePart(kind, Level::Warning) } else { Fact::Nothing })
}

/// `3 before HSM zeroization!` or `HSM is zeroized!`.
fn logins_left(value: Value<'_>) -> Option<Fact> {
    if is_spelt(value.text, "hsmiszeroized") {
        return Some(Fact::Zeroized(true));
    }
    let (left, rest) = value.text.split_once(text::BLANK)?;
    let left = u8::try_from(number::count(left)?).unwrap_or(u8::MAX);
    is_spelt(rest, "beforehsmzeroization").then_some(Fact::LoginsLeft(left))
}

/// The unit must follow: a number without it may lack digits.
fn measure(value: Value<'_>, unit: Unit) -> Option<Milli> {
    let (number, rest) = Milli::split(value.text)?;
    (Unit::of(rest) == Some(unit)).then_some(number)
}

fn warning(value: Value<'_>) -> Option<Fact> {
    let has = |beginning| has_word(value.text, beginning);
    if has("battery") && has("below") {
        Some(Fact::Part(Kind::Battery, Name::HSM_BATTERY, Level::Warning))
    } else if has("temp") && has("above") {
        Some(Fact::Part(Kind::Temperature, Name::HSM_TEMPERATURE, Level::Warning))
    } else {
        None
    }
}

/// A count that ends its line: without the line end it may lack digits.
fn exact_count(value: Value<'_>) -> Option<u32> {
    if value.ending == Ending::Whole { number::count(value.text) } else { None }
}

fn service(value: Value<'_>) -> Option<Fact> {
    let words = [
        ("ISO", Service::InService),
        ("IST", Service::InServiceWithTrouble),
        ("OFL", Service::OffLine),
        ("OOS", Service::OutOfService),
    ];
    let found = words.iter().find(|(word, _)| is(value, word));
    found.map(|(_, service)| Fact::Service(*service))
}

/// `100,61,62,63,95`: all of them are numbers or none is believed. Codes above 255 become 255.
fn codes(value: Value<'_>) -> Option<Fact> {
    if value.ending != Ending::Whole || value.text.is_empty() {
        return None;
    }
    let mut codes = [0; 8];
    let mut places = codes.iter_mut();
    for word in value.text.split(text::COMMA_OR_BLANK).filter(|word| !word.is_empty()) {
        let code = u8::try_from(number::count(word)?).unwrap_or(u8::MAX);
        if let Some(place) = places.next() {
            *place = code;
        }
    }
    Some(Fact::Codes(codes))
}

/// `Fan 1 Status: standby` in `hsm show`: the card's own fans, of which one rests.
fn hsm_fan(key: &str, value: Value<'_>) -> Option<Fact> {
    let mut words = key.split(text::BLANK);
    let is_fan = words.next()?.eq_ignore_ascii_case("fan");
    let fan = words.next()?;
    let is_status = words.next()?.eq_ignore_ascii_case("status") && words.next().is_none();
    if !is_fan || !is_status {
        return None;
    }
    let level = if is(value, "standby") || is(value, "active") {
        Level::Good
    } else if has_word(value.text, "fail") || has_word(value.text, "fault") {
        Level::Critical
    } else {
        return None;
    };
    Some(Fact::Part(Kind::Fan, Name::within("hsm fan", fan), level))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<Fact> {
        read(Line { text, ending: Ending::Whole, garbled: false, number: 1 }, Command::Unknown)
    }

    fn open(text: &str) -> Option<Fact> {
        read(Line { text, ending: Ending::Open, garbled: false, number: 1 }, Command::Unknown)
    }

    #[test]
    fn a_key_is_all_before_the_first_colon() {
        assert_eq!(said("Manually Zeroized: Yes"), Some(Fact::Zeroized(true)));
        assert_eq!(said("manually zeroized : YES"), Some(Fact::Zeroized(true)));
        for text in [
            "HSM Label: Manually Zeroized: Yes",
            "Partition: 7, Name: HSM Tamper State: No tampers",
            "x Manually Zeroized: Yes",
            "Manually Zeroized Yes",
            "Manually Zeroized:: Yes",
            "HSM State: Yes",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn a_key_counts_only_in_the_output_of_its_command() {
        let line = Line { text: "Manually Zeroized: Yes", ending: Ending::Whole, garbled: false, number: 1 };
        assert_eq!(read(line, Command::HsmShow), Some(Fact::Zeroized(true)));
        assert_eq!(read(line, Command::StatusSensors), None);
        assert_eq!(read(line, Command::Other), None);
        let fan = Line { text: "Fan 1 Status: failed", ..line };
        assert!(read(fan, Command::HsmShow).is_some(), "the card's own fan");
        assert_eq!(read(fan, Command::StatusSensors), None);
    }

    #[test]
    fn unknown_words_are_not_said() {
        for text in [
            "Manually Zeroized: maybe",
            "Manually Zeroized: Yes?",
            "Secure Transport Mode:",
            "System Status: GOOD",
            "System Status Code: 61,x",
            "System Status Code:",
            "Chassis Intrusion : unknown",
            "Battery Voltage: 3.093",
            "Battery Voltage: 3093 mV",
            "System Temp: 95 deg. F",
            "Critical Events: many",
            "HSM Admin login attempts left: many before HSM zeroization!",
            "HSM Admin login attempts left: 3",
            "Fan 1 Status: humming",
            "Fan 1 Speed: standby",
            "Fan 1 Status Change: active",
            "Pump 1 Status: active",
            "WARNING: something else",
            "WARNING: Battery Voltage",
            "WARNING: Fan Speed below warning threshold!!",
            "WARNING: System Temperature",
            "WARNING: Fan Speed above warning threshold!!",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_at_the_end_of_cut_text_is_not_believed() {
        for text in ["Critical Events: 1", "System Status Code: 100,6", "Battery Voltage: 2", "System Temp: 8"] {
            assert_eq!(open(text), None, "{text}");
        }
    }

    /// Whatever the numbers beside it say, and where they cannot be read.
    #[test]
    fn a_warning_is_bad_news_by_itself() {
        for (text, kind, name) in [
            ("WARNING: Battery Voltage below warning threshold!!", Kind::Battery, Name::HSM_BATTERY),
            ("WARNING: System Temperature above warning threshold!!", Kind::Temperature, Name::HSM_TEMPERATURE),
        ] {
            assert_eq!(said(text), Some(Fact::Part(kind, name, Level::Warning)), "{text}");
        }
    }

    #[test]
    fn a_fan_of_the_card_rests_turns_or_has_failed() {
        for (text, expected) in [
            ("Fan 1 Status: standby", Level::Good),
            ("Fan 2 Status: active", Level::Good),
            ("Fan 2 Status: failed", Level::Critical),
            ("Fan 2 Status: Fault!", Level::Critical),
        ] {
            assert!(matches!(said(text), Some(Fact::Part(Kind::Fan, _, level)) if level == expected), "{text}");
        }
    }

    #[test]
    fn only_eight_codes_are_kept() {
        assert_eq!(said("System Status Code: 1, 2,3,4,5,6,7,300,9"), Some(Fact::Codes([1, 2, 3, 4, 5, 6, 7, 255])));
    }
}
