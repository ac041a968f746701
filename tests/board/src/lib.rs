//! The board on a bench: its application on the host, and its image on QEMU, with a simulated device to guard.
//!
//! | Module | What it is |
//! |---|---|
//! | [`cast`] | who and what a bench is about |
//! | [`operate`] | what is done at a board over its host line, whatever it runs on |
//! | [`simulated`] | the application on the host, with simulated [`wire`]s |
//! | [`qemu`] | the image itself |
//! | [`stored`] | what the image has stored, read on the host |
//! | [`party`] | a party at the host's line |

pub mod cast;
pub mod operate;
pub mod party;
pub mod qemu;
pub mod simulated;
pub mod stored;
pub mod wire;
