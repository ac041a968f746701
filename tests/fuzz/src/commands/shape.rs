//! An action, one argument after another, from whatever source gives values.

use serde::de::value::{Error, SeqDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use strongroom_core::{Action, Verb};

/// Where the values of arguments come from.
pub(super) trait Source {
    /// Yes or no; whether an option is given.
    fn flag(&mut self) -> bool;
    /// A word's number, a count of something.
    fn small(&mut self) -> u8;
    fn number(&mut self) -> u64;
    /// Of a list.
    fn length(&mut self) -> u8;
    /// An id, an organisation or a label.
    fn name(&mut self) -> [u8; 16];
    fn digest(&mut self) -> [u8; 32];
}

/// An action of this verb; `None` where a value is none that the argument can have.
pub(super) fn action(verb: Verb, source: &mut impl Source) -> Option<Action> {
    Action::deserialize(&mut Shape { verb: Some(verb), source }).ok()
}

struct Shape<'a, S> {
    /// Until it was asked for: it comes first.
    verb: Option<Verb>,
    source: &'a mut S,
}

impl<'de, S: Source> Deserializer<'de> for &mut Shape<'_, S> {
    type Error = Error;

    forward_to_deserialize_any! {
        i8 i16 i32 i64 f32 f64 char str string bytes byte_buf unit unit_struct map enum identifier ignored_any
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("no argument is of this kind"))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.source.flag())
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let verb = self.verb.take();
        visitor.visit_u8(verb.map_or_else(|| self.source.small(), Verb::code))
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u16(self.source.number() as u16)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u32(self.source.number() as u32)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(self.source.number())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.source.flag() { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = Some(self.source.length());
        visitor.visit_seq(Elements { shape: self, left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        match length {
            16 => visitor.visit_seq(SeqDeserializer::new(self.source.name().into_iter())),
            32 => visitor.visit_seq(SeqDeserializer::new(self.source.digest().into_iter())),
            _ => visitor.visit_seq(Elements { shape: self, left: None }),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, length: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(Elements { shape: self, left: None })
    }
}

/// The elements of a list, or of something whose reader knows how many it has.
struct Elements<'a, 'b, S> {
    shape: &'a mut Shape<'b, S>,
    left: Option<u8>,
}

impl<'de, S: Source> SeqAccess<'de> for Elements<'_, '_, S> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if let Some(left) = &mut self.left {
            let Some(less) = left.checked_sub(1) else { return Ok(None) };
            *left = less;
        }
        seed.deserialize(&mut *self.shape).map(Some)
    }
}
