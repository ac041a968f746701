//! Strongroom's policy core: who may touch a leased hardware security module and the customer data
//! around it, decided, enforced and proved in fixed memory.
//!
//! `no_std`, no allocation, no `unsafe`, no clock, no input or output: the caller brings time,
//! storage and wires. What no row allows is refused, every verdict names its [`Rule`], and every step
//! leaves a [`Record`](audit::Record).
//!
//! # Floors
//!
//! A module imports only from floors below its own.
//!
//! | Floor | Modules | What is there |
//! |---|---|---|
//! | edges | [`wire`], `link`, `board`, [`journal`], [`checkpoint`] | frames for links and files; commands that prove who sent them; storage that survives any power cut; signed heads of the logs |
//! | engine | [`engine`] | decide, commit, and the state that is between them |
//! | jobs | [`lease`], [`lockbox`], [`console`], [`support`] | the chart of a device, the steps of a request, readings from a console, whom to ask |
//! | proof | [`audit`], [`outbox`] | the two logs; what must happen and is not forgotten |
//! | words | `canonical`, `codeword`, `encoding`, `word`, [`opening`], [`command`], [`policy`], [`account`], [`device`], [`reading`], [`few`], [`rule`], [`party`], [`id`], [`time`] | data that all of them use |
#![no_std]

#[cfg(test)]
extern crate std;

pub mod account;
pub mod audit;
#[cfg(feature = "board")]
pub mod board;
mod canonical;
#[cfg(feature = "checkpoint")]
pub mod checkpoint;
mod codeword;
pub mod command;
pub mod console;
pub mod device;
mod encoding;
pub mod engine;
pub mod few;
pub mod id;
pub mod issue;
#[cfg(feature = "journal")]
pub mod journal;
pub mod lease;
#[cfg(feature = "link")]
pub mod link;
pub mod lockbox;
pub mod lunash;
pub mod opening;
pub mod outbox;
pub mod party;
pub mod policy;
pub mod reading;
pub mod rule;
pub mod support;
pub mod time;
#[cfg(feature = "wire")]
pub mod wire;
mod word;

pub use account::{Account, Plan, Registration, Roster};
pub use audit::Record;
pub use command::{AccessTerms, Action, Command, Exclusion, LogName, RequestNumber, Statement, Verb};
pub use device::{Component, Deployment, Device, Inventory, Main};
pub use engine::{Engine, Reply, State, Step, Verdict};
pub use id::{Digest, Id, Label, Organisation};
pub use lease::evidence::Evidence;
pub use lease::health::Health;
pub use lockbox::request::{Request, Status};
pub use party::{Party, Principal, Role, Roles};
pub use policy::{Permission, Policy, Scope, Subject, Subjects};
pub use reading::Reading;
pub use rule::{Rule, Trace};
pub use support::{Contact, Issue, Route};
pub use time::{Seconds, Time};
