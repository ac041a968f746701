//! The presets of the policy, and the provider's just-in-time rule (L-16 to L-22).

use crate::boundary::{answer, given, place};
use crate::error::{Error, StatusCode};
use crate::terms::Terms;
use core::ffi::c_char;
use strongroom_core::lockbox::jit;
use strongroom_core::{AccessTerms, Digest, Permission, Policy, Scope, Subject};

const COUNT: usize = Policy::PRESETS.len();

/// The presets' names, each with its final zero.
static NAMES: [[u8; 17]; COUNT] = {
    let mut names = [[0; 17]; COUNT];
    let mut preset = 0;
    while preset < COUNT {
        let mut letter = 0;
        while letter < 16 {
            names[preset][letter] = Policy::PRESETS[preset].name.0[letter];
            letter += 1;
        }
        preset += 1;
    }
    names
};

/// The preset of that number.
pub(crate) fn preset(number: u8) -> Result<&'static Policy, Error> {
    Policy::PRESETS.get(usize::from(number)).copied().ok_or(Error::PolicyUnknown)
}

/// A preset's digest: what a log names the policy by.
///
/// @param policy  STRONGROOM_POLICY_*
/// @param digest  written: SHA-256, STRONGROOM_DIGEST_SIZE (32) bytes
///
/// # Errors
///
/// NULL, POLICY_UNKNOWN.
///
/// # Safety
///
/// `digest` is good for 32 bytes.
///
/// cbindgen:ptrs-as-arrays=[[digest; 32]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_policy_digest(policy: u8, digest: *mut u8) -> StatusCode {
    answer(|| {
        let digest = place(digest.cast::<[u8; 32]>())?;
        let value = preset(policy)?.digest();
        // SAFETY: not NULL, and by this function's contract good for 32 bytes.
        unsafe { digest.write(value.0) };
        Ok(())
    })
}

/// The preset with a digest.
///
/// @param digest  SHA-256, STRONGROOM_DIGEST_SIZE (32) bytes
/// @param policy  written: STRONGROOM_POLICY_*
///
/// # Errors
///
/// NULL, POLICY_UNKNOWN.
///
/// # Safety
///
/// `digest` is good for 32 bytes, `policy` for one byte.
///
/// cbindgen:ptrs-as-arrays=[[digest; 32]]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_policy_find(digest: *const u8, policy: *mut u8) -> StatusCode {
    answer(|| {
        // SAFETY: `digest` is by this function's contract NULL or good for 32 bytes.
        let digest = Digest(*unsafe { given(digest.cast::<[u8; 32]>())? });
        let out = place(policy)?;
        let found = (0..).zip(Policy::PRESETS).find(|(_, preset)| preset.digest() == digest);
        let (number, _) = found.ok_or(Error::PolicyUnknown)?;
        // SAFETY: not NULL, and by this function's contract good for one byte.
        unsafe { out.write(number) };
        Ok(())
    })
}

/// The numbers of a policy that a program needs to know. Times are in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Numbers {
    /// Rises with every change of any number in it.
    pub version: u32,
    /// How long the customer has to answer.
    pub decide_within: u32,
    /// How long access lasts where the request names no duration.
    pub access_default: u32,
    /// How long access lasts at most.
    pub access_maximum: u32,
    /// How far apart two polls of the console are.
    pub poll_every: u32,
    /// From one asking of the outbox to the next, while it is not confirmed.
    pub retry_every: u32,
    /// The areas that a destruction erases, a bit each.
    pub erase_list: u16,
    /// How often the outbox asks again before the alarm.
    pub retries: u8,
    /// Approvals that a request takes.
    pub approvals_needed: u8,
    /// SHA-256 of those areas, read back in order, when they are erased.
    pub erased: [u8; 32],
}

const _: () = assert!(size_of::<Numbers>() == 60, "no padding; the header says so");

/// The numbers of a preset.
///
/// @param policy   STRONGROOM_POLICY_*
/// @param numbers  written: its numbers
///
/// # Errors
///
/// NULL, ALIGNMENT, POLICY_UNKNOWN.
///
/// # Safety
///
/// `numbers` is good for what is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_policy_numbers(policy: u8, numbers: *mut Numbers) -> StatusCode {
    answer(|| {
        let out = place(numbers)?;
        let policy = preset(policy)?;
        let found = Numbers {
            version: policy.version,
            decide_within: policy.lockbox.decide_within.0,
            access_default: policy.lockbox.access_default.0,
            access_maximum: policy.lockbox.access_maximum.0,
            poll_every: policy.health.poll_every.0,
            retry_every: policy.outbox.retry_every.0,
            erase_list: policy.lease.erase_list,
            retries: policy.outbox.retries,
            approvals_needed: policy.lockbox.approvals_needed,
            erased: policy.lease.erased.0,
        };
        // SAFETY: aligned, not NULL, and by this function's contract good for what is written.
        unsafe { out.write(found) };
        Ok(())
    })
}

/// A preset's name, such as "azure".
///
/// @param policy  STRONGROOM_POLICY_*
/// @return        a static text; NULL where there is no such preset
#[unsafe(no_mangle)]
pub extern "C" fn strongroom_policy_name(policy: u8) -> *const c_char {
    NAMES.get(usize::from(policy)).map_or(core::ptr::null(), |name| name.as_ptr().cast())
}

/// What the provider's just-in-time rule says about a request for access. No engine is asked and nothing is
/// recorded; an engine asks the same when a `jit_decide` command comes.
///
/// @param policy   STRONGROOM_POLICY_*
/// @param terms    what is asked for
/// @param outcome  written: STRONGROOM_JIT_*
///
/// # Errors
///
/// NULL, ALIGNMENT, POLICY_UNKNOWN, VALUE (a field of the terms).
///
/// # Safety
///
/// `terms` is good for one of them, `outcome` for one byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strongroom_jit_evaluate(policy: u8, terms: *const Terms, outcome: *mut u8) -> StatusCode {
    answer(|| {
        let outcome = place(outcome)?;
        // SAFETY: by this function's contract.
        let terms = unsafe { given(terms)? };
        let policy = preset(policy)?;
        let said = jit::evaluate(&policy.jit, &checked(terms)?);
        // SAFETY: not NULL, and by this function's contract good for one byte.
        unsafe { outcome.write(said as u8) };
        Ok(())
    })
}

/// The terms, as far as the rule looks at them, once all of them are sound.
///
/// All checks make one flag, and words are made of numbers without a table: what will be asked for cannot be foreseen,
/// and a wrong guess of the processor takes longer than all of this.
#[inline]
fn checked(c: &Terms) -> Result<AccessTerms, Error> {
    let switches = c.isolated_identity | c.multi_factor | c.standard_tools_failed | c.customer_data | c.duration.given;
    let unknown = (c.subject as usize >= Subject::ALL.len())
        | (c.scope as usize >= Scope::ALL.len())
        | (c.permission as usize >= Permission::ALL.len());
    if unknown | (switches > 1) {
        return Err(Error::Value);
    }
    Ok(AccessTerms {
        subject: Subject::Device,
        scope: scope(c.scope),
        permission: permission(c.permission),
        isolated_identity: c.isolated_identity == 1,
        multi_factor: c.multi_factor == 1,
        standard_tools_failed: c.standard_tools_failed == 1,
        customer_data: c.customer_data == 1,
        duration: None,
        justification: Digest([0; 32]),
    })
}

const fn scope(number: u8) -> Scope {
    match number {
        0 => Scope::Resource,
        1 => Scope::ResourceGroup,
        2 => Scope::Subscription,
        _ => Scope::ManagementGroup,
    }
}

const fn permission(number: u8) -> Permission {
    match number {
        0 => Permission::Read,
        1 => Permission::Write,
        2 => Permission::Administer,
        _ => Permission::KeyMaterial,
    }
}

/// Numbered from 0 without a gap, so that a number below the count is one of them, and made as written above.
const _: () = {
    let mut number = 0;
    while number < Subject::ALL.len() {
        assert!(Subject::ALL[number] as usize == number);
        number += 1;
    }
    assert!(Scope::ALL.len() == 4 && Permission::ALL.len() == 4);
    while number > 0 {
        number -= 1;
        assert!(number >= 4 || scope(number as u8) as usize == number && permission(number as u8) as usize == number);
    }
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Shape;

    const SOUND: Terms = Terms {
        subject: 0,
        scope: 0,
        permission: 0,
        isolated_identity: 1,
        multi_factor: 0,
        standard_tools_failed: 0,
        customer_data: 0,
        duration: crate::shape::Optional { given: 0, value: 0 },
        justification: [0; 32],
    };

    /// The terms with one byte of them changed.
    fn changed(field: usize, byte: u8) -> Terms {
        let mut terms = SOUND;
        *[
            &mut terms.subject,
            &mut terms.scope,
            &mut terms.permission,
            &mut terms.isolated_identity,
            &mut terms.multi_factor,
            &mut terms.standard_tools_failed,
            &mut terms.customer_data,
            &mut terms.duration.given,
        ][field] = byte;
        terms
    }

    #[test]
    fn what_is_sound_here_is_sound_in_a_command_too() {
        for field in 0..8 {
            for byte in 0..=u8::MAX {
                let terms = changed(field, byte);
                assert_eq!(checked(&terms).err(), AccessTerms::from_c(&terms).err(), "field {field} is {byte}");
            }
        }
    }

    #[test]
    fn what_is_said_is_what_the_core_says() {
        for policy in 0..COUNT as u8 {
            for input in 0..64_u8 {
                let terms = Terms {
                    scope: input & 3,
                    permission: input >> 2 & 3,
                    isolated_identity: input >> 4 & 1,
                    multi_factor: input >> 5,
                    ..SOUND
                };
                let mut outcome = 77;
                // SAFETY: both are whole.
                let status = unsafe { strongroom_jit_evaluate(policy, &raw const terms, &raw mut outcome) };
                let expected = jit::evaluate(&preset(policy).unwrap().jit, &AccessTerms::from_c(&terms).unwrap());
                assert_eq!((status, outcome), (0, expected as u8), "{policy}: {terms:?}");
            }
        }
    }
}
