//! An engine with its customer, walked there by the tests' own steps.

#[path = "../../../core/tests/common/mod.rs"]
mod common;

pub(crate) use common::{Bench, DEVICE, person};

use strongroom_core::{Engine, Policy};

/// An engine with room for many records between two drains.
pub(crate) type Roomy = Bench<4, 8, 1024, 8>;

/// Records that it takes before they have to be acknowledged.
pub(crate) const DRAIN: usize = 1000;

/// One whose device is in service.
pub(crate) fn operational() -> Roomy {
    Bench { engine: Engine::new(DEVICE, &Policy::AZURE), now: 1_000_000, heard: None }.operational()
}
