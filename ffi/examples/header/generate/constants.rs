//! Constants of the header, from the core's own tables.

use std::fmt::Write;
use strongroom::Error;
use strongroom::console::Found;
use strongroom::guard::event;
use strongroom::storage::EngineStorage;
use strongroom_core::account::Registration;
use strongroom_core::console::guard::{Answer, Confirmation, Mode, Session};
use strongroom_core::lease::chart::Cause;
use strongroom_core::lease::evidence::Class;
use strongroom_core::lease::execution::Execution;
use strongroom_core::lease::membership::Membership;
use strongroom_core::lease::sensing;
use strongroom_core::lockbox::jit;
use strongroom_core::lunash::{Arguments, COMMANDS, DeviceRole};
use strongroom_core::outbox::{Kind, Notice};
use strongroom_core::reading::{Level, Service, TamperClass};
use strongroom_core::support::{Contact, Reach};
use strongroom_core::{
    Component, Deployment, Exclusion, Health, Issue, LogName, Main, Party, Permission, Plan, Policy, Record, Role, Rule, Scope,
    Status, Subject, Verb, journal, wire,
};

/// All of them.
pub(super) fn all() -> String {
    let mut text = String::new();
    let out = &mut text;
    heading(out, "The header's version; the library's is strongroom_version().");
    define(out, "VERSION_MAJOR", env!("CARGO_PKG_VERSION_MAJOR"), "");
    define(out, "VERSION_MINOR", env!("CARGO_PKG_VERSION_MINOR"), "");
    define(out, "VERSION_PATCH", env!("CARGO_PKG_VERSION_PATCH"), "");
    define(out, "VERSION", concat!("\"", env!("CARGO_PKG_VERSION"), "\""), "");

    heading(out, "Sizes, in bytes.");
    define(out, "STORAGE_SIZE", size_of::<EngineStorage>(), "an engine");
    define(out, "STORAGE_ALIGNMENT", align_of::<EngineStorage>(), "an engine; 4 on 32-bit x86 is enough");
    define(out, "MAX_FRAME", wire::MAX_FRAME, "the longest frame, its final zero included");
    define(out, "RECORD_SIZE", Record::SIZE, "a record of a log");
    define(out, "DIGEST_SIZE", size_of::<strongroom_core::Digest>(), "SHA-256");
    define(out, "MEDIUM_BLOCK", journal::BLOCK, "what is written to a medium at once");
    define(out, "SENSE_COMMANDS", sensing::ACTIONS, "commands that a reading calls for at most");
    define(out, "NONCE_SIZE", size_of::<strongroom_core::Id>(), "the challenge for a destruction");

    heading(out, "Storage as it has to be before its first use: strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;");
    define(out, "STORAGE_INIT", "{ { 0 } }", "");
    define(out, "STEP_INIT", "{ { 0 } }", "a step's");
    define(out, "TREE_INIT", "{ { 0 } }", "a tree's");

    heading(out, "A function that does not return.");
    out.push_str("#if defined(__GNUC__)\n");
    define(out, "NORETURN", "__attribute__((__noreturn__))", "");
    out.push_str("#else\n#define STRONGROOM_NORETURN\n#endif\n");

    heading(out, "What functions return.");
    define(out, "OK", 0, "no error");
    for error in Error::ALL {
        define(out, &format!("ERROR_{}", screaming(error.name())), *error as u16, error.text());
    }

    heading(out, "The two logs.");
    define(out, "LOG_TENANT", LogName::Tenant as u8, "names who did what; erased when the lease ends");
    define(out, "LOG_LIFECYCLE", LogName::Lifecycle as u8, "holds nothing that names a tenant; survives");

    heading(out, "Where the core runs.");
    define(out, "DEPLOYMENT_FIRMWARE", Deployment::Firmware as u8, "in the device's firmware");
    define(out, "DEPLOYMENT_BOARD", Deployment::Board as u8, "on a board beside the device");

    heading(out, "Where a lease stands.");
    for state in Main::ALL {
        define(out, &format!("STATE_{}", state.name()), *state as u8, "");
    }

    heading(out, "How a device is doing.");
    for health in Health::ALL {
        define(out, &format!("HEALTH_{}", screaming(health.name())), *health as u8, "");
    }

    heading(out, "How far a request has come; also STRONGROOM_STATUS_NONE.");
    for status in Status::ALL {
        define(out, &format!("STATUS_{}", screaming(status.name())), *status as u8, "");
    }

    heading(out, "What has to be done.");
    for kind in Kind::ALL {
        let about = if kind.concerns_request() { "about a request" } else { "about the device" };
        define(out, &format!("EFFECT_{}", kind.name().to_uppercase()), *kind as u8, about);
    }

    heading(out, "What a notice to the customer is about, a bit each.");
    define(out, "NOTICE_TAMPER", Notice::TAMPER, "a tamper");
    define(out, "NOTICE_HEALTH", Notice::HEALTH, "an alert about the device's health began or ended");
    define(out, "NOTICE_LEASE", Notice::LEASE, "the lease moved");
    define(out, "NOTICE_ZEROIZATION", Notice::ZEROIZATION, "a destruction began or was proved");
    define(out, "NOTICE_FAILURE", Notice::FAILURE, "the device failed");
    define(out, "NOTICE_EXCLUSION", Notice::EXCLUSION, "an access outside the lockbox, or its review overdue");
    define(out, "NOTICE_SILENCE", Notice::SILENCE, "the device does not answer, which may be a tamper");

    heading(out, "What can be asked or reported.");
    for verb in Verb::ALL {
        define(out, &format!("VERB_{}", verb.name().to_uppercase()), verb.code(), &verb.arguments().join(", "));
    }

    words(out);

    heading(out, "Rules: what allowed or refused a step, with the rows of the requirements.");
    for rule in Rule::ALL {
        let text = format!("{} [{}]", rule.text(), rule.rows().join(" "));
        define(out, &format!("RULE_{}", screaming(rule.name())), rule.code(), &text);
    }
    text
}

/// The numbers of a word, named as the word's names are.
macro_rules! word {
    ($out:ident, $prefix:literal, $word:ty, $text:literal) => {
        heading($out, $text);
        for word in <$word>::ALL {
            define($out, &format!("{}_{}", $prefix, screaming(word.name())), *word as u8, "");
        }
    };
}

/// What arguments and answers are made of.
fn words(out: &mut String) {
    word!(out, "ROLE", Role, "What somebody acts as.");
    word!(out, "PARTY", Party, "The sides of a lease; 0 is none of them.");
    word!(out, "SUBJECT", Subject, "What a request can be about.");
    word!(out, "SCOPE", Scope, "How far a permission reaches, least first.");
    word!(out, "PERMISSION", Permission, "What a permission allows, least first.");
    word!(out, "JIT", jit::Outcome, "What the just-in-time rule says.");
    word!(out, "EXCLUSION", Exclusion, "Accesses that the lockbox does not ask the customer about.");
    word!(out, "PLAN", Plan, "The customer's support plan, lowest first.");
    word!(out, "REGISTRATION", Registration, "How far the customer's registration for the service has come.");

    word!(out, "EXECUTION", Execution, "How the device runs.");
    word!(out, "MEMBERSHIP", Membership, "How the device stands to its HA group.");
    word!(out, "EVIDENCE", Class, "How a piece of evidence came about.");
    word!(out, "CAUSE", Cause, "Why a device is zeroized.");
    word!(out, "COMPONENT", Component, "Parts of the device that somebody may want to take out.");
    word!(out, "TAMPER", TamperClass, "What tripped a tamper input.");
    word!(out, "LEVEL", Level, "How a part is doing, best first.");
    heading(out, "The appliance's own word for its service.");
    for service in Service::ALL {
        define(out, &format!("SERVICE_{}", screaming(&format!("{service:?}"))), *service as u8, service.name());
    }

    word!(out, "ISSUE", Issue, "What an issue is about.");
    word!(out, "CONTACT", Contact, "Whom to call.");
    word!(out, "REACH", Reach, "What a party may do on the device itself, least first.");

    word!(out, "MODE", Mode, "How far the guard is open, least first.");
    word!(out, "SESSION", Session, "What the device is doing, as far as it can be told.");
    word!(out, "EVENT", event::Kind, "What happened at the guard.");
    word!(out, "CONFIRMATION", Confirmation, "Whether a command that asks for confirmation may be confirmed.");
    word!(out, "ANSWER", Answer, "Answers to a confirmation prompt.");
    word!(out, "FOUND", Found, "What a typed line is.");
    word!(out, "ARGUMENTS", Arguments, "Of what kind the arguments of a typed line are; one that is not plain never passes.");
    word!(out, "DEVICE_ROLE", DeviceRole, "The device's stock roles; a higher one may run all that a lower one may.");
    heading(out, "How many commands the device's shell has; their numbers are below it.");
    define(out, "COMMANDS", COMMANDS, "");

    heading(out, "The presets of the policy.");
    for (number, preset) in Policy::PRESETS.iter().enumerate() {
        define(out, &format!("POLICY_{}", screaming(&preset.name.as_str().replace('-', "_"))), number, "");
    }
}

fn heading(out: &mut String, text: &str) {
    writeln!(out, "\n/* {text} */").unwrap();
}

fn define(out: &mut String, name: &str, value: impl std::fmt::Display, about: &str) {
    let line = format!("#define STRONGROOM_{name} {value}");
    if about.is_empty() { writeln!(out, "{line}") } else { writeln!(out, "{line} /* {about} */") }.unwrap();
}

/// `RoleMayNot` as `ROLE_MAY_NOT`; a name in capitals and digits stays as it is.
fn screaming(name: &str) -> String {
    let mut out = String::new();
    let mut before_is_lower = false;
    for character in name.chars() {
        if character.is_ascii_uppercase() && before_is_lower {
            out.push('_');
        }
        before_is_lower = character.is_ascii_lowercase();
        out.push(character.to_ascii_uppercase());
    }
    out
}
