//! Texts as C reads them: packed with their final zeros when the crate is built, found by number.

use crate::console::Found;
use crate::error::Error;
use crate::guard::event;
use core::ffi::{CStr, c_char};
use strongroom_core::account::Registration;
use strongroom_core::console::guard::{Answer, Confirmation, Mode, Session};
use strongroom_core::lease::chart::Cause;
use strongroom_core::lease::evidence::Class;
use strongroom_core::lease::execution::Execution;
use strongroom_core::lease::membership::Membership;
use strongroom_core::lockbox::jit::Outcome;
use strongroom_core::lunash::{Arguments, DeviceRole};
use strongroom_core::outbox::Kind;
use strongroom_core::reading::{Level, Service, TamperClass};
use strongroom_core::support::{Contact, Reach};
use strongroom_core::{
    Component, Deployment, Exclusion, Health, Issue, LogName, Main, Party, Permission, Plan, Role, Rule, Scope, Status, Subject,
    Verb,
};

/// Texts of one kind, one after another.
#[derive(Debug)]
pub(crate) struct Texts {
    /// Number and start of each.
    starts: &'static [(u16, usize)],
    bytes: &'static [u8],
}

/// Packs what the method `$text` says about each of `$all`.
macro_rules! texts {
    ($all:expr, $text:ident) => {{
        const TEXTS: [(u16, &str); $all.len()] = {
            let mut texts = [(0, ""); $all.len()];
            let mut index = 0;
            while index < texts.len() {
                texts[index] = ($all[index] as u16, $all[index].$text());
                index += 1;
            }
            texts
        };
        Texts { starts: &starts::<{ TEXTS.len() }>(&TEXTS), bytes: &pack::<{ size(&TEXTS) }>(&TEXTS) }
    }};
}

pub(crate) static RULE_NAMES: Texts = texts!(Rule::ALL, name);
pub(crate) static RULE_TEXTS: Texts = texts!(Rule::ALL, text);
pub(crate) static STATE_NAMES: Texts = texts!(Main::ALL, name);
pub(crate) static STATUS_NAMES: Texts = texts!(Status::ALL, name);
pub(crate) static VERB_NAMES: Texts = texts!(Verb::ALL, name);
pub(crate) static EFFECT_NAMES: Texts = texts!(Kind::ALL, name);
pub(crate) static HEALTH_NAMES: Texts = texts!(Health::ALL, name);
pub(crate) static ROLE_NAMES: Texts = texts!(Role::ALL, name);
pub(crate) static PARTY_NAMES: Texts = texts!(Party::ALL, name);
pub(crate) static SUBJECT_NAMES: Texts = texts!(Subject::ALL, name);
pub(crate) static SCOPE_NAMES: Texts = texts!(Scope::ALL, name);
pub(crate) static PERMISSION_NAMES: Texts = texts!(Permission::ALL, name);
pub(crate) static EXCLUSION_NAMES: Texts = texts!(Exclusion::ALL, name);
pub(crate) static JIT_NAMES: Texts = texts!(Outcome::ALL, name);
pub(crate) static PLAN_NAMES: Texts = texts!(Plan::ALL, name);
pub(crate) static ISSUE_NAMES: Texts = texts!(Issue::ALL, name);
pub(crate) static CONTACT_NAMES: Texts = texts!(Contact::ALL, name);
pub(crate) static REACH_NAMES: Texts = texts!(Reach::ALL, name);
pub(crate) static LOG_NAMES: Texts = texts!(LogName::ALL, name);
pub(crate) static REGISTRATION_NAMES: Texts = texts!(Registration::ALL, name);
pub(crate) static EXECUTION_NAMES: Texts = texts!(Execution::ALL, name);
pub(crate) static MEMBERSHIP_NAMES: Texts = texts!(Membership::ALL, name);
pub(crate) static CAUSE_NAMES: Texts = texts!(Cause::ALL, name);
pub(crate) static EVIDENCE_NAMES: Texts = texts!(Class::ALL, name);
pub(crate) static DEPLOYMENT_NAMES: Texts = texts!(Deployment::ALL, name);
pub(crate) static COMPONENT_NAMES: Texts = texts!(Component::ALL, name);
pub(crate) static TAMPER_NAMES: Texts = texts!(TamperClass::ALL, name);
pub(crate) static LEVEL_NAMES: Texts = texts!(Level::ALL, name);
pub(crate) static SERVICE_NAMES: Texts = texts!(Service::ALL, name);
pub(crate) static MODE_NAMES: Texts = texts!(Mode::ALL, name);
pub(crate) static SESSION_NAMES: Texts = texts!(Session::ALL, name);
pub(crate) static EVENT_NAMES: Texts = texts!(event::Kind::ALL, name);
pub(crate) static ANSWER_NAMES: Texts = texts!(Answer::ALL, name);
pub(crate) static CONFIRMATION_NAMES: Texts = texts!(Confirmation::ALL, name);
pub(crate) static FOUND_NAMES: Texts = texts!(Found::ALL, name);
pub(crate) static ARGUMENTS_NAMES: Texts = texts!(Arguments::ALL, name);
pub(crate) static DEVICE_ROLE_NAMES: Texts = texts!(DeviceRole::ALL, name);
pub(crate) static ERROR_TEXTS: Texts = texts!(Error::ALL, text);

impl Texts {
    /// The text of that number; NULL where there is none.
    pub(crate) fn find(&self, number: u16) -> *const c_char {
        self.find_text(number).map_or(core::ptr::null(), CStr::as_ptr)
    }

    fn find_text(&self, number: u16) -> Option<&'static CStr> {
        let (_, start) = self.starts.iter().find(|(known, _)| *known == number)?;
        CStr::from_bytes_until_nul(self.bytes.get(*start..)?).ok()
    }
}

/// The bytes that the texts take, each with its final zero.
const fn size(texts: &[(u16, &str)]) -> usize {
    let mut size = 0;
    let mut rest = texts;
    while let [(_, text), later @ ..] = rest {
        size += text.len() + 1;
        rest = later;
    }
    size
}

const fn starts<const N: usize>(texts: &[(u16, &str)]) -> [(u16, usize); N] {
    let mut starts = [(0, 0); N];
    let mut start = 0;
    let mut index = 0;
    while index < N {
        starts[index] = (texts[index].0, start);
        start += texts[index].1.len() + 1;
        index += 1;
    }
    starts
}

const fn pack<const N: usize>(texts: &[(u16, &str)]) -> [u8; N] {
    let mut bytes = [0; N];
    let mut end = 0;
    let mut rest = texts;
    while let [(_, text), later @ ..] = rest {
        let mut text = text.as_bytes();
        while let [byte, others @ ..] = text {
            assert!(*byte != 0, "a zero would end the text");
            bytes[end] = *byte;
            end += 1;
            text = others;
        }
        end += 1;
        rest = later;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_reads_back_and_no_other_number_has_one() {
        for rule in Rule::ALL {
            assert_eq!(RULE_NAMES.find_text(rule.code()).and_then(|text| text.to_str().ok()), Some(rule.name()));
            assert_eq!(RULE_TEXTS.find_text(rule.code()).and_then(|text| text.to_str().ok()), Some(rule.text()));
        }
        for verb in Verb::ALL {
            assert_eq!(VERB_NAMES.find_text(u16::from(verb.code())).and_then(|text| text.to_str().ok()), Some(verb.name()));
        }
        for subject in Subject::ALL {
            let text = SUBJECT_NAMES.find_text(*subject as u16).and_then(|text| text.to_str().ok());
            assert_eq!(text, Some(subject.name()));
        }
        let named = (0..=u16::MAX).filter(|number| !RULE_NAMES.find(*number).is_null()).count();
        assert_eq!(named, Rule::ALL.len());
    }
}
