//! Characters to split at, as functions.
//!
//! With a `char` as the pattern the standard library searches with a routine whose slicing the
//! compiler does not always see through; with a function no panic stays in the image (`make size`).

pub(super) fn blank(character: char) -> bool {
    character == ' '
}

pub(super) fn colon(character: char) -> bool {
    character == ':'
}

pub(super) fn bar(character: char) -> bool {
    character == '|'
}

pub(super) fn bracket(character: char) -> bool {
    character == ']'
}
