//! The model for tests in other languages: JSON Lines in, a line of JSON out for each.
//!
//! `{"new": {"device": …, "policy": "azure"}}` begins anew, and `{"apply": {"at": …, "command": …, …}}` is a command in the
//! core's JSON. The model has neither nonces nor numbers of effects: `challenge` is the engine's, and `confirms` says what
//! the effect is that a `confirm` names. `access` asks until when engineers have access afterwards; `digests` are what a
//! record of the command carries in each log.

use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, Write, stdin, stdout};
use strongroom_core::outbox::Kind;
use strongroom_core::{Command, Device, Id, Policy, Subject};
use strongroom_model::{Model, Outcome};

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Line {
    New { device: Device, policy: String },
    Apply { at: Option<u64>, command: Command, challenge: Id, confirms: Option<(String, u32)>, access: Vec<(Id, Subject)> },
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut lines, mut answers) = (stdin().lock(), stdout().lock());
    let (mut line, mut model) = (String::new(), None);
    while lines.read_line(&mut line)? > 0 {
        let answer = serde_json::from_str(&line)
            .map_err(|error| error.to_string())
            .and_then(|asked| answer(&mut model, asked))
            .unwrap_or_else(|error| json!({ "error": error }));
        writeln!(answers, "{answer}")?;
        answers.flush()?;
        line.clear();
    }
    Ok(())
}

fn answer(model: &mut Option<Model>, line: Line) -> Result<Value, String> {
    match line {
        Line::New { device, policy } => {
            let policy = Policy::preset(&policy).ok_or_else(|| format!("unknown policy {policy:?}"))?;
            Ok(state(model.insert(Model::new(device, policy))))
        }
        Line::Apply { at, command, challenge, confirms, access } => {
            let model = model.as_mut().ok_or("begin with \"new\"")?;
            let confirms = confirms.map(|(kind, about)| Ok::<_, String>((effect(&kind)?, about))).transpose()?;
            model.challenge = challenge;
            let Outcome { accepted, rules } = model.apply(at, &command, confirms);
            let rules: Vec<&str> = rules.iter().map(|rule| rule.name()).collect();
            let until = |(engineer, subject): &(Id, Subject)| model.access(model.last_good, *engineer, *subject);
            let access: Vec<Option<u64>> = access.iter().map(until).collect();
            let digests = json!({ "tenant": command.digest(), "lifecycle": command.blanked(&model.device).digest() });
            Ok(json!({ "accepted": accepted, "rules": rules, "access": access, "digests": digests, "state": state(model) }))
        }
    }
}

fn effect(name: &str) -> Result<Kind, String> {
    Kind::ALL.iter().copied().find(|kind| kind.name() == name).ok_or_else(|| format!("unknown effect {name:?}"))
}

/// What other languages can see too.
fn state(model: &Model) -> Value {
    let request = |request: &strongroom_model::Request| {
        json!({
            "number": request.number,
            "status": request.status.name(),
            "ticket": request.ticket,
            "deadline": request.deadline,
        })
    };
    let duty = |duty: &strongroom_model::Duty| json!({ "kind": duty.kind.name(), "about": duty.about, "due": duty.due });
    json!({
        "state": model.main.name(),
        "health": model.health().name(),
        "policy": model.policy.name,
        "organisation": model.account.organisation,
        "monitoring": model.account.monitoring,
        "requests": model.requests.iter().map(request).collect::<Value>(),
        "exclusions": model.exclusions.iter().map(|known| known.number).collect::<Value>(),
        "duties": model.duties.iter().map(duty).collect::<Value>(),
        "next_deadline": model.next_deadline(),
        "last_good": model.last_good,
    })
}
