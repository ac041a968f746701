//! A list of at most four names.

use crate::id::{Id, Label};
use core::fmt;
use core::marker::PhantomData;
use serde::de::{self, Deserializer};
use serde::ser::{SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};

/// Names that a list holds at most.
pub const FEW: usize = 4;

/// What a list of names is made of: it has a value that names nothing.
pub trait Name: Copy + Eq {
    /// Names nothing; a free place.
    const NOTHING: Self;
}

impl Name for Id {
    const NOTHING: Self = Self::NOBODY;
}

impl Name for Label {
    const NOTHING: Self = Self([0; 16]);
}

/// At most four names, in the order they were given.
///
/// # Invariants
///
/// - Free places hold [`Name::NOTHING`] and come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Few<T>([T; FEW]);

impl<T: Name> Few<T> {
    /// No name.
    pub const EMPTY: Self = Self([T::NOTHING; FEW]);

    /// The list of these names; `None` where they are too many.
    #[must_use]
    pub fn new(names: &[T]) -> Option<Self> {
        let mut list = Self::EMPTY;
        for (number, name) in names.iter().enumerate() {
            *list.0.get_mut(number)? = *name;
        }
        Some(list)
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().take_while(|name| **name != T::NOTHING)
    }

    /// Whether `name` is in it.
    #[must_use]
    pub fn contains(&self, name: T) -> bool {
        self.iter().any(|known| *known == name)
    }

    /// Whether it names nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Whether it names each once, and nothing after a free place.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let once = |name: &T| self.iter().filter(|other| *other == name).count() == 1;
        let whole = self.iter().count() == self.0.iter().filter(|name| **name != T::NOTHING).count();
        whole && self.iter().all(once)
    }

    /// Whether both name the same, in whatever order.
    #[must_use]
    pub fn is_same_set(&self, other: &Self) -> bool {
        self.iter().count() == other.iter().count() && self.iter().all(|name| other.contains(*name))
    }
}

impl<T: Name> Default for Few<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

/// As a sequence of its names, so that the encoding does not depend on [`FEW`]. What is not sound is written with its
/// gaps: a command that was refused for them is never read back, or digested, as one without.
impl<T: Name + Serialize> Serialize for Few<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let count = self.0.iter().rposition(|name| *name != T::NOTHING).map_or(0, |last| last.saturating_add(1));
        let mut sequence = serializer.serialize_seq(Some(count))?;
        for name in self.0.iter().take(count) {
            sequence.serialize_element(name)?;
        }
        sequence.end()
    }
}

impl<'de, T: Name + Deserialize<'de>> Deserialize<'de> for Few<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names<T>(PhantomData<T>);
        impl<'de, T: Name + Deserialize<'de>> de::Visitor<'de> for Names<T> {
            type Value = Few<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list of at most 4 names")
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut sequence: A) -> Result<Few<T>, A::Error> {
                let mut list = Few::EMPTY;
                let mut count = 0;
                while let Some(name) = sequence.next_element()? {
                    let place = list.0.get_mut(count).ok_or_else(|| de::Error::invalid_length(count, &self))?;
                    *place = name;
                    count = count.saturating_add(1);
                }
                Ok(list)
            }
        }
        deserializer.deserialize_seq(Names(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_with_a_gap_is_read_back_with_it() {
        let [a, b] = [Id([1; 16]), Id([2; 16])];
        for names in [&[][..], &[a], &[a, b, a, b], &[a, Id::NOBODY, b], &[Id::NOBODY, a]] {
            let list = Few::new(names).unwrap();
            let mut bytes = [0; 128];
            let written = postcard::to_slice(&list, &mut bytes).unwrap();
            assert_eq!(written.len(), 1 + 16 * names.len());
            assert_eq!(postcard::from_bytes(written), Ok(list));
        }
    }
}
