//! A serial monitor board beside the device: between its console and the technician's terminal.
//!
//! The application is here and knows traits only; a firmware brings their drivers, a test brings simulated ones.
//!
//! | Module | What it is |
//! |---|---|
//! | [`clock`] | the time, as far as anybody told it |
//! | [`input`] | a switch or a button, debounced |
//! | [`keys`] | who is heard over the host link, through power cuts |
//! | [`kernel`] | the engine, what keeps it, and the time |
//! | [`console`] | the guard, the readings, and what the engine asks of both |
//! | [`host`] | what parties ask over the host's line |

pub mod clock;
pub mod console;
pub mod host;
pub mod input;
pub mod kernel;
pub mod keys;
