//! From the list of actions to the action, its verb, their names and their encoding.

macro_rules! actions {
    ($($(#[doc = $doc:literal])* $code:literal $name:ident $text:literal {
        $($(#[doc = $field_doc:literal])* $(#[serde($serde:meta)])? $field:ident: $type:ty),* $(,)?
    })*) => {
        /// What is asked or reported. New actions are added at the end.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[doc = $doc])* $name { $($(#[doc = $field_doc])* $field: $type),* },)*
        }

        /// The action in a format with names.
        #[derive(Serialize, Deserialize)]
        #[serde(remote = "Action", rename_all = "snake_case", deny_unknown_fields)]
        enum Named {
            $($name { $($(#[serde($serde)])? $field: $type),* },)*
        }

        /// An action without its arguments.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[repr(u8)]
        pub enum Verb {
            $($(#[doc = $doc])* $name = $code,)*
        }

        impl Action {
            /// The action without its arguments.
            #[must_use]
            pub const fn verb(&self) -> Verb {
                match self { $(Self::$name { .. } => Verb::$name,)* }
            }
        }

        impl Serialize for Action {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    return Named::serialize(self, serializer);
                }
                let mut tuple = serializer.serialize_tuple(2)?;
                tuple.serialize_element(&self.verb().code())?;
                match self {
                    $(Self::$name { $($field),* } => { $(tuple.serialize_element($field)?;)* })*
                }
                tuple.end()
            }
        }

        /// Reads what [`Action`] writes in a format without names: the verb's number, then the arguments.
        struct Numbered;

        impl<'de> Visitor<'de> for Numbered {
            type Value = Action;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a verb's number and its arguments")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<Action, A::Error> {
                let mut action = Action::Tick {};
                let mut elements = Elements { sequence, failed: None };
                elements.fill(&mut action);
                match elements.failed {
                    None => Ok(action),
                    Some(error) => Err(error),
                }
            }
        }

        impl<'de, A: SeqAccess<'de>> Elements<A, A::Error> {
            /// Each arm writes in place: an action that is returned is put together in registers, which is kilobytes.
            #[inline(never)]
            fn fill(&mut self, action: &mut Action) {
                match self.next::<u8>() {
                    $($code => *action = Action::$name { $($field: self.next()),* },)*
                    _ => self.failed = Some(de::Error::custom("no verb has this number")),
                }
            }
        }

        impl Verb {
            /// Every verb, in the order of the actions.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name that scenarios and tools use.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The names of its arguments.
            #[must_use]
            pub const fn arguments(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$(stringify!($field)),*],)* }
            }

            /// The types of its arguments, as this crate names them, in the same order; perhaps with spaces in them.
            #[must_use]
            pub const fn argument_types(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$(stringify!($type)),*],)* }
            }

            /// The verb with this number.
            #[must_use]
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}

pub(super) use actions;
