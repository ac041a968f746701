//! Logging in.

use super::bench::{Bench, PROMPT, Said};
use strongroom_core::console::guard::{Event, Mode, Session};

fn at_password(mode: Mode) -> Bench {
    let mut bench = Bench::at_login(mode);
    assert_eq!(bench.types("monitor\r"), [Said::Login("monitor".into())]);
    assert_eq!(bench.sent(), "monitor\r");
    assert_eq!(bench.prints("monitor\r\nPassword: "), [Said::Other(Event::Prompt(Session::Password))]);
    bench.shown();
    bench
}

#[test]
fn a_password_goes_through_without_being_kept_or_shown() {
    let mut bench = at_password(Mode::Monitor);
    assert_eq!(bench.types("S3cret; 'x'"), []);
    assert_eq!(bench.sent(), "S3cret; 'x'");
    assert!(!format!("{:?}", bench.guard).contains("cret"));
    assert_eq!((bench.types("\r"), bench.sent(), bench.shown()), (vec![], "\r".into(), String::new()));
    assert_eq!(bench.prints(format!("\r\nLast login: Wed\r\n{PROMPT}")), [Said::Other(Event::Prompt(Session::Shell))]);
}

#[test]
fn nothing_but_text_and_one_line_end_passes_at_a_password_prompt() {
    let mut bench = at_password(Mode::Grant);
    bench.types("a\x00\x01\x03\x04\x08\x15\x16\x1a\x1b[A\x7f\u{e9}b\r\nhsm zeroize\r");
    assert_eq!(bench.sent(), "ab\r");
    bench.prints("\r\nLogin incorrect\r\n\r\nmyluna login: ");
    assert_eq!(bench.types("monitor\r"), [Said::Login("monitor".into())]);
}

#[test]
fn a_log_in_is_not_interrupted() {
    // What runs between the name and the shell's first prompt is not the technician's to break out of.
    let mut bench = Bench::at_login(Mode::Full);
    bench.types("monitor\r\x03\x03");
    bench.prints("monitor\r\nPassword: ");
    bench.types("Secret\r\x03\x1a\x1c\x04");
    assert_eq!(bench.sent(), "monitor\rSecret\r");
}

#[test]
fn a_password_is_bounded() {
    let mut bench = at_password(Mode::Monitor);
    bench.types("a".repeat(1000));
    assert_eq!(bench.sent().len(), 128);
}

#[test]
fn one_log_in_has_one_password() {
    for mode in [Mode::Monitor, Mode::Grant] {
        let mut bench = at_password(mode);
        bench.types("PASSWORD\r");
        bench.sent();
        // A forced change would lock the board out; a banner may say anything.
        assert_eq!(bench.prints("\r\n(current) UNIX password: "), []);
        bench.types("PASSWORD\r");
        assert_eq!(bench.sent(), "");
    }
    let mut bench = at_password(Mode::Full);
    bench.types("PASSWORD\r");
    for prompt in ["\r\n(current) UNIX password: ", "\r\nEnter new password: ", "\r\nRe-type new password: "] {
        bench.sent();
        assert_eq!(bench.prints(prompt), [Said::Other(Event::Prompt(Session::Password))]);
        bench.types("n3w\r");
        assert_eq!(bench.sent(), "n3w\r");
    }
}

#[test]
fn asterisks_are_the_devices_echo_and_anything_else_ends_the_prompt() {
    let mut bench = at_password(Mode::Monitor);
    bench.types("a");
    bench.prints("*");
    bench.types("b");
    bench.prints("*");
    assert_eq!(bench.sent(), "ab");
    bench.prints("\r\nLogin timed out after 60 seconds.\r\n");
    bench.types("c\r");
    assert_eq!(bench.sent(), "");
    bench.prints("\r\nmyluna login: ");
    assert_eq!(bench.guard.session(), Session::Login);
}

#[test]
fn typing_before_the_password_prompt_is_no_part_of_a_password() {
    let mut bench = Bench::at_login(Mode::Monitor);
    bench.types("monitor\rSec");
    bench.prints("monitor\r\nPassword: ");
    bench.types("ret\r");
    assert_eq!(bench.sent(), "monitor\r", "half a password would cost an attempt");
    bench.types("Secret\r");
    assert_eq!(bench.sent(), "Secret\r");
}

#[test]
fn the_account_that_resets_the_administrator_is_told_apart() {
    for typed in ["recover", "RECOVER", "  Recover ", "rec\x7fcover"] {
        let mut bench = Bench::at_login(Mode::Full);
        bench.passes = None;
        assert_eq!(bench.types(format!("{typed}\r")), [Said::Other(Event::RecoverLogin)], "{typed}");
        assert_eq!(bench.sent(), "");
        assert_eq!(bench.guard.session(), Session::Login);
    }
    let mut bench = Bench::at_login(Mode::Full);
    bench.types("recover\r");
    assert_eq!(bench.sent(), "recover\r", "only the caller can let it through");
}

#[test]
fn the_question_of_the_recover_account_is_answered_in_full_mode_only() {
    let warning = "\r\nWARNING !! The recover function will stop the network interface.\r\n\
        If you are sure you wish to continue, type 'proceed', otherwise hit ENTER to abort.\r\n";
    for (mode, sent) in [(Mode::Full, "proceed\r"), (Mode::Grant, "")] {
        let mut bench = Bench::at_login(mode);
        bench.types("recover\r");
        bench.prints("recover\r\nPassword: ");
        bench.types("PASSWORD\r");
        bench.sent();
        bench.prints(warning);
        bench.types("proceed\r");
        assert_eq!(bench.sent(), sent, "{mode:?}");
    }
}

#[test]
fn what_is_no_name_never_reaches_the_program_that_asks_for_one() {
    for name in ["-froot", "--help", "admin -f", "a;b", "a/b", "`id`", "\u{ff52}ecover", ".x", &"a".repeat(33)] {
        let mut bench = Bench::at_login(Mode::Full);
        let said = bench.types(format!("{name}\r"));
        // A letter of another alphabet is nothing, so that its word begins later.
        let rest: String = name.chars().filter(char::is_ascii).collect();
        if rest == name {
            assert_eq!((said, bench.sent()), (vec![], String::new()), "{name}");
        } else {
            assert_eq!(said, [Said::Login(rest)]);
        }
    }
    let mut bench = Bench::at_login(Mode::Monitor);
    bench.types("\r");
    assert_eq!(bench.sent(), "\r", "an empty line asks for a new prompt");
}
