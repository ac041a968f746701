//! Words about tampers: the state in `hsm show`, heading and causes in `hsm tamper show`.

use super::fact::Fact;
use super::name::{has_word, next_if};
use super::text;
use crate::reading::TamperClass;

/// `No tampers`, `No tamper(s)`, `Tamper(s) detected`. Any other word is not said: an unknown word is
/// neither "no tamper" nor, since noise must not latch a device, a tamper.
pub(super) fn state(value: &str) -> Option<Fact> {
    let mut words = value.trim_end_matches(text::STOP).split(text::BLANK);
    let is_no = next_if(&mut words, |word| word.eq_ignore_ascii_case("no")).is_some();
    let is_active = is_no && next_if(&mut words, |word| word.eq_ignore_ascii_case("active")).is_some();
    if !words.next().is_some_and(is_tamper) {
        return None;
    }
    let state = words.next();
    if words.next().is_some() {
        return None;
    }
    match state {
        None if is_no => Some(Fact::Tampered(false)),
        Some(word) if is_no && !is_active && is_latched(word) => Some(Fact::Tampered(false)),
        Some(word) if !is_no && is_latched(word) => Some(Fact::Tampered(true)),
        _ => None,
    }
}

/// `WARNING - Tamper(s) Detected:`; the causes follow, one a line.
pub(super) fn is_heading(text: &str) -> bool {
    let text = text.trim_end_matches(text::AFTER_HEADING);
    let Some((warning, rest)) = text.split_once(text::BLANK) else { return false };
    warning.trim_end_matches(text::COLON).eq_ignore_ascii_case("warning")
        && state(rest.trim_start_matches(text::AFTER_WARNING)) == Some(Fact::Tampered(true))
}

/// The class of a cause (`lifecycle.md` a.3).
///
/// A weak battery only warns and leads to the voltage class here; a removed or an empty one destroys.
pub(super) fn cause(text: &str) -> TamperClass {
    let has = |beginning| has_word(text, beginning);
    if has("decommission") {
        TamperClass::Decommission
    } else if has("batt") && (has("low") || has("warn")) {
        TamperClass::Voltage
    } else if has("batt") {
        TamperClass::Battery
    } else if has("fan") {
        TamperClass::Fan
    } else if has("chassis") || has("intrusion") || has("cover") {
        TamperClass::Chassis
    } else if has("card") {
        TamperClass::Card
    } else if has("temp") || has("overtemp") || has("undertemp") {
        TamperClass::Temperature
    } else if has("volt") || has("overvolt") || has("undervolt") {
        TamperClass::Voltage
    } else {
        TamperClass::Unspecified
    }
}

fn is_tamper(word: &str) -> bool {
    ["tamper", "tampers", "tamper(s)"].iter().any(|tamper| word.eq_ignore_ascii_case(tamper))
}

fn is_latched(word: &str) -> bool {
    ["detected", "active"].iter().any(|latched| word.eq_ignore_ascii_case(latched))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_say_whether_a_tamper_is_latched() {
        for text in ["No tampers", "No tamper(s)", "no tamper", "No active tampers.", "No tampers detected"] {
            assert_eq!(state(text), Some(Fact::Tampered(false)), "{text}");
        }
        for text in ["Tamper(s) detected", "Tamper detected!", "TAMPERS ACTIVE"] {
            assert_eq!(state(text), Some(Fact::Tampered(true)), "{text}");
        }
        for text in [
            "",
            "No",
            "tamper",
            "Not tampered",
            "Notampers",
            "No tampers cleared",
            "No t?mpers",
            "None",
            "Tamper(s) not detected",
            "Tamper(s) cleared",
            "Tamper(s) detected and cleared",
            "No active tampers detected",
            "No tampers detected but one",
        ] {
            assert_eq!(state(text), None, "{text}");
        }
    }

    #[test]
    fn the_heading_warns_of_tampers() {
        assert!(is_heading("WARNING - Tamper(s) Detected:"));
        assert!(is_heading("WARNING: Tamper Detected"));
        assert!(!is_heading("WARNING - No Tamper(s) Detected:"));
        assert!(!is_heading("HSM Label: WARNING - Tamper(s) Detected:"));
        assert!(!is_heading("WARNING !! You are about to clear the HSM Tamper State.."));
    }

    #[test]
    fn causes_have_their_class() {
        for (text, class) in [
            ("Chassis intrusion", TamperClass::Chassis),
            ("Chassis opened", TamperClass::Chassis),
            ("Intrusion switch", TamperClass::Chassis),
            ("Cover removed", TamperClass::Chassis),
            ("Fan bay opened", TamperClass::Fan),
            ("Card removal", TamperClass::Card),
            ("Over-temperature", TamperClass::Temperature),
            ("Overtemperature", TamperClass::Temperature),
            ("Under voltage", TamperClass::Voltage),
            ("Battery removed", TamperClass::Battery),
            ("Low battery voltage", TamperClass::Voltage),
            ("Decommission button", TamperClass::Decommission),
            ("0x17", TamperClass::Unspecified),
        ] {
            assert_eq!(cause(text), class, "{text}");
        }
    }
}
