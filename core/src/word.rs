//! Words: closed lists of names, each with a number.

/// A value to go on with where reading has failed already.
pub(crate) trait Blank {
    /// The value.
    fn blank() -> Self;
}

/// Defines an enum whose values have a number and a name, both the same in every language.
///
/// A format with names gets the name; one without gets one byte, which counts from the first value.
macro_rules! words {
    (@first $first:ident $($later:ident)*) => { Self::$first };
    (
        $(#[$meta:meta])*
        pub enum $word:ident {
            $($(#[$doc:meta])* $value:ident = $code:literal $name:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[serde(remote = "Self")]
        #[repr(u8)]
        pub enum $word {
            $($(#[$doc])* #[serde(rename = $name)] $value = $code,)+
        }

        impl $word {
            /// Every value, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// Its name, the same in every language.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$value => $name,)+ }
            }

            const FIRST: u8 = crate::word::words!(@first $($value)+) as u8;
        }

        impl crate::word::Blank for $word {
            fn blank() -> Self {
                crate::word::words!(@first $($value)+)
            }
        }

        impl serde::Serialize for $word {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    return Self::serialize(self, serializer);
                }
                serializer.serialize_u8((*self as u8).wrapping_sub(Self::FIRST))
            }
        }

        impl<'de> serde::Deserialize<'de> for $word {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    return Self::deserialize(deserializer);
                }
                let place: u8 = serde::Deserialize::deserialize(deserializer)?;
                match place.wrapping_add(Self::FIRST) {
                    $($code => Ok(Self::$value),)+
                    _ => Err(serde::de::Error::custom("no value has this number")),
                }
            }
        }
    };
}

pub(crate) use words;
