//! Typing one thing and sending another.

use super::bench::{Bench, PROMPT, Said, index};
use strongroom_core::console::guard::{Confirmation, Event, LINE_CAPACITY, Mode, Session};
use strongroom_core::lunash::{Arguments, Lookup};

/// What goes out for what is typed, with a caller who passes all that can be passed.
fn sent_for(typed: impl AsRef<[u8]>) -> String {
    let mut bench = Bench::at_shell(Mode::Monitor);
    bench.types(typed);
    bench.sent()
}

#[test]
fn the_name_is_sent_and_not_what_was_typed() {
    assert_eq!(sent_for("status sensors\r"), "status sensors\r");
    assert_eq!(sent_for("  STAT   SENS  \r"), "status sensors\r");
    assert_eq!(sent_for("status sysstat c all\n"), "status sysstat code all\r");
    assert_eq!(sent_for("hsm fac\r"), "hsm factoryreset\r", "what is decided about is what is sent");
}

#[test]
fn the_caller_sees_the_command_that_an_abbreviation_means() {
    let mut bench = Bench::at_shell(Mode::Monitor);
    for byte in b"hsm fac -f" {
        assert_eq!(bench.guard.technician(*byte, &mut bench.ends), Event::None);
    }
    let event = bench.guard.technician(b'\r', &mut bench.ends);
    let Event::Line(line) = event else { panic!("{event:?} is no line") };
    assert_eq!(line.lookup, Lookup::Command { index: index("hsm factoryreset"), arguments: b"-f" });
    assert_eq!((line.text, line.arguments), (&b"hsm fac -f"[..], Arguments::Plain));
    bench.guard.refuse("not yours", &mut bench.ends);
    assert_eq!(bench.sent(), "");
    assert!(bench.shown().ends_with(&format!("not yours\r\n{PROMPT}")));
    assert_eq!(bench.guard.session(), Session::Shell);
}

#[test]
fn what_is_no_command_never_goes_out_though_the_caller_passes_it() {
    for line in ["hsm f", "hsm", "help", "?", "proceed", "quit", "exit now", "exitx", "lunash", "recover", "audit login"] {
        let mut bench = Bench::at_shell(Mode::Full);
        assert_eq!(bench.types(format!("{line}\r")), [Said::Line(line.into())]);
        assert_eq!(bench.sent(), "", "{line}");
        assert_eq!(bench.guard.session(), Session::Shell);
    }
}

#[test]
fn a_second_command_cannot_stand_behind_the_first() {
    for line in [
        "status sensors;hsm init",
        "status sensors ;hsm init",
        "status sensors && hsm init",
        "status sensors | hsm init",
        "status sensors `hsm init`",
        "status sensors $(hsm init)",
        "status sensors > x",
        "status sensors \\",
        "status sensors 'a",
        "status sensors \"a",
        "status sensors !1",
        "status sensors ^a^b",
        "status sensors {a,b}",
        "status sensors *",
        "status sensors [a]",
        "status sensors ~",
        "status sensors a # b",
        "status sensors %1",
        "my file delete ../../etc/shadow",
    ] {
        assert_eq!(sent_for(format!("{line}\r")), "", "{line}");
    }
}

#[test]
fn embedded_line_ends_and_nul_divide_nothing() {
    // The second line comes before the prompt is back.
    assert_eq!(sent_for("status sensors\rhsm zeroize\r"), "status sensors\r");
    assert_eq!(sent_for("status sensors\nhsm zeroize\n"), "status sensors\r");
    assert_eq!(sent_for("status sensors\r\nhsm zeroize\r\n"), "status sensors\r");
    assert_eq!(sent_for("status sensors\0hsm zeroize\r"), "", "NUL is nothing, and the word is none");
    assert_eq!(sent_for("status sensors\0\r"), "status sensors\r");
    for byte in (0..0x20).filter(|byte| ![0x03, 0x08, b'\n', b'\r', 0x15, 0x1b].contains(byte)) {
        assert_eq!(sent_for([b"status time".as_slice(), &[byte], b"\r"].concat()), "status time\r", "{byte:#x} is nothing");
    }
}

#[test]
fn a_paste_ends_at_its_first_line_and_its_rest_is_told_once() {
    let mut bench = Bench::at_shell(Mode::Grant);
    let said = bench.types("status time\rhsm zeroize\rproceed\rhsm in");
    assert_eq!(said, [Said::Line("status time".into())]);
    assert_eq!(bench.sent(), "status time\r");
    assert_eq!(bench.shown().matches("not while the device is busy").count(), 1);
    bench.prints(format!("status time\r\n\r\n10:23.11\r\n\r\nCommand Result : 0 (Success)\r\n{PROMPT}"));
    // The end of a line that began too early is not a line.
    assert_eq!(bench.types("it\r"), []);
    assert_eq!(bench.types("status date\r"), [Said::Line("status date".into())]);
    assert_eq!(bench.sent(), "status date\r");
}

#[test]
fn the_tail_of_a_dropped_line_is_not_a_line_of_its_own() {
    let mut bench = Bench::at_shell(Mode::Grant);
    bench.types("status time\rpartition show -p ");
    bench.prints(format!("status time\r\n{PROMPT}"));
    assert_eq!(bench.types("hsm zeroize\r"), []);
    assert_eq!(bench.sent(), "status time\r");
}

#[test]
fn editing_stays_on_this_side_and_does_not_go_below_the_beginning() {
    assert_eq!(sent_for("\x08\x08\x7f\x7fstatus timm\x08e\r"), "status time\r");
    assert_eq!(sent_for("hsm init\x15status time\r"), "status time\r");
    assert_eq!(sent_for("hsm init\x03status time\r"), "status time\r");
    let erased = ["status time", &"\x7f".repeat(50), "hsm show\r"].concat();
    assert_eq!(sent_for(erased), "hsm show\r");
    // Control-W and Control-V are editing to the device's terminal, and nothing here.
    assert_eq!(sent_for("hsm zeroize status\x17\r"), "hsm zeroize status\r");
    assert_eq!(sent_for("status time\x16\r"), "status time\r");
}

#[test]
fn escape_sequences_are_swallowed_whole() {
    for sequence in
        ["\x1b[A", "\x1b[1;5C", "\x1bOP", "\x1b[200~", "\x1b]0;hsm zeroize\x07", "\x1b]0;hsm init\x1b\\", "\x1bPq\x1b\\", "\x1bc"]
    {
        assert_eq!(sent_for(format!("status {sequence}time\r")), "status time\r", "{sequence:?}");
    }
    // Torn by a line end, the line is not known.
    for torn in ["status time\x1b\r", "status time\x1b[\r", "status time\x1b]0;x\rhsm zeroize\r"] {
        let mut bench = Bench::at_shell(Mode::Full);
        bench.passes = None;
        assert_eq!(bench.types(torn)[0], Said::Other(Event::Spoilt), "{torn:?}");
        assert_eq!(bench.sent(), "");
    }
    // A terminal's answer to a question that it was asked is one such sequence.
    assert_eq!(sent_for("\x1b[24;80R\x1b[?1;2cstatus time\r"), "status time\r");
}

#[test]
fn look_alikes_are_not_the_letters_they_look_like() {
    // Cyrillic and full-width letters are more than one byte, none of which is text.
    for line in ["h\u{455}m zeroize\r", "\u{ff48}sm zeroize\r", "hsm\u{a0}zeroize\r", "hsm\u{2028}zeroize\r"] {
        assert_eq!(sent_for(line), "", "{line}");
    }
    for byte in 0x80..=0xff {
        assert_eq!(sent_for([b"status", &[byte][..], b" time\r"].concat()), "status time\r", "{byte:#x}");
    }
}

#[test]
fn what_cannot_be_passed_is_refused_at_once() {
    let mut bench = Bench::at_shell(Mode::Grant);
    assert_eq!(bench.types("user file view ../etc\r"), [Said::Line("user file view ../etc".into())]);
    assert_eq!(bench.sent(), "");
    assert!(bench.shown().contains("refused: not plain"));
    assert_eq!(bench.types("status time\r"), [Said::Line("status time".into())], "nothing waits any more");
    assert_eq!(bench.sent(), "status time\r");
}

#[test]
fn an_overlong_line_is_refused_whole() {
    let long = ["status time ", &"a".repeat(LINE_CAPACITY), "\r"].concat();
    let mut bench = Bench::at_shell(Mode::Grant);
    assert_eq!(bench.types(&long), [Said::Other(Event::Spoilt)]);
    assert_eq!(bench.types("status time\r"), [Said::Line("status time".into())]);
    assert_eq!(bench.sent(), "status time\r");
    // Nor does erasing bring back what fits.
    let erased = ["status time", &" ".repeat(LINE_CAPACITY), "hsm zeroize", &"\x7f".repeat(100), "\r"].concat();
    assert_eq!(sent_for(erased), "");
    // The longest that fits is whole.
    let fits = format!("status time {}", "a".repeat(LINE_CAPACITY - 12));
    assert_eq!(sent_for(format!("{fits}\r")), format!("{fits}\r"));
}

#[test]
fn nothing_typed_while_a_decision_is_pending_joins_the_line() {
    let mut bench = Bench::at_shell(Mode::Grant);
    for byte in b"status time\r" {
        bench.guard.technician(*byte, &mut bench.ends);
    }
    for byte in b"\x7f\x15hsm init\r\x03proceed\r" {
        assert_eq!(bench.guard.technician(*byte, &mut bench.ends), Event::None);
    }
    assert_eq!(bench.sent(), "");
    assert!(bench.guard.pass(Confirmation::Allowed, &mut bench.ends));
    assert_eq!(bench.sent(), "status time\r");
}

#[test]
fn typing_while_a_command_runs_reaches_nobody() {
    let mut bench = Bench::at_shell(Mode::Full);
    bench.types("hsm show\r");
    bench.streams("hsm show\r\n\r\nAppliance Details:\r\n");
    assert_eq!(bench.types("hsm zeroize\rproceed\ryes\r\x04\x1a\x1c\x16\x03"), []);
    assert_eq!(bench.sent(), "hsm show\r\x03", "an interrupt ends a command of one's own, and nothing else passes");
}

#[test]
fn break_is_not_forwarded() {
    let mut bench = Bench::at_shell(Mode::Full);
    bench.types("status");
    bench.guard.line_break(&mut bench.ends);
    bench.types("\0 time\r");
    assert_eq!(bench.sent(), "status time\r");
}

#[test]
fn shut_is_shut_both_ways() {
    let mut bench = Bench::new();
    bench.prints(PROMPT);
    assert_eq!(bench.types("status time\rexit\r\x03\r"), []);
    assert_eq!(bench.sent(), "");
    let shown = bench.shown();
    assert!(shown.contains("the console is shut") && !shown.contains("lunash"), "{shown}");
}

#[test]
fn logging_out_needs_nobodys_leave() {
    let mut bench = Bench::at_shell(Mode::Monitor);
    bench.passes = None;
    assert_eq!(bench.types("exit\r"), []);
    assert_eq!(bench.sent(), "exit\r");
    assert_eq!(bench.prints("exit\r\n\r\nmyluna login: "), [Said::Other(Event::Prompt(Session::Login))]);
}

#[test]
fn the_terminal_is_shown_text_only() {
    let mut bench = Bench::at_shell(Mode::Monitor);
    bench.types("status time\r");
    bench.shown();
    bench.streams(b"a\x1b]2;hsm zeroize\x07\x1b[21t\x05\x9b6n\0b\tc\r\n");
    assert_eq!(bench.shown(), "a?]2;hsm zeroize\x07?[21t??6nb\tc\r\n");
}
