//! The shell around the output: prompt, echo of the command, result.

use super::{
    line::{Ending, Line},
    name::is_spelt,
    number, text,
};

const PROMPT: &str = "lunash:>";

/// Whose output a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// No echo was seen: the line may be any of the outputs below.
    Unknown,
    StatusSensors,
    HsmShow,
    HsmTamperShow,
    HsmInformationShow,
    HsmStmShow,
    SysstatShow,
    /// One that is not read.
    Other,
}

impl Command {
    const READ: [(Self, &'static str); 6] = [
        (Self::StatusSensors, "status sensors"),
        (Self::HsmShow, "hsm show"),
        (Self::HsmTamperShow, "hsm tamper show"),
        (Self::HsmInformationShow, "hsm information show"),
        (Self::HsmStmShow, "hsm stm show"),
        (Self::SysstatShow, "status sysstat show"),
    ];

    pub(super) fn of(typed: &str) -> Self {
        let found = Self::READ.iter().find(|(_, full)| is_short_for(typed, full));
        found.map_or(Self::Other, |(command, _)| *command)
    }

    /// Whether a line that `command` prints can be in this output.
    pub(super) fn prints(self, command: Self) -> bool {
        self == Self::Unknown || self == command
    }
}

/// The shell takes the beginning of each word for the word; options may follow.
fn is_short_for(typed: &str, full: &str) -> bool {
    let mut typed = typed.split(text::BLANK);
    let begins = |short: &str, word: &str| word.get(..short.len()).is_some_and(|head| head.eq_ignore_ascii_case(short));
    full.split(text::BLANK).all(|word| typed.next().is_some_and(|short| !short.is_empty() && begins(short, word)))
}

/// What stands after the prompt: `lunash:>hsm show`, `[10g2] lunash:> hsm show`.
///
/// The prompt opens its line. Anywhere else it is somebody's text.
pub(super) fn echo(text: &str) -> Option<&str> {
    let shell = match text.strip_prefix('[') {
        Some(host) => host.split_once(text::BRACKET)?.1.trim_ascii_start(),
        None => text,
    };
    Some(shell.strip_prefix(PROMPT)?.trim_ascii())
}

/// Whether the shell will print a result for what was typed.
pub(super) fn has_result(typed: &str) -> bool {
    !typed.is_empty() && !typed.eq_ignore_ascii_case("exit")
}

/// The end of a command's output, with its code where one was printed that fits 32 bits.
///
/// Release 7.2 prints `Command Result : 0 (Success)`, `Command Result: 0 (Success)`,
/// `Command Result: : 0 (Success)` and `Command Result : No Error`.
pub(super) fn result(line: Line<'_>) -> Option<Option<u32>> {
    let (key, value) = line.text.split_once(text::COLON)?;
    if !is_spelt(key, "commandresult") {
        return None;
    }
    let value = value.trim_start_matches(text::COLON_OR_BLANK);
    if is_spelt(value, "noerror") {
        return Some(Some(0));
    }
    if line.ending == Ending::Open && !value.ends_with(')') {
        return None;
    }
    let code = value.split(text::BLANK).next().and_then(number::count);
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &str, ending: Ending) -> Option<Option<u32>> {
        result(Line { text, ending, garbled: false, number: 1 })
    }

    #[test]
    fn every_printed_form_of_a_result_is_read() {
        for (text, code) in [
            ("Command Result : 0 (Success)", Some(0)),
            ("Command Result: 0 (Success)", Some(0)),
            ("Command Result: : 0 (Success)", Some(0)),
            ("Command Result : No Error", Some(0)),
            ("Command Result : 65535 (Luna Shell execution)", Some(65_535)),
            ("Command Result : what?", None),
        ] {
            assert_eq!(ends(text, Ending::Whole), Some(code), "{text}");
        }
        assert_eq!(ends("HSM Label: Command Result : 0 (Success)", Ending::Whole), None);
    }

    #[test]
    fn a_result_that_may_lack_digits_is_no_result() {
        assert_eq!(ends("Command Result : 655", Ending::Open), None);
        assert_eq!(ends("Command Result : ", Ending::Open), None);
        assert_eq!(ends("Command Result : 0 (Success)", Ending::Open), Some(Some(0)));
    }

    #[test]
    fn a_prompt_opens_its_line() {
        assert_eq!(echo("lunash:>hsm show"), Some("hsm show"));
        assert_eq!(echo("[10g2] lunash:> status time"), Some("status time"));
        assert_eq!(echo("lunash:>"), Some(""));
        assert_eq!(echo("HSM Label: lunash:>hsm show"), None);
        assert_eq!(echo("[x lunash:>hsm show"), None);
    }

    #[test]
    fn commands_are_known_by_the_beginnings_of_their_words() {
        assert_eq!(Command::of("status sensors"), Command::StatusSensors);
        assert_eq!(Command::of("stat sens -v"), Command::StatusSensors);
        assert_eq!(Command::of("hsm show"), Command::HsmShow);
        assert_eq!(Command::of("hsm showpolicies"), Command::Other);
        assert_eq!(Command::of("hsm tam sh"), Command::HsmTamperShow);
        assert_eq!(Command::of("hsm tamper clear"), Command::Other);
        assert_eq!(Command::of("hsm"), Command::Other);
        assert_eq!(Command::of(""), Command::Other);
    }
}
