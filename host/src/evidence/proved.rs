//! What the records of a certificate prove.

use super::destruction::{begins, cause_of, class_of, says_more};
use super::stated::Stated;
use crate::activity::Teller;
use crate::replay::rfc3339;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use strongroom_core::audit::record::LAST_GOOD_TIME;
use strongroom_core::lease::chart::Cause;
use strongroom_core::lease::evidence::Class;
use strongroom_core::{Action, Command, Digest, Id, Inventory, Label, LogName, Organisation, Record, Role, Rule, Verb};

/// A step of the destruction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its record's sequence number.
    pub sequence: u32,
    /// When, in RFC 3339.
    pub at: String,
    /// What happened.
    pub verb: String,
    /// As what whoever did it acted.
    pub role: Role,
    /// The rule that decided.
    pub rule: String,
    /// Where the device stood before.
    pub from: String,
    /// Where it stood after.
    pub to: String,
    /// What the record says besides, such as the class of a tamper.
    pub detail: Option<String>,
}

/// What the records of a certificate, the device that its checkpoint names, and commands bound by those records prove.
///
/// `None` is what this certificate does not prove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proved {
    /// How the evidence came about. Never upgraded (D-14).
    pub class: Class,
    /// The device's serial number.
    pub device: Label,
    /// The sequence number of the record that proves it.
    pub sequence: u32,
    /// When, in RFC 3339.
    pub at: String,
    /// Whether the clock was not trusted, so that this is the last good time (D-18).
    pub at_last_good_time: bool,
    /// Counts settings of the clock.
    pub time_epoch: u16,
    /// In which lease epoch.
    pub epoch: u32,
    /// In which boot.
    pub boot: u32,
    /// As what whoever proved it acted.
    pub role: Role,
    /// Whose they are; none for the device's own parts.
    pub organisation: Option<Organisation>,
    /// Who did it, where a person did.
    pub person: Option<Id>,
    /// Who watched.
    pub second: Option<Id>,
    /// Why the zeroization began.
    pub cause: Option<Cause>,
    /// The challenge that the customer asked with (H-65).
    pub nonce: Option<Id>,
    /// The areas that were erased, a bit each.
    pub areas: Option<u16>,
    /// Digest of what was read back; the policy's own, or the core would have refused.
    pub read_back: Option<Digest>,
    /// Serial numbers of the parts that were shredded (H-75).
    pub parts: Option<Inventory>,
    /// How they were.
    pub method: Option<Label>,
    /// Where they were.
    pub place: Option<Label>,
    /// What the camera's recording of their removal is filed under.
    pub camera: Option<Label>,
    /// Every step, from the one that began it where the certificate holds that, to the one that proves it.
    pub steps: Vec<Step>,
}

impl Proved {
    /// What `records`, one after another and the last of them the proof, prove of `device`. `commands` are those of the
    /// records with these sequence numbers; their digests are compared elsewhere.
    ///
    /// # Errors
    ///
    /// Why the records are no evidence.
    pub fn by(device: Label, records: &[Record], commands: &BTreeMap<u32, Command>) -> Result<Self, String> {
        let Some((proof, before)) = records.split_last() else { return Err("there is no record".into()) };
        let class = class_of(proof).ok_or_else(|| no_proof(proof))?;
        if let Some((first, between)) = before.split_first() {
            if !begins(first, class) {
                return Err(format!("record {} does not begin what record {} proves", first.sequence, proof.sequence));
            }
            if let Some(later) = between.iter().find(|record| begins(record, class)) {
                return Err(format!(
                    "record {} is not what began it: record {} began another one",
                    first.sequence, later.sequence
                ));
            }
        }
        let mut proved = Self {
            class,
            device,
            sequence: proof.sequence,
            at: rfc3339(proof.at),
            at_last_good_time: proof.flags & LAST_GOOD_TIME != 0,
            time_epoch: proof.time_epoch,
            epoch: proof.epoch,
            boot: proof.boot,
            role: proof.by.role,
            organisation: (proof.by.organisation != Organisation::NONE).then_some(proof.by.organisation),
            person: proof.by.id.is_somebody().then_some(proof.by.id),
            second: proof.second.is_somebody().then_some(proof.second),
            cause: before.first().and_then(cause_of),
            nonce: None,
            areas: None,
            read_back: None,
            parts: None,
            method: None,
            place: None,
            camera: None,
            steps: records.iter().filter_map(step).collect(),
        };
        for record in records {
            if let Some(command) = commands.get(&record.sequence).filter(|command| says_more(record, &command.action)) {
                proved.hear(&command.action);
            }
        }
        Ok(proved)
    }

    /// Takes what a command of the destruction says; a later one has the last word.
    fn hear(&mut self, action: &Action) {
        match *action {
            Action::Zeroize { nonce } | Action::FactoryReset { nonce } => self.nonce = Some(nonce),
            Action::EraseDone { areas } => self.areas = Some(areas),
            Action::VerifyOk { read_back } => self.read_back = Some(read_back),
            Action::PartsOut { camera, .. } => self.camera = Some(camera),
            Action::Shred { parts, method, place } => {
                (self.parts, self.method, self.place) = (Some(parts), Some(method), Some(place));
            }
            _ => {}
        }
    }

    /// How the destruction was verified, in words.
    #[must_use]
    pub const fn verification(&self) -> &'static str {
        match self.class {
            Class::Verified => "full: the core read back every area of the policy's list",
            Class::Reported => "other: seen zeroized from outside, twice, by a monitor board",
            Class::Witnessed => "other: two persons watched, and a camera",
        }
    }

    /// Whether `stated` keeps to what this does not prove.
    ///
    /// # Errors
    ///
    /// The first field that is for the log to say.
    pub fn permits(&self, stated: &Stated) -> Result<String, String> {
        let own: &[(&str, &str)] = match self.class {
            Class::Witnessed => &[("sanitization", "method_type"), ("sanitization", "method_used")],
            Class::Verified | Class::Reported => &[],
        };
        match own.iter().find(|(section, field)| stated.get(section, field).is_some()) {
            Some((section, field)) => {
                Err(format!("{section}.{field} is for the log to say here: leave it out of what is stated"))
            }
            None => Ok(match stated.filled().count() {
                0 => "nothing is stated".into(),
                count => format!("{count} fields are stated by whoever issued the certificate, and not proved"),
            }),
        }
    }

    /// What a certificate of this class could prove and this one does not, each with the reason.
    #[must_use]
    pub fn missing(&self) -> Vec<(&'static str, String)> {
        let mut missing = Vec::new();
        let kept = |verb: Verb| format!("the command {} was not kept with the log", verb.name());
        if self.steps.len() < 2 {
            missing.push(("cause", "the record that began it is not in the certificate".to_owned()));
        }
        for (rule, verb) in [(Rule::T24, Verb::Zeroize), (Rule::T30, Verb::Zeroize), (Rule::T32, Verb::FactoryReset)] {
            if self.nonce.is_none() && self.steps.first().is_some_and(|step| step.rule == rule.name()) {
                missing.push(("nonce", kept(verb)));
            }
        }
        match self.class {
            Class::Verified => {
                if self.areas.is_none() {
                    missing.push(("areas", kept(Verb::EraseDone)));
                }
                if self.read_back.is_none() {
                    missing.push(("read_back", kept(Verb::VerifyOk)));
                }
            }
            Class::Reported => {}
            Class::Witnessed => {
                if self.parts.is_none() {
                    missing.extend(["parts", "method", "place"].map(|name| (name, kept(Verb::Shred))));
                }
                if self.camera.is_none() {
                    missing.push(("camera", kept(Verb::PartsOut)));
                }
            }
        }
        missing
    }
}

/// A step that moved the device, told.
fn step(record: &Record) -> Option<Step> {
    let event = Teller::new("").tell(record);
    let (from, to) = (event.from()?, event.to()?);
    (from != to && !record.is_refused()).then(|| Step {
        sequence: record.sequence,
        at: event.time(),
        verb: event.verb.map_or("", Verb::name).to_owned(),
        role: record.by.role,
        rule: record.rule.name().to_owned(),
        from: from.into_owned(),
        to: to.into_owned(),
        detail: event.detail().map(|(of, says)| format!("{of}: {says}")),
    })
}

fn no_proof(record: &Record) -> String {
    let what = Teller::new("").tell(record);
    let why = match (record.log, what.verdict()) {
        (LogName::Tenant, _) => "it is of a tenant's log; what proves a destruction is in the lifecycle log".to_owned(),
        (_, crate::activity::Verdict::Refused) => format!("it is a refusal of {}", what.action()),
        _ => format!("it is {} by {}, rule {}", what.action(), record.by.role.name(), record.rule.name()),
    };
    format!("record {} proves no destruction: {why}", record.sequence)
}
