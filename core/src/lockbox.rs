//! The lockbox: an engineer of the provider asks, the customer decides, access ends by itself.
//!
//! [`table`] lists the steps, [`jit`] evaluates requests inside the provider, [`request`] is what is
//! remembered of one; [`moves`] adds what a drawing needs beside the table.

pub mod exclusion;
pub mod jit;
pub mod moves;
pub mod request;
pub mod table;
