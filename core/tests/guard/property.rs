//! Whatever comes from both sides, in whatever order, and however the caller decides.

use super::inputs::{ANSWERS, ARGUMENTS, Input, MODES, PRINTED, TYPED, asks, enters, line, names, waits};
use super::model::run;
use proptest::prelude::*;
use std::vec::Vec;
use strongroom_core::console::guard::{Confirmation, Guard, Mode};
use strongroom_core::lunash::{COMMANDS, POLLED};

fn typed() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        3 => prop::sample::select(names()).prop_map(|name| name.as_bytes().to_vec()),
        6 => prop::sample::select(TYPED).prop_map(|word| word.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
        1 => prop::collection::vec(b' '..=b'~', 0..150),
    ]
}

fn printed() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        8 => prop::sample::select(PRINTED).prop_map(|word| word.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ]
}

fn confirmation() -> impl Strategy<Value = Confirmation> {
    prop_oneof![3 => Just(Confirmation::Refused), 1 => Just(Confirmation::Allowed)]
}

/// What belongs together comes together often enough to get anywhere.
fn scene() -> impl Strategy<Value = Vec<Input>> {
    let one = prop_oneof![
        12 => typed().prop_map(Input::Typed),
        8 => printed().prop_map(Input::Printed),
        6 => Just(Input::Quiet),
        1 => Just(Input::Break),
        2 => confirmation().prop_map(Input::Pass),
        1 => Just(Input::Refuse),
        1 => Just(Input::Close),
        1 => Just(Input::Wake),
        2 => Just(Input::BeginPoll),
        2 => (0..COMMANDS + 10).prop_map(Input::SendPoll),
        2 => prop::sample::select(POLLED.iter().collect::<Vec<_>>()).prop_map(Input::SendPoll),
        1 => Just(Input::LogIn),
        1 => Just(Input::GivePassword),
        2 => Just(Input::EndPoll),
    ];
    let line = (0..COMMANDS, prop::sample::select(ARGUMENTS), confirmation())
        .prop_map(|(index, arguments, confirmation)| line(index, arguments, confirmation))
        .boxed();
    let asks = (line.clone(), prop::sample::select(ANSWERS)).prop_map(|(line, answer)| asks(line, answer));
    let opens = prop::sample::select(MODES).prop_map(|mode| vec![Input::Open(mode)]);
    prop_oneof![
        3 => one.prop_map(|input| vec![input]),
        4 => printed().prop_map(waits),
        2 => line,
        1 => confirmation().prop_map(enters),
        1 => asks,
        2 => opens,
    ]
}

fn scenes() -> impl Strategy<Value = Vec<Input>> {
    prop::collection::vec(scene(), 0..150).prop_map(|scenes| scenes.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_what_was_decided_reaches_the_device(inputs in scenes()) {
        run(inputs);
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec((any::<bool>(), any::<u8>()), 0..2000)) {
        let inputs = bytes.into_iter().map(|(typed, byte)| if typed { Input::Typed(vec![byte]) } else { Input::Printed(vec![byte]) });
        run([Input::Open(Mode::Full)].into_iter().chain(inputs));
    }
}

/// The property is about something: random inputs do pass lines, log in, and close.
#[test]
fn the_random_inputs_get_somewhere() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let mut seen = [0; 5];
    for _ in 0..500 {
        let model = run(scenes().new_tree(&mut runner).unwrap().current());
        let these = [model.passed, model.closed, model.entered, model.answered, model.secrets];
        seen.iter_mut().zip(these).for_each(|(sum, these)| *sum += these);
    }
    assert!(seen.iter().all(|sum| *sum > 30), "passed, closed, entered, answered, secrets: {seen:?}");
}

#[test]
fn a_guard_is_small() {
    assert!(size_of::<Guard>() <= 320, "{} bytes", size_of::<Guard>());
}
