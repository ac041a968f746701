//! The union of the verbs' arguments, from the core's own list of actions.

use std::fmt::Write;
use strongroom::command::{ARGUMENTS, Field, Row, is_reserved_word};

/// The header with the union in its place: cbindgen was shown a stand-in.
pub(crate) fn put_in_place(header: &str) -> String {
    const BEGIN: &str = "/**\n * The arguments.\n */\ntypedef union {";
    const END: &str = "} strongroom_arguments_t;\n";
    let (before, rest) = header.split_once(BEGIN).expect("the stand-in is in the header");
    let (_, after) = rest.split_once(END).expect("the stand-in ends");
    [before, &union(), END, after].concat()
}

fn union() -> String {
    let mut text = String::from(
        "/**\n * The arguments of a command, of which its verb says the member. Members are named as the verbs are; a verb\n \
         * without a member has no arguments.\n */\ntypedef union {\n",
    );
    for row in ARGUMENTS.iter().filter(|row| !row.fields.is_empty()) {
        let name = row.verb.name();
        writeln!(text, "    /** STRONGROOM_VERB_{}:{} */", name.to_uppercase(), sentence(row.doc)).unwrap();
        text.push_str("    struct {\n");
        for field in row.fields {
            writeln!(text, "        /**{}{} */\n        {};", sentence(field.doc), values(field), declaration(field)).unwrap();
        }
        writeln!(text, "    }} {};", member(row)).unwrap();
    }
    text.push_str("    /** Room for the arguments of verbs to come. */\n    uint64_t reserved[16];\n");
    text
}

/// The C compiler's own idea of where every argument is, checked.
pub(crate) fn assertions() -> String {
    let mut text = String::new();
    for row in ARGUMENTS {
        let wide = row.fields.iter().any(|field| field.type_name.contains("Time") || field.type_name == "Subjects");
        let layout = if wide { "STRONGROOM_LAYOUT_64" } else { "STRONGROOM_LAYOUT" };
        for field @ Field { offset, size, .. } in row.fields {
            let (member, name) = (member(row), escaped(field.name));
            let place = format!("offsetof(strongroom_arguments_t, {member}.{name}) == {offset}");
            let extent = format!("sizeof(STRONGROOM_MEMBER({member}.{name})) == {size}");
            writeln!(text, "{layout}({member}_{name}, {place} && {extent});").unwrap();
        }
    }
    text
}

fn member(row: &Row) -> String {
    escaped(row.verb.name())
}

/// A name; a word of C or C++ gets an underscore.
fn escaped(name: &str) -> String {
    if is_reserved_word(name) { format!("{name}_") } else { name.into() }
}

fn sentence(doc: &[&str]) -> String {
    doc.concat()
}

/// Which numbers the field takes.
fn values(field: &Field) -> &'static str {
    match field.type_name {
        "bool" | "Option<bool>" => " 0 or 1.",
        "Arguments" => " STRONGROOM_ARGUMENTS_*.",
        "Component" => " STRONGROOM_COMPONENT_*.",
        "Exclusion" => " STRONGROOM_EXCLUSION_*.",
        "Issue" => " STRONGROOM_ISSUE_*.",
        "LogName" => " STRONGROOM_LOG_*.",
        "Plan" => " STRONGROOM_PLAN_*.",
        "Subject" => " STRONGROOM_SUBJECT_*.",
        "Subjects" => " The bit of each STRONGROOM_SUBJECT_*.",
        "TamperClass" => " STRONGROOM_TAMPER_*.",
        "Option<Time>" | "Time" => " Seconds since 1970 UTC.",
        _ => "",
    }
}

/// The field as C declares it.
fn declaration(field: &Field) -> String {
    let name = escaped(field.name);
    match field.type_name.replace(' ', "").as_str() {
        "Organisation" | "Id" => format!("uint8_t {name}[16]"),
        "Digest" => format!("uint8_t {name}[32]"),
        "Roster" => format!("uint8_t {name}[4][16]"),
        "Inventory" => format!("strongroom_text_t {name}[4]"),
        other => format!("{} {name}", scalar(other)),
    }
}

fn scalar(type_name: &str) -> &'static str {
    match type_name {
        "bool" | "u8" | "Plan" | "TamperClass" | "Component" | "Exclusion" | "Subject" | "Issue" | "LogName" | "Arguments" => {
            "uint8_t"
        }
        "u16" => "uint16_t",
        "u32" | "RequestNumber" | "Seconds" => "uint32_t",
        "Time" | "Subjects" => "uint64_t",
        "Label" => "strongroom_text_t",
        "Option<bool>" => "strongroom_optional_u8_t",
        "Option<RequestNumber>" | "Option<Seconds>" => "strongroom_optional_u32_t",
        "Option<Time>" => "strongroom_optional_u64_t",
        "Option<Statement>" => "strongroom_optional_statement_t",
        "Statement" => "strongroom_statement_t",
        "AccessTerms" => "strongroom_terms_t",
        "Reading" => "strongroom_reading_t",
        other => panic!("no form in C is known of {other}: say it here"),
    }
}
