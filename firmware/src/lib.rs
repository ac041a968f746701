//! What the firmware images share: talking to the debugger, and measuring the stack.
//!
//! Nothing in here can panic. The probe proves that the core cannot, and would prove nothing if its
//! own reporting brought the panic machinery back in.
#![no_std]

pub mod semihosting;
pub mod stack;
