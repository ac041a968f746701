//! The end of an access.

use super::bench::{Bench, PROMPT, QUESTION, Said};
use strongroom_core::console::guard::{Confirmation, Event, Mode, Session};

const LOGIN: &str = "\r\n\r\nmyluna login: ";

/// From the interrupt to the confirmation.
fn ends(bench: &mut Bench) {
    assert_eq!(bench.prints(format!("^C\r\n{PROMPT}")), []);
    assert_eq!(bench.sent(), "exit\r");
    assert_eq!(bench.prints("exit\r\n"), []);
    assert_eq!(bench.types("status time\r\x03proceed\r"), []);
    assert_eq!(bench.prints(LOGIN), [Said::Other(Event::Closed)]);
    assert_eq!(bench.prints(LOGIN), [Said::Other(Event::Prompt(Session::Login))], "closed is told once");
    assert_eq!(bench.guard.mode(), Mode::Shut);
    assert_eq!(bench.types("admin\r"), []);
    assert_eq!(bench.sent(), "");
    assert!(!bench.shown().contains("lunash"), "nothing is shown once it is closed");
}

#[test]
fn in_the_middle_of_a_line() {
    let mut bench = Bench::at_shell(Mode::Grant);
    bench.types("hsm show");
    bench.shown();
    assert_eq!(bench.guard.close(&mut bench.ends), Event::None);
    assert_eq!(bench.sent(), "\x03exit\r");
    // The interrupt ate the beginning of the word: the prompt that came back gets a whole one.
    ends(&mut bench);
    assert!(bench.guard.open(Mode::Monitor));
    assert_eq!(bench.types("monitor\r"), [Said::Login("monitor".into())]);
}

#[test]
fn while_a_decision_is_pending() {
    let mut bench = Bench::at_shell(Mode::Grant);
    for byte in b"hsm show\r" {
        bench.guard.technician(*byte, &mut bench.ends);
    }
    bench.shown();
    bench.guard.close(&mut bench.ends);
    assert!(!bench.guard.pass(Confirmation::Allowed, &mut bench.ends));
    assert_eq!(bench.sent(), "\x03exit\r");
    ends(&mut bench);
}

#[test]
fn at_a_password_prompt() {
    let mut bench = Bench::at_login(Mode::Grant);
    bench.types("admin\r");
    bench.prints("admin\r\nPassword: ");
    bench.types("half a pass");
    bench.sent();
    bench.guard.close(&mut bench.ends);
    assert_eq!(bench.sent(), "\x03");
    bench.types("word\r");
    assert_eq!(bench.sent(), "");
    assert_eq!(bench.prints(LOGIN), [Said::Other(Event::Closed)]);
}

#[test]
fn at_a_confirmation_prompt() {
    let mut bench = Bench::at_shell(Mode::Full);
    bench.types("hsm zeroize\r");
    bench.prints(format!("hsm zeroize\r\n{QUESTION}"));
    bench.types("proce");
    bench.sent();
    bench.shown();
    bench.guard.close(&mut bench.ends);
    bench.types("ed\r");
    assert_eq!(bench.sent(), "\x03");
    // A command that is deaf to interrupts asks again and hears `quit`.
    bench.prints(QUESTION);
    assert_eq!(bench.sent(), "quit\r");
    bench.shown();
    ends(&mut bench);
}

#[test]
fn during_output() {
    let mut bench = Bench::at_shell(Mode::Grant);
    bench.types("syslog tail\r");
    bench.streams("syslog tail\r\n\r\n2017 Mar  1 14:27:54 ");
    bench.sent();
    bench.shown();
    bench.guard.close(&mut bench.ends);
    assert_eq!(bench.sent(), "\x03");
    bench.streams("local_host local5 info\r\n");
    assert_eq!(bench.shown(), "", "it belongs to the access that has ended");
    ends(&mut bench);
}

#[test]
fn at_the_login_prompt_there_is_nothing_to_end() {
    let mut bench = Bench::at_login(Mode::Grant);
    assert_eq!(bench.guard.close(&mut bench.ends), Event::Closed);
    assert_eq!(bench.sent(), "");
    assert_eq!(bench.guard.mode(), Mode::Shut);
}

#[test]
fn a_device_that_says_nothing_is_asked_again_and_is_not_closed() {
    let mut bench = Bench::new();
    bench.guard.open(Mode::Grant);
    for sent in ["\x03", "\x03\r", "\x03\r"] {
        assert_eq!(bench.guard.close(&mut bench.ends), Event::None);
        assert_eq!(bench.sent(), sent);
        assert_eq!(bench.prints(""), []);
        assert!(!bench.guard.open(Mode::Monitor), "not before it is closed");
    }
    ends(&mut bench);
}

#[test]
fn a_log_in_that_looks_like_the_end_is_not_the_end() {
    let mut bench = Bench::at_shell(Mode::Grant);
    bench.types("hsm show\r");
    bench.guard.close(&mut bench.ends);
    for text in ["\r\nLast login: ", "\r\nHSM Label: myluna login: ", "\r\nmyluna login: admin", "\r\nmyluna login:\r\n"] {
        assert_eq!(bench.prints(text), [], "{text:?}");
    }
    assert_eq!(bench.streams(LOGIN), [], "not before the silence");
    assert_eq!(bench.prints(""), [Said::Other(Event::Closed)]);
}

#[test]
fn modes_are_only_raised() {
    let mut bench = Bench::at_shell(Mode::Grant);
    assert!(!bench.guard.open(Mode::Monitor) && !bench.guard.open(Mode::Shut));
    assert_eq!(bench.guard.mode(), Mode::Grant);
    assert!(bench.guard.open(Mode::Full));
}
