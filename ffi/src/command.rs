//! Commands as C makes them: a verb, who acts, and the arguments of that verb in a union.
//!
//! The union is made of the core's own list of actions, so that no verb can be missing. The header's text of it comes from
//! [`ARGUMENTS`].

use crate::boundary::{answer, given};
use crate::error::{Error, StatusCode};
use crate::shape::{Optional, Shape};
use crate::terms::Principal;
use core::ffi::{CStr, c_char};
use core::fmt;
use strongroom_core::account::Roster;
use strongroom_core::device::Inventory;
use strongroom_core::lunash::Arguments;
use strongroom_core::reading::TamperClass;
use strongroom_core::{
    self as core_, AccessTerms, Action, Component, Digest, Exclusion, Id, Issue, Label, LogName, Organisation, Plan, Reading,
    RequestNumber, Seconds, Statement, Subject, Subjects, Time, Verb,
};

/// Who asks, and for what.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Command {
    /// What is asked: STRONGROOM_VERB_*.
    pub verb: u8,
    /// Who acts.
    pub by: Principal,
    /// The second person, where two must act.
    pub second: Optional<Principal>,
    /// The verb's arguments.
    pub with: With,
}

impl fmt::Debug for Command {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut command = formatter.debug_struct("Command");
        command.field("verb", &self.verb).field("by", &self.by).field("second", &self.second).finish_non_exhaustive()
    }
}

/// What the header says of one verb's arguments.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The verb.
    pub verb: Verb,
    /// What it means.
    pub doc: &'static [&'static str],
    /// Its arguments.
    pub fields: &'static [Field],
}

/// What the header says of one argument.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its type, as the core calls it.
    pub type_name: &'static str,
    /// What it means.
    pub doc: &'static [&'static str],
    /// Where it is, in bytes from the beginning of the arguments.
    pub offset: usize,
    /// How many bytes it has.
    pub size: usize,
}

macro_rules! arguments {
    ($($(#[doc = $doc:literal])* $code:literal $name:ident $text:literal {
        $($(#[doc = $field_doc:literal])* $(#[serde($serde:meta)])? $field:ident: $type:ty),* $(,)?
    })*) => {
        mod arguments {
            use super::*;

            $(
                $(#[doc = $doc])*
                #[derive(Debug, Clone, Copy)]
                #[repr(C)]
                pub struct $name {
                    $($(#[doc = $field_doc])* pub $field: <$type as Shape>::C,)*
                }
            )*
        }

        /// The arguments of one verb.
        #[derive(Clone, Copy)]
        #[repr(C)]
        #[allow(non_snake_case, reason = "the header names them as the verbs are called")]
        pub union With {
            $($(#[doc = $doc])* pub $name: arguments::$name,)*
            /// Room for the arguments of verbs to come.
            pub reserved: [u64; 16],
        }

        impl fmt::Debug for With {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.debug_struct("With").finish_non_exhaustive()
            }
        }

        /// The arguments of every verb.
        pub const ARGUMENTS: &[Row] = &[$(Row {
            verb: Verb::$name,
            doc: &[$($doc),*],
            fields: &[$(Field {
                name: stringify!($field),
                type_name: stringify!($type),
                doc: &[$($field_doc),*],
                offset: core::mem::offset_of!(arguments::$name, $field),
                size: size_of::<<$type as Shape>::C>(),
            },)*],
        },)*];

        /// Reads the action in place: one that is returned passes over the stack.
        ///
        /// # Safety
        ///
        /// The arguments of `verb` are written.
        #[inline(never)]
        unsafe fn read(verb: Verb, with: &With, action: &mut Action) -> Result<(), Error> {
            match verb {
                $(Verb::$name => {
                    // SAFETY: by this function's contract these arguments are written; every byte is a number.
                    let arguments::$name { $($field),* } = unsafe { &with.$name };
                    *action = Action::$name { $($field: Shape::from_c($field)?,)* };
                })*
            }
            Ok(())
        }

        fn write(action: &Action, with: &mut With) {
            match action {
                $(Action::$name { $($field),* } => with.$name = arguments::$name { $($field: $field.to_c(),)* },)*
            }
        }

        /// Names the first argument that is none of its type's.
        ///
        /// # Safety
        ///
        /// As of `read`.
        unsafe fn wrong_argument(verb: Verb, with: &With) -> Option<&'static [u8]> {
            match verb {
                $(Verb::$name => {
                    // SAFETY: as in `read`.
                    let arguments::$name { $($field),* } = unsafe { &with.$name };
                    $(if <$type>::from_c($field).is_err() {
                        const PLACE: &[u8] = &place::<{ place_size($text, stringify!($field)) }>($text, stringify!($field));
                        return Some(PLACE);
                    })*
                })*
            }
            None
        }
    };
}

core_::for_each_action!(arguments);

/// Whether a name is a word of C or C++, so that the header's member of that name has an underscore behind it.
#[must_use]
pub const fn is_reserved_word(name: &str) -> bool {
    matches!(name.as_bytes(), b"class" | b"register" | b"default" | b"delete" | b"export" | b"operator" | b"private" | b"public")
}

/// How many bytes the name of an argument's place has, its final zero included.
const fn place_size(verb: &str, field: &str) -> usize {
    "with..".len() + verb.len() + is_reserved_word(verb) as usize + field.len() + is_reserved_word(field) as usize + 1
}

/// The name of an argument's place, as C has it, with its final zero.
const fn place<const N: usize>(verb: &str, field: &str) -> [u8; N] {
    let mut place = [0; N];
    let mut end = 0;
    let parts =
        ["with.", verb, if is_reserved_word(verb) { "_." } else { "." }, field, if is_reserved_word(field) { "_" } else { "" }];
    let mut rest: &[&str] = &parts;
    while let [part, later @ ..] = rest {
        let mut bytes = part.as_bytes();
        while let [byte, others @ ..] = bytes {
            place[end] = *byte;
            end += 1;
            bytes = others;
        }
        rest = later;
    }
    place
}

impl Command {
    /// A command that says nothing.
    const NOTHING: Self = Self {
        verb: 0,
        by: Principal { role: 0, organisation: [0; 16], id: [0; 16] },
        second: Optional { given: 0, value: Principal { role: 0, organisation: [0; 16], id: [0; 16] } },
        with: With { reserved: [0; 16] },
    };

    /// The core's command.
    ///
    /// # Safety
    ///
    /// The arguments of the command's verb are written.
    pub(crate) unsafe fn as_core(&self) -> Result<core_::Command, Error> {
        let verb = Verb::from_code(self.verb).ok_or(Error::VerbUnknown)?;
        let mut command = core_::Command::tick();
        command.by = Shape::from_c(&self.by)?;
        command.second = Shape::from_c(&self.second)?;
        // SAFETY: by this function's contract.
        unsafe { read(verb, &self.with, &mut command.action) }?;
        Ok(command)
    }

    /// The core's command for C. What the verb does not use is zero.
    pub(crate) fn of(command: &core_::Command) -> Self {
        let mut made = Self::NOTHING;
        made.verb = command.action.verb().code();
        made.by = command.by.to_c();
        made.second = command.second.to_c();
        write(&command.action, &mut made.with);
        made
    }
}

const _: () = assert!(size_of::<With>() == 128, "programs rely on it: raise the ABI version with it");

/// What is wrong with a command that an engine does not take: STRONGROOM_ERROR_VERB_UNKNOWN or
/// STRONGROOM_ERROR_VALUE. For messages to people.
///
/// @param command  the command
/// @param place    written: the name of the first member that is wrong, such as "by.role" or "with.arrive.serial": a
///                 static text; NULL where nothing is
///
/// # Errors
///
/// NULL, ALIGNMENT.
///
/// # Safety
///
/// `command` is good for one command of which the verb's arguments were written, `place` for one pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_command_check(command: *const Command, place: *mut *const c_char) -> StatusCode {
    answer(|| {
        // SAFETY: `command` is by this function's contract NULL or good for one command.
        let command = unsafe { given(command)? };
        let out = crate::boundary::place(place)?;
        let wrong = if Verb::from_code(command.verb).is_none() {
            Some(c"verb")
        } else if core_::Principal::from_c(&command.by).is_err() {
            Some(c"by.role")
        } else if <Option<core_::Principal>>::from_c(&command.second).is_err() {
            Some(if command.second.given > 1 { c"second.given" } else { c"second.value.role" })
        } else {
            let verb = Verb::from_code(command.verb).ok_or(Error::VerbUnknown)?;
            // SAFETY: by this function's contract the verb's arguments are written.
            unsafe { wrong_argument(verb, &command.with) }.and_then(|text| CStr::from_bytes_with_nul(text).ok())
        };
        // SAFETY: aligned, not NULL, and by this function's contract good for one pointer.
        unsafe { out.write(wrong.map_or(core::ptr::null(), CStr::as_ptr)) };
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_an_argument_is_the_header_s() {
        assert!(Verb::ALL.len() == ARGUMENTS.len() && ARGUMENTS.iter().map(|row| row.verb).eq(Verb::ALL.iter().copied()));
        for row in ARGUMENTS {
            let names: std::vec::Vec<_> = row.fields.iter().map(|field| field.name).collect();
            assert_eq!(names, row.verb.arguments());
        }
    }
}
