//! Names of what commands and answers are made of.

use crate::table;
use core::ffi::c_char;

/// The name of what somebody acts as, such as "PartitionOfficer".
///
/// @param role  STRONGROOM_ROLE_*
/// @return      a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_role_name(role: u8) -> *const c_char {
    table::ROLE_NAMES.find(role.into())
}

/// The name of a side of the lease, such as "customer".
///
/// @param party  STRONGROOM_PARTY_*
/// @return       a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_party_name(party: u8) -> *const c_char {
    table::PARTY_NAMES.find(party.into())
}

/// The name of what a request can be about, such as "vm_linux".
///
/// @param subject  STRONGROOM_SUBJECT_*
/// @return         a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_subject_name(subject: u8) -> *const c_char {
    table::SUBJECT_NAMES.find(subject.into())
}

/// The name of how far a permission reaches, such as "resource_group".
///
/// @param scope  STRONGROOM_SCOPE_*
/// @return       a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_scope_name(scope: u8) -> *const c_char {
    table::SCOPE_NAMES.find(scope.into())
}

/// The name of what a permission allows, such as "read".
///
/// @param permission  STRONGROOM_PERMISSION_*
/// @return            a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_permission_name(permission: u8) -> *const c_char {
    table::PERMISSION_NAMES.find(permission.into())
}

/// The name of an access outside the lockbox, such as "break_glass".
///
/// @param exclusion  STRONGROOM_EXCLUSION_*
/// @return           a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_exclusion_name(exclusion: u8) -> *const c_char {
    table::EXCLUSION_NAMES.find(exclusion.into())
}

/// The name of what the just-in-time rule says, such as "ask_internal".
///
/// @param outcome  STRONGROOM_JIT_*
/// @return         a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_jit_name(outcome: u8) -> *const c_char {
    table::JIT_NAMES.find(outcome.into())
}

/// The name of a support plan, such as "developer".
///
/// @param plan  STRONGROOM_PLAN_*
/// @return      a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_plan_name(plan: u8) -> *const c_char {
    table::PLAN_NAMES.find(plan.into())
}

/// The name of a class of issue, such as "network_path".
///
/// @param issue  STRONGROOM_ISSUE_*
/// @return       a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_issue_name(issue: u8) -> *const c_char {
    table::ISSUE_NAMES.find(issue.into())
}

/// The name of whom to call, such as "vendor_portal".
///
/// @param contact  STRONGROOM_CONTACT_*
/// @return         a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_contact_name(contact: u8) -> *const c_char {
    table::CONTACT_NAMES.find(contact.into())
}

/// The name of what a party may do on the device, such as "monitors".
///
/// @param reach  STRONGROOM_REACH_*
/// @return       a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_reach_name(reach: u8) -> *const c_char {
    table::REACH_NAMES.find(reach.into())
}

/// A log's name, such as "tenant".
///
/// @param log  STRONGROOM_LOG_*
/// @return     a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_log_name(log: u8) -> *const c_char {
    table::LOG_NAMES.find(log.into())
}

/// The name of where the core runs, such as "board".
///
/// @param deployment  STRONGROOM_DEPLOYMENT_*
/// @return            a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_deployment_name(deployment: u8) -> *const c_char {
    table::DEPLOYMENT_NAMES.find(deployment.into())
}

/// The name of how far a registration has come, such as "pending".
///
/// @param registration  STRONGROOM_REGISTRATION_*
/// @return              a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_registration_name(registration: u8) -> *const c_char {
    table::REGISTRATION_NAMES.find(registration.into())
}

/// The name of how the device runs, such as "ErrorSoft".
///
/// @param execution  STRONGROOM_EXECUTION_*
/// @return           a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_execution_name(execution: u8) -> *const c_char {
    table::EXECUTION_NAMES.find(execution.into())
}

/// The name of how the device stands to its HA group, such as "InSync".
///
/// @param membership  STRONGROOM_MEMBERSHIP_*
/// @return            a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_membership_name(membership: u8) -> *const c_char {
    table::MEMBERSHIP_NAMES.find(membership.into())
}

/// The name of why a device is zeroized, such as "customer".
///
/// @param cause  STRONGROOM_CAUSE_*
/// @return       a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_cause_name(cause: u8) -> *const c_char {
    table::CAUSE_NAMES.find(cause.into())
}

/// The name of how a piece of evidence came about, such as "Verified".
///
/// @param class  STRONGROOM_EVIDENCE_*
/// @return       a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_evidence_name(class: u8) -> *const c_char {
    table::EVIDENCE_NAMES.find(class.into())
}
