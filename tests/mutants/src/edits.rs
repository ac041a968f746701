//! Changes of a text that are collected and made at once.

use std::ops::Range;

#[derive(Debug)]
enum Kind {
    /// Closes what was opened: the innermost first.
    Suffix,
    /// Opens: the outermost first.
    Prefix,
    /// Stands for a piece of the text.
    Replace(usize),
}

#[derive(Debug)]
struct Edit {
    at: usize,
    kind: Kind,
    order: usize,
    text: String,
    numbers: Vec<u32>,
}

/// Changes, outer ones before those within.
#[derive(Debug, Default)]
pub struct Edits {
    list: Vec<Edit>,
    order: usize,
    spans: Vec<(Range<usize>, Vec<u32>)>,
}

impl Edits {
    /// Puts text around a piece.
    pub fn wrap(&mut self, range: &Range<usize>, prefix: String, suffix: String, numbers: Vec<u32>) {
        self.order += 1;
        self.spans.push((range.clone(), numbers));
        self.push(range.start, Kind::Prefix, prefix, Vec::new());
        self.push(range.end, Kind::Suffix, suffix, Vec::new());
    }

    /// Puts text between.
    pub fn insert(&mut self, at: usize, text: String, numbers: Vec<u32>) {
        self.order += 1;
        self.push(at, Kind::Prefix, text, numbers);
    }

    /// Puts text in the place of a piece.
    pub fn replace(&mut self, range: &Range<usize>, text: String, numbers: Vec<u32>) {
        self.order += 1;
        self.push(range.start, Kind::Replace(range.end), text, numbers);
    }

    fn push(&mut self, at: usize, kind: Kind, text: String, numbers: Vec<u32>) {
        self.list.push(Edit { at, kind, order: self.order, text, numbers });
    }

    /// The new text, and where in it each mutant is.
    pub fn make(mut self, source: &str) -> (String, Vec<(u32, Range<usize>)>) {
        self.list.sort_by_key(|edit| match edit.kind {
            Kind::Suffix => (edit.at, 0, usize::MAX - edit.order),
            Kind::Prefix => (edit.at, 1, edit.order),
            Kind::Replace(_) => (edit.at, 2, edit.order),
        });
        let (mut text, mut done) = (String::new(), 0);
        let mut regions = Vec::new();
        // Where each place of the source is in the new text: before what is inserted there, and after.
        let mut moved: Vec<(usize, usize, usize)> = Vec::new();
        for edit in &self.list {
            if edit.at > done {
                text.push_str(&source[done..edit.at]);
                done = edit.at;
            }
            let start = text.len();
            text.push_str(&edit.text);
            moved.push((edit.at, start, text.len()));
            regions.extend(edit.numbers.iter().map(|number| (*number, start..text.len())));
            if let Kind::Replace(end) = edit.kind {
                done = done.max(end);
            }
        }
        text.push_str(&source[done..]);
        for (range, numbers) in &self.spans {
            let begin = moved.iter().filter(|(at, ..)| *at == range.start).map(|(_, start, _)| *start).min();
            let end = moved.iter().filter(|(at, ..)| *at == range.end).map(|(.., end)| *end).max();
            if let (Some(begin), Some(end)) = (begin, end) {
                regions.extend(numbers.iter().map(|number| (*number, begin..end)));
            }
        }
        (text, regions)
    }
}
