/*
 * Strongroom: the policy core for leased hardware security modules, for C and C++.
 *
 * One engine decides for one device and the lockbox of one customer. It has no clock, no input, no
 * output and no heap: the program brings storage, time and frames, and carries out what the outbox
 * asks for.
 *
 *     strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
 *     strongroom_reply_t reply;
 *     if (strongroom_engine_init(&engine, sizeof engine, start, start_len) != STRONGROOM_OK) ...
 *     if (strongroom_engine_apply(&engine, command, command_len, &reply) != STRONGROOM_OK) ...
 *     if (reply.verdict != STRONGROOM_VERDICT_ACCEPTED)
 *         puts(strongroom_rule_text(reply.rule));
 *     strongroom_engine_deinit(&engine);
 *
 * Errors:     a function that can fail returns STRONGROOM_OK (0) or a STRONGROOM_ERROR_* (1000 and
 *             up), of which each function lists its own without the prefix. Outputs are written on
 *             success only, and an error changed nothing. A refusal by the policy is no error: it is
 *             a reply whose verdict is not accepted and whose rule says why. The numbers of rules
 *             stay below 1000. NULL is an error, never a crash.
 * Ownership:  storage, frames and outputs are the caller's and are not kept beyond the call;
 *             storage holds no pointer into itself and nothing that is allocated. Texts that are
 *             returned are static and are never freed.
 * Threads:    functions of one engine are called by one thread at a time, or under a lock of the
 *             caller's. Different engines are independent. Functions without an engine may be
 *             called from everywhere, always.
 * Pointers:   each is NULL or good for the whole of what it is declared to point to, and those of
 *             one call do not overlap.
 * Time:       whole seconds since 1970-01-01T00:00:00Z.
 * Numbers:    codes are stable; new ones are added, none is used twice.
 */

#ifndef STRONGROOM_H
#define STRONGROOM_H

/* Generated from ffi/src and the core's tables by `make headers`; do not edit. */

#include <stddef.h>
#include <stdint.h>

/* The header's version; the library's is strongroom_version(). */
#define STRONGROOM_VERSION_MAJOR 0
#define STRONGROOM_VERSION_MINOR 1
#define STRONGROOM_VERSION_PATCH 0
#define STRONGROOM_VERSION "0.1.0"

/* Sizes, in bytes. */
#define STRONGROOM_STORAGE_SIZE 7168 /* an engine */
#define STRONGROOM_STORAGE_ALIGNMENT 8 /* an engine */
#define STRONGROOM_MAX_FRAME 288 /* the longest frame, its final zero included */
#define STRONGROOM_RECORD_SIZE 118 /* a record of a log */
#define STRONGROOM_DIGEST_SIZE 32 /* SHA-256 */
#define STRONGROOM_NONCE_SIZE 16 /* the challenge for a destruction */

/* Storage as it has to be before its first use: strongroom_engine_t engine = STRONGROOM_STORAGE_INIT; */
#define STRONGROOM_STORAGE_INIT { { 0 } }

/* A function that does not return. */
#if defined(__GNUC__)
#define STRONGROOM_NORETURN __attribute__((__noreturn__))
#else
#define STRONGROOM_NORETURN
#endif

/* What functions return. */
#define STRONGROOM_OK 0 /* no error */
#define STRONGROOM_ERROR_NULL 1000 /* a pointer is NULL */
#define STRONGROOM_ERROR_ALIGNMENT 1001 /* a pointer is not aligned for its type */
#define STRONGROOM_ERROR_STORAGE_SIZE 1002 /* the storage is smaller than STRONGROOM_STORAGE_SIZE */
#define STRONGROOM_ERROR_STORAGE_NOT_ZEROED 1003 /* the storage was not zeroed before its first use */
#define STRONGROOM_ERROR_ALREADY_INITIALIZED 1004 /* the storage holds an engine already */
#define STRONGROOM_ERROR_NOT_INITIALIZED 1005 /* the storage holds no engine */
#define STRONGROOM_ERROR_INTERRUPTED 1006 /* a call on this engine did not come back; only deinit is left */
#define STRONGROOM_ERROR_PANIC 1007 /* the library panicked; please report it */
#define STRONGROOM_ERROR_FRAME_TOO_LONG 1010 /* the frame is longer than STRONGROOM_MAX_FRAME bytes */
#define STRONGROOM_ERROR_FRAME_BROKEN 1011 /* the frame is cut or not COBS */
#define STRONGROOM_ERROR_FRAME_CHECKSUM 1012 /* the frame's checksum differs */
#define STRONGROOM_ERROR_FRAME_VERSION 1013 /* the frame is of another version */
#define STRONGROOM_ERROR_FRAME_MALFORMED 1014 /* the frame holds no message of this version */
#define STRONGROOM_ERROR_FRAME_KIND 1015 /* the frame holds another kind of message */
#define STRONGROOM_ERROR_POLICY_UNKNOWN 1020 /* the policy's digest is none of the presets' */
#define STRONGROOM_ERROR_OTHER_ENGINE 1021 /* the command is for another engine */
#define STRONGROOM_ERROR_LOG_UNKNOWN 1030 /* the log is neither STRONGROOM_LOG_TENANT nor STRONGROOM_LOG_LIFECYCLE */
#define STRONGROOM_ERROR_OUT_OF_RANGE 1031 /* there is no such record or entry */

/* The two logs. */
#define STRONGROOM_LOG_TENANT 0 /* names who did what; erased when the lease ends */
#define STRONGROOM_LOG_LIFECYCLE 1 /* holds nothing that names a tenant; survives */

/* Where the core runs. */
#define STRONGROOM_DEPLOYMENT_FIRMWARE 0 /* in the device's firmware */
#define STRONGROOM_DEPLOYMENT_BOARD 1 /* on a board beside the device */

/* Where a lease stands. */
#define STRONGROOM_STATE_IN_TRANSIT 0
#define STRONGROOM_STATE_RECEIVED 1
#define STRONGROOM_STATE_POOL_CONFIG 2
#define STRONGROOM_STATE_POOL_FREE 3
#define STRONGROOM_STATE_ALLOCATING 4
#define STRONGROOM_STATE_TENANT_UNCLAIMED 5
#define STRONGROOM_STATE_OWNED_UNINIT 6
#define STRONGROOM_STATE_OPERATIONAL 7
#define STRONGROOM_STATE_TAMPER_LATCHED 8
#define STRONGROOM_STATE_ZEROIZING 9
#define STRONGROOM_STATE_ZEROIZED_UNVERIFIED 10
#define STRONGROOM_STATE_ZEROIZED 11
#define STRONGROOM_STATE_DEPROVISIONING 12
#define STRONGROOM_STATE_MAINTENANCE 13
#define STRONGROOM_STATE_FAILED 14
#define STRONGROOM_STATE_QUARANTINED 15
#define STRONGROOM_STATE_PARTS_REMOVED 16
#define STRONGROOM_STATE_PARTS_DESTROYED 17
#define STRONGROOM_STATE_CHASSIS_RETURNED 18
#define STRONGROOM_STATE_INVALID 19

/* How a device is doing. */
#define STRONGROOM_HEALTH_UNKNOWN 0
#define STRONGROOM_HEALTH_IN_SERVICE 1
#define STRONGROOM_HEALTH_TROUBLE 2
#define STRONGROOM_HEALTH_OUT_OF_SERVICE 3
#define STRONGROOM_HEALTH_OFF_LINE 4
#define STRONGROOM_HEALTH_SILENT 5

/* How far a request has come; also STRONGROOM_STATUS_NONE. */
#define STRONGROOM_STATUS_TICKETED 0
#define STRONGROOM_STATUS_TRIAGED 1
#define STRONGROOM_STATUS_JIT_SUBMITTED 2
#define STRONGROOM_STATUS_INTERNAL_APPROVAL 3
#define STRONGROOM_STATUS_JIT_PASSED 4
#define STRONGROOM_STATUS_JIT_REJECTED 5
#define STRONGROOM_STATUS_CUSTOMER_NOTIFIED 6
#define STRONGROOM_STATUS_APPROVED 7
#define STRONGROOM_STATUS_DENIED 8
#define STRONGROOM_STATUS_EXPIRED 9
#define STRONGROOM_STATUS_CANCELLED 10
#define STRONGROOM_STATUS_ENDING 11
#define STRONGROOM_STATUS_ENDED 12
#define STRONGROOM_STATUS_REVOKING 13
#define STRONGROOM_STATUS_REVOKED 14

/* What has to be done. */
#define STRONGROOM_EFFECT_NOTIFY_APPROVERS 1 /* about a request */
#define STRONGROOM_EFFECT_OPEN_ACCESS 2 /* about a request */
#define STRONGROOM_EFFECT_CLOSE_ACCESS 3 /* about a request */
#define STRONGROOM_EFFECT_NOTIFY_CUSTOMER 4 /* about the device */
#define STRONGROOM_EFFECT_ERASE 5 /* about the device */
#define STRONGROOM_EFFECT_ERASE_TENANT_AREA 6 /* about the device */
#define STRONGROOM_EFFECT_HALT 7 /* about the device */
#define STRONGROOM_EFFECT_RESET 8 /* about the device */

/* What a notice to the customer is about, a bit each. */
#define STRONGROOM_NOTICE_TAMPER 1 /* a tamper */
#define STRONGROOM_NOTICE_HEALTH 2 /* an alert about the device's health began or ended */
#define STRONGROOM_NOTICE_LEASE 4 /* the lease moved */
#define STRONGROOM_NOTICE_ZEROIZATION 8 /* a destruction began or was proved */
#define STRONGROOM_NOTICE_FAILURE 16 /* the device failed */
#define STRONGROOM_NOTICE_EXCLUSION 32 /* an access outside the lockbox, or its review overdue */
#define STRONGROOM_NOTICE_SILENCE 64 /* the device does not answer, which may be a tamper */

/* What can be asked or reported. */
#define STRONGROOM_VERB_REGISTER 1 /* organisation, approved */
#define STRONGROOM_VERB_SET_PLAN 2 /* plan */
#define STRONGROOM_VERB_SET_ROSTER 3 /* approvers */
#define STRONGROOM_VERB_SET_OPT_INS 4 /* lockbox, previews */
#define STRONGROOM_VERB_SET_TAMPER_BIT 5 /* destroys */
#define STRONGROOM_VERB_SET_MONITORING 6 /* allowed */
#define STRONGROOM_VERB_SET_VENDOR_REGISTRATION 7 /* registered */
#define STRONGROOM_VERB_SET_PLACE 8 /* region, network */
#define STRONGROOM_VERB_REQUEST_ALLOCATION 9
#define STRONGROOM_VERB_SET_CUSTOMER_ID 10 /* id */
#define STRONGROOM_VERB_SET_POLICY 11 /* policy */
#define STRONGROOM_VERB_ARRIVE 20 /* serial */
#define STRONGROOM_VERB_STM_OK 21 /* expected, shown, seals_whole */
#define STRONGROOM_VERB_STM_MISMATCH 22 /* expected, shown, seals_whole */
#define STRONGROOM_VERB_BASELINE_OK 23 /* firmware, password_discarded, logs_cleared, self_test_passed, reset_checked */
#define STRONGROOM_VERB_ENTER_MAINTENANCE 24 /* ticket */
#define STRONGROOM_VERB_EXIT_MAINTENANCE 25 /* covers_closed */
#define STRONGROOM_VERB_ZEROIZE_LOCAL 26
#define STRONGROOM_VERB_ALLOCATE 27 /* organisation, region, network, replaces */
#define STRONGROOM_VERB_RECHECK 28
#define STRONGROOM_VERB_MAPPED 29 /* network, ssh_test_passed */
#define STRONGROOM_VERB_ALLOC_FAIL 30
#define STRONGROOM_VERB_CLAIM 31 /* credential_replaced, owner_key, proof */
#define STRONGROOM_VERB_ABANDON 32
#define STRONGROOM_VERB_INIT 33 /* cloning_domain */
#define STRONGROOM_VERB_ZEROIZE 34 /* nonce */
#define STRONGROOM_VERB_FACTORY_RESET 35 /* nonce */
#define STRONGROOM_VERB_LOGIN_FAILED 36
#define STRONGROOM_VERB_TAMPER 37 /* class */
#define STRONGROOM_VERB_FAULT_HARD 38 /* code, soft */
#define STRONGROOM_VERB_TAMPER_CLEAR 39
#define STRONGROOM_VERB_ERASE_DONE 40 /* areas */
#define STRONGROOM_VERB_ERASE_FAIL 41
#define STRONGROOM_VERB_VERIFY_OK 42 /* read_back */
#define STRONGROOM_VERB_VERIFY_FAIL 43
#define STRONGROOM_VERB_REINIT 44
#define STRONGROOM_VERB_DEPROVISION 45
#define STRONGROOM_VERB_UNBOUND 46
#define STRONGROOM_VERB_DETACHED 47 /* network_unmapped */
#define STRONGROOM_VERB_SOFT_RECOVER 48 /* self_tests_passed */
#define STRONGROOM_VERB_GIVE_UP 49 /* cannot_zeroize */
#define STRONGROOM_VERB_GIVE_UP_LOCAL 50
#define STRONGROOM_VERB_PARTS_OUT 51 /* parts, camera */
#define STRONGROOM_VERB_SHRED 52 /* parts, method, place */
#define STRONGROOM_VERB_CHASSIS_OUT 53
#define STRONGROOM_VERB_QUARANTINE 54
#define STRONGROOM_VERB_ZEROIZED_SEEN 55
#define STRONGROOM_VERB_BOOT 56 /* self_test_passed */
#define STRONGROOM_VERB_TAMPER_CAUSE_GONE 57 /* class */
#define STRONGROOM_VERB_READ_HEALTH 58 /* reading */
#define STRONGROOM_VERB_LOGIN_SUCCEEDED 59
#define STRONGROOM_VERB_SET_INVENTORY 60 /* parts */
#define STRONGROOM_VERB_POLL_UNANSWERED 61
#define STRONGROOM_VERB_ERROR_SOFT 62
#define STRONGROOM_VERB_ERROR_RECOVERED 63 /* self_test_passed */
#define STRONGROOM_VERB_REPLACEMENT_OUT 64 /* peer */
#define STRONGROOM_VERB_HA_JOIN 65 /* cloning_domain, peers */
#define STRONGROOM_VERB_HA_SYNC_START 66 /* accepted */
#define STRONGROOM_VERB_HA_SYNC_OK 67 /* expected, found, peers */
#define STRONGROOM_VERB_HA_SYNC_FAIL 68
#define STRONGROOM_VERB_HA_PEER_CHANGE 69 /* peers */
#define STRONGROOM_VERB_HA_RECOVER 70
#define STRONGROOM_VERB_HA_LEAVE 71
#define STRONGROOM_VERB_PLAN_SWAP 72 /* component */
#define STRONGROOM_VERB_RECOVER_LOGIN 73 /* succeeded */
#define STRONGROOM_VERB_OPEN_TICKET 80 /* ticket, troubleshot */
#define STRONGROOM_VERB_TRIAGE 81 /* request */
#define STRONGROOM_VERB_REQUEST_ACCESS 82 /* ticket, follows, terms */
#define STRONGROOM_VERB_EVALUATE 83 /* request */
#define STRONGROOM_VERB_APPROVE_INTERNALLY 84 /* request */
#define STRONGROOM_VERB_REJECT_INTERNALLY 85 /* request */
#define STRONGROOM_VERB_ASK_CUSTOMER 86 /* request */
#define STRONGROOM_VERB_APPROVE 87 /* request, duration, reason */
#define STRONGROOM_VERB_DENY 88 /* request, reason */
#define STRONGROOM_VERB_USE_ACCESS 89 /* request */
#define STRONGROOM_VERB_REVOKE 90 /* request, reason */
#define STRONGROOM_VERB_END_ACCESS 91 /* request */
#define STRONGROOM_VERB_CANCEL 92 /* request */
#define STRONGROOM_VERB_RECORD_EXCLUSION 93 /* kind, subject, justification */
#define STRONGROOM_VERB_REVIEW_EXCLUSION 94 /* exclusion, finding */
#define STRONGROOM_VERB_ASK_SUPPORT 100 /* issue, ssh_test */
#define STRONGROOM_VERB_ACKNOWLEDGE 110 /* log, next */
#define STRONGROOM_VERB_CONFIRM 111 /* effect */
#define STRONGROOM_VERB_TICK 112
#define STRONGROOM_VERB_SET_TIME 113
#define STRONGROOM_VERB_CONSOLE_LINE 120 /* command, arguments, line */

/* Rules: what allowed or refused a step, with the rows of the requirements. */
#define STRONGROOM_RULE_T01 1 /* the device arrives at the data centre [H-42 D-27] */
#define STRONGROOM_RULE_T02 2 /* the device's custody evidence is whole [H-42] */
#define STRONGROOM_RULE_T04 4 /* the custody evidence does not match: quarantine [H-42] */
#define STRONGROOM_RULE_T05 5 /* the device is pristine and joins the free pool [H-42 H-67 H-68] */
#define STRONGROOM_RULE_T06 6 /* maintenance begins [H-72] */
#define STRONGROOM_RULE_T07 7 /* the device fails while it is being prepared [H-42] */
#define STRONGROOM_RULE_T08 8 /* tamper while being prepared destroys [H-71 D-16] */
#define STRONGROOM_RULE_T09 9 /* the provider zeroizes a device without a tenant [H-66] */
#define STRONGROOM_RULE_T10 10 /* the device is allocated to the customer [H-01 H-57 H-60 D-21] */
#define STRONGROOM_RULE_T11 11 /* a pooled device is checked again [H-67] */
#define STRONGROOM_RULE_T12 12 /* tamper in the pool destroys [H-71 D-16] */
#define STRONGROOM_RULE_T13 13 /* the device fails in the pool [H-42] */
#define STRONGROOM_RULE_T14 14 /* the device is visible in the customer's network; provider administration ends [H-04 H-41 H-48 H-60 H-61] */
#define STRONGROOM_RULE_T15 15 /* the allocation failed and is undone [H-60] */
#define STRONGROOM_RULE_T16 16 /* tamper during allocation destroys [H-71 D-15 D-16] */
#define STRONGROOM_RULE_T17 17 /* the device fails during allocation [H-73] */
#define STRONGROOM_RULE_T18 18 /* the customer claims the device [H-02 H-04 H-61] */
#define STRONGROOM_RULE_T19 19 /* the customer gives an unclaimed device back [H-65] */
#define STRONGROOM_RULE_T20 20 /* the claim window is over [H-65 D-19] */
#define STRONGROOM_RULE_T21 21 /* tamper before the claim destroys [H-71 D-15 D-16] */
#define STRONGROOM_RULE_T22 22 /* the device fails before the claim [H-73] */
#define STRONGROOM_RULE_T23 23 /* the customer initializes the HSM [H-43 H-61] */
#define STRONGROOM_RULE_T24 24 /* the customer zeroizes before initialization [H-65 H-66] */
#define STRONGROOM_RULE_T25 25 /* tamper before initialization destroys [H-71 D-15 D-16] */
#define STRONGROOM_RULE_T26 26 /* the device fails before initialization [H-73] */
#define STRONGROOM_RULE_T27 27 /* tamper latches: cryptography halts, keys stay unreachable [H-71 D-15 D-16] */
#define STRONGROOM_RULE_T28 28 /* tamper destroys [H-71 D-15 D-16] */
#define STRONGROOM_RULE_T29 29 /* the last wrong log-in of the security officer destroys [H-44] */
#define STRONGROOM_RULE_T30 30 /* the customer zeroizes the device [H-65 H-66] */
#define STRONGROOM_RULE_T31 31 /* the device fails in operation [H-73] */
#define STRONGROOM_RULE_T32 32 /* the customer resets the device to factory state [H-65 H-66] */
#define STRONGROOM_RULE_T33 33 /* the customer clears the tamper [H-44 H-45 H-71] */
#define STRONGROOM_RULE_T34 34 /* the customer zeroizes a tampered device [H-65 H-66] */
#define STRONGROOM_RULE_T35 35 /* a destroying tamper on a latched device destroys [H-71 D-15 D-16] */
#define STRONGROOM_RULE_T36 36 /* the last wrong log-in on a latched device destroys [H-44] */
#define STRONGROOM_RULE_T37 37 /* the device fails while tampered [H-73] */
#define STRONGROOM_RULE_T38 38 /* all areas are erased [H-66] */
#define STRONGROOM_RULE_T39 39 /* the destruction starts again after a boot [H-66] */
#define STRONGROOM_RULE_T40 40 /* the erasure cannot be done: quarantine [H-75] */
#define STRONGROOM_RULE_T41 41 /* the erasure is proved [H-65 H-66 D-14] */
#define STRONGROOM_RULE_T42 42 /* an erasure not yet proved starts again after a boot [H-66] */
#define STRONGROOM_RULE_T43 43 /* the read-back differs: the destruction starts again [H-66] */
#define STRONGROOM_RULE_T44 44 /* the customer begins anew on the zeroized device [H-43 H-44] */
#define STRONGROOM_RULE_T45 45 /* the customer asks to give the device back [H-65 H-67] */
#define STRONGROOM_RULE_T46 46 /* a zeroized device without a tenant goes back to preparation [H-67] */
#define STRONGROOM_RULE_T47 47 /* tamper voids the proof and destroys again [H-71 D-15 D-16] */
#define STRONGROOM_RULE_T48 48 /* the device fails after zeroization [H-73] */
#define STRONGROOM_RULE_T49 49 /* the device is detached; nothing of the customer stays [H-67 H-68 D-22 D-27] */
#define STRONGROOM_RULE_T50 50 /* tamper during the return destroys [H-71 D-15 D-16] */
#define STRONGROOM_RULE_T51 51 /* the device fails during the return [H-73] */
#define STRONGROOM_RULE_T52 52 /* maintenance ends with a destruction [H-72] */
#define STRONGROOM_RULE_T53 53 /* the repair failed [H-72] */
#define STRONGROOM_RULE_T54 54 /* the customer zeroizes the failed device [H-65 H-66] */
#define STRONGROOM_RULE_T55 55 /* the provider zeroizes a failed device without a tenant [H-66] */
#define STRONGROOM_RULE_T56 56 /* tamper on a failed device [H-71 D-15 D-16] */
#define STRONGROOM_RULE_T57 57 /* the failed device recovers, its tamper still latched [H-47] */
#define STRONGROOM_RULE_T58 58 /* the failed device recovers [H-47] */
#define STRONGROOM_RULE_T59 59 /* the customer states that the device cannot be zeroized [H-75] */
#define STRONGROOM_RULE_T60 60 /* the provider gives up a device without a tenant [H-75] */
#define STRONGROOM_RULE_T61 61 /* nobody answered and a replacement is out [H-73 H-75 D-19] */
#define STRONGROOM_RULE_T62 62 /* the data-bearing parts are taken out [H-75] */
#define STRONGROOM_RULE_T63 63 /* the data-bearing parts are shredded [H-75] */
#define STRONGROOM_RULE_T64 64 /* the empty chassis leaves [H-75] */
#define STRONGROOM_RULE_T65 65 /* stored state cannot be read: quarantine [D-28] */
#define STRONGROOM_RULE_T66 66 /* the device was seen zeroized [H-66 D-14] */
#define STRONGROOM_RULE_TAMPER_RECORDED 70 /* tamper here is recorded and moves nothing [H-71 D-15 D-16] */
#define STRONGROOM_RULE_TAMPER_DESTROYS 71 /* any tamper here destroys [H-71 D-15 D-16] */
#define STRONGROOM_RULE_FAULT_RECORDED 72 /* a fault here, or one that too few polls confirm, is recorded and moves nothing [D-16] */
#define STRONGROOM_RULE_BOOT_RECORDED 73 /* the boot is counted [D-18] */
#define STRONGROOM_RULE_LOGIN_FAILURE_COUNTED 74 /* the wrong log-in is counted [H-44] */
#define STRONGROOM_RULE_ERASE_RETRIED 75 /* the erasure failed and is tried again [H-66] */
#define STRONGROOM_RULE_SIGHTING_NOTED 76 /* a zeroized device was seen where that is expected [H-66 D-14] */
#define STRONGROOM_RULE_TAMPER_CAUSE_GONE 77 /* the cause of the tamper is no longer present [H-71] */
#define STRONGROOM_RULE_HEALTH_READ 78 /* the monitoring role reads health [H-05 H-54] */
#define STRONGROOM_RULE_HEALTH_NOTICE 79 /* the reading changes the device's health [H-13 H-54 H-55] */
#define STRONGROOM_RULE_LOGIN_SUCCEEDED 80 /* the good log-in sets the count of wrong ones back [H-44] */
#define STRONGROOM_RULE_HEALTH_ALERT 81 /* several of the last polls were bad: the customer is told [H-13 H-54 H-55] */
#define STRONGROOM_RULE_POLL_MISSED 82 /* the poll got no answer [H-54] */
#define STRONGROOM_RULE_DEVICE_SILENT 83 /* several polls got no answer, which may be a tamper: the customer is told [H-55 H-71] */
#define STRONGROOM_RULE_ERROR_HOLDS 84 /* a soft error holds all outputs until a self-test passes [H-47] */
#define STRONGROOM_RULE_ERROR_IS_HARD 85 /* soft errors repeat: only a boot in maintenance ends it [H-47 H-50] */
#define STRONGROOM_RULE_ERROR_OVER 86 /* the soft error is over [H-47] */
#define STRONGROOM_RULE_INVENTORY_WRITTEN 87 /* the data-bearing parts are put on record [H-75] */
#define STRONGROOM_RULE_REPLACEMENT_NOTED 88 /* another device replaces this one [H-73] */
#define STRONGROOM_RULE_HA_JOINS 89 /* the customer adds the device to an HA group [H-12 H-74] */
#define STRONGROOM_RULE_HA_SYNCS 90 /* the device synchronizes [H-74] */
#define STRONGROOM_RULE_HA_IN_SYNC 91 /* the device holds what the group holds: fully operational again [H-74] */
#define STRONGROOM_RULE_HA_OUT_OF_SYNC 92 /* the device is behind its group [H-12 H-74] */
#define STRONGROOM_RULE_HA_LEFT 93 /* the customer takes the device out of its group [H-12] */
#define STRONGROOM_RULE_SWAP_IN_OPERATION 94 /* such a part is swapped in operation; no tamper [H-69 H-72] */
#define STRONGROOM_RULE_SWAP_IN_MAINTENANCE 95 /* in maintenance such a part may be taken out [H-70 H-72] */
#define STRONGROOM_RULE_RECOVER_LOGIN_SEEN 96 /* somebody used the recovery account: the customer is told as of a tamper [H-44 H-53] */
#define STRONGROOM_RULE_MONITOR_PASSES 97 /* the monitoring role may run this command [H-05 H-54] */
#define STRONGROOM_RULE_CONSOLE_IS_POOLS 98 /* no tenant is bound: two persons of the pool may run anything [H-67] */
#define STRONGROOM_RULE_NOT_IN_CHART 100 /* the chart has such a step from this state [H-04 H-53 H-65] */
#define STRONGROOM_RULE_ROLE_MAY_NOT 101 /* the role may do that [H-02 H-04 H-53 L-21 L-29 L-74 D-21] */
#define STRONGROOM_RULE_ORGANISATION_MATCHES 102 /* the principal is of the organisation that this engine serves [H-01 H-02 D-27] */
#define STRONGROOM_RULE_TWO_PERSONS 103 /* two persons of one organisation act together [D-23] */
#define STRONGROOM_RULE_SECOND_IS_ANOTHER 104 /* the second person is another one of the same organisation [D-23 D-28] */
#define STRONGROOM_RULE_TIME_KNOWN 105 /* the time is known [D-18] */
#define STRONGROOM_RULE_TIME_FORWARD 106 /* time does not go backwards [D-18] */
#define STRONGROOM_RULE_LOG_HAS_ROOM 107 /* the log has room for the step; drain it [L-04 L-43 L-44 D-17] */
#define STRONGROOM_RULE_STATE_READABLE 108 /* the stored state can be read; where not, only quarantine leads on [D-28] */
#define STRONGROOM_RULE_PRINCIPAL_NAMED 109 /* a person names organisation and id [D-23] */
#define STRONGROOM_RULE_HA_ALLOWS 120 /* HA membership allows that step from where it stands [H-74] */
#define STRONGROOM_RULE_CLONING_DOMAIN_MATCHES 121 /* the group's cloning domain is the HSM's own [H-74] */
#define STRONGROOM_RULE_MEMBERS_ACCEPT 122 /* the members accept the device [H-74] */
#define STRONGROOM_RULE_OBJECTS_EQUAL 123 /* the device holds what the group holds [H-74] */
#define STRONGROOM_RULE_DEVICE_SERVES 124 /* the device is in operation [H-74] */
#define STRONGROOM_RULE_SWAP_KEEPS_HA 125 /* without the device the HA group keeps its minimum; allocate a replacement first [H-72] */
#define STRONGROOM_RULE_SWAP_DESTROYS_NOTHING 126 /* taking the part out here is no tamper that destroys [H-71 H-72] */
#define STRONGROOM_RULE_SWAP_LATCHES_NOTHING 127 /* taking the part out here is no tamper that latches [H-71 H-72] */
#define STRONGROOM_RULE_MAINTENANCE_FIRST 128 /* such a part is only taken out in maintenance [H-70 H-72] */
#define STRONGROOM_RULE_ERROR_PENDING 129 /* there is a soft error to recover from [H-47] */
#define STRONGROOM_RULE_COMMAND_KNOWN 130 /* the command is one that the console has [H-53] */
#define STRONGROOM_RULE_ARGUMENTS_PLAIN 131 /* the arguments are of the plain kind that the guard lets through [H-53] */
#define STRONGROOM_RULE_MONITOR_MAY 132 /* the command is on the monitoring role's list [H-05 H-53 H-54] */
#define STRONGROOM_RULE_GRANT_OPEN 133 /* an approved request opens the console to this engineer now [L-26 L-39 L-40] */
#define STRONGROOM_RULE_GRANT_COVERS 134 /* the grant's permission covers the command [L-20 L-39] */
#define STRONGROOM_RULE_NEVER_KEYS 135 /* the command neither touches keys, nor destroys, nor changes who may enter [H-04 H-44] */
#define STRONGROOM_RULE_BEING_PREPARED 136 /* the device is being prepared for the pool [H-67 H-68] */
#define STRONGROOM_RULE_CUSTODY_WHOLE 137 /* no tamper and no fault was told before the custody check [H-42 D-16] */
#define STRONGROOM_RULE_SERIAL_MATCHES 150 /* the serial number is the ordered one [D-27] */
#define STRONGROOM_RULE_TRANSPORT_STRING_MATCHES 151 /* the transport string shown is the one expected [H-42] */
#define STRONGROOM_RULE_SEALS_WHOLE 152 /* all seals are whole [H-42] */
#define STRONGROOM_RULE_PROOF_PRESENT 153 /* a proof of zeroization is there [H-65 H-67 D-14] */
#define STRONGROOM_RULE_PROOF_FRESH 154 /* the proof of zeroization is fresh [H-65 H-67 D-14] */
#define STRONGROOM_RULE_PROOF_CLASS 155 /* a reported proof comes with the provider's own check and a second person [D-14] */
#define STRONGROOM_RULE_FIRMWARE_ALLOWED 156 /* the firmware is on the allow-list [H-42] */
#define STRONGROOM_RULE_PASSWORD_DISCARDED 157 /* the pool's own password was replaced and discarded [H-04] */
#define STRONGROOM_RULE_LOGS_CLEARED 158 /* the former tenant's logs are exported and erased [H-68] */
#define STRONGROOM_RULE_SELF_TEST_PASSED 159 /* the self-test passed [H-42] */
#define STRONGROOM_RULE_NO_TENANT 160 /* no tenant is bound [H-01 H-04] */
#define STRONGROOM_RULE_TICKET_GIVEN 161 /* a ticket for the temporary key is given [H-72] */
#define STRONGROOM_RULE_ALLOCATION_REQUESTED 162 /* the customer asked for the allocation [H-57 D-21] */
#define STRONGROOM_RULE_REGISTRATION_APPROVED 163 /* the customer's registration is approved [H-57 D-21] */
#define STRONGROOM_RULE_PLACE_MATCHES 164 /* region and network are the ones the customer named [H-60 D-21] */
#define STRONGROOM_RULE_REPLACEMENT_STATED 165 /* the device it replaces is another of the same customer's, and out of service [H-73 D-27] */
#define STRONGROOM_RULE_SSH_TEST_PASSED 166 /* the SSH test passed [H-41 H-77] */
#define STRONGROOM_RULE_CREDENTIAL_REPLACED 167 /* the default credential was replaced by the customer's own [H-04] */
#define STRONGROOM_RULE_NONCE_FRESH 168 /* the nonce is the challenge the core gave for this destruction [H-65] */
#define STRONGROOM_RULE_TAMPER_GONE 169 /* no cause of tamper is present [H-71] */
#define STRONGROOM_RULE_TAMPER_ON_RECORD 170 /* the tamper is in the log [H-71] */
#define STRONGROOM_RULE_AREAS_ERASED 171 /* every area of the erase list is erased [H-66] */
#define STRONGROOM_RULE_CORE_ERASES 172 /* the core itself erases here; a monitor board only reports [D-14] */
#define STRONGROOM_RULE_BOARD_REPORTS 173 /* only a monitor board takes a sighting for an erasure [D-14] */
#define STRONGROOM_RULE_READ_BACK_MATCHES 174 /* every area reads back erased [H-65 D-14] */
#define STRONGROOM_RULE_SIGHTING_IS_NEW 175 /* the sighting is of a later boot or poll than the one before [D-14] */
#define STRONGROOM_RULE_TENANT_BOUND 176 /* a tenant is bound [H-01] */
#define STRONGROOM_RULE_NETWORK_UNMAPPED 177 /* the device is out of the customer's network [H-67] */
#define STRONGROOM_RULE_TENANT_LOG_ACKNOWLEDGED 178 /* the customer has acknowledged the tenant log, or its time is over [L-04 H-68 D-22] */
#define STRONGROOM_RULE_NOTHING_OPEN 179 /* no request, no grant and no notice to the customer is open [D-15 D-25 D-27] */
#define STRONGROOM_RULE_COVERS_CLOSED 180 /* all covers are closed [H-72] */
#define STRONGROOM_RULE_DEVICE_ANSWERS 181 /* the device answers [H-65] */
#define STRONGROOM_RULE_FAULT_WAS_SOFT 182 /* the fault was a soft one and the self-tests pass [H-47] */
#define STRONGROOM_RULE_FAILED_FROM_SERVICE 183 /* the device failed while in service [H-47] */
#define STRONGROOM_RULE_DECIDED_IN_TIME 184 /* the time to decide about a failed device that is replaced, where the policy has one, is not over [D-19 D-26] */
#define STRONGROOM_RULE_STATED 185 /* it is stated in so many words [H-75] */
#define STRONGROOM_RULE_TIMER_IS_ON 186 /* the policy has this timer, and it ran out [D-19] */
#define STRONGROOM_RULE_PARTS_KNOWN 187 /* the data-bearing parts named are all those on record [H-75] */
#define STRONGROOM_RULE_QUARANTINE_PAIR 188 /* in firmware the pool with a second of its own, on a board the customer with the pool [D-28] */
#define STRONGROOM_RULE_MONITORING_ALLOWED 189 /* the customer allows monitoring [H-05 H-56] */
#define STRONGROOM_RULE_CAUSE_WAS_PRESENT 190 /* this cause of tamper was present [H-71] */
#define STRONGROOM_RULE_CLAIM_IN_TIME 191 /* the claim window, where the policy has one, is not over [D-19 D-26] */
#define STRONGROOM_RULE_SOMETHING_MISMATCHES 192 /* the transport strings differ, a seal is broken, or a tamper or fault was told before [H-42] */
#define STRONGROOM_RULE_PROOF_AS_SEEN 193 /* the proof in force is the one that the customer checked [H-65 D-14] */
#define STRONGROOM_RULE_RUNNING 194 /* the self-tests passed and no error holds the outputs [H-42 H-47] */
#define STRONGROOM_RULE_CLAIMED 195 /* the customer has claimed the device [H-04 H-61] */
#define STRONGROOM_RULE_INVENTORY_OPEN 196 /* the device is being prepared, or no parts are on record [H-75] */
#define STRONGROOM_RULE_INVENTORY_SOUND 197 /* an inventory names each part once, and at least one [H-75] */
#define STRONGROOM_RULE_REPLACEMENT_SERVES 198 /* this device is out of service, and the replacement is another one, leased to the same customer [H-73 D-27] */
#define STRONGROOM_RULE_DESTRUCTION_WITNESSED 199 /* what bears witness is named: the camera's recording, the method and the place [H-75 D-14] */
#define STRONGROOM_RULE_TICKET_OPENED 200 /* the customer opens a ticket [L-07 L-09 L-10] */
#define STRONGROOM_RULE_TICKET_TRIAGED 201 /* the engineer reviews the ticket [L-11] */
#define STRONGROOM_RULE_ACCESS_REQUESTED 202 /* the engineer asks for elevated permission [L-03 L-13 L-14 L-15 L-74 D-07] */
#define STRONGROOM_RULE_JIT_PASSES 203 /* the just-in-time evaluation passes [L-16 L-23] */
#define STRONGROOM_RULE_JIT_ASKS_INTERNAL 204 /* the just-in-time rule asks for an internal approval [L-17 L-20 L-21 D-13] */
#define STRONGROOM_RULE_JIT_REJECTS_IDENTITY 205 /* neither isolated identity nor multi-factor: the evaluation rejects [L-18 L-19 D-12] */
#define STRONGROOM_RULE_JIT_REJECTS_SCOPE 206 /* the evaluation rejects the scope [L-17] */
#define STRONGROOM_RULE_JIT_REJECTS_LEVEL 207 /* the evaluation rejects the permission level [L-20] */
#define STRONGROOM_RULE_INTERNALLY_APPROVED 208 /* an internal approver approves [L-21 L-22] */
#define STRONGROOM_RULE_INTERNALLY_REJECTED 209 /* an internal approver rejects [L-21 L-22] */
#define STRONGROOM_RULE_CUSTOMER_ASKED 210 /* the customer is asked before any access [L-23 L-25 L-26 L-27 L-28 L-48 D-03] */
#define STRONGROOM_RULE_APPROVAL_COUNTED 211 /* one of several approvals [L-38 D-05] */
#define STRONGROOM_RULE_ACCESS_APPROVED 212 /* a designated approver approves; access begins [L-02 L-29 L-38 L-39 L-40 L-49 D-01] */
#define STRONGROOM_RULE_SHORTENED_BY_APPROVER 213 /* the approver shortened the access [L-39 L-49 D-01 D-02] */
#define STRONGROOM_RULE_SHORTENED_BY_POLICY 214 /* the policy's maximum shortened the access [L-39 L-49 D-01 D-02] */
#define STRONGROOM_RULE_ACCESS_DENIED 215 /* a designated approver denies; nothing further happens [L-02 L-29 L-38 L-41 L-42 L-47] */
#define STRONGROOM_RULE_REQUEST_EXPIRED 216 /* the time to decide is over; no access [L-32 L-33 L-34 L-50] */
#define STRONGROOM_RULE_ACCESS_USED 217 /* the engineer acts inside scope and window [L-39 L-40] */
#define STRONGROOM_RULE_WINDOW_OVER 218 /* the access window is over [L-40 D-01] */
#define STRONGROOM_RULE_ACCESS_REVOKED 219 /* the customer takes the access back [D-04] */
#define STRONGROOM_RULE_ENDED_EARLY 220 /* the provider ends its own access [D-04] */
#define STRONGROOM_RULE_REQUEST_CANCELLED 221 /* the provider withdraws the request [L-12] */
#define STRONGROOM_RULE_CLOSED_CONFIRMED 222 /* the enforcement point confirms that access is closed [D-04] */
#define STRONGROOM_RULE_JIT_TIMED_OUT 223 /* the provider's own decision took too long [D-03] */
#define STRONGROOM_RULE_REVOKED_OTHERS_REMAIN 224 /* the customer takes the access back; another grant still lets this engineer at the same [D-04] */
#define STRONGROOM_RULE_EXCLUSION_RECORDED 225 /* an access outside the lockbox is put on record, and the customer is told [L-68 L-69 L-70 D-11] */
#define STRONGROOM_RULE_EXCLUSION_REVIEWED 226 /* the excluded access is reviewed [L-68 L-69 D-11] */
#define STRONGROOM_RULE_REVIEW_OVERDUE 227 /* the review of an excluded access is overdue: the customer is told [D-11] */
#define STRONGROOM_RULE_GRANT_PASSES 228 /* the grant opens the console to this command [L-39 L-40] */
#define STRONGROOM_RULE_REQUEST_KNOWN 250 /* the request is known [L-26] */
#define STRONGROOM_RULE_REQUESTS_HAVE_ROOM 251 /* there is room for one more request [D-17] */
#define STRONGROOM_RULE_STATUS_ALLOWS 252 /* the request is in a status that allows this; the first decision is final [L-26 L-34 L-38 L-42 D-05 D-09] */
#define STRONGROOM_RULE_TROUBLESHOT_FIRST 253 /* the user troubleshot first [L-08] */
#define STRONGROOM_RULE_PLAN_ELIGIBLE 254 /* the support plan is Developer or higher [L-01 L-72 D-20] */
#define STRONGROOM_RULE_LOCKBOX_ENABLED 255 /* the customer has opted in, where the policy asks for it [L-73 D-20] */
#define STRONGROOM_RULE_SERVICE_IN_CATALOGUE 256 /* the service is in the catalogue [L-05 L-24 L-51 L-52 L-53 L-54 L-55 L-56 L-57 L-62 L-63 L-64 L-65 L-66 D-20] */
#define STRONGROOM_RULE_CLASSIC_MIGRATES 257 /* the instance is not a classic one; those are not supported, migrate it to the Resource Manager [L-54 L-55 L-58 L-59 D-20] */
#define STRONGROOM_RULE_PREVIEW_OPTED_IN 258 /* the customer has signed up for this preview [L-62 L-63 L-64 L-65 L-66 L-67 D-20] */
#define STRONGROOM_RULE_TICKET_KNOWN 259 /* the ticket is open and triaged [L-03 L-09 L-11 L-74] */
#define STRONGROOM_RULE_STANDARD_TOOLS_FAILED 260 /* standard tools and telemetry are not enough [L-12] */
#define STRONGROOM_RULE_SOMEBODY_ELIGIBLE 261 /* somebody on the roster may approve this request [L-28 D-07] */
#define STRONGROOM_RULE_PREVIOUS_ENDED 262 /* the request it follows is known, of the same ticket and ended [D-09] */
#define STRONGROOM_RULE_NOT_ONESELF 263 /* nobody approves a request of their own [D-06 D-13] */
#define STRONGROOM_RULE_ON_FROZEN_ROSTER 264 /* the approver was on the roster when the request was submitted [L-28 L-29 D-07] */
#define STRONGROOM_RULE_IN_TIME 265 /* the window to decide is open [L-32 L-33 L-34 D-03 D-26] */
#define STRONGROOM_RULE_NEEDS_CUSTOMER_DATA 266 /* the request needs direct access to customer data [L-23] */
#define STRONGROOM_RULE_NOT_LENGTHENED 267 /* the approver may shorten the access, neither to nothing nor beyond what was asked [D-02] */
#define STRONGROOM_RULE_REASON_GIVEN 268 /* a reason is given [D-08] */
#define STRONGROOM_RULE_OWN_REQUEST 269 /* only the engineer who asked may do this [L-39 L-74] */
#define STRONGROOM_RULE_WINDOW_OPEN 270 /* the access window is open [L-40 D-01 D-03 D-26] */
#define STRONGROOM_RULE_APPROVER_NOW 271 /* whoever revokes is an approver or administrator now [D-04] */
#define STRONGROOM_RULE_APPROVES_ONCE 272 /* each approver counts once [D-05] */
#define STRONGROOM_RULE_POLICY_REVOKES 273 /* the policy lets the customer revoke [D-04] */
#define STRONGROOM_RULE_POLICY_SHORTENS 274 /* the policy lets the approver shorten [D-02] */
#define STRONGROOM_RULE_DEVICE_LEASED 275 /* the device that the request is for is leased to this customer [H-01 D-27] */
#define STRONGROOM_RULE_EXCLUSIONS_HAVE_ROOM 276 /* there is room for one more excluded access; review one [D-11] */
#define STRONGROOM_RULE_EXCLUSION_KNOWN 277 /* the excluded access is known and not reviewed [D-11] */
#define STRONGROOM_RULE_REVIEWED_BY_ANOTHER 278 /* nobody reviews an access of their own [D-06 D-11] */
#define STRONGROOM_RULE_JUSTIFICATION_GIVEN 279 /* a justification is given [D-11] */
#define STRONGROOM_RULE_DURATION_SOUND 280 /* the duration asked for is at least a second, and the policy's own where that is fixed [L-40 D-02] */
#define STRONGROOM_RULE_PREVIOUS_NAMED 281 /* after a denial or an expiry, the next request on the ticket names that one [D-09] */
#define STRONGROOM_RULE_TICKET_NEW 282 /* the ticket has a name, and no request on it is open [L-09] */
#define STRONGROOM_RULE_ACCOUNT_WRITTEN 300 /* the account is written by who may write it [H-26 L-28 D-21] */
#define STRONGROOM_RULE_MONITORING_SWITCHED 301 /* the customer switches the provider's monitoring [H-56 D-21] */
#define STRONGROOM_RULE_ACCOUNT_OPEN 302 /* the account is open [H-57 D-21] */
#define STRONGROOM_RULE_ACCOUNT_FREE 303 /* the account is theirs, or its device is unbound, its requests ended and its log taken [H-01 D-21] */
#define STRONGROOM_RULE_ROSTER_SOUND 304 /* a roster names each approver once [D-07] */
#define STRONGROOM_RULE_PLACE_NAMED 305 /* region and network are named [H-60] */
#define STRONGROOM_RULE_POLICY_OFFERED 306 /* the policy is one that this engine offers [D-24] */
#define STRONGROOM_RULE_POLICY_SET 307 /* the pool puts another policy in force [D-24] */
#define STRONGROOM_RULE_LOG_ACKNOWLEDGED 320 /* the exported records are acknowledged [L-04 D-22] */
#define STRONGROOM_RULE_ACKNOWLEDGES_EXISTING 321 /* only records that exist and are not yet acknowledged can be acknowledged [L-04 D-22] */
#define STRONGROOM_RULE_EFFECT_CONFIRMED 322 /* what had to be done was done [D-25] */
#define STRONGROOM_RULE_EFFECT_PENDING 323 /* the effect is pending [D-25] */
#define STRONGROOM_RULE_EFFECT_RETRIED 324 /* what has to be done is asked for again [D-04 D-25] */
#define STRONGROOM_RULE_EFFECT_ALARMED 325 /* what has to be done was not; the alarm stays [D-04 D-25] */
#define STRONGROOM_RULE_SOMETHING_DUE 326 /* a deadline is due [D-26] */
#define STRONGROOM_RULE_TIME_SET 327 /* the time is set; a new time epoch begins [D-18] */
#define STRONGROOM_RULE_ROUTE_UNCLASSIFIED 400 /* what nobody can classify goes to the provider, who directs it and stays engaged [H-15 H-22 H-23 H-24] */
#define STRONGROOM_RULE_ROUTE_HARDWARE 401 /* hardware is the provider's: ask its support [H-16 H-22] */
#define STRONGROOM_RULE_ROUTE_COMPONENT_FAILURE 402 /* a failed component is the provider's, who chooses the repair with the least risk to the customer [H-49 H-72] */
#define STRONGROOM_RULE_ROUTE_DEVICE_FAILURE 403 /* a failed device is the provider's: ask its support [H-50] */
#define STRONGROOM_RULE_ROUTE_POWER_AND_COOLING 404 /* power and cooling are the provider's [H-46] */
#define STRONGROOM_RULE_ROUTE_OPERATIONAL_STATE 405 /* the operational state, break and fix, is the provider's [H-42 H-47] */
#define STRONGROOM_RULE_ROUTE_NETWORK_PATH 406 /* the network up to the device is the provider's [H-14 H-17 H-22 H-41] */
#define STRONGROOM_RULE_ROUTE_NETWORK_ACCESS 407 /* the device does not answer over the network: ask the provider's support [H-48 H-51 H-76 H-78] */
#define STRONGROOM_RULE_ROUTE_RESOURCE_CREATION 408 /* creating the resource is supported by the provider [H-63] */
#define STRONGROOM_RULE_ROUTE_PROVISIONING 409 /* provisioning is the provider's: ask its support [H-52] */
#define STRONGROOM_RULE_ROUTE_DEPROVISIONING 410 /* taking the device back, clean, is the provider's: ask its support [H-52 H-67] */
#define STRONGROOM_RULE_ROUTE_HEALTH_TELEMETRY 411 /* health telemetry and its notices are the provider's [H-13 H-54 H-55] */
#define STRONGROOM_RULE_ROUTE_CONFIGURATION 412 /* the configuration is the customer's; the vendor supports, the provider stays engaged [H-18 H-22 H-24 H-43] */
#define STRONGROOM_RULE_ROUTE_CUSTOM_CONFIGURATION 413 /* custom configuration after provisioning, and all beyond it, is supported by the vendor [H-24 H-38 H-64] */
#define STRONGROOM_RULE_ROUTE_ADMINISTRATION 414 /* administration is the customer's; the vendor supports, the provider has no access [H-07 H-24 H-44] */
#define STRONGROOM_RULE_ROUTE_MANAGEMENT 415 /* management and daily operation are the customer's; the vendor supports [H-02 H-08 H-24 H-45] */
#define STRONGROOM_RULE_ROUTE_SOFTWARE 416 /* the HSM's software is supported by the vendor and maintained by the customer, not by the provider [H-06 H-15 H-19 H-22 H-24 H-35] */
#define STRONGROOM_RULE_ROUTE_FIRMWARE 417 /* the HSM's firmware is supported by the vendor and maintained by the customer, not by the provider [H-06 H-20 H-22 H-24] */
#define STRONGROOM_RULE_ROUTE_SOFTWARE_COMPONENTS 418 /* client software, development kit and tools come from the vendor's portal, as does their support [H-24 H-29 H-37] */
#define STRONGROOM_RULE_ROUTE_HSM_USE 419 /* questions about using the HSM go to the vendor [H-24 H-36] */
#define STRONGROOM_RULE_ROUTE_DOCUMENTATION 420 /* documents, guidance and integration guides come from the vendor's portal [H-24 H-30 H-32 H-34] */
#define STRONGROOM_RULE_ROUTE_APPLICATION_DEVELOPMENT 421 /* applications are the customer's; the vendor supports their development [H-09 H-10 H-21 H-22 H-24] */
#define STRONGROOM_RULE_ROUTE_CONSULTING 422 /* help with custom applications comes from the vendor's representative for the account [H-10 H-24 H-40] */
#define STRONGROOM_RULE_ROUTE_HIGH_AVAILABILITY 423 /* high availability is the customer's to configure; the provider guarantees none [H-12] */
#define STRONGROOM_RULE_ROUTE_ZEROIZATION 424 /* zeroizing at the end of use is the customer's [H-65] */
#define STRONGROOM_RULE_ROUTE_MEDIA_DESTRUCTION 425 /* destroying the media of a failed device is the provider's [H-75] */
#define STRONGROOM_RULE_SSH_TEST_FIRST 450 /* the customer tests network access by SSH first [H-77 H-78] */
#define STRONGROOM_RULE_VENDOR_REGISTERED 451 /* the customer is registered with the vendor's support [H-26] */
#define STRONGROOM_RULE_CUSTOMER_ID_GIVEN 452 /* the provider has given the customer id for the vendor's portal [H-27 H-33] */
#define STRONGROOM_RULE_SERVICE_REGISTERED 453 /* the registration for the service is approved; the vendor's support plan comes with it [H-25] */
#define STRONGROOM_RULE_STEP_IS_CURRENT 900 /* the step was decided on this very state [D-25] */
#define STRONGROOM_RULE_POLICY_IS_CURRENT 901 /* the policy is the one that the engine was made with [D-24] */
#define STRONGROOM_RULE_ROW_EXISTS 902 /* the row that was chosen exists [D-26] */

/**
 * Rises when a program that was built with an older header has to be built again.
 */
#define STRONGROOM_ABI_VERSION 1

/**
 * How many 64-bit words an engine's storage has; the same on every target.
 */
#define STRONGROOM_STORAGE_WORDS 896

/**
 * A frame that makes an engine.
 */
#define STRONGROOM_FRAME_START 1

/**
 * A frame that asks an engine.
 */
#define STRONGROOM_FRAME_COMMAND 2

/**
 * A frame with an engine's answer.
 */
#define STRONGROOM_FRAME_REPLY 3

/**
 * A frame with a record of a log.
 */
#define STRONGROOM_FRAME_RECORD 4

/**
 * Status of no request.
 */
#define STRONGROOM_STATUS_NONE 255

/**
 * The verdict on a command that happened.
 */
#define STRONGROOM_VERDICT_ACCEPTED 1

/**
 * The verdict on a command of which nothing happened but the record of its refusal.
 */
#define STRONGROOM_VERDICT_REFUSED 2

/**
 * A time that never comes.
 */
#define STRONGROOM_NEVER UINT64_MAX

/**
 * STRONGROOM_OK (0), or one of STRONGROOM_ERROR_* (1000 and up).
 */
typedef uint16_t strongroom_status_t;

/**
 * Room for one engine. Its contents are the library's: bring it zeroed (`STRONGROOM_STORAGE_INIT`, or
 * static storage), do not look inside, and do not copy it while it holds an engine, since the
 * copies would decide apart.
 */
typedef struct {
    /**
     * The library's.
     */
    uint64_t opaque[STRONGROOM_STORAGE_WORDS];
} strongroom_engine_t;

/**
 * What a Start frame says.
 */
typedef struct {
    /**
     * The engine's number on its link or in its file.
     */
    uint8_t engine;
    /**
     * Where the core runs: STRONGROOM_DEPLOYMENT_*.
     */
    uint8_t deployment;
    /**
     * What people call the engine: up to 16 printable ASCII characters and a final zero.
     */
    char name[17];
    /**
     * The ordered device's serial number, in the same form.
     */
    char serial[17];
    /**
     * The provider's organisation, a UUID.
     */
    uint8_t provider[16];
    /**
     * The vendor's organisation, a UUID.
     */
    uint8_t vendor[16];
    /**
     * The policy's digest.
     */
    uint8_t policy[32];
    /**
     * Whether the program ticks the engine before each command while something is due: 0 or 1.
     */
    uint8_t ticks;
} strongroom_start_t;

/**
 * What a Command frame says about its command.
 */
typedef struct {
    /**
     * When, in seconds since 1970 UTC; 0 where it is not known.
     */
    uint64_t at;
    /**
     * The line that it came from, for messages to people; 0 where there is none.
     */
    uint32_t line;
    /**
     * The number of the engine that it is for.
     */
    uint8_t engine;
    /**
     * Whether `at` is known: 0 or 1.
     */
    uint8_t time_known;
    /**
     * What is asked: STRONGROOM_VERB_*.
     */
    uint8_t verb;
    /**
     * Zero.
     */
    uint8_t reserved;
} strongroom_command_t;

/**
 * What an engine answers to a command.
 */
typedef struct {
    /**
     * The command's time; 0 where it is not known.
     */
    uint64_t at;
    /**
     * The line of the command, for messages to people; 0 where there is none.
     */
    uint32_t line;
    /**
     * The request that the command was about or that it made, counted from 1; 0 where none.
     */
    uint32_t request;
    /**
     * The id of the first outbox entry that the step made; the later ones follow it.
     */
    uint32_t first_effect;
    /**
     * The rule that decided: STRONGROOM_RULE_*.
     */
    uint16_t rule;
    /**
     * Whether `at` is known: 0 or 1.
     */
    uint8_t time_known;
    /**
     * What was asked: STRONGROOM_VERB_*.
     */
    uint8_t verb;
    /**
     * STRONGROOM_VERDICT_ACCEPTED or STRONGROOM_VERDICT_REFUSED.
     */
    uint8_t verdict;
    /**
     * Where the lease stands afterwards: STRONGROOM_STATE_*.
     */
    uint8_t state;
    /**
     * How the device is doing afterwards: STRONGROOM_HEALTH_*.
     */
    uint8_t health;
    /**
     * The request's status afterwards, on a refusal its current one: STRONGROOM_STATUS_*, or
     * STRONGROOM_STATUS_NONE.
     */
    uint8_t status;
    /**
     * How many outbox entries the step made.
     */
    uint8_t effects;
    /**
     * Whether a deadline is due at the step's time, so that the program should tick: 0 or 1.
     */
    uint8_t due;
    /**
     * Zeros.
     */
    uint8_t reserved[2];
} strongroom_reply_t;

/**
 * A rule that a decision consulted.
 */
typedef struct {
    /**
     * The rule: STRONGROOM_RULE_*.
     */
    uint16_t rule;
    /**
     * Whether what it says held: 0 or 1.
     */
    uint8_t held;
    /**
     * Zero.
     */
    uint8_t reserved;
} strongroom_consulted_t;

/**
 * One thing to do. Carry it out, then confirm it with a `confirm` command that names its id.
 */
typedef struct {
    /**
     * When it was first asked for.
     */
    uint64_t asked;
    /**
     * When it is asked for again; STRONGROOM_NEVER once the retries are used up and the alarm stands.
     */
    uint64_t due;
    /**
     * Its number, which a confirmation names; never used again.
     */
    uint32_t id;
    /**
     * The request's number, or for STRONGROOM_EFFECT_NOTIFY_CUSTOMER the bits of STRONGROOM_NOTICE_*.
     */
    uint32_t about;
    /**
     * What: STRONGROOM_EFFECT_*.
     */
    uint8_t kind;
    /**
     * How often it was asked for again.
     */
    uint8_t retries;
    /**
     * Whether the retries are used up: 0 or 1.
     */
    uint8_t alarm;
    /**
     * Zeros.
     */
    uint8_t reserved[5];
} strongroom_effect_t;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The library's ABI version; compare it with STRONGROOM_ABI_VERSION, the header's.
 */
uint32_t strongroom_abi_version(void);

/**
 * The library's version as text, such as "0.1.0"; compare it with STRONGROOM_VERSION, the header's.
 */
const char *strongroom_version(void);

/**
 * How many bytes an engine's storage has to have; STRONGROOM_STORAGE_SIZE in the header.
 */
size_t strongroom_storage_size(void);

/**
 * What an engine's storage has to be aligned to, in bytes; STRONGROOM_STORAGE_ALIGNMENT in the header.
 */
size_t strongroom_storage_alignment(void);

/**
 * Makes an engine in zeroed storage.
 *
 * @param storage    room for the engine, zeroed before its first use
 * @param size       the storage's size in bytes, `sizeof` it: at least STRONGROOM_STORAGE_SIZE
 * @param frame      a Start frame: the device that was ordered, and the digest of one of the
 *                   presets of the policy
 * @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
 *
 * Errors:
 * NULL, ALIGNMENT, STORAGE_SIZE, STORAGE_NOT_ZEROED, ALREADY_INITIALIZED, FRAME_TOO_LONG, FRAME_BROKEN,
 * FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED, FRAME_KIND (no Start frame), POLICY_UNKNOWN. The
 * storage is as it was.
 *
 * Pointers:
 * `storage` is good for `size` bytes that were written before, `frame` for `frame_len`.
 */
strongroom_status_t strongroom_engine_init(strongroom_engine_t *storage,
                                           size_t size,
                                           const uint8_t *frame,
                                           size_t frame_len);

/**
 * Ends an engine and wipes its storage with zeros, which can be initialized again. Drain the logs
 * and the outbox before.
 *
 * @param engine  the storage of an engine
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED.
 *
 * Pointers:
 * `engine` is good for STRONGROOM_STORAGE_SIZE bytes that were written before.
 */
strongroom_status_t strongroom_engine_deinit(strongroom_engine_t *engine);

/**
 * Which kind of message a frame holds. The whole frame is checked.
 *
 * @param frame      the frame
 * @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
 * @param kind       written: STRONGROOM_FRAME_*
 *
 * Errors:
 * NULL, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED.
 *
 * Pointers:
 * `frame` is good for `frame_len` bytes, `kind` for one byte.
 */
strongroom_status_t strongroom_frame_kind(const uint8_t *frame, size_t frame_len, uint8_t *kind);

/**
 * What a Start frame says, without making an engine.
 *
 * @param frame      a Start frame
 * @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
 * @param start      written: what it says
 *
 * Errors:
 * NULL, ALIGNMENT, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED, FRAME_KIND (no
 * Start frame).
 *
 * Pointers:
 * `frame` is good for `frame_len` bytes, `start` for what is written.
 */
strongroom_status_t strongroom_frame_start(const uint8_t *frame,
                                           size_t frame_len,
                                           strongroom_start_t *start);

/**
 * What a Command frame says about its command, without applying it.
 *
 * @param frame      a Command frame
 * @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
 * @param command    written: what it says
 *
 * Errors:
 * NULL, ALIGNMENT, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED, FRAME_KIND (no
 * Command frame).
 *
 * Pointers:
 * `frame` is good for `frame_len` bytes, `command` for what is written.
 */
strongroom_status_t strongroom_frame_command(const uint8_t *frame,
                                             size_t frame_len,
                                             strongroom_command_t *command);

/**
 * Decides a command and carries it out.
 *
 * @param engine     the engine
 * @param frame      a Command frame for this engine
 * @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
 * @param reply      written: what came of it, refusals included
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION,
 * FRAME_MALFORMED, FRAME_KIND (no Command frame), OTHER_ENGINE; PANIC ends the engine.
 *
 * Pointers:
 * `engine` is storage, `frame` is good for `frame_len` bytes, `reply` for one reply.
 */
strongroom_status_t strongroom_engine_apply(strongroom_engine_t *engine,
                                            const uint8_t *frame,
                                            size_t frame_len,
                                            strongroom_reply_t *reply);

/**
 * Which rules a command would consult, in order; nothing happens. The last one decides: the window's own, where
 * one was shortened.
 *
 * @param engine     the engine
 * @param frame      a Command frame for this engine
 * @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
 * @param consulted  written: the first `room` of them; may be NULL where `room` is 0
 * @param room       how many elements `consulted` has
 * @param count      written: how many rules there were, more than `room` where that was too small
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION,
 * FRAME_MALFORMED, FRAME_KIND (no Command frame), OTHER_ENGINE.
 *
 * Pointers:
 * `engine` is storage, `frame` is good for `frame_len` bytes, `consulted` for `room` elements, `count` for one
 * number.
 */
strongroom_status_t strongroom_engine_explain(const strongroom_engine_t *engine,
                                              const uint8_t *frame,
                                              size_t frame_len,
                                              strongroom_consulted_t *consulted,
                                              size_t room,
                                              size_t *count);

/**
 * Turns the earliest overdue deadline into a step. Where nothing is due, the reply is a refusal.
 *
 * @param engine  the engine
 * @param at      the time, in seconds since 1970 UTC
 * @param reply   written: what came of it; its line is 0
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the engine.
 *
 * Pointers:
 * `engine` is storage, `reply` is good for one reply.
 */
strongroom_status_t strongroom_engine_tick(strongroom_engine_t *engine,
                                           uint64_t at,
                                           strongroom_reply_t *reply);

/**
 * Whether a deadline is due.
 *
 * @param engine  the engine
 * @param at      the time, in seconds since 1970 UTC
 * @param due     written: 0 or 1
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `engine` is storage, `due` is good for one byte.
 */
strongroom_status_t strongroom_engine_is_due(const strongroom_engine_t *engine,
                                             uint64_t at,
                                             uint8_t *due);

/**
 * When the engine has to be ticked at the latest.
 *
 * @param engine    the engine
 * @param deadline  written: the earliest deadline, in seconds since 1970 UTC, which may have passed;
 *                  STRONGROOM_NEVER where nothing waits for time
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `engine` is storage, `deadline` is good for one number.
 */
strongroom_status_t strongroom_engine_next_deadline(const strongroom_engine_t *engine,
                                                    uint64_t *deadline);

/**
 * Where the lease stands.
 *
 * @param engine  the engine
 * @param state   written: STRONGROOM_STATE_*
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `engine` is storage, `state` is good for one byte.
 */
strongroom_status_t strongroom_engine_state(const strongroom_engine_t *engine, uint8_t *state);

/**
 * The digest of all that the engine remembers, its logs' records apart: the same in every language
 * and on every target for the same history.
 *
 * @param engine  the engine
 * @param digest  written: SHA-256, STRONGROOM_DIGEST_SIZE (32) bytes
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `engine` is storage, `digest` is good for 32 bytes.
 *
 */
strongroom_status_t strongroom_engine_digest(const strongroom_engine_t *engine, uint8_t digest[32]);

/**
 * The nonce that the next destruction asked by the customer has to carry.
 *
 * @param engine  the engine
 * @param nonce   written: STRONGROOM_NONCE_SIZE (16) bytes
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `engine` is storage, `nonce` is good for 16 bytes.
 *
 */
strongroom_status_t strongroom_engine_challenge(const strongroom_engine_t *engine,
                                                uint8_t nonce[16]);

/**
 * How many records a log has in all, drained ones included: the sequence number of its next one.
 * The tenant log begins anew at 0 when the lease ends.
 *
 * @param engine  the engine
 * @param log     STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
 * @param size    written: how many
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, LOG_UNKNOWN.
 *
 * Pointers:
 * `engine` is storage, `size` is good for one number.
 */
strongroom_status_t strongroom_log_size(const strongroom_engine_t *engine,
                                        uint8_t log,
                                        uint32_t *size);

/**
 * The root of a log's Merkle tree (RFC 6962) over all its records, drained ones included.
 *
 * @param engine  the engine
 * @param log     STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
 * @param root    written: SHA-256, STRONGROOM_DIGEST_SIZE (32) bytes
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, LOG_UNKNOWN.
 *
 * Pointers:
 * `engine` is storage, `root` is good for 32 bytes.
 *
 */
strongroom_status_t strongroom_log_root(const strongroom_engine_t *engine,
                                        uint8_t log,
                                        uint8_t root[32]);

/**
 * The sequence number of the oldest record that a log still holds; the log's size where it holds
 * none. From there to the log's size, each record can be read.
 *
 * @param engine    the engine
 * @param log       STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
 * @param sequence  written: the number
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, LOG_UNKNOWN.
 *
 * Pointers:
 * `engine` is storage, `sequence` is good for one number.
 */
strongroom_status_t strongroom_log_first(const strongroom_engine_t *engine,
                                         uint8_t log,
                                         uint32_t *sequence);

/**
 * A record that a log still holds, byte by byte as it is exported and hashed.
 *
 * @param engine    the engine
 * @param log       STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
 * @param sequence  the record's number: from strongroom_log_first to strongroom_log_size - 1
 * @param record    written: STRONGROOM_RECORD_SIZE (118) bytes
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, LOG_UNKNOWN, OUT_OF_RANGE (acknowledged, erased or not
 * yet written).
 *
 * Pointers:
 * `engine` is storage, `record` is good for 118 bytes.
 *
 */
strongroom_status_t strongroom_log_record(const strongroom_engine_t *engine,
                                          uint8_t log,
                                          uint32_t sequence,
                                          uint8_t record[118]);

/**
 * How many things have to be done and are not confirmed.
 *
 * @param engine  the engine
 * @param count   written: how many
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `engine` is storage, `count` is good for one number.
 */
strongroom_status_t strongroom_outbox_count(const strongroom_engine_t *engine, uint32_t *count);

/**
 * One thing to do, oldest first. Positions change with every command; ids do not.
 *
 * @param engine  the engine
 * @param index   its position: from 0 to strongroom_outbox_count - 1
 * @param effect  written: what has to be done
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, OUT_OF_RANGE.
 *
 * Pointers:
 * `engine` is storage, `effect` is good for one entry.
 */
strongroom_status_t strongroom_outbox_entry(const strongroom_engine_t *engine,
                                            uint32_t index,
                                            strongroom_effect_t *effect);

/**
 * A rule's name, such as "T01" or "RoleMayNot".
 *
 * @param rule  STRONGROOM_RULE_*
 * @return      a static text; NULL where there is no such rule
 */
const char *strongroom_rule_name(uint16_t rule);

/**
 * What a rule says, in English, without a final stop.
 *
 * @param rule  STRONGROOM_RULE_*
 * @return      a static text; NULL where there is no such rule
 */
const char *strongroom_rule_text(uint16_t rule);

/**
 * The name of a state of the lease, such as "POOL_FREE".
 *
 * @param state  STRONGROOM_STATE_*
 * @return       a static text; NULL where there is no such state
 */
const char *strongroom_state_name(uint8_t state);

/**
 * The name of a request's status, such as "CustomerNotified". For what a function returned see
 * strongroom_error_text.
 *
 * @param status  STRONGROOM_STATUS_*
 * @return        a static text; NULL where there is no such status, and for STRONGROOM_STATUS_NONE
 */
const char *strongroom_status_name(uint8_t status);

/**
 * A verb's name, such as "arrive".
 *
 * @param verb  STRONGROOM_VERB_*
 * @return      a static text; NULL where there is no such verb
 */
const char *strongroom_verb_name(uint8_t verb);

/**
 * The name of a kind of thing to do, such as "close_access".
 *
 * @param effect  STRONGROOM_EFFECT_*
 * @return        a static text; NULL where there is no such kind
 */
const char *strongroom_effect_name(uint8_t effect);

/**
 * A health's name, such as "InService".
 *
 * @param health  STRONGROOM_HEALTH_*
 * @return        a static text; NULL where there is no such health
 */
const char *strongroom_health_name(uint8_t health);

/**
 * What a returned status means, in English, without a final stop.
 *
 * @param status  what a function returned
 * @return        a static text; NULL where it is neither STRONGROOM_OK nor a STRONGROOM_ERROR_*
 */
const char *strongroom_error_text(strongroom_status_t status);

/**
 * What the program brings, with the library for bare metal only: the end of a panic. It shows the
 * fault and halts or resets, and calls nothing of the library; what the engine was about to change
 * may be half changed. On hosts a panic is STRONGROOM_ERROR_PANIC, and nobody calls this.
 */
extern void strongroom_panic(void) STRONGROOM_NORETURN;

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

/* What this compiler makes of the types is what the library was built with. */
#if defined(__cplusplus)
#define STRONGROOM_ASSERT(name, condition) static_assert(condition, #name)
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define STRONGROOM_ASSERT(name, condition) _Static_assert(condition, #name)
#else
#define STRONGROOM_ASSERT(name, condition) typedef char strongroom_assert_##name[(condition) ? 1 : -1]
#endif

/* On i386 a word of 64 bits is aligned to 4 bytes, and what holds one is as the compiler lays it out. */
struct strongroom_align_word { char byte; uint64_t value; };
#define STRONGROOM_WORD_ALIGNMENT offsetof(struct strongroom_align_word, value)
struct strongroom_align_engine { char byte; strongroom_engine_t value; };
STRONGROOM_ASSERT(engine_size, sizeof(strongroom_engine_t) == 7168 || STRONGROOM_WORD_ALIGNMENT != 8);
STRONGROOM_ASSERT(engine_alignment, offsetof(struct strongroom_align_engine, value) == STRONGROOM_WORD_ALIGNMENT);
struct strongroom_align_start { char byte; strongroom_start_t value; };
STRONGROOM_ASSERT(start_size, sizeof(strongroom_start_t) == 101);
STRONGROOM_ASSERT(start_alignment, offsetof(struct strongroom_align_start, value) == 1);
struct strongroom_align_command { char byte; strongroom_command_t value; };
STRONGROOM_ASSERT(command_size, sizeof(strongroom_command_t) == 16 || STRONGROOM_WORD_ALIGNMENT != 8);
STRONGROOM_ASSERT(command_alignment, offsetof(struct strongroom_align_command, value) == STRONGROOM_WORD_ALIGNMENT);
struct strongroom_align_reply { char byte; strongroom_reply_t value; };
STRONGROOM_ASSERT(reply_size, sizeof(strongroom_reply_t) == 32 || STRONGROOM_WORD_ALIGNMENT != 8);
STRONGROOM_ASSERT(reply_alignment, offsetof(struct strongroom_align_reply, value) == STRONGROOM_WORD_ALIGNMENT);
struct strongroom_align_consulted { char byte; strongroom_consulted_t value; };
STRONGROOM_ASSERT(consulted_size, sizeof(strongroom_consulted_t) == 4);
STRONGROOM_ASSERT(consulted_alignment, offsetof(struct strongroom_align_consulted, value) == 2);
struct strongroom_align_effect { char byte; strongroom_effect_t value; };
STRONGROOM_ASSERT(effect_size, sizeof(strongroom_effect_t) == 32 || STRONGROOM_WORD_ALIGNMENT != 8);
STRONGROOM_ASSERT(effect_alignment, offsetof(struct strongroom_align_effect, value) == STRONGROOM_WORD_ALIGNMENT);

#undef STRONGROOM_WORD_ALIGNMENT
#undef STRONGROOM_ASSERT

#endif /* STRONGROOM_H */
