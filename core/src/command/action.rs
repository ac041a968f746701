//! The actions: one list, of which the action, its verb and their names are made.

mod blanked;
mod encoding;
mod kinds;
mod make;

use super::{AccessTerms, Exclusion, LogName, RequestNumber, Statement};
use crate::account::{Plan, Roster};
use crate::device::{Component, Inventory};
use crate::id::{Digest, Id, Label, Organisation};
use crate::issue::Issue;
use crate::lunash::Arguments;
use crate::policy::{Subject, Subjects};
use crate::reading::{Reading, TamperClass};
use crate::time::{Seconds, Time};
use core::fmt;
use encoding::Elements;
use make::actions;
use serde::de::{self, SeqAccess, Visitor};
use serde::ser::{SerializeTuple, Serializer};
use serde::{Deserialize, Serialize};

/// A boot that says nothing of its self-test passed it.
const fn passed() -> bool {
    true
}

/// Hands the list of actions to the macro `$make`: code, name, text and arguments of each. For faces that make forms of
/// their own of it.
#[doc(hidden)]
#[macro_export]
macro_rules! for_each_action {
    ($make:ident) => {
        $make! {
            // Account (D-21).
            /// Opens the customer's account, or writes how far its registration is (H-57); with an organisation of
            /// zeros, closes an account without a lease and erases what is the customer's.
            1 Register "register" {
                /// The customer.
                organisation: Organisation,
                /// Whether the registration is approved.
                approved: bool,
            }
            /// Writes the support plan (L-01).
            2 SetPlan "set_plan" {
                /// The plan.
                plan: Plan,
            }
            /// Writes the roster of approvers (L-28).
            3 SetRoster "set_roster" {
                /// The approvers, each once.
                approvers: Roster,
            }
            /// Opts in or out of the lockbox and of previews (D-20, L-67).
            4 SetOptIns "set_opt_ins" {
                /// The lockbox.
                lockbox: bool,
                /// The previews, a bit each.
                previews: Subjects,
            }
            /// Writes the tamper bit (D-16).
            5 SetTamperBit "set_tamper_bit" {
                /// Whether a recoverable tamper destroys.
                destroys: bool,
            }
            /// Allows or restricts the provider's monitoring (H-56).
            6 SetMonitoring "set_monitoring" {
                /// Whether it is allowed.
                allowed: bool,
            }
            /// Notes the registration with the vendor's support (H-26).
            7 SetVendorRegistration "set_vendor_registration" {
                /// Whether it is done.
                registered: bool,
            }
            /// Names region and network (H-60).
            8 SetPlace "set_place" {
                /// The region.
                region: Label,
                /// The virtual network.
                network: Label,
            }
            /// Asks for a device (H-57).
            9 RequestAllocation "request_allocation" {}
            /// Hands out the customer id for the vendor's portal (H-27).
            10 SetCustomerId "set_customer_id" {
                /// The id.
                id: Label,
            }
            /// Puts another policy in force (D-24).
            11 SetPolicy "set_policy" {
                /// Its digest.
                policy: Digest,
            }

            // The lease's chart (`lifecycle.md` a.2).
            /// The device arrives.
            20 Arrive "arrive" {
                /// The serial number on it.
                serial: Label,
            }
            /// Secure transport mode is verified.
            21 StmOk "stm_ok" {
                /// Digest of the string sent by the other channel.
                expected: Digest,
                /// Digest of the string that the device shows.
                shown: Digest,
                /// Whether all seals are whole.
                seals_whole: bool,
            }
            /// Secure transport mode or seals do not match.
            22 StmMismatch "stm_mismatch" {
                /// Digest of the string sent by the other channel.
                expected: Digest,
                /// Digest of the string that the device shows.
                shown: Digest,
                /// Whether all seals are whole.
                seals_whole: bool,
            }
            /// The device is prepared for the pool.
            23 BaselineOk "baseline_ok" {
                /// The firmware version.
                firmware: Label,
                /// Whether the pool's own password was replaced and discarded.
                password_discarded: bool,
                /// Whether the appliance's logs are cleared.
                logs_cleared: bool,
                /// Whether the self-test passed.
                self_test_passed: bool,
                /// Whether the provider itself checked that the device is reset (for a reported proof).
                reset_checked: bool,
            }
            /// The covers are about to be opened.
            24 EnterMaintenance "enter_maintenance" {
                /// The ticket for the temporary key.
                ticket: Label,
            }
            /// The covers are closed again.
            25 ExitMaintenance "exit_maintenance" {
                /// Whether they are.
                covers_closed: bool,
            }
            /// The provider zeroizes a device without a tenant.
            26 ZeroizeLocal "zeroize_local" {}
            /// The device is allocated (H-60).
            27 Allocate "allocate" {
                /// The customer.
                organisation: Organisation,
                /// The region that the device is in.
                region: Label,
                /// The network that it is mapped into.
                network: Label,
                /// What is said of the device that it replaces (H-73, D-27).
                #[serde(default)]
                replaces: Option<Statement>,
            }
            /// The device goes back to preparation.
            28 Recheck "recheck" {}
            /// The device is in the customer's network (H-61).
            29 Mapped "mapped" {
                /// The network.
                network: Label,
                /// Whether the SSH test passed (H-77).
                ssh_test_passed: bool,
            }
            /// The mapping failed.
            30 AllocFail "alloc_fail" {}
            /// The customer takes the device over.
            31 Claim "claim" {
                /// Whether the default credential was replaced.
                credential_replaced: bool,
                /// Digest of the owner's key.
                owner_key: Digest,
                /// When the proof of zeroization was made that the customer checked, if they did.
                #[serde(default)]
                proof: Option<Time>,
            }
            /// The customer gives the unclaimed device back.
            32 Abandon "abandon" {}
            /// The customer initializes the HSM.
            33 Init "init" {
                /// Digest of the cloning domain.
                cloning_domain: Digest,
            }
            /// The customer zeroizes (H-65).
            34 Zeroize "zeroize" {
                /// The challenge that the engine gives for this destruction.
                nonce: Id,
            }
            /// The customer resets to factory state (H-66).
            35 FactoryReset "factory_reset" {
                /// The challenge that the engine gives for this destruction.
                nonce: Id,
            }
            /// The security officer's log-in failed.
            36 LoginFailed "login_failed" {}
            /// A tamper input tripped.
            37 Tamper "tamper" {
                /// Which.
                class: TamperClass,
            }
            /// A hard fault.
            38 FaultHard "fault_hard" {
                /// The device's own code.
                code: u16,
                /// Whether the fault is classed soft.
                soft: bool,
            }
            /// The customer clears the tamper.
            39 TamperClear "tamper_clear" {}
            /// Areas are erased.
            40 EraseDone "erase_done" {
                /// The areas, a bit each.
                areas: u16,
            }
            /// The erasure failed.
            41 EraseFail "erase_fail" {}
            /// Everything reads back erased.
            42 VerifyOk "verify_ok" {
                /// Digest of what was read back.
                read_back: Digest,
            }
            /// Something reads back different.
            43 VerifyFail "verify_fail" {}
            /// The customer begins anew.
            44 Reinit "reinit" {}
            /// The customer asks to give the device back (H-65).
            45 Deprovision "deprovision" {}
            /// A zeroized device has no tenant.
            46 Unbound "unbound" {}
            /// The device is out of the network and of the lease.
            47 Detached "detached" {
                /// Whether it is unmapped.
                network_unmapped: bool,
            }
            /// The failed device recovers.
            48 SoftRecover "soft_recover" {
                /// Whether the self-tests pass.
                self_tests_passed: bool,
            }
            /// The customer gives the failed device up.
            49 GiveUp "give_up" {
                /// Whether it is stated that the device cannot be zeroized.
                cannot_zeroize: bool,
            }
            /// The provider gives up a device without a tenant.
            50 GiveUpLocal "give_up_local" {}
            /// The data-bearing parts are out.
            51 PartsOut "parts_out" {
                /// Their serial numbers.
                parts: Inventory,
                /// What the camera's recording is filed under.
                camera: Label,
            }
            /// The data-bearing parts are shredded.
            52 Shred "shred" {
                /// Their serial numbers.
                parts: Inventory,
                /// How.
                method: Label,
                /// Where.
                place: Label,
            }
            /// The chassis leaves.
            53 ChassisOut "chassis_out" {}
            /// Stored state was invalid.
            54 Quarantine "quarantine" {}
            /// The device was seen zeroized.
            55 ZeroizedSeen "zeroized_seen" {}
            /// Power-up, once the self-test has ended.
            56 Boot "boot" {
                /// Whether it passed.
                #[serde(default = "passed")]
                self_test_passed: bool,
            }
            /// A cause of tamper is gone.
            57 TamperCauseGone "tamper_cause_gone" {
                /// Which.
                class: TamperClass,
            }
            /// Health was read (H-54).
            58 ReadHealth "read_health" {
                /// What was read.
                reading: Reading,
            }
            /// The security officer logged in.
            59 LoginSucceeded "login_succeeded" {}

            // Regions of the lease beside the chart (`lifecycle.md` a.4).
            /// Writes which data-bearing parts the device has (H-75).
            60 SetInventory "set_inventory" {
                /// Their serial numbers.
                parts: Inventory,
            }
            /// A poll got no answer.
            61 PollUnanswered "poll_unanswered" {}
            /// A recoverable error: outputs stop.
            62 ErrorSoft "error_soft" {}
            /// The error is over.
            63 ErrorRecovered "error_recovered" {
                /// Whether the self-test passed.
                self_test_passed: bool,
            }
            /// A device that replaces this one is handed out (H-73, D-27).
            64 ReplacementOut "replacement_out" {
                /// What is said of it.
                peer: Statement,
            }
            /// The customer adds the device to an HA group (H-74).
            65 HaJoin "ha_join" {
                /// Digest of the group's cloning domain.
                cloning_domain: Digest,
                /// Other members in service.
                peers: u8,
            }
            /// Synchronization begins.
            66 HaSyncStart "ha_sync_start" {
                /// Whether the members accept the device.
                accepted: bool,
            }
            /// Synchronization ended.
            67 HaSyncOk "ha_sync_ok" {
                /// Digest of the objects that the group holds.
                expected: Digest,
                /// Digest of the objects that the device holds.
                found: Digest,
                /// Other members in service.
                peers: u8,
            }
            /// Synchronization failed.
            68 HaSyncFail "ha_sync_fail" {}
            /// The group changed: the device is behind.
            69 HaPeerChange "ha_peer_change" {
                /// Other members in service.
                peers: u8,
            }
            /// The customer asks for synchronization.
            70 HaRecover "ha_recover" {}
            /// The customer takes the device out of the group.
            71 HaLeave "ha_leave" {}
            /// Hands ask beforehand what taking a part out would do (H-72).
            72 PlanSwap "plan_swap" {
                /// The part.
                component: Component,
            }
            /// Somebody logged in to the device's recovery account, or tried to.
            73 RecoverLogin "recover_login" {
                /// Whether it succeeded.
                succeeded: bool,
            }

            // Lockbox.
            /// Opens a ticket; its first request starts here (L-09).
            80 OpenTicket "open_ticket" {
                /// The ticket.
                ticket: Label,
                /// Whether the user troubleshot first (L-08).
                troubleshot: bool,
            }
            /// The engineer reviews the ticket (L-11).
            81 Triage "triage" {
                /// The request.
                request: RequestNumber,
            }
            /// The engineer asks for elevated permission (L-13).
            82 RequestAccess "request_access" {
                /// The ticket.
                ticket: Label,
                /// The ended request that this one follows (D-09).
                #[serde(default)]
                follows: Option<RequestNumber>,
                /// What is asked for.
                terms: AccessTerms,
            }
            /// The just-in-time service evaluates (L-16).
            83 Evaluate "evaluate" {
                /// The request.
                request: RequestNumber,
            }
            /// An internal approver approves (L-21).
            84 ApproveInternally "approve_internally" {
                /// The request.
                request: RequestNumber,
            }
            /// An internal approver rejects (L-21).
            85 RejectInternally "reject_internally" {
                /// The request.
                request: RequestNumber,
            }
            /// The customer is asked (L-23, L-25).
            86 AskCustomer "ask_customer" {
                /// The request.
                request: RequestNumber,
            }
            /// A designated approver approves (L-39).
            87 Approve "approve" {
                /// The request.
                request: RequestNumber,
                /// A shorter duration, in seconds (D-02).
                #[serde(default)]
                duration: Option<Seconds>,
                /// Digest of the reason's text; all zeros where none is given.
                #[serde(default)]
                reason: Digest,
            }
            /// A designated approver denies (L-41).
            88 Deny "deny" {
                /// The request.
                request: RequestNumber,
                /// Digest of the reason's text; all zeros where none is given.
                #[serde(default)]
                reason: Digest,
            }
            /// The engineer acts (L-39).
            89 UseAccess "use_access" {
                /// The request.
                request: RequestNumber,
            }
            /// The customer takes access back (D-04).
            90 Revoke "revoke" {
                /// The request.
                request: RequestNumber,
                /// Digest of the reason's text; all zeros where none is given.
                #[serde(default)]
                reason: Digest,
            }
            /// The provider ends its own access (D-04).
            91 EndAccess "end_access" {
                /// The request.
                request: RequestNumber,
            }
            /// The provider withdraws the request.
            92 Cancel "cancel" {
                /// The request.
                request: RequestNumber,
            }

            /// An access that the lockbox does not ask the customer about is put on record (L-68 to L-70, D-11).
            93 RecordExclusion "record_exclusion" {
                /// Which kind.
                kind: Exclusion,
                /// What was reached.
                subject: Subject,
                /// Digest of the justification's text.
                justification: Digest,
            }
            /// An excluded access is reviewed after the fact (D-11).
            94 ReviewExclusion "review_exclusion" {
                /// Its number.
                exclusion: RequestNumber,
                /// Digest of the finding's text.
                finding: Digest,
            }

            // Support.
            /// The customer asks who answers for an issue (H-16 to H-23).
            100 AskSupport "ask_support" {
                /// What it is about.
                issue: Issue,
                /// Whether the customer's own SSH test passed, where it was made (H-77).
                #[serde(default)]
                ssh_test: Option<bool>,
            }

            // Log, outbox and time.
            /// Exported records are safe elsewhere (D-22).
            110 Acknowledge "acknowledge" {
                /// Which log.
                log: LogName,
                /// The sequence number after the last acknowledged record.
                next: u32,
            }
            /// What the outbox asked for was done (D-25).
            111 Confirm "confirm" {
                /// The entry.
                effect: u32,
            }
            /// Turns the earliest overdue deadline into a step (D-26).
            112 Tick "tick" {}
            /// Sets the time; ends every open window (D-18).
            113 SetTime "set_time" {}

            // Console.
            /// A line typed at the device's console (H-05, H-53, L-39).
            120 ConsoleLine "console_line" {
                /// The command's number in the console's table; 65 535 for one that it does not have.
                command: u16,
                /// Of what kind its arguments are.
                arguments: Arguments,
                /// Digest of the line.
                line: Digest,
            }
        }
    };
}

for_each_action!(actions);
