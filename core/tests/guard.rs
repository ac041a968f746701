//! The console guard: what a technician can get across, what the device can make it believe, and every trick known to
//! us for typing one thing and sending another.
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test fails by a panic")]

mod guard {
    mod bench;
    mod closing;
    mod confirming;
    mod entering;
    mod inputs;
    mod model;
    mod opening;
    mod polling;
    mod prompts;
    mod property;
    mod smuggling;
}
