//! `proceed` or `quit`.

use super::bench::{Bench, PROMPT, QUESTION, Said};
use strongroom_core::console::guard::{Answer, Confirmation, Event, Mode, Session};

fn asked(mode: Mode, confirmation: Confirmation) -> (Bench, Vec<Said>) {
    let mut bench = Bench::at_shell(mode);
    bench.passes = Some(confirmation);
    bench.types("hsm zeroize\r");
    assert_eq!(bench.sent(), "hsm zeroize\r");
    let said = bench.prints(format!("hsm zeroize\r\n{QUESTION}"));
    (bench, said)
}

#[test]
fn the_guard_says_quit_where_confirmations_are_not_allowed() {
    for mode in [Mode::Monitor, Mode::Grant] {
        let (mut bench, said) = asked(mode, Confirmation::Refused);
        assert_eq!(said, [Said::Other(Event::Answered(Answer::Quit))]);
        assert_eq!(bench.types("proceed\ryes\r"), []);
        assert_eq!(bench.sent(), "quit\r");
        bench.prints(format!("quit\r\n\r\nCommand Result : 0 (Success)\r\n{PROMPT}"));
        assert_eq!(bench.guard.session(), Session::Shell);
    }
}

#[test]
fn an_allowed_confirmation_is_the_technicians() {
    for (mode, confirmation) in [(Mode::Full, Confirmation::Refused), (Mode::Grant, Confirmation::Allowed)] {
        for (typed, answer) in [("proceed", Answer::Proceed), ("quit", Answer::Quit), ("yes", Answer::Yes), ("no", Answer::No)] {
            let (mut bench, said) = asked(mode, confirmation);
            assert_eq!(said, [Said::Other(Event::Prompt(Session::Confirm))]);
            assert_eq!(bench.sent(), "");
            assert_eq!(bench.types(format!("{typed}\rproceed\r")), [Said::Other(Event::Answered(answer))]);
            assert_eq!(bench.sent(), format!("{typed}\r"));
        }
    }
}

#[test]
fn only_a_complete_word_is_an_answer() {
    let (mut bench, _) = asked(Mode::Full, Confirmation::Allowed);
    for typed in ["", "p", "proceeds", "PROCEED", "proceed;hsm init", "quit now", "hsm init", "procee\x7fd"] {
        assert_eq!(bench.types(format!("{typed}\r")), [], "{typed}");
        assert_eq!(bench.sent(), "", "{typed}");
        assert_eq!(bench.guard.session(), Session::Confirm);
    }
    assert_eq!(bench.types("procex\x7fed\r"), [Said::Other(Event::Answered(Answer::Proceed))]);
}

#[test]
fn leave_to_confirm_is_for_one_command() {
    let (mut bench, _) = asked(Mode::Grant, Confirmation::Allowed);
    bench.types("quit\r");
    bench.prints(format!("quit\r\n{PROMPT}"));
    bench.sent();
    bench.passes = Some(Confirmation::Refused);
    bench.types("hsm tamper clear\r");
    bench.prints(
        "hsm tamper clear\r\n  If you are sure that you wish to proceed, then type 'proceed', otherwise type 'quit'.\r\n\r\n> ",
    );
    assert_eq!(bench.types("proceed\r"), []);
    assert_eq!(bench.sent(), "hsm tamper clear\rquit\r");
}

#[test]
fn leave_to_confirm_ends_with_its_session() {
    let (mut bench, _) = asked(Mode::Grant, Confirmation::Allowed);
    bench.types("quit\r");
    bench.prints("quit\r\n\r\nmyluna login: ");
    bench.types("recover\r");
    bench.sent();
    assert_eq!(bench.prints(QUESTION), [Said::Other(Event::Answered(Answer::Quit))]);
    assert_eq!(bench.sent(), "quit\r");
}

#[test]
fn a_question_typed_ahead_of_is_not_answered_by_that() {
    let mut bench = Bench::at_shell(Mode::Full);
    bench.types("hsm zeroize\rproceed\r");
    bench.streams(format!("hsm zeroize\r\n{QUESTION}"));
    bench.types("proceed\r");
    assert_eq!(bench.sent(), "hsm zeroize\r");
    bench.prints("");
    assert_eq!(bench.types("proceed\r"), [Said::Other(Event::Answered(Answer::Proceed))]);
    assert_eq!(bench.sent(), "proceed\r");
}

#[test]
fn an_answer_ends_its_question() {
    let (mut bench, _) = asked(Mode::Full, Confirmation::Allowed);
    bench.types("quit\r");
    bench.sent();
    assert_eq!(bench.prints("quit\r\nLeft alone.\r\n> "), []);
    bench.types("proceed\r");
    assert_eq!(bench.sent(), "");
}

#[test]
fn an_arrow_without_a_question_is_output() {
    let mut bench = Bench::at_shell(Mode::Full);
    bench.types("hsm show\r");
    bench.sent();
    for text in ["hsm show\r\n> ", "\r\n    > ", "\r\nHSM Label: x > "] {
        assert_eq!(bench.prints(text), [], "{text:?}");
    }
    bench.types("proceed\r");
    assert_eq!(bench.sent(), "");
}
