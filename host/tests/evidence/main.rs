//! Certificates: made, verified, and damaged in every place.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/drained.rs"]
mod drained;

mod bench;
mod changes;
mod classes;
mod export;
mod kept;
mod pages;
mod records;
mod stated;
