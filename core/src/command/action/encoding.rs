//! How an action is read: what the list is made into, and a value for each argument that could not be.

use super::{Action, Named, Numbered};
use crate::command::{AccessTerms, Statement};
use crate::few::{Few, Name};
use crate::id::{Digest, Id, Label, Organisation};
use crate::policy::Subjects;
use crate::reading::Reading;
use crate::word::Blank;
use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess};

/// Arguments that an action has at most, and the verb.
const ELEMENTS: usize = 8;

/// A format with names gets the action's name and the names of its arguments; one without gets the verb's stable
/// number and the arguments, one after another, so that bytes do not depend on the order of this list.
impl<'de> Deserialize<'de> for Action {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Named::deserialize(deserializer);
        }
        deserializer.deserialize_tuple(ELEMENTS, Numbered)
    }
}

/// The elements of an action's encoding. Reading goes on after an error, with values that nobody sees, and tells of it
/// at the end: that takes half the code of stopping at each of a hundred places.
pub(super) struct Elements<A, E> {
    pub(super) sequence: A,
    pub(super) failed: Option<E>,
}

impl<A, E: de::Error> Elements<A, E> {
    pub(super) fn next<'de, T: Deserialize<'de> + Blank>(&mut self) -> T
    where
        A: SeqAccess<'de, Error = E>,
    {
        match self.sequence.next_element() {
            Ok(Some(value)) => return value,
            Ok(None) => self.failed = Some(E::invalid_length(0, &Numbered)),
            Err(error) => self.failed = Some(error),
        }
        T::blank()
    }
}

macro_rules! blank {
    ($($type:ty = $value:expr),* $(,)?) => { $(impl Blank for $type {
            fn blank() -> Self {
                $value
            }
        })* };
}

blank! {
    bool = false,
    u8 = 0,
    u16 = 0,
    u32 = 0,
    Id = Self::NOBODY,
    Organisation = Self::NONE,
    Label = Self([0; 16]),
    Digest = Self::NONE,
    Subjects = Self::NONE,
    Reading = Self::default(),
    Statement = Self { serial: Label::default(), organisation: Organisation::NONE, state: Blank::blank() },
    AccessTerms = Self {
        subject: Blank::blank(),
        scope: Blank::blank(),
        permission: Blank::blank(),
        isolated_identity: false,
        multi_factor: false,
        standard_tools_failed: false,
        customer_data: false,
        duration: None,
        justification: Digest::NONE,
    },
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T: Name> Blank for Few<T> {
    fn blank() -> Self {
        Self::EMPTY
    }
}
