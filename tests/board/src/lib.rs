//! The board on a bench: its application on the host, and its image on QEMU, with a simulated device to guard.
//!
//! | Module | What it is |
//! |---|---|
//! | [`cast`] | who and what a bench is about |
//! | [`day`] | whatever a board does, once: for how deep its stack gets |
//! | [`feeder`] | a scenario at the replay image |
//! | [`forbidden`] | what a board takes from nobody |
//! | [`image`] | the images, built by their scripts |
//! | [`operate`] | what is done at a board over its host line, whatever it runs on |
//! | [`simulated`] | the application on the host, with simulated [`wire`]s |
//! | [`qemu`] | the image itself |
//! | [`stored`] | what the image has stored, read on the host |
//! | [`party`] | a party at the host's line |

pub mod cast;
pub mod day;
pub mod feeder;
pub mod forbidden;
pub mod image;
pub mod operate;
pub mod party;
pub mod qemu;
pub mod simulated;
pub mod stored;
pub mod wire;
