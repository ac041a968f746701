//! The scenario format as a JSON Schema, made from the core's own table of actions.
//!
//! One schema covers both kinds of line: a header has `strongroom`, a command has `do`.

use serde_json::{Map, Value, json};
use strongroom_core::outbox::Kind;
use strongroom_core::{Issue, Main, Policy, Role, Subject, Verb};

/// The schema of one line of a scenario.
#[must_use]
pub fn schema() -> Value {
    let commands: Vec<Value> = Verb::ALL.iter().map(|verb| command(*verb)).chain([read()]).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of a Strongroom scenario",
        "description": "JSON Lines: a header first, then one command a line. Lines that begin with // are skipped.",
        "if": {"required": ["strongroom"]},
        "then": {"$ref": "#/$defs/header"},
        "else": {"oneOf": commands},
        "$defs": definitions(),
    })
}

fn command(verb: Verb) -> Value {
    let mut properties = common();
    let mut required = vec!["at", "by", "do"];
    properties.insert("do".into(), json!({"const": verb.name()}));
    for (name, kind) in verb.arguments().iter().zip(verb.argument_types()) {
        let kind = kind.replace(' ', "");
        let inner = kind.strip_prefix("Option<").and_then(|kind| kind.strip_suffix('>'));
        properties.insert((*name).into(), argument(name, inner.unwrap_or(&kind)));
        if inner.is_none() && !["reason", "self_test_passed"].contains(name) {
            required.push(name);
        }
    }
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

fn read() -> Value {
    let mut properties = common();
    properties.insert("do".into(), json!({"const": "read"}));
    properties.insert("transcript".into(), json!({"type": "string", "description": "a file, relative to the scenario's folder"}));
    let required = ["at", "by", "do", "transcript"];
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

fn common() -> Map<String, Value> {
    let fields = json!({
        "at": {"description": "when, in whole seconds; null where the time is not known", "anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
        "engine": {"type": "string", "description": "where the header names several"},
        "by": {"$ref": "#/$defs/principal"},
        "second": {"$ref": "#/$defs/principal"},
        "note": {"type": "string", "description": "a word to the reader"},
    });
    fields.as_object().cloned().unwrap_or_default()
}

/// An argument's schema: that of its type, with what may stand for what only the engine knows.
fn argument(name: &str, kind: &str) -> Value {
    let plain = json!({"$ref": format!("#/$defs/{kind}")});
    match name {
        "nonce" => json!({"anyOf": [{"const": "challenge"}, plain]}),
        "next" => json!({"anyOf": [{"const": "all"}, plain]}),
        "policy" => json!({"anyOf": [{"enum": policies()}, plain]}),
        "effect" => json!({"anyOf": [{"enum": kinds()}, plain]}),
        _ => plain,
    }
}

fn policies() -> Vec<&'static str> {
    Policy::PRESETS.iter().map(|policy| policy.name.as_str()).collect()
}

fn kinds() -> Vec<&'static str> {
    Kind::ALL.iter().map(|kind| kind.name()).collect()
}

fn definitions() -> Value {
    let id = json!({"type": "string", "pattern": "^(@.+|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$", "description": "a UUID, or @ and a name of the header"});
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
    let parts = json!({"type": "object", "additionalProperties": false, "properties": {
        "worst": {"enum": ["unread", "good", "warning", "critical"]}, "seen": {"$ref": "#/$defs/u8"}, "bad": {"$ref": "#/$defs/u8"}}});
    json!({
        "u8": {"type": "integer", "minimum": 0, "maximum": 255},
        "u16": {"type": "integer", "minimum": 0, "maximum": 65_535},
        "u32": {"type": "integer", "minimum": 0, "maximum": 4_294_967_295_u32},
        "bool": {"type": "boolean"},
        "Id": id,
        "Organisation": id,
        "Label": {"type": "string", "maxLength": 16, "pattern": "^[ -~]*$"},
        "Digest": {"type": "string", "pattern": "^(text:.*|[0-9a-fA-F]{64})$", "description": "64 hexadecimal digits, or text: and the text to digest"},
        "RequestNumber": {"$ref": "#/$defs/u32"},
        "Seconds": {"$ref": "#/$defs/u32"},
        "Time": {"type": "integer", "minimum": 0, "description": "seconds since 1970 UTC"},
        "Subject": {"enum": Subject::ALL.iter().map(|subject| subject.name()).collect::<Vec<_>>()},
        "Inventory": {"type": "array", "items": {"$ref": "#/$defs/Label"}, "maxItems": 4},
        "Component": {"enum": ["power_supply", "fan_filter", "fan", "battery", "cover", "card"]},
        "Exclusion": {"enum": ["break_glass", "inadvertent_exposure", "legal_demand"]},
        "Issue": {"enum": Issue::ALL.iter().map(|issue| issue.name()).collect::<Vec<_>>()},
        "Arguments": {"enum": ["none", "plain", "not_plain"]},
        "Statement": {
            "type": "object",
            "properties": {
                "serial": {"$ref": "#/$defs/Label"},
                "organisation": {"$ref": "#/$defs/Organisation"},
                "state": {"enum": Main::ALL.iter().map(|state| state.name()).collect::<Vec<_>>()},
            },
            "required": ["serial", "organisation", "state"],
            "additionalProperties": false,
        },
        "Subjects": {"type": "array", "items": {"$ref": "#/$defs/Subject"}},
        "LogName": {"enum": ["tenant", "lifecycle"]},
        "Plan": {"enum": ["none", "basic", "developer", "standard", "professional_direct"]},
        "Roster": {"type": "array", "items": {"$ref": "#/$defs/Id"}, "maxItems": 4},
        "TamperClass": {"enum": ["fan", "chassis", "card", "temperature", "voltage", "undecodable", "unspecified", "battery", "decommission"]},
        "AccessTerms": {
            "type": "object",
            "properties": {
                "subject": {"$ref": "#/$defs/Subject"},
                "scope": {"enum": ["resource", "resource_group", "subscription", "management_group"]},
                "permission": {"enum": ["read", "write", "administer", "key_material"]},
                "isolated_identity": {"type": "boolean"},
                "multi_factor": {"type": "boolean"},
                "standard_tools_failed": {"type": "boolean"},
                "customer_data": {"type": "boolean"},
                "duration": {"$ref": "#/$defs/Seconds"},
                "justification": {"$ref": "#/$defs/Digest"},
            },
            "required": ["subject", "scope", "permission", "isolated_identity", "multi_factor", "standard_tools_failed", "customer_data", "justification"],
            "additionalProperties": false,
        },
        "Reading": {
            "type": "object",
            "properties": {
                "fans": parts, "power_supplies": parts, "voltages": parts, "temperatures": parts, "batteries": parts,
                "service": {"enum": ["ISO", "IST", "OFL", "OOS", null]},
                "codes": {"type": "array", "items": {"$ref": "#/$defs/u8"}, "minItems": 8, "maxItems": 8},
                "critical_events": {"anyOf": [{"$ref": "#/$defs/u32"}, {"type": "null"}]},
                "logins_left": {"anyOf": [{"$ref": "#/$defs/u8"}, {"type": "null"}]},
                "zeroized": {"type": ["boolean", "null"]},
                "tampered": {"type": ["boolean", "null"]},
                "tamper": {"anyOf": [{"$ref": "#/$defs/TamperClass"}, {"type": "null"}]},
                "chassis_open": {"type": ["boolean", "null"]},
                "transport_mode": {"type": ["boolean", "null"]},
            },
            "additionalProperties": false,
        },
        "principal": {
            "anyOf": [
                {"type": "string", "description": "a name of the header, or a role of the device"},
                {
                    "type": "object",
                    "properties": {
                        "party": {"enum": ["customer", "provider", "vendor", "device"]},
                        "role": {"enum": roles},
                        "organisation": {"type": "string"},
                        "id": {"$ref": "#/$defs/Id"},
                    },
                    "required": ["party", "role"],
                    "additionalProperties": false,
                },
            ],
        },
        "header": {
            "type": "object",
            "properties": {
                "strongroom": {"const": 1, "description": "the format's version"},
                "title": {"type": "string"},
                "policy": {"enum": policies()},
                "organisations": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Organisation"}},
                "people": {"type": "object", "additionalProperties": {"$ref": "#/$defs/principal"}},
                "engines": {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": {
                        "type": "object",
                        "properties": {
                            "serial": {"$ref": "#/$defs/Label"},
                            "provider": {"$ref": "#/$defs/Organisation"},
                            "vendor": {"$ref": "#/$defs/Organisation"},
                            "deployment": {"enum": ["firmware", "board"]},
                            "invalid": {"$ref": "#/$defs/Organisation", "description": "the stored state cannot be read; whose device it was, as far as is known"},
                        },
                        "required": ["serial", "provider", "vendor", "deployment"],
                        "additionalProperties": false,
                    },
                },
                "host": {
                    "type": "object",
                    "properties": {
                        "drain": {
                            "type": "object",
                            "properties": {"tenant": {"$ref": "#/$defs/principal"}, "lifecycle": {"$ref": "#/$defs/principal"}},
                            "additionalProperties": false,
                        },
                        "confirm": {"type": "array", "items": {"enum": kinds()}},
                        "ticks": {"type": "boolean", "description": "whether deadlines become steps by themselves; true where not said"},
                    },
                    "additionalProperties": false,
                },
            },
            "required": ["strongroom", "engines"],
            "additionalProperties": false,
        },
    })
}
