//! Events in the shape of the Azure Activity Log, for SIEM rules that read lockbox events there.
//!
//! The Activity Log has two shapes: what its REST API answers, where names are objects of a `value` and a
//! `localizedValue`, and what a diagnostic setting streams to storage accounts and event hubs, where they are plain
//! texts, one JSON object a line. This is the second, because it is what a SIEM is fed. Of its fields `callerIpAddress`
//! and `location` are left out: no record knows them.
//!
//! | Field | Here |
//! |---|---|
//! | `resourceId` | `/subscriptions/…/providers/Microsoft.CustomerLockbox/requests/…`: the subscription is the one given, else the customer's organisation; the request is `correlationId` |
//! | `operationName` | `Microsoft.CustomerLockbox/requests/activitylog/…/action` |
//! | `resultType` | `Success`, `Failure` for a refusal, `Accept` for one of several approvals |
//! | `resultSignature` | the same with the rule's name after a point |
//! | `correlationId` | shared by all events of one request |
//! | `identity` | the action and the role; the ids of person and organisation as the claims `objectidentifier` and `tenantid` |
//! | `properties` | `eventCategory`, `entity`, `message` as there; under `eventProperties` what the record says besides |
//!
//! An operation is told for what the record proves: a request is created when the customer is asked (L-25), cancelled
//! only where the customer had been asked, and refused attempts are failures of the operation that was attempted.
//! Everything else that a log holds has no name there.

use super::{Event, Occurrence, Verdict};
use serde_json::{Map, Value, json};
use strongroom_core::{Id, Rule, Status, Verb};

/// The operations of the Activity Log that steps of this lockbox are told as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// The customer is asked (L-48).
    Create,
    /// An approver approves (L-49).
    Approve,
    /// An approver denies (L-47).
    Deny,
    /// Nobody decided in time (L-50).
    Expire,
    /// The provider withdraws a question that the customer was asked.
    Cancel,
}

macro_rules! path {
    ($name:literal) => {
        concat!("Microsoft.CustomerLockbox/requests/activitylog/", $name, "/action")
    };
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Create, Self::Approve, Self::Deny, Self::Expire, Self::Cancel];

    /// Its short name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "CreateLockboxRequest",
            Self::Approve => "ApproveLockboxRequest",
            Self::Deny => "DenyLockboxRequest",
            Self::Expire => "ExpireLockboxRequest",
            Self::Cancel => "CancelLockboxRequest",
        }
    }

    /// Its `operationName`.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Create => path!("CreateLockboxRequest"),
            Self::Approve => path!("ApproveLockboxRequest"),
            Self::Deny => path!("DenyLockboxRequest"),
            Self::Expire => path!("ExpireLockboxRequest"),
            Self::Cancel => path!("CancelLockboxRequest"),
        }
    }

    /// What people call it: the source's name where it has one.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Create => "Create Lockbox Request",
            Self::Approve => "Approve Lockbox Request",
            Self::Deny => "Deny Lockbox Request",
            Self::Expire => "Lockbox Request Expiry",
            Self::Cancel => "Cancel Lockbox Request",
        }
    }

    /// The operation that an event is told as.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        let record = &event.record;
        let refused = event.verdict() == Verdict::Refused;
        match event.verb? {
            Verb::AskCustomer => Some(Self::Create),
            Verb::Approve => Some(Self::Approve),
            Verb::Deny => Some(Self::Deny),
            Verb::Cancel if refused || record.from == Status::CustomerNotified as u8 => Some(Self::Cancel),
            Verb::Tick if record.rule == Rule::RequestExpired => Some(Self::Expire),
            _ => None,
        }
    }
}

/// `resultType` and what stands for it in `resultSignature`.
fn result(event: &Event) -> (&'static str, &'static str) {
    match (event.verdict(), event.record.rule) {
        (Verdict::Refused, _) => ("Failure", "Failed"),
        // The customer asks for several approvals, and there are not enough yet.
        (_, Rule::ApprovalCounted) => ("Accept", "Accepted"),
        _ => ("Success", "Succeeded"),
    }
}

/// Puts the event's line into `line`; says whether there is one, because the Activity Log has a name for it.
///
/// `subscription` is the one that events are told of; the customer's organisation where none is given.
pub fn write(event: &Event, subscription: Option<Id>, line: &mut String) -> bool {
    let Some(operation) = event.operation() else { return false };
    line.push_str(&told(event, operation, subscription).to_string());
    line.push('\n');
    true
}

fn told(event: &Event, operation: Operation, subscription: Option<Id>) -> Value {
    let record = &event.record;
    let correlation = event.correlation.unwrap_or(event.id);
    let subscription = subscription.unwrap_or(Id(event.customer.0));
    let resource = format!("/subscriptions/{subscription}/providers/Microsoft.CustomerLockbox/requests/{correlation}");
    let (result, signature) = result(event);
    let level = if event.verdict() == Verdict::Refused { "Warning" } else { "Information" };
    json!({
        "time": time(&event.time()),
        "resourceId": resource,
        "operationName": operation.path(),
        "category": "Administrative",
        "resultType": result,
        "resultSignature": format!("{signature}.{}", record.rule.name()),
        "resultDescription": description(event),
        "durationMs": 0,
        "correlationId": correlation,
        "identity": identity(event, operation, &resource),
        "level": level,
        "properties": {
            "eventCategory": "Administrative",
            "eventName": operation.title(),
            "eventDataId": event.id,
            "operationId": correlation,
            "entity": resource,
            "message": operation.path(),
            "eventProperties": properties(event),
        },
    })
}

/// The rule's own words; where it refused, they are what it demands.
fn description(event: &Event) -> String {
    let words = event.record.rule.text();
    if event.verdict() == Verdict::Refused { format!("refused, because it must hold that {words}") } else { words.to_owned() }
}

/// With seven digits after the second, as the Activity Log writes it.
fn time(rfc3339: &str) -> String {
    rfc3339.strip_suffix('Z').map_or_else(|| rfc3339.to_owned(), |seconds| format!("{seconds}.0000000Z"))
}

fn identity(event: &Event, operation: Operation, resource: &str) -> Value {
    let by = &event.record.by;
    let mut evidence = Map::new();
    evidence.insert("role".into(), by.role.name().into());
    let mut claims = Map::new();
    if by.id.is_somebody() {
        evidence.insert("principalId".into(), json!(by.id));
        claims.insert("http://schemas.microsoft.com/identity/claims/objectidentifier".into(), json!(by.id));
        claims.insert("http://schemas.microsoft.com/identity/claims/tenantid".into(), json!(by.organisation));
        claims.insert("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name".into(), json!(by.id));
    }
    json!({
        "authorization": { "scope": resource, "action": operation.path(), "evidence": evidence },
        "claims": claims,
    })
}

/// A dictionary of texts, as the Activity Log's own are.
fn properties(event: &Event) -> Value {
    let record = &event.record;
    let mut properties = Map::new();
    let mut put = |name: &str, value: String| properties.insert(name.to_owned(), Value::String(value));
    put("request", record.request.to_string());
    if let Some(status) = event.to() {
        put("status", status.into_owned());
    }
    put("party", record.by.party().name().to_owned());
    put("rule", record.rule.code().to_string());
    if event.occurrence == Occurrence::Repeated {
        put("repeated", record.detail.to_string());
    }
    put("log", record.log.name().to_owned());
    put("sequence", record.sequence.to_string());
    put("recordHash", record.leaf().to_string());
    Value::Object(properties)
}
