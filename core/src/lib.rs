//! Strongroom's policy core.
#![no_std]

pub mod id;
pub mod party;
pub mod reading;
pub mod time;
