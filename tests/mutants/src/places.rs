//! Where a mutant of the list is, as cargo-mutants says it.

use crate::Mutant;
use proc_macro2::Span;
use std::collections::BTreeMap;

/// Genre, line and column, both from one.
pub type Place = (String, usize, usize);

/// The mutants of a file.
pub type Wanted = BTreeMap<Place, Vec<Mutant>>;

/// Takes what is wanted where the span begins.
pub fn take(wanted: &mut Wanted, genre: &str, span: Span) -> Vec<Mutant> {
    let start = span.start();
    wanted.remove(&(genre.to_owned(), start.line, start.column + 1)).unwrap_or_default()
}
