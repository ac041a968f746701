//! Reading.

use super::Refused;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// Where the bytes come from.
pub(crate) trait Source {
    /// Fills `bytes` with the next ones.
    ///
    /// # Errors
    ///
    /// [`Refused`] where there are not so many.
    fn take(&mut self, bytes: &mut [u8]) -> Result<(), Refused>;
}

impl Source for &[u8] {
    fn take(&mut self, bytes: &mut [u8]) -> Result<(), Refused> {
        let (taken, rest) = self.split_at_checked(bytes.len()).ok_or(Refused)?;
        bytes.copy_from_slice(taken);
        *self = rest;
        Ok(())
    }
}

/// Reads the next value.
///
/// # Errors
///
/// [`Refused`] where the bytes are not such a value.
pub(crate) fn read<T: DeserializeOwned>(source: &mut dyn Source) -> Result<T, Refused> {
    let mut reader = Reader::new(source);
    let value = T::deserialize(&mut reader)?;
    reader.finish().map(|()| value)
}

/// Reads a value apart: a large one that is read amid others is taken to pieces, and each is moved by instructions of its own.
#[cfg(feature = "link")]
#[inline(never)]
pub(crate) fn apart<'de, T: serde::Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(deserializer)
}

/// The longest string of bytes that is read: a record.
const LONGEST: usize = 118;

/// Reading goes on after an error, with zeros, and tells of it at the end: that takes less code than stopping at each of
/// some hundred places.
pub(crate) struct Reader<'a> {
    source: &'a mut dyn Source,
    failed: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(source: &'a mut dyn Source) -> Self {
        Self { source, failed: false }
    }

    /// Reads the next value into its place; apart, so that what passes over the stack does not stay there.
    #[cfg(feature = "journal")]
    #[inline(never)]
    pub(crate) fn place<T: DeserializeOwned>(&mut self, place: &mut T) {
        match T::deserialize(&mut *self) {
            Ok(value) => *place = value,
            Err(Refused) => self.failed = true,
        }
    }

    /// Whether everything was read so far.
    ///
    /// # Errors
    ///
    /// [`Refused`] where the bytes were not such values.
    pub(crate) const fn finish(&self) -> Result<(), Refused> {
        if self.failed { Err(Refused) } else { Ok(()) }
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        self.failed |= self.source.take(bytes).is_err();
    }

    #[inline(never)]
    fn byte(&mut self) -> u8 {
        let mut byte = [0];
        self.fill(&mut byte);
        let [byte] = byte;
        byte
    }

    /// Seven bits a byte, the lowest first, of a number of at most so many bits.
    #[inline(never)]
    fn number(&mut self, bits: u32) -> u64 {
        let (mut number, mut shift) = (0, 0_u32);
        while shift < bits {
            let byte = self.byte();
            let part = u64::from(byte & 0x7f);
            if part.checked_shr(bits.saturating_sub(shift)).unwrap_or_default() != 0 {
                break;
            }
            number |= part.wrapping_shl(shift);
            if byte & 0x80 == 0 {
                return number;
            }
            shift = shift.saturating_add(7);
        }
        self.failed = true;
        0
    }

    fn number_of_32_bits(&mut self) -> u32 {
        self.number(u32::BITS) as u32
    }

    fn flag(&mut self) -> bool {
        let byte = self.byte();
        self.failed |= byte > 1;
        byte == 1
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'_> {
    type Error = Refused;

    forward_to_deserialize_any! { i8 i16 i32 i64 f32 f64 char str string map identifier ignored_any }

    fn is_human_readable(&self) -> bool {
        false
    }

    /// Nothing in the bytes says what they are.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Refused> {
        Err(Refused)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_bool(self.flag())
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_u8(self.byte())
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_u16(self.number(u16::BITS) as u16)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_u32(self.number_of_32_bits())
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_u64(self.number(u64::BITS))
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let mut room = [0; LONGEST];
        let length = usize::try_from(self.number_of_32_bits()).map_err(|_| Refused)?;
        let bytes = room.get_mut(..length).ok_or(Refused)?;
        self.fill(bytes);
        visitor.visit_bytes(bytes)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.flag() { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let left = usize::try_from(self.number_of_32_bits()).map_err(|_| Refused)?;
        visitor.visit_seq(Elements { reader: self, left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_seq(self)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, length: usize, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_tuple(fields.len(), visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_enum(self)
    }
}

/// Elements of a tuple and fields of a structure: whoever reads them knows how many there are.
impl<'de> SeqAccess<'de> for &mut Reader<'_> {
    type Error = Refused;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Refused> {
        seed.deserialize(&mut **self).map(Some)
    }
}

/// Elements of a list, by their count.
struct Elements<'a, 'b> {
    reader: &'a mut Reader<'b>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_, '_> {
    type Error = Refused;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Refused> {
        let Some(left) = self.left.checked_sub(1).filter(|_| !self.reader.failed) else { return Ok(None) };
        self.left = left;
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl<'de> EnumAccess<'de> for &mut Reader<'_> {
    type Error = Refused;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Refused> {
        let index = self.number_of_32_bits();
        Ok((seed.deserialize(IntoDeserializer::<Refused>::into_deserializer(index))?, self))
    }
}

impl<'de> VariantAccess<'de> for &mut Reader<'_> {
    type Error = Refused;

    fn unit_variant(self) -> Result<(), Refused> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Refused> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_tuple(fields.len(), visitor)
    }
}
