//! The commands of the device's shell, by number and by name (H-05, H-53).

use crate::boundary::{answer, bytes, place};
use crate::error::{Error, StatusCode};
use crate::guard::event::STRONGROOM_NO_COMMAND;
use crate::kind::kinds;
use core::ffi::c_char;
use strongroom_core::lunash::{self, Arguments, DeviceRole, Name};

/// Room for the longest name of a command and its final zero, in bytes.
pub const STRONGROOM_COMMAND_NAME_SIZE: usize = 48;

kinds! {
    /// What a typed line is.
    pub enum Found {
        /// One command.
        Command = 1 "command",
        /// The beginning of more than one.
        Ambiguous = 2 "ambiguous",
        /// No command, or not all of one.
        Unknown = 3 "unknown",
        /// Nothing but blanks.
        Empty = 4 "empty",
    }
}

impl Found {
    pub(crate) const fn of(lookup: &lunash::Lookup<'_>) -> Self {
        match lookup {
            lunash::Lookup::Command { .. } => Self::Command,
            lunash::Lookup::Ambiguous => Self::Ambiguous,
            lunash::Lookup::Unknown => Self::Unknown,
            lunash::Lookup::Empty => Self::Empty,
        }
    }
}

/// What a typed line is to the device's shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Lookup {
    /// What it is: STRONGROOM_FOUND_*.
    pub found: u8,
    /// Of what kind its arguments are: STRONGROOM_ARGUMENTS_*.
    pub arguments: u8,
    /// Which command it is; STRONGROOM_NO_COMMAND where it is none.
    pub command: u16,
    /// Where in the line its arguments begin; 0 where there are none.
    pub arguments_at: u32,
    /// How many bytes they have, without blanks around them.
    pub arguments_length: u32,
}

const _: () = assert!(size_of::<Lookup>() == 12, "no padding; the header says so");

/// What a typed line is. The shell takes the beginning of each word for the word, in either case; what could be
/// two commands is none.
///
/// @param text    the line, without its end
/// @param length  how many bytes it has
/// @param lookup  written: what it is
///
/// # Errors
///
/// NULL, ALIGNMENT, VALUE (the line is longer than UINT32_MAX or PTRDIFF_MAX bytes).
///
/// # Safety
///
/// `text` is good for `length` bytes, `lookup` for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_console_lookup(text: *const c_char, length: usize, lookup: *mut Lookup) -> StatusCode {
    answer(|| {
        let place = place(lookup)?;
        u32::try_from(length).map_err(|_| Error::Value)?;
        // SAFETY: by this function's contract.
        let line = unsafe { bytes(text.cast(), length)? };
        let lookup = lunash::lookup(line);
        let (command, arguments) = match lookup {
            lunash::Lookup::Command { index, arguments } => (index, arguments),
            _ => (STRONGROOM_NO_COMMAND, [].as_slice()),
        };
        // They are a piece of the line.
        let at = if arguments.is_empty() { 0 } else { arguments.as_ptr().addr().saturating_sub(line.as_ptr().addr()) };
        let found = Lookup {
            found: Found::of(&lookup) as u8,
            arguments: Arguments::of(arguments) as u8,
            command,
            arguments_at: u32::try_from(at).map_err(|_| Error::Value)?,
            arguments_length: u32::try_from(arguments.len()).map_err(|_| Error::Value)?,
        };
        // SAFETY: aligned, not NULL, and by this function's contract good for one of them.
        unsafe { place.write(found) };
        Ok(())
    })
}

/// A command's name, such as "hsm show": its words in full, in small letters.
///
/// @param command  its number, from 0
/// @param name     written: the name, and zeros up to STRONGROOM_COMMAND_NAME_SIZE (48) bytes
///
/// # Errors
///
/// NULL, OUT_OF_RANGE (no such command).
///
/// # Safety
///
/// `name` is good for STRONGROOM_COMMAND_NAME_SIZE bytes.
///
/// cbindgen:ptrs-as-arrays=[[name; 48]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_console_name(command: u16, name: *mut c_char) -> StatusCode {
    answer(|| {
        let place = place(name.cast::<[u8; STRONGROOM_COMMAND_NAME_SIZE]>())?;
        let text = spell(Name::of(command).ok_or(Error::OutOfRange)?)?;
        // SAFETY: not NULL, and by this function's contract good for so many bytes.
        unsafe { place.write(text) };
        Ok(())
    })
}

fn spell(name: Name) -> Result<[u8; STRONGROOM_COMMAND_NAME_SIZE], Error> {
    let mut text = [0; STRONGROOM_COMMAND_NAME_SIZE];
    let mut end = 0_usize;
    for word in name.words() {
        for byte in (end > 0).then_some(&b' ').into_iter().chain(word) {
            *text.get_mut(end).ok_or(Error::OutOfRange)? = *byte;
            end = end.saturating_add(1);
        }
    }
    // The final zero has its place too.
    if end < text.len() { Ok(text) } else { Err(Error::OutOfRange) }
}

/// The lowest of the device's stock roles that may run a command. A higher one may run all that a lower one may.
///
/// @param command  its number, from 0
/// @param role     written: STRONGROOM_DEVICE_ROLE_*
///
/// # Errors
///
/// NULL, OUT_OF_RANGE (no such command).
///
/// # Safety
///
/// `role` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_console_role(command: u16, role: *mut u8) -> StatusCode {
    answer(|| {
        let role = place(role)?;
        let lowest = DeviceRole::lowest(command).ok_or(Error::OutOfRange)?;
        // SAFETY: not NULL, and by this function's contract good for one byte.
        unsafe { role.write(lowest as u8) };
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn every_name_fits_and_is_the_commands_own() {
        for command in 0..lunash::COMMANDS {
            let name = Name::of(command).unwrap();
            let spelt = spell(name).unwrap();
            let text = core::ffi::CStr::from_bytes_until_nul(&spelt).unwrap().to_str().unwrap();
            assert_eq!(text, name.to_string());
        }
    }
}
