//! The board and the technician take turns.

use super::bench::{Bench, PROMPT, Said, index};
use strongroom_core::console::guard::{Event, Mode, Session};

fn printed(said: &[Said]) -> String {
    said.iter()
        .filter_map(|said| if let Said::Other(Event::Polled(byte)) = said { Some(char::from(*byte)) } else { None })
        .collect()
}

#[test]
fn what_a_poll_reads_is_the_boards() {
    let mut bench = Bench::at_shell(Mode::Monitor);
    assert!(bench.guard.begin_poll());
    assert!(bench.guard.send_poll(index("hsm show"), &mut bench.ends));
    assert!(!bench.guard.send_poll(index("hsm show"), &mut bench.ends), "one at a time");
    let said = bench.prints(format!("hsm show\r\nHSM Label: myluna\r\n{PROMPT}"));
    assert_eq!(printed(&said), format!("hsm show\r\nHSM Label: myluna\r\n{PROMPT}"));
    assert_eq!(said.last(), Some(&Said::Other(Event::Prompt(Session::Shell))));
    assert!(bench.guard.send_poll(index("status sensors"), &mut bench.ends));
    bench.prints(format!("status sensors\r\n{PROMPT}"));
    bench.guard.end_poll(&mut bench.ends);
    assert_eq!((bench.sent(), bench.shown()), ("hsm show\rstatus sensors\r".into(), String::new()));
    assert_eq!(bench.types("status time\r"), [Said::Line("status time".into())]);
}

#[test]
fn only_what_the_board_reads_is_polled() {
    let mut bench = Bench::at_shell(Mode::Monitor);
    assert!(!bench.guard.send_poll(index("hsm show"), &mut bench.ends), "not without the turn");
    bench.guard.begin_poll();
    for command in ["hsm zeroize", "status time", "hsm supportinfo"] {
        assert!(!bench.guard.send_poll(index(command), &mut bench.ends), "{command}");
    }
    assert!(!bench.guard.send_poll(u16::MAX, &mut bench.ends));
    assert_eq!(bench.sent(), "");
}

#[test]
fn typing_during_a_poll_is_dropped() {
    let mut bench = Bench::at_shell(Mode::Full);
    bench.guard.begin_poll();
    bench.guard.send_poll(index("hsm show"), &mut bench.ends);
    assert_eq!(bench.types("hsm zeroize\rproceed\r\x03exit"), []);
    bench.prints(format!("hsm show\r\n{PROMPT}"));
    bench.guard.end_poll(&mut bench.ends);
    assert_eq!(bench.types("\r"), [], "the rest of a line that began too early");
    assert_eq!(bench.sent(), "hsm show\r");
}

#[test]
fn a_half_typed_line_neither_puts_a_poll_off_nor_goes_out_with_it() {
    let mut bench = Bench::at_shell(Mode::Grant);
    bench.types("status ti");
    assert!(bench.guard.begin_poll());
    bench.guard.send_poll(index("hsm show"), &mut bench.ends);
    bench.prints(format!("hsm show\r\n{PROMPT}"));
    bench.guard.end_poll(&mut bench.ends);
    assert_eq!(bench.sent(), "hsm show\r");
    bench.types("me\r");
    assert_eq!(bench.sent(), "status time\r", "the technician sees no more of it than a pause");
    // Typed into, it is dropped whole.
    bench.prints(format!("status time\r\n{PROMPT}"));
    bench.types("hsm zero");
    bench.guard.begin_poll();
    bench.types("x");
    bench.guard.end_poll(&mut bench.ends);
    assert_eq!(bench.types("ize\r"), []);
    assert_eq!(bench.sent(), "");
}

#[test]
fn a_poll_waits_for_whoever_has_the_turn() {
    let mut bench = Bench::at_shell(Mode::Monitor);
    bench.types("hsm show\r");
    assert!(!bench.guard.begin_poll(), "a command runs");
    bench.prints(format!("hsm show\r\n{PROMPT}"));
    for byte in b"hsm show\r" {
        bench.guard.technician(*byte, &mut bench.ends);
    }
    assert!(!bench.guard.begin_poll(), "a line waits");
    bench.guard.refuse("no", &mut bench.ends);
    assert!(bench.guard.begin_poll());
    assert!(!bench.guard.begin_poll());
    bench.guard.end_poll(&mut bench.ends);
    bench.guard.close(&mut bench.ends);
    assert!(!bench.guard.begin_poll(), "a session ends");
}

#[test]
fn a_poll_that_is_given_up_shows_nothing_of_itself() {
    let mut bench = Bench::at_shell(Mode::Monitor);
    bench.guard.begin_poll();
    bench.guard.send_poll(index("hsm show"), &mut bench.ends);
    bench.streams("hsm show\r\nHSM Label:");
    bench.guard.end_poll(&mut bench.ends);
    assert_eq!(bench.sent(), "hsm show\r\x03");
    assert_eq!(bench.streams(" myluna\r\nPartition: P1\r\n"), []);
    assert_eq!(bench.types("hsm zeroize\r"), []);
    bench.prints(PROMPT);
    assert!(!bench.shown().contains("P1"));
    assert_eq!(bench.types("status time\r"), [Said::Line("status time".into())]);
}

#[test]
fn the_board_logs_itself_in_and_the_technician_cannot_join() {
    let mut bench = Bench::at_login(Mode::Shut);
    bench.shown();
    assert!(!bench.guard.log_in(b"monitor", &mut bench.ends), "not without the turn");
    assert!(bench.guard.begin_poll());
    assert!(!bench.guard.log_in(b"-froot", &mut bench.ends));
    assert!(!bench.guard.give_password(b"S3cret", &mut bench.ends));
    assert!(bench.guard.log_in(b"monitor", &mut bench.ends));
    assert_eq!(bench.types("x\r"), []);
    assert_eq!(bench.prints("monitor\r\nPassword: ").last(), Some(&Said::Other(Event::Prompt(Session::Password))));
    assert_eq!(bench.types("x\r"), []);
    assert!(!bench.guard.give_password(b"S3\rcret", &mut bench.ends));
    assert!(bench.guard.give_password(b"S3cret", &mut bench.ends));
    assert_eq!(bench.prints(format!("\r\n{PROMPT}")).last(), Some(&Said::Other(Event::Prompt(Session::Shell))));
    assert_eq!(bench.sent(), "monitor\rS3cret\r");
    assert!(!bench.shown().contains("lunash"));
    bench.guard.end_poll(&mut bench.ends);
    assert_eq!(bench.types("status time\r"), []);
}

#[test]
fn a_session_that_is_not_understood_can_be_woken() {
    let mut bench = Bench::new();
    assert!(bench.guard.wake(&mut bench.ends));
    assert_eq!(bench.sent(), "\r");
    bench.prints(format!("\r\n{PROMPT}"));
    assert!(!bench.guard.wake(&mut bench.ends));
    assert_eq!(bench.sent(), "");
}

#[test]
fn a_poll_that_is_late_breaks_in_where_only_monitoring_is_open() {
    for (mode, sent) in [(Mode::Monitor, "\x03"), (Mode::Grant, ""), (Mode::Full, "")] {
        let mut bench = Bench::at_shell(mode);
        bench.guard.break_in(&mut bench.ends);
        assert_eq!(bench.sent(), "", "nothing runs");
        bench.types("status time\r");
        bench.sent();
        assert!(!bench.guard.begin_poll());
        bench.guard.break_in(&mut bench.ends);
        assert_eq!(bench.sent(), sent, "{mode:?}");
        bench.prints(format!("^C\r\n{PROMPT}"));
        assert!(bench.guard.begin_poll());
        bench.guard.break_in(&mut bench.ends);
        assert_eq!(bench.sent(), "", "it has the turn");
    }
}
