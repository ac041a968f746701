//! Names of what is read from the device and of what the console's guard says.

use crate::table;
use core::ffi::c_char;

/// The name of a part of the device, such as "power_supply".
///
/// @param component  STRONGROOM_COMPONENT_*
/// @return           a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_component_name(component: u8) -> *const c_char {
    table::COMPONENT_NAMES.find(component.into())
}

/// The name of a class of tamper, such as "chassis".
///
/// @param tamper  STRONGROOM_TAMPER_*
/// @return        a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_tamper_name(tamper: u8) -> *const c_char {
    table::TAMPER_NAMES.find(tamper.into())
}

/// The name of how a part is doing, such as "warning".
///
/// @param level  STRONGROOM_LEVEL_*
/// @return       a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_level_name(level: u8) -> *const c_char {
    table::LEVEL_NAMES.find(level.into())
}

/// The appliance's own word for its service, such as "ISO".
///
/// @param service  STRONGROOM_SERVICE_*
/// @return         a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_service_name(service: u8) -> *const c_char {
    table::SERVICE_NAMES.find(service.into())
}

/// The name of how far the guard is open, such as "grant".
///
/// @param mode  STRONGROOM_MODE_*
/// @return      a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_mode_name(mode: u8) -> *const c_char {
    table::MODE_NAMES.find(mode.into())
}

/// The name of what the device is doing, such as "shell".
///
/// @param session  STRONGROOM_SESSION_*
/// @return         a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_session_name(session: u8) -> *const c_char {
    table::SESSION_NAMES.find(session.into())
}

/// The name of a kind of event, such as "line".
///
/// @param kind  STRONGROOM_EVENT_*
/// @return      a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_event_name(kind: u8) -> *const c_char {
    table::EVENT_NAMES.find(kind.into())
}

/// The name of an answer to a confirmation prompt, such as "proceed".
///
/// @param answer  STRONGROOM_ANSWER_*
/// @return        a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_answer_name(answer: u8) -> *const c_char {
    table::ANSWER_NAMES.find(answer.into())
}

/// The name of whether a command may be confirmed, such as "allowed".
///
/// @param confirmation  STRONGROOM_CONFIRMATION_*
/// @return              a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_confirmation_name(confirmation: u8) -> *const c_char {
    table::CONFIRMATION_NAMES.find(confirmation.into())
}

/// The name of what a typed line is, such as "command".
///
/// @param found  STRONGROOM_FOUND_*
/// @return       a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_found_name(found: u8) -> *const c_char {
    table::FOUND_NAMES.find(found.into())
}

/// The name of a kind of arguments, such as "plain".
///
/// @param arguments  STRONGROOM_ARGUMENTS_*
/// @return           a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_arguments_name(arguments: u8) -> *const c_char {
    table::ARGUMENTS_NAMES.find(arguments.into())
}

/// The name of one of the device's stock roles, such as "monitor".
///
/// @param role  STRONGROOM_DEVICE_ROLE_*
/// @return      a static text; NULL where there is none of that number
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_device_role_name(role: u8) -> *const c_char {
    table::DEVICE_ROLE_NAMES.find(role.into())
}
