//! A search through every state that the real engine can reach within a bound.
//!
//! The steps are the core's own `decide` and `commit`; nothing is modelled but who tries what ([`menu`], [`arguments`]), a host that
//! takes logs and confirms ([`world`]), and an onlooker ([`ghost`]) who remembers what was granted. [`projection`] says when two
//! states are one, [`check`] and [`properties`] what must hold, [`worlds`] which parts of the space are searched.

pub mod arguments;
pub mod check;
pub mod ghost;
pub mod menu;
pub mod people;
pub mod policy;
pub mod projection;
pub mod properties;
pub mod report;
pub mod run;
pub mod starts;
pub mod world;
pub mod worlds;

/// The engine under search: two requests, and rings with two and four places beside the reserved ones.
pub type Core = strongroom_core::Engine<2, 6, 6, 8>;
