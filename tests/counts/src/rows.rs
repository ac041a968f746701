//! The rows.

pub(crate) mod console;
pub(crate) mod engine;
pub(crate) mod log;
pub(crate) mod record;
pub(crate) mod wire;
