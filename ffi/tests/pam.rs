//! `pam_strongroom`, under the real PAM library: `pamtester` logs in, `libpam_wrapper` has it read our own service files.
//!
//! The journal is made, and looked at afterwards, by Rust; so both write the same format.

#[path = "pam/bench.rs"]
mod bench;
#[path = "../../tests/c/compile.rs"]
mod compile;
#[path = "pam/login.rs"]
mod login;
#[path = "pam/session.rs"]
mod session;
#[path = "pam/stage.rs"]
mod stage;
#[path = "pam/tools.rs"]
mod tools;
