//! What becomes of what was typed before access was given, and small things on either line.

use super::bench::{Bench, PROMPT, Said};
use strongroom_core::console::guard::{Confirmation, Event, Mode, Session};

#[test]
fn what_was_typed_for_less_is_not_run_for_more() {
    let mut bench = Bench::at_shell(Mode::Monitor);
    bench.types("status ti");
    assert!(bench.guard.open(Mode::Grant));
    assert_eq!(bench.types("me\r"), []);
    assert_eq!(bench.sent(), "");
    // The next line is one again.
    assert_eq!(bench.types("status time\r"), [Said::Line("status time".into())]);
}

#[test]
fn a_mode_that_is_given_again_takes_nothing_away() {
    let mut bench = Bench::at_shell(Mode::Monitor);
    bench.types("status ti");
    assert!(bench.guard.open(Mode::Monitor));
    assert_eq!(bench.types("me\r"), [Said::Line("status time".into())]);
    assert_eq!(bench.sent(), "status time\r");
}

#[test]
fn a_line_that_is_being_decided_is_kept_while_the_mode_is_raised() {
    let mut bench = Bench::at_shell(Mode::Monitor);
    for byte in b"status time\r" {
        bench.guard.technician(*byte, &mut bench.ends);
    }
    assert!(bench.guard.open(Mode::Grant));
    assert!(bench.guard.pass(Confirmation::Refused, &mut bench.ends));
    assert_eq!(bench.sent(), "status time\r");
}

#[test]
fn a_login_prompt_that_is_doubted_ends_no_session() {
    let mut bench = Bench::at_login(Mode::Grant);
    bench.guard.doubt();
    assert_eq!(bench.guard.session(), Session::Unknown);
    assert_eq!(bench.guard.close(&mut bench.ends), Event::None);
    assert_eq!(bench.sent(), "\x03");
    assert_eq!(bench.prints("\r\nmyluna login: "), [Said::Other(Event::Closed)]);
}

#[test]
fn a_break_is_heard_by_the_technician_alone() {
    let mut bench = Bench::at_shell(Mode::Grant);
    bench.guard.line_break(&mut bench.ends);
    assert_eq!((bench.shown().as_str(), bench.sent().as_str()), ("\x07", ""));
}

#[test]
fn noughts_on_the_line_change_nothing() {
    let mut bench = Bench::new();
    assert!(bench.guard.open(Mode::Monitor));
    bench.prints("\0lun\0ash:>\0");
    assert_eq!(bench.guard.session(), Session::Shell);
    bench.streams("\0 ");
    assert_eq!(bench.guard.session(), Session::Shell);
    assert_eq!(bench.types("status time\r"), [Said::Line("status time".into())]);
}

#[test]
fn a_password_prompt_while_it_is_closed_is_interrupted() {
    let mut bench = Bench::at_shell(Mode::Grant);
    bench.types("status time\r");
    bench.sent();
    bench.guard.close(&mut bench.ends);
    assert_eq!(bench.sent(), "\x03");
    assert_eq!(bench.prints("Password: "), []);
    assert_eq!(bench.sent(), "\x03");
}

#[test]
fn a_return_and_a_new_line_are_one_end() {
    let shown = |end: &str| {
        let mut bench = Bench::at_shell(Mode::Grant);
        bench.passes = None;
        assert_eq!(bench.types(format!("status time{end}")).len(), 1);
        bench.shown()
    };
    assert_eq!(shown("\r"), shown("\r\n"));
}

#[test]
fn the_last_letter_is_taken_away_where_there_is_one() {
    let mut bench = Bench::at_shell(Mode::Grant);
    bench.types("\x7f");
    let nothing_there = bench.shown();
    bench.types("x\x7f");
    let taken = bench.shown();
    assert_eq!(taken, "x\x08 \x08");
    assert!(!nothing_there.contains('\x08'));
    assert_eq!(bench.types("status time\r"), [Said::Line("status time".into())]);
}

#[test]
fn a_pause_of_a_command_is_no_question_but_in_full_access() {
    for (mode, session) in [(Mode::Grant, Session::Running), (Mode::Full, Session::Confirm)] {
        let mut bench = Bench::at_shell(mode);
        bench.passes = Some(Confirmation::Allowed);
        bench.types("status time\r");
        bench.prints("status time\r\nType 'proceed' to go on, or 'quit'\r\n");
        assert_eq!(bench.guard.session(), session, "{mode:?}");
        bench.prints(format!("\r\n{PROMPT}"));
        assert_eq!(bench.guard.session(), Session::Shell);
    }
}
