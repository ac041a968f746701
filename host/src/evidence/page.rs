//! A certificate on one page of text, for people.

use super::certificate::Certificate;
use super::proved::{Proved, Step};
use super::stated::{SECTIONS, Section};
use strongroom_core::lease::evidence::Class;

/// Columns of the page.
const WIDTH: usize = 100;

/// Columns before a value.
const MARGIN: usize = NAME + 10;

/// Columns of a name.
const NAME: usize = 26;

/// Whether the certificate was verified before it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked<'a> {
    /// Nobody checked it.
    No,
    /// It verified with the key of this name.
    With(&'a str),
}

/// The certificate in the order of the sample form; each line says whether the log proves it or somebody states it, and
/// before the certificate was verified, that it claims a proof.
#[must_use]
pub fn page(certificate: &Certificate, checked: Checked<'_>) -> String {
    let proved = &certificate.proved;
    // Before anybody checked it, what the certificate calls proved is a claim.
    let mark = if checked == Checked::No { "claimed" } else { "proved" };
    let mut page = Page(String::new());
    page.0.push_str("CERTIFICATE OF SANITIZATION\nin the order of the sample form of NIST SP 800-88\n\n");
    page.line("", "Evidence", &format!("{}: {}", proved.class.name(), meaning(proved.class)));
    page.line(
        "",
        "Checked",
        &match checked {
            Checked::With(name) => format!("yes, with the key of {name}"),
            Checked::No => "NO: nothing here is proved before `strongroom evidence verify` said so".to_owned(),
        },
    );
    for section in SECTIONS {
        page.section(section, certificate, mark);
    }
    page.heading("What happened");
    for step in &proved.steps {
        page.line(mark, &step.at, &told(step));
    }
    page.heading("Where it stands");
    page.line(mark, "Log", &certificate.log.origin);
    page.line(mark, "Record", &format!("{}, lease epoch {}, boot {}", proved.sequence, proved.epoch, proved.boot));
    let missing = proved.missing();
    let unstated: Vec<String> = SECTIONS
        .iter()
        .flat_map(|section| section.fields.iter().map(move |entry| (section.name, entry.name)))
        .filter(|(section, field)| certificate.stated.get(section, field).is_none() && !is_proved(proved, section, field))
        .map(|(section, field)| format!("{section}.{field}"))
        .collect();
    if !missing.is_empty() || !unstated.is_empty() {
        page.heading("What is left open");
    }
    for (name, why) in missing {
        page.line("", name, &format!("not proved: {why}"));
    }
    if !unstated.is_empty() {
        page.line("", "not stated", &unstated.join(", "));
    }
    page.0
}

const fn meaning(class: Class) -> &'static str {
    match class {
        Class::Verified => "the core erased every area and read it back itself",
        Class::Reported => "it was seen from outside, by a monitor board",
        Class::Witnessed => "two persons watched the shredding",
    }
}

fn told(step: &Step) -> String {
    let detail = step.detail.as_ref().map_or_else(String::new, |detail| format!(", {detail}"));
    format!(
        "{} by {} (record {}, {}): {} to {}{detail}",
        step.verb,
        step.role.name(),
        step.sequence,
        step.rule,
        step.from,
        step.to
    )
}

/// What the form asks for and the log proves, so that nobody has to state it.
fn is_proved(proved: &Proved, section: &str, field: &str) -> bool {
    match (section, field) {
        ("sanitization", "method_type") => proved.class == Class::Witnessed,
        ("sanitization", "method_used") => proved.method.is_some(),
        _ => false,
    }
}

struct Page(String);

impl Page {
    fn heading(&mut self, title: &str) {
        self.0.push('\n');
        self.0.push_str(&title.to_uppercase());
        self.0.push('\n');
    }

    /// A value beside its name and whether it is proved, wrapped.
    fn line(&mut self, mark: &str, name: &str, value: &str) {
        let mut line = format!("  {mark:<8}{name:<NAME$}");
        if name.len() >= NAME {
            self.put(&line);
            line = " ".repeat(MARGIN);
        }
        let mut used = MARGIN;
        for (number, word) in value.split(' ').enumerate() {
            let length = word.chars().count();
            if number > 0 && used + 1 + length > WIDTH {
                self.put(&line);
                line = " ".repeat(MARGIN);
                used = MARGIN;
            } else if number > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += length;
        }
        self.put(&line);
    }

    /// What a certificate says does not steer the reader's terminal.
    fn put(&mut self, line: &str) {
        self.0.extend(line.trim_end().chars().map(|sign| if sign.is_control() { '\u{fffd}' } else { sign }));
        self.0.push('\n');
    }

    fn section(&mut self, section: &Section, certificate: &Certificate, mark: &str) {
        let proved = lines(section.name, &certificate.proved);
        let stated: Vec<(&str, &str)> = section
            .fields
            .iter()
            .filter_map(|entry| Some((entry.title, certificate.stated.get(section.name, entry.name)?)))
            .collect();
        if proved.is_empty() && stated.is_empty() {
            return;
        }
        self.heading(section.title);
        for (name, value) in proved {
            self.line(mark, name, &value);
        }
        for (name, value) in stated {
            self.line("stated", name, value);
        }
    }
}

/// What the log proves of a section of the form.
fn lines(section: &str, proved: &Proved) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let mut put = |name, value: Option<String>| lines.extend(value.map(|value| (name, value)));
    match section {
        "person" => {
            put("Acting as", Some(format!("{}, {}", proved.role.name(), proved.role.party().name())));
            put("Organization", proved.organisation.map(|id| id.to_string()));
            put("Person", proved.person.map(|id| id.to_string()));
            put("Second person", proved.second.map(|id| id.to_string()));
        }
        "media" => {
            put("Serial number", Some(proved.device.as_str().to_owned()));
            let parts = proved.parts.map(|parts| parts.iter().map(|part| part.as_str().to_owned()).collect::<Vec<_>>());
            put("Parts destroyed", parts.map(|parts| parts.join(", ")));
        }
        "sanitization" => {
            put("Method type", (proved.class == Class::Witnessed).then(|| "Destruct".to_owned()));
            put("Method used", proved.method.map(|method| method.as_str().to_owned()));
            put("Place", proved.place.map(|place| place.as_str().to_owned()));
            put("Camera recording", proved.camera.map(|camera| camera.as_str().to_owned()));
            put("Areas erased", proved.areas.map(|areas| format!("{} ({areas:#06x})", areas.count_ones())));
            put("Digest read back", proved.read_back.map(|digest| digest.to_string()));
            put("Verification method", Some(proved.verification().to_owned()));
            put("Cause", proved.cause.map(|cause| cause.name().to_owned()));
            put("Challenge answered", proved.nonce.map(|nonce| nonce.to_string()));
            let clock = if proved.at_last_good_time { ", the last good time: the clock was not trusted" } else { "" };
            put("Completed", Some(format!("{}{clock}", proved.at)));
        }
        _ => {}
    }
    lines
}
