//! Kinds: closed lists of this face alone, each with a number and a name, as the core's own words have them.

macro_rules! kinds {
    (
        $(#[$meta:meta])*
        pub enum $kind:ident {
            $($(#[$doc:meta])* $value:ident = $code:literal $name:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $kind {
            $($(#[$doc])* $value = $code,)+
        }

        impl $kind {
            /// Every kind, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$value => $name,)+ }
            }
        }
    };
}

pub(crate) use kinds;
