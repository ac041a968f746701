//! Makes the Python package's methods of commands, one for each action of the core.

use std::fmt::Write;
use strongroom_core::for_each_action;

/// One action, as the list has it.
struct Row {
    verb: &'static str,
    doc: &'static [&'static str],
    fields: &'static [Field],
}

struct Field {
    name: &'static str,
    type_name: &'static str,
    optional: bool,
    doc: &'static [&'static str],
}

macro_rules! rows {
    ($($(#[doc = $doc:literal])* $code:literal $name:ident $text:literal {
        $($(#[doc = $field_doc:literal])* $(#[serde($serde:meta)])? $field:ident: $type:ty),* $(,)?
    })*) => {
        const ROWS: &[Row] = &[$(Row {
            verb: $text,
            doc: &[$($doc),*],
            fields: &[$(Field {
                name: stringify!($field),
                type_name: stringify!($type),
                optional: !concat!("", $(stringify!($serde))?).is_empty(),
                doc: &[$($field_doc),*],
            },)*],
        },)*];
    };
}

for_each_action!(rows);

/// The whole module.
pub(crate) fn module() -> String {
    ROWS.iter().fold(HEAD.to_owned(), |text, row| text + &method(row))
}

const HEAD: &str = r#""""A method for each command, made from the core's own list by `make python-commands`; do not edit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from .moments import NOW, Now
from .reading import Reading
from .values import Principal, Statement, Terms
from .words import Component, ConsoleArguments, Exclusion, Issue, LogName, Plan, Subject, Tamper

Answer = TypeVar("Answer")


class Commands(ABC, Generic[Answer]):
    """Everything that can be asked of an engine or reported to it.

    Every command is asked by somebody, and some by two persons. Its time is now where none is named, and `None` where
    nobody knows it: then only what ends access or destroys happens. A refusal is no error but an answer whose `ok` is false.
    `CommandError` is raised for an argument that is none of its type's, `StorageError` where a journal did not take a step.
    """

    __slots__ = ()

    @abstractmethod
    def _ask(
        self, verb: str, arguments: dict[str, Any], by: Principal, second: Principal | None, at: datetime | Now | None
    ) -> Answer: ...
"#;

fn method(row: &Row) -> String {
    let mut out = String::new();
    let required = row.fields.iter().filter(|field| !field.optional);
    let optional = row.fields.iter().filter(|field| field.optional);
    write!(out, "\n    def {}(\n        self,\n        *,\n        by: Principal,\n", row.verb).unwrap();
    for field in required {
        writeln!(out, "        {}: {},", parameter(field), python(field)).unwrap();
    }
    for field in optional {
        writeln!(out, "        {}: {},", parameter(field), default(field)).unwrap();
    }
    out.push_str("        second: Principal | None = None,\n        at: datetime | Now | None = NOW,\n    ) -> Answer:\n");
    let mut told = wrapped(&row.doc.concat(), 8, "        \"\"\"");
    if row.fields.iter().any(|field| !field.doc.is_empty()) {
        told.push_str("\n\n        Args:\n");
        let fields: Vec<String> = row
            .fields
            .iter()
            .map(|field| {
                wrapped(&field.doc.concat().replace(", in seconds", ""), 16, &format!("            {}: ", parameter(field)))
            })
            .collect();
        told.push_str(&fields.join("\n"));
        told.push_str("\n        ");
    }
    writeln!(out, "{told}\"\"\"").unwrap();
    let arguments: Vec<String> = row.fields.iter().map(|field| format!("\"{}\": {}", field.name, parameter(field))).collect();
    let one_line = format!("        return self._ask(\"{}\", {{{}}}, by, second, at)", row.verb, arguments.join(", "));
    if one_line.len() <= 128 {
        writeln!(out, "{one_line}").unwrap();
    } else {
        writeln!(out, "        arguments: dict[str, Any] = {{").unwrap();
        for argument in arguments {
            writeln!(out, "            {argument},").unwrap();
        }
        writeln!(out, "        }}\n        return self._ask(\"{}\", arguments, by, second, at)", row.verb).unwrap();
    }
    out
}

/// A word of the language gets an underscore.
fn parameter(field: &Field) -> String {
    if field.name == "class" { "class_".into() } else { field.name.into() }
}

fn python(field: &Field) -> String {
    let name = field.type_name.replace(' ', "");
    match name.strip_prefix("Option<").and_then(|inner| inner.strip_suffix('>')) {
        Some(inner) => format!("{} | None", plain(inner)),
        None => plain(&name).to_owned(),
    }
}

fn plain(type_name: &str) -> &'static str {
    match type_name {
        "bool" => "bool",
        "u8" | "u16" | "u32" | "RequestNumber" => "int",
        "Organisation" | "Id" => "UUID",
        "Label" => "str",
        "Digest" => "bytes",
        "Roster" => "Sequence[UUID]",
        "Inventory" => "Sequence[str]",
        "Subjects" => "Collection[Subject]",
        "Time" => "datetime",
        "Seconds" => "timedelta",
        "Statement" => "Statement",
        "AccessTerms" => "Terms",
        "Reading" => "Reading",
        "Plan" => "Plan",
        "Subject" => "Subject",
        "Component" => "Component",
        "TamperClass" => "Tamper",
        "Exclusion" => "Exclusion",
        "Issue" => "Issue",
        "LogName" => "LogName",
        "Arguments" => "ConsoleArguments",
        other => panic!("no form in Python is known of {other}: say it here"),
    }
}

/// The type of a parameter that may be left out, with its default.
fn default(field: &Field) -> String {
    let type_name = python(field);
    match field.type_name {
        "bool" => format!("{type_name} = True"),
        _ if type_name.ends_with("| None") => format!("{type_name} = None"),
        _ => format!("{type_name} | None = None"),
    }
}

/// Text in lines of at most 128 characters, the later ones indented.
fn wrapped(text: &str, indent: usize, first: &str) -> String {
    let mut lines = vec![first.to_owned()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().unwrap();
        if line.len() + word.len() + 4 > 128 {
            lines.push(" ".repeat(indent) + word);
        } else {
            if !line.ends_with([' ', '"']) {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}
