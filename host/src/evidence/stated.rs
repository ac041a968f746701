//! What whoever issues a certificate states, and no log knows: the rest of the sample form of NIST SP 800-88.

use crate::scenario::unknown;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A part of the form.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// Its name in a file.
    pub name: &'static str,
    /// Its heading on the form.
    pub title: &'static str,
    /// Its fields.
    pub fields: &'static [Entry],
}

/// A field of the form.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Its name in a file.
    pub name: &'static str,
    /// What stands before it on the form.
    pub title: &'static str,
    /// What it may say; anything where this is empty.
    pub choices: &'static [&'static str],
}

const fn field(name: &'static str, title: &'static str) -> Entry {
    Entry { name, title, choices: &[] }
}

const fn choice(name: &'static str, title: &'static str, choices: &'static [&'static str]) -> Entry {
    Entry { name, title, choices }
}

/// The form, as far as it can be filled by a statement.
pub const SECTIONS: &[Section] = &[
    Section {
        name: "person",
        title: "Person performing sanitization",
        fields: &[
            field("name", "Name"),
            field("title", "Title"),
            field("organization", "Organization"),
            field("location", "Location"),
            field("phone", "Phone"),
        ],
    },
    Section {
        name: "media",
        title: "Media information",
        fields: &[
            field("make", "Make / vendor"),
            field("model", "Model number"),
            field("property_number", "Media property number"),
            field("type", "Media type"),
            field("source", "Source"),
            field("classification", "Classification"),
            choice("backed_up", "Data backed up", &["yes", "no", "unknown"]),
            field("backup_location", "Backup location"),
        ],
    },
    Section {
        name: "sanitization",
        title: "Sanitization details",
        fields: &[
            choice("method_type", "Method type", &["Clear", "Purge", "Damage", "Destruct"]),
            field("method_used", "Method used"),
            field("method_details", "Method details"),
            field("tool", "Tool used, with version"),
            field("post_classification", "Post sanitization classification"),
            field("notes", "Notes"),
        ],
    },
    Section {
        name: "destination",
        title: "Media destination",
        fields: &[
            choice("to", "Destination", &["internal reuse", "external reuse", "recycling facility", "manufacturer", "other"]),
            field("details", "Details"),
        ],
    },
    Section { name: "signature", title: "Signature", fields: &[field("name", "Signed by"), field("date", "Date")] },
    Section {
        name: "validation",
        title: "Validation",
        fields: &[
            field("name", "Name"),
            field("title", "Title"),
            field("organization", "Organization"),
            field("location", "Location"),
            field("phone", "Phone"),
            field("date", "Date"),
        ],
    },
];

/// Characters that a field holds at most.
const LONGEST: usize = 400;

/// Fields by section, each a text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stated(BTreeMap<String, BTreeMap<String, String>>);

impl Stated {
    /// Reads a file of statements: a JSON object with an object for each section.
    ///
    /// # Errors
    ///
    /// The first thing that the form does not have, with what would be right.
    pub fn read(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
        let stated: Self = serde_json::from_value(value)
            .map_err(|error| format!("an object with an object of texts for each section is needed: {error}"))?;
        stated.check()?;
        Ok(stated)
    }

    /// Whether everything in it has its place on the form.
    ///
    /// # Errors
    ///
    /// The first thing that has none, with what would be right.
    pub fn check(&self) -> Result<(), String> {
        for (name, fields) in &self.0 {
            let section = SECTIONS.iter().find(|section| section.name == name);
            let section = section.ok_or_else(|| unknown("section", name, SECTIONS.iter().map(|section| section.name)))?;
            for (name, text) in fields {
                let entry = section.fields.iter().find(|entry| entry.name == name);
                let entry = entry.ok_or_else(|| {
                    unknown(&format!("field of {:?}", section.name), name, section.fields.iter().map(|entry| entry.name))
                })?;
                let place = format!("{}.{name}", section.name);
                if text.trim().is_empty() {
                    return Err(format!("{place} says nothing; leave it out"));
                }
                if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
                    return Err(format!("{place} must be one line of at most {LONGEST} characters"));
                }
                if !entry.choices.is_empty() && !entry.choices.contains(&text.as_str()) {
                    return Err(unknown(&format!("value of {place}"), text, entry.choices));
                }
            }
        }
        Ok(())
    }

    /// What it says in a field.
    #[must_use]
    pub fn get(&self, section: &str, field: &str) -> Option<&str> {
        self.0.get(section)?.get(field).map(String::as_str)
    }

    /// The fields that it fills, as `section.field`.
    pub fn filled(&self) -> impl Iterator<Item = String> {
        self.0.iter().flat_map(|(section, fields)| fields.keys().map(move |field| format!("{section}.{field}")))
    }
}
