//! A serial monitor board beside the device: between its console and the technician's terminal.
//!
//! | Module | What it is |
//! |---|---|
//! | [`clock`] | the time, as far as anybody told it |
//! | [`input`] | a switch or a button, debounced |
//! | [`keys`] | who is heard over the host link, through power cuts |

pub mod clock;
pub mod input;
pub mod keys;
