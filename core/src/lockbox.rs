//! The lockbox: an engineer of the provider asks, the customer decides, access ends by itself.
//!
//! [`table`] lists the steps, `guard` says what each guard looks at, [`jit`] evaluates requests
//! inside the provider, [`request`] is what is remembered of one.

mod guard;
pub mod jit;
pub mod request;
pub mod table;

pub(crate) use guard::{holds, longest};
