//! Names and texts for numbers, the same in every language.

pub mod device;
pub mod word;

use crate::error::{OK, StatusCode};
use crate::table;
use core::ffi::c_char;

/// A rule's name, such as "T01" or "RoleMayNot".
///
/// @param rule  STRONGROOM_RULE_*
/// @return      a static text; NULL where there is no such rule
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_rule_name(rule: u16) -> *const c_char {
    table::RULE_NAMES.find(rule)
}

/// What a rule says, in English, without a final stop.
///
/// @param rule  STRONGROOM_RULE_*
/// @return      a static text; NULL where there is no such rule
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_rule_text(rule: u16) -> *const c_char {
    table::RULE_TEXTS.find(rule)
}

/// The name of a state of the lease, such as "POOL_FREE".
///
/// @param state  STRONGROOM_STATE_*
/// @return       a static text; NULL where there is no such state
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_state_name(state: u8) -> *const c_char {
    table::STATE_NAMES.find(state.into())
}

/// The name of a request's status, such as "CustomerNotified". For what a function returned see
/// strongroom_error_text.
///
/// @param status  STRONGROOM_STATUS_*
/// @return        a static text; NULL where there is no such status, and for STRONGROOM_STATUS_NONE
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_status_name(status: u8) -> *const c_char {
    table::STATUS_NAMES.find(status.into())
}

/// A verb's name, such as "arrive".
///
/// @param verb  STRONGROOM_VERB_*
/// @return      a static text; NULL where there is no such verb
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_verb_name(verb: u8) -> *const c_char {
    table::VERB_NAMES.find(verb.into())
}

/// The name of a kind of thing to do, such as "close_access".
///
/// @param effect  STRONGROOM_EFFECT_*
/// @return        a static text; NULL where there is no such kind
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_effect_name(effect: u8) -> *const c_char {
    table::EFFECT_NAMES.find(effect.into())
}

/// A health's name, such as "InService".
///
/// @param health  STRONGROOM_HEALTH_*
/// @return        a static text; NULL where there is no such health
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_health_name(health: u8) -> *const c_char {
    table::HEALTH_NAMES.find(health.into())
}

/// What a returned status means, in English, without a final stop.
///
/// @param status  what a function returned
/// @return        a static text; NULL where it is neither STRONGROOM_OK nor a STRONGROOM_ERROR_*
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_error_text(status: StatusCode) -> *const c_char {
    if status == OK { c"no error".as_ptr() } else { table::ERROR_TEXTS.find(status) }
}
