//! Values of the core as C has them, and back.
//!
//! Words and switches are bytes, since the size of a C enum differs between targets. What C gives is checked: a value that
//! is none of its type's is [`Error::Value`].

use crate::error::Error;
use core::ffi::c_char;
use strongroom_core::few::{FEW, Few, Name};
use strongroom_core::{
    Component, Deployment, Digest, Exclusion, Health, Id, Issue, Label, LogName, Main, Organisation, Permission, Plan, Role,
    Scope, Seconds, Status, Subject, Subjects, Time, Verb, lunash, reading,
};

/// A label as C has it: up to 16 printable ASCII characters and zeros.
pub type Text = [c_char; 17];

/// A value of the core with a form in C.
pub trait Shape: Sized {
    /// The form.
    type C: Copy;

    /// The value that C gives.
    fn from_c(c: &Self::C) -> Result<Self, Error>;

    /// The value for C.
    fn to_c(&self) -> Self::C;
}

/// A value that may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Optional<C> {
    /// Whether it is there: 0 or 1.
    pub given: u8,
    /// The value, where it is there.
    pub value: C,
}

macro_rules! numbers {
    ($($number:ty)*) => { $(impl Shape for $number {
        type C = Self;

        #[inline]
        fn from_c(c: &Self) -> Result<Self, Error> {
            Ok(*c)
        }

        #[inline]
        fn to_c(&self) -> Self {
            *self
        }
    })* };
}

numbers!(u8 u16 u32 u64);

impl Shape for bool {
    type C = u8;

    #[inline]
    fn from_c(c: &u8) -> Result<Self, Error> {
        if *c > 1 { Err(Error::Value) } else { Ok(*c == 1) }
    }

    #[inline]
    fn to_c(&self) -> u8 {
        (*self).into()
    }
}

macro_rules! words {
    ($($word:ty)*) => { $(impl Shape for $word {
        type C = u8;

        #[inline]
        fn from_c(c: &u8) -> Result<Self, Error> {
            // Most words are numbered without a gap.
            let first = Self::ALL.first().map_or(0, |word| *word as u8);
            let guess = Self::ALL.get(usize::from(c.wrapping_sub(first))).filter(|word| **word as u8 == *c);
            guess.or_else(|| Self::ALL.iter().find(|word| **word as u8 == *c)).copied().ok_or(Error::Value)
        }

        #[inline]
        fn to_c(&self) -> u8 {
            *self as u8
        }
    })* };
}

words!(Component Deployment Exclusion Health Issue LogName Main Permission Plan Role Scope Status Subject Verb);
words!(lunash::Arguments reading::Level reading::Service reading::TamperClass);

macro_rules! bytes {
    ($($name:ident $size:literal)*) => { $(impl Shape for $name {
        type C = [u8; $size];

        #[inline]
        fn from_c(c: &Self::C) -> Result<Self, Error> {
            Ok(Self(*c))
        }

        #[inline]
        fn to_c(&self) -> Self::C {
            self.0
        }
    })* };
}

bytes!(Id 16 Organisation 16 Digest 32);

impl<const N: usize> Shape for [u8; N] {
    type C = Self;

    fn from_c(c: &Self) -> Result<Self, Error> {
        Ok(*c)
    }

    fn to_c(&self) -> Self {
        *self
    }
}

impl Shape for Label {
    type C = Text;

    /// What stands behind the final zero is nobody's concern.
    fn from_c(c: &Text) -> Result<Self, Error> {
        // As wide as it may be, a character of C is a byte here.
        let bytes = c.map(|character| character.to_ne_bytes()[0]);
        let text = core::ffi::CStr::from_bytes_until_nul(&bytes).map_err(|_| Error::Value)?;
        text.to_str().ok().and_then(Self::new).ok_or(Error::Value)
    }

    fn to_c(&self) -> Text {
        let mut text = [0; 17];
        for (place, byte) in text.iter_mut().zip(self.as_str().bytes()) {
            *place = byte.cast_signed() as c_char;
        }
        text
    }
}

impl Shape for Time {
    type C = u64;

    #[inline]
    fn from_c(c: &u64) -> Result<Self, Error> {
        Ok(Self::from_unix(*c))
    }

    #[inline]
    fn to_c(&self) -> u64 {
        self.as_unix()
    }
}

impl Shape for Seconds {
    type C = u32;

    #[inline]
    fn from_c(c: &u32) -> Result<Self, Error> {
        Ok(Self(*c))
    }

    #[inline]
    fn to_c(&self) -> u32 {
        self.0
    }
}

impl Shape for Subjects {
    type C = u64;

    fn from_c(c: &u64) -> Result<Self, Error> {
        Ok(Self::from_bits(*c))
    }

    fn to_c(&self) -> u64 {
        self.bits()
    }
}

impl<T: Shape<C: Zeroed>> Shape for Option<T> {
    type C = Optional<T::C>;

    #[inline]
    fn from_c(c: &Self::C) -> Result<Self, Error> {
        if bool::from_c(&c.given)? { T::from_c(&c.value).map(Some) } else { Ok(None) }
    }

    #[inline]
    fn to_c(&self) -> Self::C {
        Optional { given: self.is_some().into(), value: self.as_ref().map_or(Zeroed::ZERO, T::to_c) }
    }
}

/// What stands where nothing is given.
pub trait Zeroed {
    /// All zeros.
    const ZERO: Self;
}

impl Zeroed for u8 {
    const ZERO: Self = 0;
}

impl Zeroed for u32 {
    const ZERO: Self = 0;
}

impl Zeroed for u64 {
    const ZERO: Self = 0;
}

/// Free places hold zeros and come last.
impl<T: Name + Shape> Shape for Few<T> {
    type C = [T::C; FEW];

    fn from_c(c: &Self::C) -> Result<Self, Error> {
        let mut names = [T::NOTHING; FEW];
        for (name, c) in names.iter_mut().zip(c) {
            *name = T::from_c(c)?;
        }
        let count = names.iter().position(|name| *name == T::NOTHING).unwrap_or(FEW);
        let (given, free) = names.split_at_checked(count).ok_or(Error::Value)?;
        if free.iter().any(|name| *name != T::NOTHING) {
            return Err(Error::Value);
        }
        Self::new(given).ok_or(Error::Value)
    }

    fn to_c(&self) -> Self::C {
        let mut names = [T::NOTHING.to_c(); FEW];
        for (place, name) in names.iter_mut().zip(self.iter()) {
            *place = name.to_c();
        }
        names
    }
}

/// The form of a struct of the core, field by field: the fields have the same names.
macro_rules! shape {
    ($core:ty as $c:ident { $($field:ident)* }) => {
        impl $crate::shape::Shape for $core {
            type C = $c;

            #[inline]
            fn from_c(c: &$c) -> Result<Self, $crate::error::Error> {
                Ok(Self { $($field: $crate::shape::Shape::from_c(&c.$field)?,)* })
            }

            #[inline]
            fn to_c(&self) -> $c {
                $c { $($field: $crate::shape::Shape::to_c(&self.$field),)* }
            }
        }
    };
}

pub(crate) use shape;

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte is the word of that number, or none.
    macro_rules! every_byte {
        ($($word:ty)*) => { $(
            for byte in 0..=u8::MAX {
                let known = <$word>::ALL.iter().any(|word| *word as u8 == byte);
                let read = <$word>::from_c(&byte);
                assert_eq!(read.map(|word| word.to_c()), if known { Ok(byte) } else { Err(Error::Value) }, stringify!($word));
            }
        )* };
    }

    #[test]
    fn every_byte_is_the_word_of_that_number_or_none() {
        every_byte!(Component Deployment Exclusion Health Issue LogName Main Permission Plan Role Scope Status Subject Verb);
        every_byte!(lunash::Arguments reading::Level reading::Service reading::TamperClass);
    }
}
