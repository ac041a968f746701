//! Characters to split and to trim at, as functions behind one type.
//!
//! With a `char` as the pattern the standard library searches with a routine whose slicing the
//! compiler does not always see through; with a function no panic stays in the image (`make size`).
//! And of each routine there is one copy for all of them, where each closure or list of characters would
//! have its own.

/// Whether a character is one of those.
pub(super) type Is = fn(char) -> bool;

pub(super) const BLANK: Is = |character| character == ' ';
pub(super) const COLON: Is = |character| character == ':';
pub(super) const BAR: Is = |character| character == '|';
pub(super) const BRACKET: Is = |character| character == ']';
pub(super) const ZERO: Is = |character| character == '0';
pub(super) const COMMA_OR_BLANK: Is = |character| matches!(character, ',' | ' ');
pub(super) const COLON_OR_BLANK: Is = |character| matches!(character, ':' | ' ');
pub(super) const STAR_OR_BLANK: Is = |character| matches!(character, '*' | ' ');
pub(super) const STOP: Is = |character| matches!(character, '.' | '!');
pub(super) const AFTER_HEADING: Is = |character| matches!(character, ':' | '!' | ' ');
pub(super) const AFTER_WARNING: Is = |character| matches!(character, '-' | '!' | ' ');
pub(super) const PUNCTUATION: Is = |character| !character.is_ascii_alphanumeric();
