//! The lifecycle log survives the lease, so nothing in it may depend on who the customer was (D-22): every argument
//! that can name somebody or something of theirs is blanked, or stands in a list here with the reason.

use serde_json::{Map, Value, json};
use strongroom_core::{Action, Command, Deployment, Device, Label, Organisation, Principal, Role, Verb};

/// Arguments that stay, because they are the provider's or the device's own.
const KEPT: &[(&str, &str)] = &[
    ("set_policy", "policy"),
    ("arrive", "serial"),
    ("stm_ok", "expected"),
    ("stm_ok", "shown"),
    ("stm_mismatch", "expected"),
    ("stm_mismatch", "shown"),
    ("baseline_ok", "firmware"),
    ("enter_maintenance", "ticket"),
    // The core's own challenge.
    ("zeroize", "nonce"),
    ("factory_reset", "nonce"),
    ("verify_ok", "read_back"),
    ("parts_out", "parts"),
    ("parts_out", "camera"),
    ("shred", "parts"),
    ("shred", "method"),
    ("shred", "place"),
    ("set_inventory", "parts"),
];

/// A value of that type; `number` tells apart those that can name somebody.
fn value(kind: &str, number: u8) -> Value {
    let id = format!("{number:02x}000000-0000-4000-8000-000000000001");
    let digest = format!("{number:02x}").repeat(32);
    let kind = kind.replace(' ', "");
    match kind.strip_prefix("Option<").and_then(|kind| kind.strip_suffix('>')).unwrap_or(&kind) {
        "Organisation" | "Id" => json!(id),
        "Roster" => json!([id]),
        "Label" => json!(format!("L-{number}")),
        "Inventory" => json!([format!("P-{number}")]),
        "Digest" => json!(digest),
        "Statement" => json!({"serial": "700021", "organisation": id, "state": "FAILED"}),
        "AccessTerms" => json!({"subject": "device", "scope": "resource", "permission": "read", "isolated_identity": true,
            "multi_factor": true, "standard_tools_failed": true, "customer_data": true, "justification": digest}),
        "bool" => json!(true),
        "u8" | "u16" | "u32" | "RequestNumber" | "Seconds" | "Time" => json!(1),
        "Plan" => json!("basic"),
        "Subjects" => json!([]),
        "Subject" => json!("device"),
        "TamperClass" | "Component" => json!("fan"),
        "Reading" => json!({}),
        "LogName" => json!("tenant"),
        "Exclusion" => json!("break_glass"),
        "Arguments" => json!("none"),
        "Issue" => json!("hardware"),
        other => panic!("a new type of argument, {other}: can it name the customer?"),
    }
}

/// The blanked command's digest, with the argument at `varied` in its second value.
fn blanked(verb: Verb, varied: Option<usize>) -> String {
    let arguments = verb.arguments().iter().zip(verb.argument_types()).enumerate();
    let arguments: Map<String, Value> = arguments
        .map(|(place, (name, kind))| ((*name).to_owned(), value(kind, if varied == Some(place) { 0xc2 } else { 0xc1 })))
        .collect();
    let action: Action = serde_json::from_value(json!({ verb.name(): arguments })).expect("well formed");
    let device = Device {
        serial: Label::default(),
        provider: Organisation([9; 16]),
        vendor: Organisation([8; 16]),
        deployment: Deployment::Firmware,
    };
    Command::new(Principal::device(Role::Core), action).blanked(&device).digest().to_string()
}

#[test]
fn what_can_name_the_customer_is_blanked_or_kept_for_a_reason() {
    for verb in Verb::ALL.iter().copied() {
        for (place, (name, kind)) in verb.arguments().iter().zip(verb.argument_types()).enumerate() {
            if value(kind, 1) == value(kind, 2) {
                continue;
            }
            let stays = blanked(verb, None) != blanked(verb, Some(place));
            assert_eq!(stays, KEPT.contains(&(verb.name(), *name)), "{} {name}: stays {stays}", verb.name());
        }
    }
}
