//! Readings from what the device prints on its console (H-54).

use crate::boundary::{answer, bytes, place};
use crate::error::StatusCode;
use crate::room::{self, Room, letters};
use crate::shape::{Optional, Shape, shape};
use crate::terms::Reading;
use crate::version::check_abi;
use core::ptr::NonNull;
use strongroom_core::console::{self, Parser};

/// How many 64-bit words a parser's storage has; the same on every target.
pub const STRONGROOM_PARSER_WORDS: usize = 120;

const _: () = {
    let needed = size_of::<Parser>() + size_of::<u64>();
    assert!(size_of::<usize>() < 8 || size_of::<ParserStorage>() * 4 <= needed * 5, "lower STRONGROOM_PARSER_WORDS");
};

/// Room for one parser of the console's output. Its contents are the library's: bring it zeroed
/// (`STRONGROOM_STORAGE_INIT`, or static storage) and do not look inside.
#[derive(Debug)]
#[repr(C)]
pub struct ParserStorage {
    /// The library's.
    pub opaque: [u64; STRONGROOM_PARSER_WORDS],
}

// SAFETY: it is words.
unsafe impl Room for ParserStorage {
    type Tenant = Parser;
    const LIVE: u64 = letters(b"strparse");
}

/// How much of the console's output was understood, and whether it is all there. Counts saturate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Outcome {
    /// Lines, blank ones included.
    pub lines: u32,
    /// Lines with text that told nothing: headings, fields that are not kept, words that are not known.
    pub unknown: u32,
    /// Lines not read because they hold bytes that no output has. Many of them mean a bad link.
    pub garbled: u32,
    /// Lines of which only the head was kept.
    pub overlong: u32,
    /// Lines about parts for which there was no place.
    pub untracked: u32,
    /// The code of the last `Command Result`, 0 for success.
    pub result: Optional<u32>,
    /// The line, counted from 1, after which the output of an echoed command ends without its `Command
    /// Result`; the first, if several do. While a command still prints this is the last line so far.
    pub truncated: Optional<u32>,
}

shape!(console::Outcome as Outcome { lines unknown garbled overlong untracked result truncated });

/// Makes a parser in zeroed storage, one that has seen nothing.
///
/// @param parser  room for the parser, zeroed before its first use
/// @param size    the room's size in bytes: `sizeof *parser`
/// @param abi     STRONGROOM_ABI_VERSION
///
/// # Errors
///
/// NULL, ALIGNMENT, STORAGE_SIZE, STORAGE_NOT_ZEROED, ALREADY_INITIALIZED, ABI_VERSION. The storage is as it was.
///
/// # Safety
///
/// `parser` is good for `size` bytes that were written before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_parser_init(parser: *mut ParserStorage, size: usize, abi: u32) -> StatusCode {
    answer(|| {
        check_abi(abi)?;
        let build = |place: *mut Parser| {
            // SAFETY: the place of a parser.
            unsafe { place.write(Parser::new()) };
            Ok(())
        };
        // SAFETY: by this function's contract.
        unsafe { room::init(parser, size, build) }
    })
}

/// Ends a parser and wipes its storage with zeros, which can be initialized again.
///
/// @param parser  the parser
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED (a call still runs on it).
///
/// # Safety
///
/// `parser` is a whole storage that was written before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_parser_deinit(parser: *mut ParserStorage) -> StatusCode {
    // SAFETY: by this function's contract.
    answer(|| unsafe { room::deinit(parser) })
}

/// Takes the next piece of the console's output, up to the line that ends a command's output.
///
/// A program that polls one command after the other calls strongroom_parser_finish where one has ended, and goes on
/// with the rest of the piece.
///
/// @param parser  the parser
/// @param bytes   the piece, as the line delivered it
/// @param length  how many bytes it has
/// @param used    written: how many bytes were taken: all of them, unless a command's output ended
/// @param ended   written: whether a command's output ended with the last byte taken, 0 or 1
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (the length is more than PTRDIFF_MAX); PANIC ends the parser.
///
/// # Safety
///
/// `parser` is storage, `bytes` is good for `length` bytes, `used` for one number, `ended` for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_parser_feed(
    parser: *mut ParserStorage,
    bytes: *const u8,
    length: usize,
    used: *mut usize,
    ended: *mut u8,
) -> StatusCode {
    answer(|| {
        let (used, ended) = (place(used)?, place(ended)?);
        // SAFETY: by this function's contract.
        let piece = unsafe { self::bytes(bytes, length)? };
        // SAFETY: as above.
        let rest = unsafe { room::change(parser, |parser| Ok(parser.feed_command(piece))) }?;
        // SAFETY: aligned, not NULL, and by this function's contract good for a number and a byte.
        unsafe {
            used.write(length.saturating_sub(rest.map_or(0, <[u8]>::len)));
            ended.write(rest.is_some().into());
        }
        Ok(())
    })
}

/// Reads the last line even if it has not ended, hands over what was read, and starts anew. A number at the end of
/// such a line is left out, because digits may be missing.
///
/// @param parser   the parser
/// @param reading  written: what was read
/// @param outcome  written: how it went
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the parser.
///
/// # Safety
///
/// `parser` is storage, `reading` and `outcome` are good for one each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_parser_finish(
    parser: *mut ParserStorage,
    reading: *mut Reading,
    outcome: *mut Outcome,
) -> StatusCode {
    answer(|| {
        let places = (place(reading)?, place(outcome)?);
        // SAFETY: by this function's contract.
        let read = unsafe { room::change(parser, |parser| Ok(parser.finish())) }?;
        // SAFETY: aligned, not NULL, and by this function's contract good for one each.
        unsafe { hand_over(&read, places) };
        Ok(())
    })
}

/// What was read so far, without the line that has not ended yet.
///
/// @param parser   the parser
/// @param reading  written: what was read
/// @param outcome  written: how it went
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `parser` is storage, `reading` and `outcome` are good for one each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_parser_reading(
    parser: *const ParserStorage,
    reading: *mut Reading,
    outcome: *mut Outcome,
) -> StatusCode {
    answer(|| {
        // SAFETY: by this function's contract.
        let parser = unsafe { room::look(parser)? };
        let places = (place(reading)?, place(outcome)?);
        // SAFETY: aligned, not NULL, and by this function's contract good for one each.
        unsafe { hand_over(&(parser.reading(), parser.outcome()), places) };
        Ok(())
    })
}

/// Whether the shell waits for a command: its prompt stands at the end of what was fed.
///
/// @param parser     the parser
/// @param at_prompt  written: 0 or 1
///
/// # Errors
///
/// NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
///
/// # Safety
///
/// `parser` is storage, `at_prompt` is good for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_parser_is_at_prompt(parser: *const ParserStorage, at_prompt: *mut u8) -> StatusCode {
    answer(|| {
        // SAFETY: by this function's contract.
        let parser = unsafe { room::look(parser)? };
        let at_prompt = place(at_prompt)?;
        // SAFETY: not NULL, and by this function's contract good for one byte.
        unsafe { at_prompt.write(parser.is_at_prompt().into()) };
        Ok(())
    })
}

/// Writes a reading and its outcome.
///
/// # Safety
///
/// Both places are aligned and good for one value.
unsafe fn hand_over(
    (reading, outcome): &(strongroom_core::Reading, console::Outcome),
    places: (NonNull<Reading>, NonNull<Outcome>),
) {
    // SAFETY: by this function's contract.
    unsafe {
        places.0.write(reading.to_c());
        places.1.write(outcome.to_c());
    }
}
