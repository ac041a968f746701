/*
 * Strongroom: the policy core for leased hardware security modules, for C and C++.
 *
 * One engine decides for one device and the lockbox of one customer. It has no clock, no input, no
 * output and no heap: the program brings storage and time, and carries out what the outbox asks for.
 *
 *     static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
 *     strongroom_command_t command = {0};
 *     strongroom_reply_t reply;
 *     if (strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &device,
 *                                STRONGROOM_POLICY_AZURE) != STRONGROOM_OK) ...
 *     command.verb = STRONGROOM_VERB_TRIAGE;
 *     command.by = engineer;
 *     command.with.triage.request = 1;
 *     if (strongroom_engine_apply(&engine, now, &command, &reply) != STRONGROOM_OK) ...
 *     if (reply.verdict != STRONGROOM_VERDICT_ACCEPTED)
 *         puts(strongroom_rule_text(reply.rule));
 *     strongroom_engine_deinit(&engine);
 *
 * Errors:     a function that can fail returns STRONGROOM_OK (0) or a STRONGROOM_ERROR_* (1000 and
 *             up), of which each function lists its own without the prefix. Outputs are written on
 *             success only, and an error changed nothing, but for three of a mounted engine: after
 *             NOT_STORED it is closed, after DONE_NOT_STORED the step has happened and its reply is
 *             written, and PANIC ends what it happened in. A refusal by the policy is no error: it is
 *             a reply whose verdict is not accepted and whose rule says why. The numbers of rules
 *             stay below 1000. NULL is an error, never a crash.
 * Ownership:  storage, inputs and outputs are the caller's and are not kept beyond the call, but for the
 *             medium of a mounted engine. Storage holds no pointer into itself and nothing that is
 *             allocated; it is of use in the process that made it only. Texts that are returned are
 *             static and are never freed.
 * Threads:    functions of one engine, guard, parser or tree are called by one thread at a time, or
 *             under a lock of the caller's. Different ones are independent. Functions without any may
 *             be called from everywhere, always.
 * Pointers:   each is NULL or good for the whole of what it is declared to point to, and those of
 *             one call do not overlap.
 * Zeros:      begin structs with = {0}, in C++ with = {}: members that are not named then say nothing, and what a later
 *             version adds does, too.
 * Time:       whole seconds since 1970-01-01T00:00:00Z; STRONGROOM_NO_TIME where it is not known.
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
#define STRONGROOM_STORAGE_ALIGNMENT 8 /* an engine; 4 on 32-bit x86 is enough */
#define STRONGROOM_MAX_FRAME 288 /* the longest frame, its final zero included */
#define STRONGROOM_RECORD_SIZE 118 /* a record of a log */
#define STRONGROOM_DIGEST_SIZE 32 /* SHA-256 */
#define STRONGROOM_MEDIUM_BLOCK 32 /* what is written to a medium at once */
#define STRONGROOM_SENSE_COMMANDS 13 /* commands that a reading calls for at most */
#define STRONGROOM_NONCE_SIZE 16 /* the challenge for a destruction */

/* Storage as it has to be before its first use: strongroom_engine_t engine = STRONGROOM_STORAGE_INIT; */
#define STRONGROOM_STORAGE_INIT { { 0 } }
#define STRONGROOM_STEP_INIT { { 0 } } /* a step's */
#define STRONGROOM_TREE_INIT { { 0 } } /* a tree's */

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
#define STRONGROOM_ERROR_STORAGE_SIZE 1002 /* the storage is smaller than its type */
#define STRONGROOM_ERROR_STORAGE_NOT_ZEROED 1003 /* the storage was not zeroed before its first use */
#define STRONGROOM_ERROR_ALREADY_INITIALIZED 1004 /* the storage is in use already */
#define STRONGROOM_ERROR_NOT_INITIALIZED 1005 /* the storage was not initialized */
#define STRONGROOM_ERROR_INTERRUPTED 1006 /* another call is under way, or did not come back: then only deinit is left */
#define STRONGROOM_ERROR_PANIC 1007 /* the library panicked; please report it */
#define STRONGROOM_ERROR_ABI_VERSION 1008 /* the program was built with a header of another ABI version */
#define STRONGROOM_ERROR_VALUE 1009 /* a value is none of its type's */
#define STRONGROOM_ERROR_FRAME_TOO_LONG 1010 /* the frame is longer than STRONGROOM_MAX_FRAME bytes */
#define STRONGROOM_ERROR_FRAME_BROKEN 1011 /* the frame is cut or not COBS */
#define STRONGROOM_ERROR_FRAME_CHECKSUM 1012 /* the frame's checksum differs */
#define STRONGROOM_ERROR_FRAME_VERSION 1013 /* the frame is of another version */
#define STRONGROOM_ERROR_FRAME_MALFORMED 1014 /* the frame holds no message of this version */
#define STRONGROOM_ERROR_FRAME_KIND 1015 /* the frame holds another kind of message */
#define STRONGROOM_ERROR_BUFFER_SIZE 1016 /* the buffer is too small */
#define STRONGROOM_ERROR_POLICY_UNKNOWN 1020 /* there is no such preset of the policy */
#define STRONGROOM_ERROR_VERB_UNKNOWN 1021 /* there is no such verb */
#define STRONGROOM_ERROR_LOG_UNKNOWN 1030 /* the log is neither STRONGROOM_LOG_TENANT nor STRONGROOM_LOG_LIFECYCLE */
#define STRONGROOM_ERROR_OUT_OF_RANGE 1031 /* there is no such record, request or entry */
#define STRONGROOM_ERROR_NOT_MOUNTED 1040 /* the engine is kept nowhere; make it with strongroom_engine_mount */
#define STRONGROOM_ERROR_CLOSED 1041 /* the engine is closed: its medium failed before, or holds what cannot be read */
#define STRONGROOM_ERROR_NOT_STORED 1042 /* the medium failed, and the step has not happened */
#define STRONGROOM_ERROR_DONE_NOT_STORED 1043 /* the medium failed, and the step has happened all the same */
#define STRONGROOM_ERROR_MEDIUM 1044 /* a function of the medium's failed */
#define STRONGROOM_ERROR_LAYOUT 1045 /* capacity or erase size of the medium do not fit */
#define STRONGROOM_ERROR_NO_ROOM 1046 /* the state takes more bytes than the medium has for it */
#define STRONGROOM_ERROR_NOT_ERASED 1047 /* what was erased on the medium reads back as something else */
#define STRONGROOM_ERROR_NOT_WRITTEN 1048 /* what was written on the medium reads back as something else */
#define STRONGROOM_ERROR_SIGNER_FAILED 1050 /* the signer did not sign */
#define STRONGROOM_ERROR_NOTE_MALFORMED 1051 /* the text is no checkpoint */
#define STRONGROOM_ERROR_NOTE_OTHER 1052 /* the checkpoint is signed by another key */
#define STRONGROOM_ERROR_NOTE_FORGED 1053 /* the checkpoint's signature is wrong */
#define STRONGROOM_ERROR_RECORD_MALFORMED 1054 /* the bytes are no record of this version */
#define STRONGROOM_ERROR_RECORD_ORDER 1055 /* the record is not the next one of this log */

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

/* What somebody acts as. */
#define STRONGROOM_ROLE_USER 0
#define STRONGROOM_ROLE_ADMIN 1
#define STRONGROOM_ROLE_APPROVER 2
#define STRONGROOM_ROLE_AUDITOR 3
#define STRONGROOM_ROLE_PARTITION_OFFICER 4
#define STRONGROOM_ROLE_CRYPTO_OFFICER 5
#define STRONGROOM_ROLE_CRYPTO_USER 6
#define STRONGROOM_ROLE_ENGINEER 7
#define STRONGROOM_ROLE_INTERNAL_APPROVER 8
#define STRONGROOM_ROLE_JIT_SERVICE 9
#define STRONGROOM_ROLE_POOL 10
#define STRONGROOM_ROLE_NET 11
#define STRONGROOM_ROLE_HANDS 12
#define STRONGROOM_ROLE_MONITOR 13
#define STRONGROOM_ROLE_SUPPORT 14
#define STRONGROOM_ROLE_CORE 15
#define STRONGROOM_ROLE_SENSOR 16
#define STRONGROOM_ROLE_CLOCK 17
#define STRONGROOM_ROLE_ENFORCER 18

/* The sides of a lease; 0 is none of them. */
#define STRONGROOM_PARTY_CUSTOMER 1
#define STRONGROOM_PARTY_PROVIDER 2
#define STRONGROOM_PARTY_VENDOR 3
#define STRONGROOM_PARTY_DEVICE 4

/* What a request can be about. */
#define STRONGROOM_SUBJECT_DEVICE 0
#define STRONGROOM_SUBJECT_WEB_ROLE 1
#define STRONGROOM_SUBJECT_WORKER_ROLE 2
#define STRONGROOM_SUBJECT_VM_WINDOWS 3
#define STRONGROOM_SUBJECT_VM_LINUX 4
#define STRONGROOM_SUBJECT_SCALE_SET_WINDOWS 5
#define STRONGROOM_SUBJECT_SCALE_SET_LINUX 6
#define STRONGROOM_SUBJECT_VM_CLASSIC 7
#define STRONGROOM_SUBJECT_STORAGE 8
#define STRONGROOM_SUBJECT_SQL_DATABASE 9
#define STRONGROOM_SUBJECT_DATA_EXPLORER 10
#define STRONGROOM_SUBJECT_VM_MEMORY_DUMP 11
#define STRONGROOM_SUBJECT_VM_MANAGED_DISK 12
#define STRONGROOM_SUBJECT_SUBSCRIPTION_TRANSFER 13
#define STRONGROOM_SUBJECT_API_MANAGEMENT 14
#define STRONGROOM_SUBJECT_APP_SERVICE 15
#define STRONGROOM_SUBJECT_AI_SEARCH 16
#define STRONGROOM_SUBJECT_CHAOS_STUDIO 17
#define STRONGROOM_SUBJECT_COGNITIVE_SERVICES 18
#define STRONGROOM_SUBJECT_CONTAINER_REGISTRY 19
#define STRONGROOM_SUBJECT_DATA_BOX 20
#define STRONGROOM_SUBJECT_DATA_FACTORY 21
#define STRONGROOM_SUBJECT_DATA_MANAGER_FOR_ENERGY 22
#define STRONGROOM_SUBJECT_MY_SQL 23
#define STRONGROOM_SUBJECT_MY_SQL_FLEXIBLE 24
#define STRONGROOM_SUBJECT_POSTGRE_SQL 25
#define STRONGROOM_SUBJECT_EDGE_ZONE_STORAGE 26
#define STRONGROOM_SUBJECT_ENERGY 27
#define STRONGROOM_SUBJECT_FUNCTIONS 28
#define STRONGROOM_SUBJECT_HD_INSIGHT 29
#define STRONGROOM_SUBJECT_HEALTH_BOT 30
#define STRONGROOM_SUBJECT_INTELLIGENT_RECOMMENDATIONS 31
#define STRONGROOM_SUBJECT_KUBERNETES 32
#define STRONGROOM_SUBJECT_LOAD_TESTING 33
#define STRONGROOM_SUBJECT_LOGIC_APPS 34
#define STRONGROOM_SUBJECT_MONITOR 35
#define STRONGROOM_SUBJECT_OPEN_SHIFT 36
#define STRONGROOM_SUBJECT_SPRING_APPS 37
#define STRONGROOM_SUBJECT_SQL_MANAGED_INSTANCE 38
#define STRONGROOM_SUBJECT_SYNAPSE 39
#define STRONGROOM_SUBJECT_COMMERCE_AI 40
#define STRONGROOM_SUBJECT_DEV_CENTER 41
#define STRONGROOM_SUBJECT_ELASTIC_SAN 42
#define STRONGROOM_SUBJECT_KUSTO_DASHBOARDS 43
#define STRONGROOM_SUBJECT_ATTESTATION 44
#define STRONGROOM_SUBJECT_OPEN_AI 45
#define STRONGROOM_SUBJECT_SPRING_CLOUD 46
#define STRONGROOM_SUBJECT_UNIFIED_VISION 47
#define STRONGROOM_SUBJECT_EXCHANGE 48
#define STRONGROOM_SUBJECT_SHARE_POINT 49
#define STRONGROOM_SUBJECT_ONE_DRIVE 50
#define STRONGROOM_SUBJECT_TEAMS 51
#define STRONGROOM_SUBJECT_POWER_PLATFORM 52

/* How far a permission reaches, least first. */
#define STRONGROOM_SCOPE_RESOURCE 0
#define STRONGROOM_SCOPE_RESOURCE_GROUP 1
#define STRONGROOM_SCOPE_SUBSCRIPTION 2
#define STRONGROOM_SCOPE_MANAGEMENT_GROUP 3

/* What a permission allows, least first. */
#define STRONGROOM_PERMISSION_READ 0
#define STRONGROOM_PERMISSION_WRITE 1
#define STRONGROOM_PERMISSION_ADMINISTER 2
#define STRONGROOM_PERMISSION_KEY_MATERIAL 3

/* What the just-in-time rule says. */
#define STRONGROOM_JIT_REJECT_IDENTITY 0
#define STRONGROOM_JIT_REJECT_SCOPE 1
#define STRONGROOM_JIT_REJECT_PERMISSION 2
#define STRONGROOM_JIT_ASK_INTERNAL 3
#define STRONGROOM_JIT_PASS 4

/* Accesses that the lockbox does not ask the customer about. */
#define STRONGROOM_EXCLUSION_BREAK_GLASS 1
#define STRONGROOM_EXCLUSION_INADVERTENT_EXPOSURE 2
#define STRONGROOM_EXCLUSION_LEGAL_DEMAND 3

/* The customer's support plan, lowest first. */
#define STRONGROOM_PLAN_NONE 0
#define STRONGROOM_PLAN_BASIC 1
#define STRONGROOM_PLAN_DEVELOPER 2
#define STRONGROOM_PLAN_STANDARD 3
#define STRONGROOM_PLAN_PROFESSIONAL_DIRECT 4

/* How far the customer's registration for the service has come. */
#define STRONGROOM_REGISTRATION_NONE 0
#define STRONGROOM_REGISTRATION_PENDING 1
#define STRONGROOM_REGISTRATION_APPROVED 2

/* How the device runs. */
#define STRONGROOM_EXECUTION_RUNNING 0
#define STRONGROOM_EXECUTION_ERROR_SOFT 1
#define STRONGROOM_EXECUTION_ERROR_HARD 2

/* How the device stands to its HA group. */
#define STRONGROOM_MEMBERSHIP_ABSENT 0
#define STRONGROOM_MEMBERSHIP_JOINING 1
#define STRONGROOM_MEMBERSHIP_SYNCING 2
#define STRONGROOM_MEMBERSHIP_IN_SYNC 3
#define STRONGROOM_MEMBERSHIP_NEEDS_SYNC 4

/* How a piece of evidence came about. */
#define STRONGROOM_EVIDENCE_VERIFIED 1
#define STRONGROOM_EVIDENCE_REPORTED 2
#define STRONGROOM_EVIDENCE_WITNESSED 3

/* Why a device is zeroized. */
#define STRONGROOM_CAUSE_NONE 0
#define STRONGROOM_CAUSE_TAMPER 1
#define STRONGROOM_CAUSE_POOL 2
#define STRONGROOM_CAUSE_CUSTOMER 3
#define STRONGROOM_CAUSE_FACTORY_RESET 4
#define STRONGROOM_CAUSE_AUTHENTICATION 5
#define STRONGROOM_CAUSE_TIMEOUT 6
#define STRONGROOM_CAUSE_FAILURE 7
#define STRONGROOM_CAUSE_MAINTENANCE_EXIT 8
#define STRONGROOM_CAUSE_OBSERVED 9

/* Parts of the device that somebody may want to take out. */
#define STRONGROOM_COMPONENT_POWER_SUPPLY 0
#define STRONGROOM_COMPONENT_FAN_FILTER 1
#define STRONGROOM_COMPONENT_FAN 2
#define STRONGROOM_COMPONENT_BATTERY 3
#define STRONGROOM_COMPONENT_COVER 4
#define STRONGROOM_COMPONENT_CARD 5

/* What tripped a tamper input. */
#define STRONGROOM_TAMPER_FAN 0
#define STRONGROOM_TAMPER_CHASSIS 1
#define STRONGROOM_TAMPER_CARD 2
#define STRONGROOM_TAMPER_TEMPERATURE 3
#define STRONGROOM_TAMPER_VOLTAGE 4
#define STRONGROOM_TAMPER_UNDECODABLE 5
#define STRONGROOM_TAMPER_UNSPECIFIED 6
#define STRONGROOM_TAMPER_BATTERY 7
#define STRONGROOM_TAMPER_DECOMMISSION 8

/* How a part is doing, best first. */
#define STRONGROOM_LEVEL_UNREAD 0
#define STRONGROOM_LEVEL_GOOD 1
#define STRONGROOM_LEVEL_WARNING 2
#define STRONGROOM_LEVEL_CRITICAL 3

/* The appliance's own word for its service. */
#define STRONGROOM_SERVICE_IN_SERVICE 1 /* ISO */
#define STRONGROOM_SERVICE_IN_SERVICE_WITH_TROUBLE 2 /* IST */
#define STRONGROOM_SERVICE_OFF_LINE 3 /* OFL */
#define STRONGROOM_SERVICE_OUT_OF_SERVICE 4 /* OOS */

/* What an issue is about. */
#define STRONGROOM_ISSUE_UNCLASSIFIED 0
#define STRONGROOM_ISSUE_HARDWARE 1
#define STRONGROOM_ISSUE_COMPONENT_FAILURE 2
#define STRONGROOM_ISSUE_DEVICE_FAILURE 3
#define STRONGROOM_ISSUE_POWER_AND_COOLING 4
#define STRONGROOM_ISSUE_OPERATIONAL_STATE 5
#define STRONGROOM_ISSUE_NETWORK_PATH 6
#define STRONGROOM_ISSUE_NETWORK_ACCESS 7
#define STRONGROOM_ISSUE_RESOURCE_CREATION 8
#define STRONGROOM_ISSUE_PROVISIONING 9
#define STRONGROOM_ISSUE_DEPROVISIONING 10
#define STRONGROOM_ISSUE_HEALTH_TELEMETRY 11
#define STRONGROOM_ISSUE_CONFIGURATION 12
#define STRONGROOM_ISSUE_CUSTOM_CONFIGURATION 13
#define STRONGROOM_ISSUE_ADMINISTRATION 14
#define STRONGROOM_ISSUE_MANAGEMENT 15
#define STRONGROOM_ISSUE_SOFTWARE 16
#define STRONGROOM_ISSUE_FIRMWARE 17
#define STRONGROOM_ISSUE_SOFTWARE_COMPONENTS 18
#define STRONGROOM_ISSUE_HSM_USE 19
#define STRONGROOM_ISSUE_DOCUMENTATION 20
#define STRONGROOM_ISSUE_APPLICATION_DEVELOPMENT 21
#define STRONGROOM_ISSUE_CONSULTING 22
#define STRONGROOM_ISSUE_HIGH_AVAILABILITY 23
#define STRONGROOM_ISSUE_ZEROIZATION 24
#define STRONGROOM_ISSUE_MEDIA_DESTRUCTION 25

/* Whom to call. */
#define STRONGROOM_CONTACT_PROVIDER_SUPPORT 1
#define STRONGROOM_CONTACT_VENDOR_PORTAL 2
#define STRONGROOM_CONTACT_VENDOR_ACCOUNT_REPRESENTATIVE 3
#define STRONGROOM_CONTACT_OWN_TEAM 4

/* What a party may do on the device itself, least first. */
#define STRONGROOM_REACH_ADVISES 1
#define STRONGROOM_REACH_MONITORS 2
#define STRONGROOM_REACH_SERVICES 3
#define STRONGROOM_REACH_ADMINISTERS 4

/* How far the guard is open, least first. */
#define STRONGROOM_MODE_SHUT 0
#define STRONGROOM_MODE_MONITOR 1
#define STRONGROOM_MODE_GRANT 2
#define STRONGROOM_MODE_FULL 3

/* What the device is doing, as far as it can be told. */
#define STRONGROOM_SESSION_UNKNOWN 0
#define STRONGROOM_SESSION_LOGIN 1
#define STRONGROOM_SESSION_PASSWORD 2
#define STRONGROOM_SESSION_SHELL 3
#define STRONGROOM_SESSION_CONFIRM 4
#define STRONGROOM_SESSION_RUNNING 5

/* What happened at the guard. */
#define STRONGROOM_EVENT_NONE 0
#define STRONGROOM_EVENT_LINE 1
#define STRONGROOM_EVENT_LOGIN 2
#define STRONGROOM_EVENT_RECOVER_LOGIN 3
#define STRONGROOM_EVENT_SPOILT 4
#define STRONGROOM_EVENT_ANSWERED 5
#define STRONGROOM_EVENT_PROMPT 6
#define STRONGROOM_EVENT_POLLED 7
#define STRONGROOM_EVENT_CLOSED 8

/* Whether a command that asks for confirmation may be confirmed. */
#define STRONGROOM_CONFIRMATION_REFUSED 0
#define STRONGROOM_CONFIRMATION_ALLOWED 1

/* Answers to a confirmation prompt. */
#define STRONGROOM_ANSWER_PROCEED 1
#define STRONGROOM_ANSWER_QUIT 2
#define STRONGROOM_ANSWER_YES 3
#define STRONGROOM_ANSWER_NO 4

/* What a typed line is. */
#define STRONGROOM_FOUND_COMMAND 1
#define STRONGROOM_FOUND_AMBIGUOUS 2
#define STRONGROOM_FOUND_UNKNOWN 3
#define STRONGROOM_FOUND_EMPTY 4

/* Of what kind the arguments of a typed line are; one that is not plain never passes. */
#define STRONGROOM_ARGUMENTS_NONE 0
#define STRONGROOM_ARGUMENTS_PLAIN 1
#define STRONGROOM_ARGUMENTS_NOT_PLAIN 2

/* The device's stock roles; a higher one may run all that a lower one may. */
#define STRONGROOM_DEVICE_ROLE_MONITOR 0
#define STRONGROOM_DEVICE_ROLE_OPERATOR 1
#define STRONGROOM_DEVICE_ROLE_ADMIN 2

/* How many commands the device's shell has; their numbers are below it. */
#define STRONGROOM_COMMANDS 300

/* The presets of the policy. */
#define STRONGROOM_POLICY_AZURE 0
#define STRONGROOM_POLICY_AZURE_2024 1
#define STRONGROOM_POLICY_M365 2
#define STRONGROOM_POLICY_POWER_PLATFORM 3
#define STRONGROOM_POLICY_DUAL_CONTROL 4

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

/** Rises when a program that was built with an older header has to be built again. */
#define STRONGROOM_ABI_VERSION 1

/** No time: not known where one is asked for, never where one is told. */
#define STRONGROOM_NO_TIME UINT64_MAX

/** How many 64-bit words an engine's storage has; the same on every target. */
#define STRONGROOM_STORAGE_WORDS 896

/** Nothing was stored: the engine begins anew. */
#define STRONGROOM_MOUNTED_FRESH 0

/** The state is back. */
#define STRONGROOM_MOUNTED_RESTORED 1

/** Something that cannot be read: every access is closed, and the only way on is `quarantine`. */
#define STRONGROOM_MOUNTED_INVALID 2

/** Something whole that is not this program's to read: the engine refuses everything, and the medium stays as it is. */
#define STRONGROOM_MOUNTED_HELD 3

/** No mark is whole, and the medium is not blank. */
#define STRONGROOM_WHY_NO_MARK 1

/** Two whole marks contradict each other. */
#define STRONGROOM_WHY_MARKS 2

/** An entry that a mark names is missing or broken; `number` is its byte. */
#define STRONGROOM_WHY_ENTRY 3

/** A stored step comes out differently now; `number` is the step's. */
#define STRONGROOM_WHY_CONTRADICTION 4

/** Steps that were decided by other rules, of version `number`: mount with that library, compact, and come back. */
#define STRONGROOM_WHY_RULES 5

/** Another format, `number`. */
#define STRONGROOM_WHY_FORMAT 6

/** Another device's. */
#define STRONGROOM_WHY_DEVICE 7

/** Under a policy that is no preset. */
#define STRONGROOM_WHY_POLICY 8

/** Of an engine with more room than this one has. */
#define STRONGROOM_WHY_CAPACITY 9

/** The verdict on a command that happened. */
#define STRONGROOM_VERDICT_ACCEPTED 1

/** The verdict on a command of which nothing happened but the record of its refusal. */
#define STRONGROOM_VERDICT_REFUSED 2

/** How many 64-bit words a step's storage has; the same on every target. */
#define STRONGROOM_STEP_WORDS 64

/** Status of no request. */
#define STRONGROOM_STATUS_NONE 255

/** A record that names a refusal repeated so many times. */
#define STRONGROOM_RECORD_REPEATED 250

/** A record that counts what could not be logged. */
#define STRONGROOM_RECORD_UNLOGGED 251

/** How many 64-bit words a tree has; the same on every target. */
#define STRONGROOM_TREE_WORDS 112

/** The longest signed note in bytes, its final zero included. */
#define STRONGROOM_NOTE_SIZE 512

/** A frame that makes an engine. */
#define STRONGROOM_FRAME_START 1

/** A frame that asks an engine. */
#define STRONGROOM_FRAME_COMMAND 2

/** A frame with an engine's answer. */
#define STRONGROOM_FRAME_REPLY 3

/** A frame with a record of a log. */
#define STRONGROOM_FRAME_RECORD 4

/** The customer's own SSH test of the device was not made. */
#define STRONGROOM_SSH_TEST_NOT_MADE 0

/** The customer's own SSH test failed: the device does not answer. */
#define STRONGROOM_SSH_TEST_FAILED 1

/** The customer's own SSH test passed: the network is not at fault. */
#define STRONGROOM_SSH_TEST_PASSED 2

/** How many 64-bit words a guard's storage has; the same on every target. */
#define STRONGROOM_GUARD_WORDS 40

/**
 * How long the device must have printed nothing before strongroom_guard_quiet is called, in milliseconds:
 * some fifty characters at 9600 baud. Longer is safer, shorter is not.
 */
#define STRONGROOM_QUIET_MILLISECONDS 50

/** The number that no command has. */
#define STRONGROOM_NO_COMMAND 65535

/** The longest line that a technician can type, in bytes. */
#define STRONGROOM_LINE_CAPACITY 128

/** How many 64-bit words a parser's storage has; the same on every target. */
#define STRONGROOM_PARSER_WORDS 120

/** Room for the longest name of a command and its final zero, in bytes. */
#define STRONGROOM_COMMAND_NAME_SIZE 48

/** STRONGROOM_OK (0), or one of STRONGROOM_ERROR_* (1000 and up). */
typedef uint16_t strongroom_status_t;

/** Somebody who acts. The party follows from the role. */
typedef struct {
    /** What they act as: STRONGROOM_ROLE_*. */
    uint8_t role;
    /** Whose they are, a UUID; zeros for the device's own parts. */
    uint8_t organisation[16];
    /** Who they are, a UUID; zeros for the device's own parts. */
    uint8_t id[16];
} strongroom_principal_t;

/** A value that may be missing. */
typedef struct {
    /** Whether it is there: 0 or 1. */
    uint8_t given;
    /** The value, where it is there. */
    strongroom_principal_t value;
} strongroom_optional_principal_t;

/** A value that may be missing. */
typedef struct {
    /** Whether it is there: 0 or 1. */
    uint8_t given;
    /** The value, where it is there. */
    uint32_t value;
} strongroom_optional_u32_t;

/** What an engineer asks access for. */
typedef struct {
    /** The device or the service: STRONGROOM_SUBJECT_*. */
    uint8_t subject;
    /** How far it reaches: STRONGROOM_SCOPE_*. */
    uint8_t scope;
    /** What it allows: STRONGROOM_PERMISSION_*. */
    uint8_t permission;
    /** Whether the requester uses an isolated identity: 0 or 1. */
    uint8_t isolated_identity;
    /** Whether the requester uses multi-factor authentication: 0 or 1. */
    uint8_t multi_factor;
    /** Whether standard tools and telemetry were not enough: 0 or 1. */
    uint8_t standard_tools_failed;
    /** Whether direct access to customer data is needed: 0 or 1. */
    uint8_t customer_data;
    /** How long, in seconds; the policy's default where it is not given. */
    strongroom_optional_u32_t duration;
    /** SHA-256 of the justification's text, which stays with the program. */
    uint8_t justification[32];
} strongroom_terms_t;

/** One kind of part: the worst level seen, and how many of that kind are not good. */
typedef struct {
    /** The worst level: STRONGROOM_LEVEL_*. */
    uint8_t worst;
    /** How many were read, up to 255. */
    uint8_t seen;
    /** How many of them are not good. */
    uint8_t bad;
} strongroom_parts_t;

/** A value that may be missing. */
typedef struct {
    /** Whether it is there: 0 or 1. */
    uint8_t given;
    /** The value, where it is there. */
    uint8_t value;
} strongroom_optional_u8_t;

/** Everything one poll of the device told. Zeros say that nothing was said. */
typedef struct {
    /** Fans. */
    strongroom_parts_t fans;
    /** Power supply units. */
    strongroom_parts_t power_supplies;
    /** Supply rails and core voltages. */
    strongroom_parts_t voltages;
    /** Temperatures. */
    strongroom_parts_t temperatures;
    /** Backup batteries. */
    strongroom_parts_t batteries;
    /** The appliance's word for its service: STRONGROOM_SERVICE_*. */
    strongroom_optional_u8_t service;
    /** Status codes that came with it, the first eight; zeros fill the rest. */
    uint8_t codes[8];
    /** Critical events counted by the HSM since it started. */
    strongroom_optional_u32_t critical_events;
    /** Failed log-ins that the security officer has left. */
    strongroom_optional_u8_t logins_left;
    /** Whether the HSM says it is zeroized: 0 or 1. */
    strongroom_optional_u8_t zeroized;
    /** Whether the device says that a tamper is latched: 0 or 1. */
    strongroom_optional_u8_t tampered;
    /** Which tamper it names: STRONGROOM_TAMPER_*. */
    strongroom_optional_u8_t tamper;
    /** Whether the chassis intrusion switch is open: 0 or 1. */
    strongroom_optional_u8_t chassis_open;
    /** Whether the HSM is in secure transport mode: 0 or 1. */
    strongroom_optional_u8_t transport_mode;
} strongroom_reading_t;

/** A label as C has it: up to 16 printable ASCII characters and zeros. */
typedef char strongroom_text_t[17];

/** What is said of another device, by whoever acts. */
typedef struct {
    /** Its serial number: up to 16 printable ASCII characters and a final zero. */
    strongroom_text_t serial;
    /** Whose it is, a UUID. */
    uint8_t organisation[16];
    /** Where it stands: STRONGROOM_STATE_*. */
    uint8_t state;
} strongroom_statement_t;

/** A value that may be missing. */
typedef struct {
    /** Whether it is there: 0 or 1. */
    uint8_t given;
    /** The value, where it is there. */
    strongroom_statement_t value;
} strongroom_optional_statement_t;

/** A value that may be missing. */
typedef struct {
    /** Whether it is there: 0 or 1. */
    uint8_t given;
    /** The value, where it is there. */
    uint64_t value;
} strongroom_optional_u64_t;

/**
 * The arguments of a command, of which its verb says the member. Members are named as the verbs are; a verb
 * without a member has no arguments.
 */
typedef union {
    /** STRONGROOM_VERB_REGISTER: Opens the customer's account, or writes how far its registration is (H-57); with an organisation of zeros, closes an account without a lease and erases what is the customer's. */
    struct {
        /** The customer. */
        uint8_t organisation[16];
        /** Whether the registration is approved. 0 or 1. */
        uint8_t approved;
    } register_;
    /** STRONGROOM_VERB_SET_PLAN: Writes the support plan (L-01). */
    struct {
        /** The plan. STRONGROOM_PLAN_*. */
        uint8_t plan;
    } set_plan;
    /** STRONGROOM_VERB_SET_ROSTER: Writes the roster of approvers (L-28). */
    struct {
        /** The approvers, each once. */
        uint8_t approvers[4][16];
    } set_roster;
    /** STRONGROOM_VERB_SET_OPT_INS: Opts in or out of the lockbox and of previews (D-20, L-67). */
    struct {
        /** The lockbox. 0 or 1. */
        uint8_t lockbox;
        /** The previews, a bit each. The bit of each STRONGROOM_SUBJECT_*. */
        uint64_t previews;
    } set_opt_ins;
    /** STRONGROOM_VERB_SET_TAMPER_BIT: Writes the tamper bit (D-16). */
    struct {
        /** Whether a recoverable tamper destroys. 0 or 1. */
        uint8_t destroys;
    } set_tamper_bit;
    /** STRONGROOM_VERB_SET_MONITORING: Allows or restricts the provider's monitoring (H-56). */
    struct {
        /** Whether it is allowed. 0 or 1. */
        uint8_t allowed;
    } set_monitoring;
    /** STRONGROOM_VERB_SET_VENDOR_REGISTRATION: Notes the registration with the vendor's support (H-26). */
    struct {
        /** Whether it is done. 0 or 1. */
        uint8_t registered;
    } set_vendor_registration;
    /** STRONGROOM_VERB_SET_PLACE: Names region and network (H-60). */
    struct {
        /** The region. */
        strongroom_text_t region;
        /** The virtual network. */
        strongroom_text_t network;
    } set_place;
    /** STRONGROOM_VERB_SET_CUSTOMER_ID: Hands out the customer id for the vendor's portal (H-27). */
    struct {
        /** The id. */
        strongroom_text_t id;
    } set_customer_id;
    /** STRONGROOM_VERB_SET_POLICY: Puts another policy in force (D-24). */
    struct {
        /** Its digest. */
        uint8_t policy[32];
    } set_policy;
    /** STRONGROOM_VERB_ARRIVE: The device arrives. */
    struct {
        /** The serial number on it. */
        strongroom_text_t serial;
    } arrive;
    /** STRONGROOM_VERB_STM_OK: Secure transport mode is verified. */
    struct {
        /** Digest of the string sent by the other channel. */
        uint8_t expected[32];
        /** Digest of the string that the device shows. */
        uint8_t shown[32];
        /** Whether all seals are whole. 0 or 1. */
        uint8_t seals_whole;
    } stm_ok;
    /** STRONGROOM_VERB_STM_MISMATCH: Secure transport mode or seals do not match. */
    struct {
        /** Digest of the string sent by the other channel. */
        uint8_t expected[32];
        /** Digest of the string that the device shows. */
        uint8_t shown[32];
        /** Whether all seals are whole. 0 or 1. */
        uint8_t seals_whole;
    } stm_mismatch;
    /** STRONGROOM_VERB_BASELINE_OK: The device is prepared for the pool. */
    struct {
        /** The firmware version. */
        strongroom_text_t firmware;
        /** Whether the pool's own password was replaced and discarded. 0 or 1. */
        uint8_t password_discarded;
        /** Whether the appliance's logs are cleared. 0 or 1. */
        uint8_t logs_cleared;
        /** Whether the self-test passed. 0 or 1. */
        uint8_t self_test_passed;
        /** Whether the provider itself checked that the device is reset (for a reported proof). 0 or 1. */
        uint8_t reset_checked;
    } baseline_ok;
    /** STRONGROOM_VERB_ENTER_MAINTENANCE: The covers are about to be opened. */
    struct {
        /** The ticket for the temporary key. */
        strongroom_text_t ticket;
    } enter_maintenance;
    /** STRONGROOM_VERB_EXIT_MAINTENANCE: The covers are closed again. */
    struct {
        /** Whether they are. 0 or 1. */
        uint8_t covers_closed;
    } exit_maintenance;
    /** STRONGROOM_VERB_ALLOCATE: The device is allocated (H-60). */
    struct {
        /** The customer. */
        uint8_t organisation[16];
        /** The region that the device is in. */
        strongroom_text_t region;
        /** The network that it is mapped into. */
        strongroom_text_t network;
        /** What is said of the device that it replaces (H-73, D-27). */
        strongroom_optional_statement_t replaces;
    } allocate;
    /** STRONGROOM_VERB_MAPPED: The device is in the customer's network (H-61). */
    struct {
        /** The network. */
        strongroom_text_t network;
        /** Whether the SSH test passed (H-77). 0 or 1. */
        uint8_t ssh_test_passed;
    } mapped;
    /** STRONGROOM_VERB_CLAIM: The customer takes the device over. */
    struct {
        /** Whether the default credential was replaced. 0 or 1. */
        uint8_t credential_replaced;
        /** Digest of the owner's key. */
        uint8_t owner_key[32];
        /** When the proof of zeroization was made that the customer checked, if they did. */
        strongroom_optional_u64_t proof;
    } claim;
    /** STRONGROOM_VERB_INIT: The customer initializes the HSM. */
    struct {
        /** Digest of the cloning domain. */
        uint8_t cloning_domain[32];
    } init;
    /** STRONGROOM_VERB_ZEROIZE: The customer zeroizes (H-65). */
    struct {
        /** The challenge that the engine gives for this destruction. */
        uint8_t nonce[16];
    } zeroize;
    /** STRONGROOM_VERB_FACTORY_RESET: The customer resets to factory state (H-66). */
    struct {
        /** The challenge that the engine gives for this destruction. */
        uint8_t nonce[16];
    } factory_reset;
    /** STRONGROOM_VERB_TAMPER: A tamper input tripped. */
    struct {
        /** Which. STRONGROOM_TAMPER_*. */
        uint8_t class_;
    } tamper;
    /** STRONGROOM_VERB_FAULT_HARD: A hard fault. */
    struct {
        /** The device's own code. */
        uint16_t code;
        /** Whether the fault is classed soft. 0 or 1. */
        uint8_t soft;
    } fault_hard;
    /** STRONGROOM_VERB_ERASE_DONE: Areas are erased. */
    struct {
        /** The areas, a bit each. */
        uint16_t areas;
    } erase_done;
    /** STRONGROOM_VERB_VERIFY_OK: Everything reads back erased. */
    struct {
        /** Digest of what was read back. */
        uint8_t read_back[32];
    } verify_ok;
    /** STRONGROOM_VERB_DETACHED: The device is out of the network and of the lease. */
    struct {
        /** Whether it is unmapped. 0 or 1. */
        uint8_t network_unmapped;
    } detached;
    /** STRONGROOM_VERB_SOFT_RECOVER: The failed device recovers. */
    struct {
        /** Whether the self-tests pass. 0 or 1. */
        uint8_t self_tests_passed;
    } soft_recover;
    /** STRONGROOM_VERB_GIVE_UP: The customer gives the failed device up. */
    struct {
        /** Whether it is stated that the device cannot be zeroized. 0 or 1. */
        uint8_t cannot_zeroize;
    } give_up;
    /** STRONGROOM_VERB_PARTS_OUT: The data-bearing parts are out. */
    struct {
        /** Their serial numbers. */
        strongroom_text_t parts[4];
        /** What the camera's recording is filed under. */
        strongroom_text_t camera;
    } parts_out;
    /** STRONGROOM_VERB_SHRED: The data-bearing parts are shredded. */
    struct {
        /** Their serial numbers. */
        strongroom_text_t parts[4];
        /** How. */
        strongroom_text_t method;
        /** Where. */
        strongroom_text_t place;
    } shred;
    /** STRONGROOM_VERB_BOOT: Power-up, once the self-test has ended. */
    struct {
        /** Whether it passed. 0 or 1. */
        uint8_t self_test_passed;
    } boot;
    /** STRONGROOM_VERB_TAMPER_CAUSE_GONE: A cause of tamper is gone. */
    struct {
        /** Which. STRONGROOM_TAMPER_*. */
        uint8_t class_;
    } tamper_cause_gone;
    /** STRONGROOM_VERB_READ_HEALTH: Health was read (H-54). */
    struct {
        /** What was read. */
        strongroom_reading_t reading;
    } read_health;
    /** STRONGROOM_VERB_SET_INVENTORY: Writes which data-bearing parts the device has (H-75). */
    struct {
        /** Their serial numbers. */
        strongroom_text_t parts[4];
    } set_inventory;
    /** STRONGROOM_VERB_ERROR_RECOVERED: The error is over. */
    struct {
        /** Whether the self-test passed. 0 or 1. */
        uint8_t self_test_passed;
    } error_recovered;
    /** STRONGROOM_VERB_REPLACEMENT_OUT: A device that replaces this one is handed out (H-73, D-27). */
    struct {
        /** What is said of it. */
        strongroom_statement_t peer;
    } replacement_out;
    /** STRONGROOM_VERB_HA_JOIN: The customer adds the device to an HA group (H-74). */
    struct {
        /** Digest of the group's cloning domain. */
        uint8_t cloning_domain[32];
        /** Other members in service. */
        uint8_t peers;
    } ha_join;
    /** STRONGROOM_VERB_HA_SYNC_START: Synchronization begins. */
    struct {
        /** Whether the members accept the device. 0 or 1. */
        uint8_t accepted;
    } ha_sync_start;
    /** STRONGROOM_VERB_HA_SYNC_OK: Synchronization ended. */
    struct {
        /** Digest of the objects that the group holds. */
        uint8_t expected[32];
        /** Digest of the objects that the device holds. */
        uint8_t found[32];
        /** Other members in service. */
        uint8_t peers;
    } ha_sync_ok;
    /** STRONGROOM_VERB_HA_PEER_CHANGE: The group changed: the device is behind. */
    struct {
        /** Other members in service. */
        uint8_t peers;
    } ha_peer_change;
    /** STRONGROOM_VERB_PLAN_SWAP: Hands ask beforehand what taking a part out would do (H-72). */
    struct {
        /** The part. STRONGROOM_COMPONENT_*. */
        uint8_t component;
    } plan_swap;
    /** STRONGROOM_VERB_RECOVER_LOGIN: Somebody logged in to the device's recovery account, or tried to. */
    struct {
        /** Whether it succeeded. 0 or 1. */
        uint8_t succeeded;
    } recover_login;
    /** STRONGROOM_VERB_OPEN_TICKET: Opens a ticket; its first request starts here (L-09). */
    struct {
        /** The ticket. */
        strongroom_text_t ticket;
        /** Whether the user troubleshot first (L-08). 0 or 1. */
        uint8_t troubleshot;
    } open_ticket;
    /** STRONGROOM_VERB_TRIAGE: The engineer reviews the ticket (L-11). */
    struct {
        /** The request. */
        uint32_t request;
    } triage;
    /** STRONGROOM_VERB_REQUEST_ACCESS: The engineer asks for elevated permission (L-13). */
    struct {
        /** The ticket. */
        strongroom_text_t ticket;
        /** The ended request that this one follows (D-09). */
        strongroom_optional_u32_t follows;
        /** What is asked for. */
        strongroom_terms_t terms;
    } request_access;
    /** STRONGROOM_VERB_EVALUATE: The just-in-time service evaluates (L-16). */
    struct {
        /** The request. */
        uint32_t request;
    } evaluate;
    /** STRONGROOM_VERB_APPROVE_INTERNALLY: An internal approver approves (L-21). */
    struct {
        /** The request. */
        uint32_t request;
    } approve_internally;
    /** STRONGROOM_VERB_REJECT_INTERNALLY: An internal approver rejects (L-21). */
    struct {
        /** The request. */
        uint32_t request;
    } reject_internally;
    /** STRONGROOM_VERB_ASK_CUSTOMER: The customer is asked (L-23, L-25). */
    struct {
        /** The request. */
        uint32_t request;
    } ask_customer;
    /** STRONGROOM_VERB_APPROVE: A designated approver approves (L-39). */
    struct {
        /** The request. */
        uint32_t request;
        /** A shorter duration, in seconds (D-02). */
        strongroom_optional_u32_t duration;
        /** Digest of the reason's text; all zeros where none is given. */
        uint8_t reason[32];
    } approve;
    /** STRONGROOM_VERB_DENY: A designated approver denies (L-41). */
    struct {
        /** The request. */
        uint32_t request;
        /** Digest of the reason's text; all zeros where none is given. */
        uint8_t reason[32];
    } deny;
    /** STRONGROOM_VERB_USE_ACCESS: The engineer acts (L-39). */
    struct {
        /** The request. */
        uint32_t request;
    } use_access;
    /** STRONGROOM_VERB_REVOKE: The customer takes access back (D-04). */
    struct {
        /** The request. */
        uint32_t request;
        /** Digest of the reason's text; all zeros where none is given. */
        uint8_t reason[32];
    } revoke;
    /** STRONGROOM_VERB_END_ACCESS: The provider ends its own access (D-04). */
    struct {
        /** The request. */
        uint32_t request;
    } end_access;
    /** STRONGROOM_VERB_CANCEL: The provider withdraws the request. */
    struct {
        /** The request. */
        uint32_t request;
    } cancel;
    /** STRONGROOM_VERB_RECORD_EXCLUSION: An access that the lockbox does not ask the customer about is put on record (L-68 to L-70, D-11). */
    struct {
        /** Which kind. STRONGROOM_EXCLUSION_*. */
        uint8_t kind;
        /** What was reached. STRONGROOM_SUBJECT_*. */
        uint8_t subject;
        /** Digest of the justification's text. */
        uint8_t justification[32];
    } record_exclusion;
    /** STRONGROOM_VERB_REVIEW_EXCLUSION: An excluded access is reviewed after the fact (D-11). */
    struct {
        /** Its number. */
        uint32_t exclusion;
        /** Digest of the finding's text. */
        uint8_t finding[32];
    } review_exclusion;
    /** STRONGROOM_VERB_ASK_SUPPORT: The customer asks who answers for an issue (H-16 to H-23). */
    struct {
        /** What it is about. STRONGROOM_ISSUE_*. */
        uint8_t issue;
        /** Whether the customer's own SSH test passed, where it was made (H-77). */
        strongroom_optional_u8_t ssh_test;
    } ask_support;
    /** STRONGROOM_VERB_ACKNOWLEDGE: Exported records are safe elsewhere (D-22). */
    struct {
        /** Which log. STRONGROOM_LOG_*. */
        uint8_t log;
        /** The sequence number after the last acknowledged record. */
        uint32_t next;
    } acknowledge;
    /** STRONGROOM_VERB_CONFIRM: What the outbox asked for was done (D-25). */
    struct {
        /** The entry. */
        uint32_t effect;
    } confirm;
    /** STRONGROOM_VERB_CONSOLE_LINE: A line typed at the device's console (H-05, H-53, L-39). */
    struct {
        /** The command's number in the console's table; 65 535 for one that it does not have. */
        uint16_t command;
        /** Of what kind its arguments are. STRONGROOM_ARGUMENTS_*. */
        uint8_t arguments;
        /** Digest of the line. */
        uint8_t line[32];
    } console_line;
    /** Room for the arguments of verbs to come. */
    uint64_t reserved[16];
} strongroom_arguments_t;

/** Who asks, and for what. */
typedef struct {
    /** What is asked: STRONGROOM_VERB_*. */
    uint8_t verb;
    /** Who acts. */
    strongroom_principal_t by;
    /** The second person, where two must act. */
    strongroom_optional_principal_t second;
    /** The verb's arguments. */
    strongroom_arguments_t with;
} strongroom_command_t;

/**
 * Room for one engine. Its contents are the library's: bring it zeroed (`STRONGROOM_STORAGE_INIT`, or
 * static storage), do not look inside, and do not copy it while it holds an engine, since the
 * copies would decide apart.
 */
typedef struct {
    /** The library's. */
    uint64_t opaque[STRONGROOM_STORAGE_WORDS];
} strongroom_engine_t;

/** The device that an engine is made for: the one that was ordered. */
typedef struct {
    /** Its serial number: up to 16 printable ASCII characters and a final zero. */
    strongroom_text_t serial;
    /** The provider's organisation, a UUID. */
    uint8_t provider[16];
    /** The vendor's organisation, a UUID. */
    uint8_t vendor[16];
    /** Where the core runs: STRONGROOM_DEPLOYMENT_*. */
    uint8_t deployment;
} strongroom_device_t;

/**
 * What keeps an engine, and how to reach it. The engine copies this; what `user` points to stays the program's.
 *
 * The functions return: no `longjmp`, no exception. Their own engine is busy meanwhile, also while it is being mounted, and
 * says STRONGROOM_ERROR_INTERRUPTED.
 */
typedef struct {
    /** Given to each of the functions. */
    void *user;
    /** Reads `length` bytes from byte `at` on. Returns 0, or what failed. */
    int32_t (*read)(void *user, uint32_t at, uint8_t *bytes, size_t length);
    /**
     * Writes `length` bytes from byte `at` on, and returns when they would survive a power cut. Both are multiples of
     * STRONGROOM_MEDIUM_BLOCK; none is written twice between two erasures. Returns 0, or what failed.
     */
    int32_t (*write)(void *user, uint32_t at, const uint8_t *bytes, size_t length);
    /**
     * Sets every bit from byte `from` up to and without byte `to`, both multiples of the erase size. Returns 0, or what
     * failed.
     */
    int32_t (*erase)(void *user, uint32_t from, uint32_t to);
    /**
     * Bytes that it has, the same for good: 32 KiB are enough where at most 4 KiB are erased at once, six times
     * `erase_size` from 8 KiB on. Mounting says STRONGROOM_ERROR_NO_ROOM where it is too small.
     */
    uint32_t capacity;
    /** Bytes that are erased at once, a multiple of 64 and the same for good; 64 for an EEPROM, whose `erase` writes ones. */
    uint32_t erase_size;
} strongroom_medium_t;

/** What was found on a medium. */
typedef struct {
    /**
     * Of FRESH and RESTORED: the steps that were replayed after the image. Of INVALID and HELD: where, or which version,
     * as `why` says.
     */
    uint64_t number;
    /** STRONGROOM_MOUNTED_*. */
    uint8_t found;
    /** Of RESTORED: whether something was skipped that a power cut tore; it was never answered. 0 or 1. */
    uint8_t torn;
    /** Of INVALID and HELD: STRONGROOM_WHY_*, else 0. */
    uint8_t why;
    /** Zeros. */
    uint8_t reserved[5];
} strongroom_mounted_t;

/** What failed when a mounted engine last said NOT_STORED or DONE_NOT_STORED. */
typedef struct {
    /** What the medium's function returned; 0 where it did not fail. */
    int32_t code;
    /** Where, in bytes from the medium's beginning, of NOT_ERASED and NOT_WRITTEN; else 0. */
    uint32_t at;
    /** STRONGROOM_OK where nothing failed, else STRONGROOM_ERROR_MEDIUM, _LAYOUT, _NO_ROOM, _NOT_ERASED or _NOT_WRITTEN. */
    strongroom_status_t what;
    /** Zeros. */
    uint8_t reserved[2];
} strongroom_fault_t;

/**
 * Room for one step: what strongroom_engine_decide found and strongroom_engine_commit carries out. Its
 * contents are the library's.
 */
typedef struct {
    /** The library's. */
    uint64_t opaque[STRONGROOM_STEP_WORDS];
} strongroom_step_t;

/** What would come of a command. */
typedef struct {
    /** The rule that decides: STRONGROOM_RULE_*. */
    uint16_t rule;
    /** STRONGROOM_VERDICT_ACCEPTED or STRONGROOM_VERDICT_REFUSED. */
    uint8_t verdict;
    /** Zero. */
    uint8_t reserved;
} strongroom_decision_t;

/** What an engine answers to a command. */
typedef struct {
    /** The request that the command was about or that it made, counted from 1; 0 where none. */
    uint32_t request;
    /** The id of the first outbox entry that the step made; the later ones follow it. */
    uint32_t first_effect;
    /** The rule that decided: STRONGROOM_RULE_*. */
    uint16_t rule;
    /** STRONGROOM_VERDICT_ACCEPTED or STRONGROOM_VERDICT_REFUSED. */
    uint8_t verdict;
    /** Where the lease stands afterwards: STRONGROOM_STATE_*. */
    uint8_t state;
    /** How the device is doing afterwards: STRONGROOM_HEALTH_*. */
    uint8_t health;
    /**
     * The request's status afterwards, on a refusal its current one: STRONGROOM_STATUS_*, or
     * STRONGROOM_STATUS_NONE.
     */
    uint8_t status;
    /** How many outbox entries the step made. */
    uint8_t effects;
    /** Whether a deadline is due at the step's time, so that the program should tick: 0 or 1. */
    uint8_t due;
} strongroom_reply_t;

/** A rule that a decision consulted. */
typedef struct {
    /** The rule: STRONGROOM_RULE_*. */
    uint16_t rule;
    /** Whether what it says held: 0 or 1. */
    uint8_t held;
    /** Zero. */
    uint8_t reserved;
} strongroom_consulted_t;

/** The leased device. */
typedef struct {
    /** When it came to its state, in seconds since 1970 UTC. */
    uint64_t entered;
    /** Leases of this device so far. */
    uint32_t epoch;
    /** Boots so far. */
    uint32_t boot;
    /** Where it stands: STRONGROOM_STATE_*. */
    uint8_t state;
    /** How the device is doing: STRONGROOM_HEALTH_*. */
    uint8_t health;
    /** Whether its outputs are open: STRONGROOM_EXECUTION_*. */
    uint8_t execution;
    /** How it stands to its HA group: STRONGROOM_MEMBERSHIP_*. */
    uint8_t membership;
    /** Whether a tenant is bound: 0 or 1. */
    uint8_t bound;
    /** Whether a tamper is latched: 0 or 1. */
    uint8_t latched;
    /** Whether there is evidence of zeroization: 0 or 1; see strongroom_engine_evidence. */
    uint8_t proved;
    /** Zero. */
    uint8_t reserved;
} strongroom_lease_t;

/** What proves a zeroization. */
typedef struct {
    /** When it was proved, in seconds since 1970 UTC. */
    uint64_t at;
    /** The lease that it ended. */
    uint32_t epoch;
    /** The boot that it was proved in. */
    uint32_t boot;
    /** How it came about: STRONGROOM_EVIDENCE_*. */
    uint8_t class_;
    /** Why it was zeroized: STRONGROOM_CAUSE_*. */
    uint8_t cause;
    /** The nonce that it was asked with; zeros where nobody asked. */
    uint8_t nonce[16];
    /** SHA-256 of what was read back. */
    uint8_t read_back[32];
    /** Zeros. */
    uint8_t reserved[6];
} strongroom_evidence_t;

/** The customer's account. */
typedef struct {
    /** The previews opted in to, the bit of each STRONGROOM_SUBJECT_*. */
    uint64_t previews;
    /** The customer, a UUID; zeros where no account is open. */
    uint8_t organisation[16];
    /** The approvers; zeros for free places, which come last. */
    uint8_t roster[4][16];
    /** The id for the vendor's portal. */
    strongroom_text_t customer_id;
    /** The region. */
    strongroom_text_t region;
    /** The virtual network. */
    strongroom_text_t network;
    /** How far the registration is: STRONGROOM_REGISTRATION_*. */
    uint8_t registration;
    /** The support plan: STRONGROOM_PLAN_*. */
    uint8_t plan;
    /** Whether the customer is registered with the vendor: 0 or 1. */
    uint8_t vendor_registered;
    /** Whether a device is asked for: 0 or 1. */
    uint8_t allocation_requested;
    /** Whether the customer opted in to the lockbox: 0 or 1. */
    uint8_t lockbox_opted_in;
    /** Whether a recoverable tamper destroys: 0 or 1. */
    uint8_t destroy_on_tamper;
    /** Whether the provider may monitor: 0 or 1. */
    uint8_t monitoring;
    /** Zeros. */
    uint8_t reserved[6];
} strongroom_account_t;

/** A request for access. */
typedef struct {
    /** When it came to its status, in seconds since 1970 UTC. */
    uint64_t since;
    /** When its status ends by itself; STRONGROOM_NO_TIME where it does not. */
    uint64_t deadline;
    /** Its number, counted from 1. */
    uint32_t number;
    /** The ended request that it follows; 0 where none. */
    uint32_t follows;
    /** How far it has come: STRONGROOM_STATUS_*. */
    uint8_t status;
    /** Approvals so far. */
    uint8_t approvals;
    /** Approvals that it takes. */
    uint8_t approvals_needed;
    /** Whether access was asked for yet: 0 or 1. The members after this one are zeros where not. */
    uint8_t submitted;
    /** Who asked, a UUID. */
    uint8_t engineer[16];
    /** To what: STRONGROOM_SUBJECT_*. */
    uint8_t subject;
    /** How far: STRONGROOM_SCOPE_*. */
    uint8_t scope;
    /** What it allows: STRONGROOM_PERMISSION_*. */
    uint8_t permission;
    /** Whether direct access to customer data is needed: 0 or 1. */
    uint8_t customer_data;
    /** The ticket: up to 16 printable ASCII characters and a final zero. */
    strongroom_text_t ticket;
    /** SHA-256 of the justification's text. */
    uint8_t justification[32];
    /** SHA-256 of the reason for the customer's decision; zeros where none was given. */
    uint8_t reason[32];
    /** Zeros. */
    uint8_t reserved[7];
} strongroom_request_t;

/** An access outside the lockbox that waits for its review. */
typedef struct {
    /** When it was put on record, in seconds since 1970 UTC. */
    uint64_t at;
    /** When its review is overdue; STRONGROOM_NO_TIME once it is. */
    uint64_t due;
    /** Its number, of the same count as requests. */
    uint32_t number;
    /** Which kind: STRONGROOM_EXCLUSION_*. */
    uint8_t kind;
    /** What was reached: STRONGROOM_SUBJECT_*. */
    uint8_t subject;
    /** Who put it on record, a UUID. */
    uint8_t by[16];
    /** Zeros. */
    uint8_t reserved[2];
} strongroom_exclusion_t;

/** One thing to do. Carry it out, then confirm it with a `confirm` command that names its id. */
typedef struct {
    /** When it was first asked for. */
    uint64_t asked;
    /** When it is asked for again; STRONGROOM_NO_TIME once the retries are used up and the alarm stands. */
    uint64_t due;
    /** Its number, which a confirmation names; never used again. */
    uint32_t id;
    /** The request's number, or for STRONGROOM_EFFECT_NOTIFY_CUSTOMER the bits of STRONGROOM_NOTICE_*. */
    uint32_t about;
    /** What: STRONGROOM_EFFECT_*. */
    uint8_t kind;
    /** How often it was asked for again. */
    uint8_t retries;
    /** Whether the retries are used up: 0 or 1. */
    uint8_t alarm;
    /** Zeros. */
    uint8_t reserved[5];
} strongroom_effect_t;

/** One record, read. */
typedef struct {
    /** When, in seconds since 1970 UTC. */
    uint64_t at;
    /** Its number, counted from 0 in each log. */
    uint32_t sequence;
    /** The lease. */
    uint32_t epoch;
    /** Boots so far. */
    uint32_t boot;
    /** The request, 0 where none. */
    uint32_t request;
    /** Settings of the clock so far. */
    uint16_t time_epoch;
    /** The rule that decided: STRONGROOM_RULE_*. */
    uint16_t rule;
    /** What the kind says: a tamper class, a cause, a count. */
    uint16_t detail;
    /** STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE. */
    uint8_t log;
    /** What was asked: STRONGROOM_VERB_*, STRONGROOM_RECORD_REPEATED or STRONGROOM_RECORD_UNLOGGED. */
    uint8_t kind;
    /** Whether it was refused: 0 or 1. */
    uint8_t refused;
    /** Whether it ran at the last good time: 0 or 1. */
    uint8_t last_good_time;
    /** State or status before. */
    uint8_t from;
    /** State or status after. */
    uint8_t to;
    /** Who acted; blanked in the lifecycle log for a customer. */
    strongroom_principal_t by;
    /** The second person, a UUID; zeros where none. */
    uint8_t second[16];
    /** SHA-256 of the command. */
    uint8_t command[32];
    /** Zeros. */
    uint8_t reserved;
} strongroom_record_t;

/**
 * Room for the Merkle tree over one log's records (RFC 6962), to verify a log with: zero it, initialize it,
 * add every record from the first on, and compare its root with a verified checkpoint's.
 */
typedef struct {
    /** The library's. */
    uint64_t opaque[STRONGROOM_TREE_WORDS];
} strongroom_tree_t;

/** Whoever has the key: a secure element, another process, or strongroom_ed25519_sign. */
typedef struct {
    /** Given to `sign`. */
    void *user;
    /**
     * Writes the 64 bytes of the Ed25519 signature (RFC 8032) over `length` bytes of `text`. Returns 0, or what failed.
     * It returns: no `longjmp`, no exception.
     */
    int32_t (*sign)(void *user, const uint8_t *text, size_t length, uint8_t *signature);
    /** The public key that its signatures verify with. */
    uint8_t public_key[32];
} strongroom_signer_t;

/** The head of one tree. */
typedef struct {
    /** The name of the tree, such as "strongroom/700022/tenant/3", with a final zero. */
    char origin[100];
    /** How many records it has. */
    uint32_t size;
    /** Its root: SHA-256. */
    uint8_t root[32];
} strongroom_checkpoint_t;

/** What a Start frame says. */
typedef struct {
    /** The engine's number on its link or in its file. */
    uint8_t engine;
    /** What people call the engine: up to 16 printable ASCII characters and a final zero. */
    strongroom_text_t name;
    /** The device that was ordered. */
    strongroom_device_t device;
    /** The policy's digest; see strongroom_policy_find. */
    uint8_t policy[32];
    /** Whether the stored state cannot be read: 0 or 1; see strongroom_engine_init_invalid. */
    uint8_t invalid;
    /** Of such an engine: the customer whose officer may take part in the quarantine, a UUID. */
    uint8_t tenant[16];
    /** Whether the program ticks the engine before each command while something is due: 0 or 1. */
    uint8_t ticks;
} strongroom_start_t;

/** What stands around a command in its frame. */
typedef struct {
    /** When, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known. */
    uint64_t at;
    /** The line that it came from, for messages to people; 0 where there is none. */
    uint32_t line;
    /** The number of the engine that it is for. */
    uint8_t engine;
    /** Zeros. */
    uint8_t reserved[3];
} strongroom_envelope_t;

/** The numbers of a policy that a program needs to know. Times are in seconds. */
typedef struct {
    /** Rises with every change of any number in it. */
    uint32_t version;
    /** How long the customer has to answer. */
    uint32_t decide_within;
    /** How long access lasts where the request names no duration. */
    uint32_t access_default;
    /** How long access lasts at most. */
    uint32_t access_maximum;
    /** How far apart two polls of the console are. */
    uint32_t poll_every;
    /** From one asking of the outbox to the next, while it is not confirmed. */
    uint32_t retry_every;
    /** The areas that a destruction erases, a bit each. */
    uint16_t erase_list;
    /** How often the outbox asks again before the alarm. */
    uint8_t retries;
    /** Approvals that a request takes. */
    uint8_t approvals_needed;
    /** SHA-256 of those areas, read back in order, when they are erased. */
    uint8_t erased[32];
} strongroom_policy_t;

/** Which way an issue goes. */
typedef struct {
    /** The rule that says so: STRONGROOM_RULE_*. */
    uint16_t rule;
    /**
     * What must hold before, in this order: the rules that refuse where it does not, STRONGROOM_RULE_*;
     * zeros fill the rest.
     */
    uint16_t needs[4];
    /** How many of them there are. */
    uint8_t needs_count;
    /**
     * The issue that it is the route of: STRONGROOM_ISSUE_*; where the SSH test passed, that is
     * STRONGROOM_ISSUE_UNCLASSIFIED.
     */
    uint8_t issue;
    /** Who answers for it: STRONGROOM_PARTY_*. */
    uint8_t party;
    /** Whom to call: STRONGROOM_CONTACT_*. */
    uint8_t contact;
    /** Who else has a part in it: STRONGROOM_PARTY_*, or 0 for nobody. */
    uint8_t supports;
    /** Who stays engaged whoever is called: STRONGROOM_PARTY_*. */
    uint8_t engaged;
    /** What whoever answers may do on the device itself: STRONGROOM_REACH_*. */
    uint8_t reach;
    /** Zero. */
    uint8_t reserved;
} strongroom_route_t;

/**
 * Room for one guard. Its contents are the library's: bring it zeroed (`STRONGROOM_STORAGE_INIT`, or
 * static storage), do not look inside, and do not copy it while it holds a guard.
 */
typedef struct {
    /** The library's. */
    uint64_t opaque[STRONGROOM_GUARD_WORDS];
} strongroom_guard_t;

/**
 * Where a guard's bytes go. The functions are called within a call of the guard's, any number of times, in
 * the order of the bytes; they take all of them, at least one, and keep no pointer. They must return: no
 * `longjmp`, no exception. The guard is busy meanwhile, and says STRONGROOM_ERROR_INTERRUPTED.
 */
typedef struct {
    /** Handed to both functions; the caller's. */
    void *user;
    /** Takes bytes for the device's console. Not NULL. */
    void (*to_device)(void *user, const uint8_t *bytes, size_t length);
    /** Takes bytes for the technician's terminal. Not NULL. */
    void (*to_technician)(void *user, const uint8_t *bytes, size_t length);
} strongroom_sink_t;

/**
 * What the caller has to act on. What does not belong to its kind is zero.
 *
 * A line, a login and a recover login wait for strongroom_guard_pass or strongroom_guard_refuse. For a line ask
 * the engine with a `console_line` command made of `command`, `arguments` and `digest`, for a recover login with
 * `recover_login`.
 */
typedef struct {
    /** What happened: STRONGROOM_EVENT_*. */
    uint8_t kind;
    /**
     * Of a prompt: what the device waits for, STRONGROOM_SESSION_*; STRONGROOM_SESSION_LOGIN means that nobody
     * is logged in.
     */
    uint8_t session;
    /**
     * Of a confirmation that was answered, by the technician or, with `quit`, by the guard:
     * STRONGROOM_ANSWER_*.
     */
    uint8_t answer;
    /** Of a poll: what the device printed. */
    uint8_t byte;
    /** Of a line: what it is, STRONGROOM_FOUND_*. */
    uint8_t found;
    /** Of a line: of what kind its arguments are, STRONGROOM_ARGUMENTS_*. */
    uint8_t arguments;
    /** Of a line: which command it is; STRONGROOM_NO_COMMAND where it is none. */
    uint16_t command;
    /** Of a line: SHA-256 of what was typed. */
    uint8_t digest[32];
    /** How many bytes `text` has, its final zero not counted. */
    uint8_t length;
    /**
     * Of a line: what was typed, not for the device. Of a login: the account's name; people type passwords
     * there by mistake, so it does not belong into a log. Printable ASCII, and zeros.
     */
    char text[129];
} strongroom_event_t;

/**
 * Room for one parser of the console's output. Its contents are the library's: bring it zeroed
 * (`STRONGROOM_STORAGE_INIT`, or static storage) and do not look inside.
 */
typedef struct {
    /** The library's. */
    uint64_t opaque[STRONGROOM_PARSER_WORDS];
} strongroom_parser_t;

/** How much of the console's output was understood, and whether it is all there. Counts saturate. */
typedef struct {
    /** Lines, blank ones included. */
    uint32_t lines;
    /** Lines with text that told nothing: headings, fields that are not kept, words that are not known. */
    uint32_t unknown;
    /** Lines not read because they hold bytes that no output has. Many of them mean a bad link. */
    uint32_t garbled;
    /** Lines of which only the head was kept. */
    uint32_t overlong;
    /** Lines about parts for which there was no place. */
    uint32_t untracked;
    /** The code of the last `Command Result`, 0 for success. */
    strongroom_optional_u32_t result;
    /**
     * The line, counted from 1, after which the output of an echoed command ends without its `Command
     * Result`; the first, if several do. While a command still prints this is the last line so far.
     */
    strongroom_optional_u32_t truncated;
} strongroom_outcome_t;

/** What a typed line is to the device's shell. */
typedef struct {
    /** What it is: STRONGROOM_FOUND_*. */
    uint8_t found;
    /** Of what kind its arguments are: STRONGROOM_ARGUMENTS_*. */
    uint8_t arguments;
    /** Which command it is; STRONGROOM_NO_COMMAND where it is none. */
    uint16_t command;
    /** Where in the line its arguments begin; 0 where there are none. */
    uint32_t arguments_at;
    /** How many bytes they have, without blanks around them. */
    uint32_t arguments_length;
} strongroom_lookup_t;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/** The library's ABI version; compare it with STRONGROOM_ABI_VERSION, the header's. */
uint32_t strongroom_abi_version(void);

/** The library's version as text, such as "0.1.0"; compare it with STRONGROOM_VERSION, the header's. */
const char *strongroom_version(void);

/** How many bytes an engine's storage has to have; STRONGROOM_STORAGE_SIZE in the header. */
size_t strongroom_storage_size(void);

/** What an engine's storage has to be aligned to, in bytes; never more than STRONGROOM_STORAGE_ALIGNMENT in the header. */
size_t strongroom_storage_alignment(void);

/**
 * What is wrong with a command that an engine does not take: STRONGROOM_ERROR_VERB_UNKNOWN or
 * STRONGROOM_ERROR_VALUE. For messages to people.
 *
 * @param command  the command
 * @param place    written: the name of the first member that is wrong, such as "by.role" or "with.arrive.serial": a
 *                 static text; NULL where nothing is
 *
 * Errors:
 * NULL, ALIGNMENT.
 *
 * Pointers:
 * `command` is good for one command of which the verb's arguments were written, `place` for one pointer.
 */
strongroom_status_t strongroom_command_check(const strongroom_command_t *command,
                                             const char **place);

/**
 * Makes an engine in zeroed storage. It is kept nowhere: what it knows ends with the storage. See
 * strongroom_engine_mount for one that survives power cuts.
 *
 * @param engine  room for the engine, zeroed before its first use
 * @param size    its size in bytes, `sizeof` it: at least STRONGROOM_STORAGE_SIZE
 * @param abi     STRONGROOM_ABI_VERSION
 * @param device  the device that was ordered, on its way
 * @param policy  STRONGROOM_POLICY_*
 *
 * Errors:
 * NULL, ALIGNMENT, STORAGE_SIZE, STORAGE_NOT_ZEROED, ALREADY_INITIALIZED, ABI_VERSION, VALUE (of the device),
 * POLICY_UNKNOWN. The storage is as it was.
 *
 * Pointers:
 * `engine` is good for `size` bytes that were written before, `device` for one device.
 */
strongroom_status_t strongroom_engine_init(strongroom_engine_t *engine,
                                           size_t size,
                                           uint32_t abi,
                                           const strongroom_device_t *device,
                                           uint8_t policy);

/**
 * Makes an engine for a device whose stored state was lost or cannot be read: every access is
 * closed, and the only way on is a `quarantine` command.
 *
 * @param engine  room for the engine, zeroed before its first use
 * @param size    its size in bytes, `sizeof` it: at least STRONGROOM_STORAGE_SIZE
 * @param abi     STRONGROOM_ABI_VERSION
 * @param device  the device
 * @param policy  STRONGROOM_POLICY_*
 * @param tenant  the customer whose officer may take part in the quarantine, a UUID; zeros where
 *                nobody is known to be one
 *
 * Errors:
 * As strongroom_engine_init.
 *
 * Pointers:
 * `engine` is good for `size` bytes that were written before, `device` for one device, `tenant` for 16 bytes.
 *
 */
strongroom_status_t strongroom_engine_init_invalid(strongroom_engine_t *engine,
                                                   size_t size,
                                                   uint32_t abi,
                                                   const strongroom_device_t *device,
                                                   uint8_t policy,
                                                   const uint8_t tenant[16]);

/**
 * Ends an engine and wipes its storage with zeros, which can be initialized again. Drain the logs
 * and the outbox before; what a medium keeps stays there.
 *
 * @param engine  the storage of an engine
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED (a call still runs on it).
 *
 * Pointers:
 * `engine` is good for STRONGROOM_STORAGE_SIZE bytes that were written before.
 */
strongroom_status_t strongroom_engine_deinit(strongroom_engine_t *engine);

/**
 * Makes an engine in zeroed storage of what a medium keeps; of a blank one, a new engine. From then on
 * every step is written, marked and read back before it is answered, so that a power cut at any time
 * loses nothing that was answered and opens nothing.
 *
 * The format is the one of the Rust and Python faces, byte by byte.
 *
 * @param engine   room for the engine, zeroed before its first use
 * @param size     its size in bytes, `sizeof` it: at least STRONGROOM_STORAGE_SIZE
 * @param abi      STRONGROOM_ABI_VERSION
 * @param device   the device that was ordered
 * @param policy   STRONGROOM_POLICY_*: of a new engine; a stored one has its own
 * @param medium   what keeps it; nobody else writes there
 * @param mounted  written: what was found
 *
 * Errors:
 * NULL (also a function of the medium), ALIGNMENT, STORAGE_SIZE, STORAGE_NOT_ZEROED, ALREADY_INITIALIZED,
 * ABI_VERSION, VALUE (of the device), POLICY_UNKNOWN, LAYOUT (capacity or erase size), NO_ROOM (a segment
 * is too small), MEDIUM (a function failed), NOT_ERASED and NOT_WRITTEN (it reads back as something else).
 * The storage is as it was.
 *
 * Pointers:
 * `engine` is good for `size` bytes that were written before, `device` for one device, `medium` for one
 * medium, `mounted` for what is written. The medium's functions are good for what they are called with
 * until strongroom_engine_deinit.
 */
strongroom_status_t strongroom_engine_mount(strongroom_engine_t *engine,
                                            size_t size,
                                            uint32_t abi,
                                            const strongroom_device_t *device,
                                            uint8_t policy,
                                            const strongroom_medium_t *medium,
                                            strongroom_mounted_t *mounted);

/**
 * Writes a snapshot of a mounted engine, so that no steps are left to replay: what an update of the
 * library asks for, and what shortens the next start.
 *
 * @param engine  the engine
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, NOT_MOUNTED (it is kept nowhere), CLOSED (the medium failed
 * before, or what it has cannot be read), NOT_STORED: the medium failed now; nothing is lost.
 *
 * Pointers:
 * `engine` is storage.
 */
strongroom_status_t strongroom_engine_compact(strongroom_engine_t *engine);

/**
 * What failed on the medium, for messages to people.
 *
 * @param engine  the engine
 * @param fault   written: what failed last
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, NOT_MOUNTED.
 *
 * Pointers:
 * `engine` is storage, `fault` is good for what is written.
 */
strongroom_status_t strongroom_engine_fault(const strongroom_engine_t *engine,
                                            strongroom_fault_t *fault);

/**
 * Says what would come of a command; nothing happens.
 *
 * @param engine    the engine
 * @param now       the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known
 * @param command   what is asked
 * @param step      written: what strongroom_engine_commit carries out, on this very engine and as long
 *                  as nothing else has happened to it
 * @param decision  written: the verdict
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VERB_UNKNOWN, VALUE (of the command).
 *
 * Pointers:
 * `engine` is storage, `command` is good for one command, `step` for STRONGROOM_STEP_WORDS words,
 * `decision` for what is written.
 */
strongroom_status_t strongroom_engine_decide(const strongroom_engine_t *engine,
                                             uint64_t now,
                                             const strongroom_command_t *command,
                                             strongroom_step_t *step,
                                             strongroom_decision_t *decision);

/**
 * Carries out a step: the only way anything changes. One that was decided on another engine, or before
 * something else happened to this one, is refused by STRONGROOM_RULE_STEP_IS_CURRENT.
 *
 * A mounted engine stores the step first.
 *
 * @param engine  the engine
 * @param step    what strongroom_engine_decide wrote
 * @param reply   written: what came of it; with DONE_NOT_STORED, too
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED (of the engine or the step), INTERRUPTED; of mounted engines CLOSED,
 * NOT_STORED, DONE_NOT_STORED; PANIC ends the engine.
 *
 * Pointers:
 * `engine` is storage, `step` is what was written there, `reply` is good for one reply.
 */
strongroom_status_t strongroom_engine_commit(strongroom_engine_t *engine,
                                             const strongroom_step_t *step,
                                             strongroom_reply_t *reply);

/**
 * Decides a command and carries it out.
 *
 * A mounted engine stores the step before it answers.
 *
 * @param engine   the engine
 * @param now      the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known
 * @param command  what is asked
 * @param reply    written: what came of it, refusals included; with DONE_NOT_STORED, too
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VERB_UNKNOWN, VALUE (of the command); of mounted engines
 * CLOSED (nothing has happened), NOT_STORED (nothing has happened; the next mounting finds the step stored
 * or not), DONE_NOT_STORED (it ends access or destroys, and has happened); PANIC ends the engine.
 *
 * Pointers:
 * `engine` is storage, `command` is good for one command of which the verb's arguments were written,
 * `reply` for one reply.
 */
strongroom_status_t strongroom_engine_apply(strongroom_engine_t *engine,
                                            uint64_t now,
                                            const strongroom_command_t *command,
                                            strongroom_reply_t *reply);

/**
 * Turns the earliest overdue deadline into a step. Where nothing is due, the reply is a refusal.
 *
 * @param engine  the engine
 * @param now     the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known
 * @param reply   written: what came of it; with DONE_NOT_STORED, too
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; of mounted engines CLOSED, NOT_STORED, DONE_NOT_STORED;
 * PANIC ends the engine.
 *
 * Pointers:
 * `engine` is storage, `reply` is good for one reply.
 */
strongroom_status_t strongroom_engine_tick(strongroom_engine_t *engine,
                                           uint64_t now,
                                           strongroom_reply_t *reply);

/**
 * Which rules a command would consult, in order; nothing happens. The last one decides: the window's own,
 * where one was shortened.
 *
 * @param engine     the engine
 * @param now        the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known
 * @param command    what is asked
 * @param consulted  written: the first `room` of them; may be NULL where `room` is 0
 * @param room       how many elements `consulted` has
 * @param count      written: how many rules there were, more than `room` where that was too small
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VERB_UNKNOWN, VALUE (of the command).
 *
 * Pointers:
 * `engine` is storage, `command` is good for one command, `consulted` for `room` elements, `count` for one
 * number.
 */
strongroom_status_t strongroom_engine_explain(const strongroom_engine_t *engine,
                                              uint64_t now,
                                              const strongroom_command_t *command,
                                              strongroom_consulted_t *consulted,
                                              size_t room,
                                              size_t *count);

/**
 * Whether a deadline is due.
 *
 * @param engine  the engine
 * @param now     the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known, and nothing is due
 * @param due     written: 0 or 1
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `engine` is storage, `due` is good for one byte.
 */
strongroom_status_t strongroom_engine_is_due(const strongroom_engine_t *engine,
                                             uint64_t now,
                                             uint8_t *due);

/**
 * When the engine has to be ticked at the latest.
 *
 * @param engine    the engine
 * @param deadline  written: the earliest deadline, in seconds since 1970 UTC, which may have passed;
 *                  STRONGROOM_NO_TIME where nothing waits for time
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
 * Until when an engineer has access by grants that are in force. The last second of a grant is the one
 * before its end.
 *
 * A mounted engine whose medium failed gives nobody access: a revocation might be forgotten.
 *
 * @param engine    the engine
 * @param now       the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known, and nobody has access
 * @param engineer  who, a UUID
 * @param subject   to what: STRONGROOM_SUBJECT_*
 * @param until     written: the end, in seconds since 1970 UTC; 0 where there is no access
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (of the subject).
 *
 * Pointers:
 * `engine` is storage, `engineer` is good for 16 bytes, `until` for one number.
 *
 */
strongroom_status_t strongroom_engine_access(const strongroom_engine_t *engine,
                                             uint64_t now,
                                             const uint8_t engineer[16],
                                             uint8_t subject,
                                             uint64_t *until);

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
 * The digest of the policy in force.
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
strongroom_status_t strongroom_engine_policy(const strongroom_engine_t *engine, uint8_t digest[32]);

/**
 * The actions that a reading calls for, in the order to apply them: health first, then tampers, then what
 * several polls confirm. Danger that is already known is not told again.
 *
 * @param engine    the engine
 * @param now       the time, in seconds since 1970 UTC; STRONGROOM_NO_TIME where it is not known
 * @param reading   what was read
 * @param by        who read it: the monitoring role on a board, the device's sensor in firmware
 * @param commands  written: the first `room` of them, health by `by`, the rest by the device's sensor; may
 *                  be NULL where `room` is 0
 * @param room      how many elements `commands` has; STRONGROOM_SENSE_COMMANDS are always enough
 * @param count     written: how many there were
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (of the reading or of `by`).
 *
 * Pointers:
 * `engine` is storage, `reading` is good for one reading, `by` for one principal, `commands` for `room`
 * elements, `count` for one number.
 */
strongroom_status_t strongroom_engine_sense(const strongroom_engine_t *engine,
                                            uint64_t now,
                                            const strongroom_reading_t *reading,
                                            const strongroom_principal_t *by,
                                            strongroom_command_t *commands,
                                            size_t room,
                                            size_t *count);

/**
 * Where the lease stands.
 *
 * @param engine  the engine
 * @param lease   written: the lease
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `engine` is storage, `lease` is good for what is written.
 */
strongroom_status_t strongroom_engine_lease(const strongroom_engine_t *engine,
                                            strongroom_lease_t *lease);

/**
 * What proves the last zeroization.
 *
 * @param engine    the engine
 * @param evidence  written: the evidence
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, OUT_OF_RANGE (there is none).
 *
 * Pointers:
 * `engine` is storage, `evidence` is good for what is written.
 */
strongroom_status_t strongroom_engine_evidence(const strongroom_engine_t *engine,
                                               strongroom_evidence_t *evidence);

/**
 * The customer's account.
 *
 * @param engine   the engine
 * @param account  written: the account
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `engine` is storage, `account` is good for what is written.
 */
strongroom_status_t strongroom_engine_account(const strongroom_engine_t *engine,
                                              strongroom_account_t *account);

/**
 * How many requests an engine remembers.
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
strongroom_status_t strongroom_request_count(const strongroom_engine_t *engine, uint32_t *count);

/**
 * A request, oldest first. Positions change with every command; numbers do not.
 *
 * @param engine   the engine
 * @param index    its position: from 0 to strongroom_request_count - 1
 * @param request  written: the request
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, OUT_OF_RANGE.
 *
 * Pointers:
 * `engine` is storage, `request` is good for what is written.
 */
strongroom_status_t strongroom_request_entry(const strongroom_engine_t *engine,
                                             uint32_t index,
                                             strongroom_request_t *request);

/**
 * The request with a number.
 *
 * @param engine   the engine
 * @param number   its number, as the reply to open_ticket and request_access has it
 * @param request  written: the request
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, OUT_OF_RANGE (there is none, or it is forgotten).
 *
 * Pointers:
 * `engine` is storage, `request` is good for what is written.
 */
strongroom_status_t strongroom_request_find(const strongroom_engine_t *engine,
                                            uint32_t number,
                                            strongroom_request_t *request);

/**
 * How many accesses outside the lockbox wait for their review.
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
strongroom_status_t strongroom_exclusion_count(const strongroom_engine_t *engine, uint32_t *count);

/**
 * An access outside the lockbox that waits for its review, oldest first.
 *
 * @param engine     the engine
 * @param index      its position: from 0 to strongroom_exclusion_count - 1
 * @param exclusion  written: the exclusion
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, OUT_OF_RANGE.
 *
 * Pointers:
 * `engine` is storage, `exclusion` is good for what is written.
 */
strongroom_status_t strongroom_exclusion_entry(const strongroom_engine_t *engine,
                                               uint32_t index,
                                               strongroom_exclusion_t *exclusion);

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
 * How many records a log still takes of what opens or builds; what ends access or destroys has places of its
 * own. Where this is 1 or less, drain the log: read the records, keep them safe, and `acknowledge` them.
 *
 * @param engine  the engine
 * @param log     STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
 * @param count   written: how many
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, LOG_UNKNOWN.
 *
 * Pointers:
 * `engine` is storage, `count` is good for one number.
 */
strongroom_status_t strongroom_log_room(const strongroom_engine_t *engine,
                                        uint8_t log,
                                        uint32_t *count);

/**
 * Reads a record.
 *
 * @param bytes   its STRONGROOM_RECORD_SIZE (118) bytes
 * @param record  written: what it says
 *
 * Errors:
 * NULL, ALIGNMENT, RECORD_MALFORMED.
 *
 * Pointers:
 * `bytes` is good for 118 bytes, `record` for what is written.
 *
 */
strongroom_status_t strongroom_record_read(const uint8_t bytes[118], strongroom_record_t *record);

/**
 * Begins to verify a log, with no records.
 *
 * @param tree  room for the tree, zeroed before its first use
 * @param size  its size in bytes, `sizeof` it
 * @param abi   STRONGROOM_ABI_VERSION
 * @param log   STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
 *
 * Errors:
 * NULL, ALIGNMENT, STORAGE_SIZE, STORAGE_NOT_ZEROED, ALREADY_INITIALIZED, ABI_VERSION, LOG_UNKNOWN.
 *
 * Pointers:
 * `tree` is good for `size` bytes that were written before.
 */
strongroom_status_t strongroom_tree_init(strongroom_tree_t *tree,
                                         size_t size,
                                         uint32_t abi,
                                         uint8_t log);

/**
 * Ends a tree and wipes it with zeros.
 *
 * @param tree  a tree
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED (a call still runs on it).
 *
 * Pointers:
 * `tree` is good for a whole tree that was written before.
 */
strongroom_status_t strongroom_tree_deinit(strongroom_tree_t *tree);

/**
 * Adds the next record, once it is seen to be that: of this log, with the next number, of no earlier lease,
 * boot or time than the one before (unless the clock was set between them).
 *
 * @param tree   the tree
 * @param bytes  the record's STRONGROOM_RECORD_SIZE (118) bytes
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, RECORD_MALFORMED, RECORD_ORDER. The tree is as it was.
 *
 * Pointers:
 * `tree` is a tree, `bytes` is good for 118 bytes.
 *
 */
strongroom_status_t strongroom_tree_add(strongroom_tree_t *tree,
                                        const uint8_t bytes[118]);

/**
 * How many records a tree has, and its root.
 *
 * @param tree  the tree
 * @param size  written: how many
 * @param root  written: SHA-256, STRONGROOM_DIGEST_SIZE (32) bytes
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `tree` is a tree, `size` is good for one number, `root` for 32 bytes.
 *
 */
strongroom_status_t strongroom_tree_root(const strongroom_tree_t *tree,
                                         uint32_t *size,
                                         uint8_t root[32]);

/**
 * Signs the head of a log: a note (C2SP tlog-checkpoint) that others can verify and witness. Only of a mounted
 * engine, over what is stored, so that no power cut makes a device sign two that contradict each other.
 *
 * @param engine  the engine
 * @param log     STRONGROOM_LOG_TENANT or STRONGROOM_LOG_LIFECYCLE
 * @param signer  who signs
 * @param note    written: the note, with a final zero
 * @param room    how many bytes `note` has; STRONGROOM_NOTE_SIZE are always enough
 *
 * Errors:
 * NULL (also the signer's function), ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, LOG_UNKNOWN, NOT_MOUNTED, CLOSED,
 * SIGNER_FAILED, BUFFER_SIZE.
 *
 * Pointers:
 * `engine` is storage, `signer` is good for one signer whose function is good for what it is called with,
 * `note` for `room` bytes.
 */
strongroom_status_t strongroom_log_checkpoint(const strongroom_engine_t *engine,
                                              uint8_t log,
                                              const strongroom_signer_t *signer,
                                              char *note,
                                              size_t room);

/**
 * Reads a signed note, if the key signed it. Signatures of others may stand beside.
 *
 * @param note        the note
 * @param length      its length in bytes, without a final zero
 * @param public_key  the device's key, 32 bytes
 * @param checkpoint  written: whose head it is, and which
 *
 * Errors:
 * NULL, ALIGNMENT, VALUE (the length is more than PTRDIFF_MAX), NOTE_MALFORMED, NOTE_OTHER (none of its signatures is of this key), NOTE_FORGED.
 *
 * Pointers:
 * `note` is good for `length` bytes, `public_key` for 32, `checkpoint` for what is written.
 *
 */
strongroom_status_t strongroom_checkpoint_verify(const char *note,
                                                 size_t length,
                                                 const uint8_t public_key[32],
                                                 strongroom_checkpoint_t *checkpoint);

/**
 * The public key of an Ed25519 key.
 *
 * @param secret_key  32 secret bytes (RFC 8032)
 * @param public_key  written: 32 bytes
 *
 * Errors:
 * NULL.
 *
 * Pointers:
 * Both are good for 32 bytes.
 *
 */
strongroom_status_t strongroom_ed25519_public_key(const uint8_t secret_key[32],
                                                  uint8_t public_key[32]);

/**
 * A signer that has the key itself: a `sign` for strongroom_signer_t, whose `user` is the key.
 *
 * @param user       the key: 32 secret bytes (RFC 8032)
 * @param text       what is signed
 * @param length     its length in bytes
 * @param signature  written: 64 bytes
 * @return           0, STRONGROOM_ERROR_NULL, or STRONGROOM_ERROR_VALUE: the length is more than PTRDIFF_MAX
 *
 * Pointers:
 * `user` is good for 32 bytes, `text` for `length`, `signature` for 64.
 */
int32_t strongroom_ed25519_sign(void *user,
                                const uint8_t *text,
                                size_t length,
                                uint8_t *signature);

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
 * What a Command frame asks.
 *
 * @param frame      a Command frame
 * @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
 * @param envelope   written: for which engine, and when
 * @param command    written: the command, ready for strongroom_engine_apply
 *
 * Errors:
 * NULL, ALIGNMENT, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED, FRAME_KIND (no
 * Command frame), VALUE (the last of all times, which C cannot tell from none).
 *
 * Pointers:
 * `frame` is good for `frame_len` bytes, `envelope` and `command` for what is written.
 */
strongroom_status_t strongroom_frame_command(const uint8_t *frame,
                                             size_t frame_len,
                                             strongroom_envelope_t *envelope,
                                             strongroom_command_t *command);

/**
 * What a Reply frame answers.
 *
 * @param frame      a Reply frame
 * @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
 * @param envelope   written: of which engine, and to which line; its time is STRONGROOM_NO_TIME
 * @param reply      written: the reply
 *
 * Errors:
 * NULL, ALIGNMENT, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED, FRAME_KIND (no
 * Reply frame).
 *
 * Pointers:
 * `frame` is good for `frame_len` bytes, `envelope` and `reply` for what is written.
 */
strongroom_status_t strongroom_frame_reply(const uint8_t *frame,
                                           size_t frame_len,
                                           strongroom_envelope_t *envelope,
                                           strongroom_reply_t *reply);

/**
 * Which record a Record frame holds.
 *
 * @param frame      a Record frame
 * @param frame_len  its length in bytes, its final zero included or not: up to STRONGROOM_MAX_FRAME
 * @param engine     written: the number of the engine that it is of
 * @param record     written: STRONGROOM_RECORD_SIZE (118) bytes
 *
 * Errors:
 * NULL, FRAME_TOO_LONG, FRAME_BROKEN, FRAME_CHECKSUM, FRAME_VERSION, FRAME_MALFORMED, FRAME_KIND (no Record
 * frame).
 *
 * Pointers:
 * `frame` is good for `frame_len` bytes, `engine` for one byte, `record` for 118 bytes.
 *
 */
strongroom_status_t strongroom_frame_record(const uint8_t *frame,
                                            size_t frame_len,
                                            uint8_t *engine,
                                            uint8_t record[118]);

/**
 * Writes a Start frame.
 *
 * @param start      what it says
 * @param frame      written: the frame, its final zero included
 * @param room       how many bytes `frame` has; STRONGROOM_MAX_FRAME are always enough
 * @param frame_len  written: the frame's length in bytes
 *
 * Errors:
 * NULL, ALIGNMENT, VALUE, BUFFER_SIZE.
 *
 * Pointers:
 * `start` is good for one start, `frame` for `room` bytes, `frame_len` for one number.
 */
strongroom_status_t strongroom_frame_write_start(const strongroom_start_t *start,
                                                 uint8_t *frame,
                                                 size_t room,
                                                 size_t *frame_len);

/**
 * Writes a Command frame.
 *
 * @param envelope   for which engine, and when
 * @param command    the command
 * @param frame      written: the frame, its final zero included
 * @param room       how many bytes `frame` has; STRONGROOM_MAX_FRAME are always enough
 * @param frame_len  written: the frame's length in bytes
 *
 * Errors:
 * NULL, ALIGNMENT, VERB_UNKNOWN, VALUE (of the command or the envelope), BUFFER_SIZE.
 *
 * Pointers:
 * `envelope` and `command` are good for one of their kind, `frame` for `room` bytes, `frame_len` for one
 * number.
 */
strongroom_status_t strongroom_frame_write_command(const strongroom_envelope_t *envelope,
                                                   const strongroom_command_t *command,
                                                   uint8_t *frame,
                                                   size_t room,
                                                   size_t *frame_len);

/**
 * Writes a Reply frame: what a device answers over its link.
 *
 * @param envelope   of which engine, and to which line; its time is not sent
 * @param reply      the reply
 * @param frame      written: the frame, its final zero included
 * @param room       how many bytes `frame` has; STRONGROOM_MAX_FRAME are always enough
 * @param frame_len  written: the frame's length in bytes
 *
 * Errors:
 * NULL, ALIGNMENT, VALUE (of the reply or the envelope), BUFFER_SIZE.
 *
 * Pointers:
 * `envelope` and `reply` are good for one of their kind, `frame` for `room` bytes, `frame_len` for one number.
 */
strongroom_status_t strongroom_frame_write_reply(const strongroom_envelope_t *envelope,
                                                 const strongroom_reply_t *reply,
                                                 uint8_t *frame,
                                                 size_t room,
                                                 size_t *frame_len);

/**
 * Writes a Record frame.
 *
 * @param engine     the number of the engine that the record is of
 * @param record     the record's bytes
 * @param frame      written: the frame, its final zero included
 * @param room       how many bytes `frame` has; STRONGROOM_MAX_FRAME are always enough
 * @param frame_len  written: the frame's length in bytes
 *
 * Errors:
 * NULL, ALIGNMENT, RECORD_MALFORMED, BUFFER_SIZE.
 *
 * Pointers:
 * `record` is good for 118 bytes, `frame` for `room` bytes, `frame_len` for one number.
 *
 */
strongroom_status_t strongroom_frame_write_record(uint8_t engine,
                                                  const uint8_t record[118],
                                                  uint8_t *frame,
                                                  size_t room,
                                                  size_t *frame_len);

/**
 * A preset's digest: what a log names the policy by.
 *
 * @param policy  STRONGROOM_POLICY_*
 * @param digest  written: SHA-256, STRONGROOM_DIGEST_SIZE (32) bytes
 *
 * Errors:
 * NULL, POLICY_UNKNOWN.
 *
 * Pointers:
 * `digest` is good for 32 bytes.
 *
 */
strongroom_status_t strongroom_policy_digest(uint8_t policy, uint8_t digest[32]);

/**
 * The preset with a digest.
 *
 * @param digest  SHA-256, STRONGROOM_DIGEST_SIZE (32) bytes
 * @param policy  written: STRONGROOM_POLICY_*
 *
 * Errors:
 * NULL, POLICY_UNKNOWN.
 *
 * Pointers:
 * `digest` is good for 32 bytes, `policy` for one byte.
 *
 */
strongroom_status_t strongroom_policy_find(const uint8_t digest[32], uint8_t *policy);

/**
 * The numbers of a preset.
 *
 * @param policy   STRONGROOM_POLICY_*
 * @param numbers  written: its numbers
 *
 * Errors:
 * NULL, ALIGNMENT, POLICY_UNKNOWN.
 *
 * Pointers:
 * `numbers` is good for what is written.
 */
strongroom_status_t strongroom_policy_numbers(uint8_t policy, strongroom_policy_t *numbers);

/**
 * A preset's name, such as "azure".
 *
 * @param policy  STRONGROOM_POLICY_*
 * @return        a static text; NULL where there is no such preset
 */
const char *strongroom_policy_name(uint8_t policy);

/**
 * What the provider's just-in-time rule says about a request for access. No engine is asked and nothing is
 * recorded; an engine asks the same when a `jit_decide` command comes.
 *
 * @param policy   STRONGROOM_POLICY_*
 * @param terms    what is asked for
 * @param outcome  written: STRONGROOM_JIT_*
 *
 * Errors:
 * NULL, ALIGNMENT, POLICY_UNKNOWN, VALUE (a field of the terms).
 *
 * Pointers:
 * `terms` is good for one of them, `outcome` for one byte.
 */
strongroom_status_t strongroom_jit_evaluate(uint8_t policy,
                                            const strongroom_terms_t *terms,
                                            uint8_t *outcome);

/**
 * Who answers for an issue: one hop, with the rule that says so. No engine is asked and nothing is recorded; a
 * `support` command asks the same of an engine, which checks the needs and records the answer.
 *
 * @param issue     STRONGROOM_ISSUE_*
 * @param ssh_test  STRONGROOM_SSH_TEST_*: what the customer's own test of the network said; it counts for
 *                  STRONGROOM_ISSUE_NETWORK_ACCESS only
 * @param route     written: which way it goes
 *
 * Errors:
 * NULL, ALIGNMENT, VALUE (no such issue, no such result of a test).
 *
 * Pointers:
 * `route` is good for one route.
 */
strongroom_status_t strongroom_support_answer(uint8_t issue,
                                              uint8_t ssh_test,
                                              strongroom_route_t *route);

/**
 * Makes a guard in zeroed storage: shut, and nothing known of the device. Wake the device with
 * strongroom_guard_wake to learn where it stands.
 *
 * @param guard  room for the guard, zeroed before its first use
 * @param size   the room's size in bytes: `sizeof *guard`
 * @param abi    STRONGROOM_ABI_VERSION
 *
 * Errors:
 * NULL, ALIGNMENT, STORAGE_SIZE, STORAGE_NOT_ZEROED, ALREADY_INITIALIZED, ABI_VERSION. The storage is as it was.
 *
 * Pointers:
 * `guard` is good for `size` bytes that were written before.
 */
strongroom_status_t strongroom_guard_init(strongroom_guard_t *guard,
                                          size_t size,
                                          uint32_t abi);

/**
 * Ends a guard and wipes its storage with zeros, which can be initialized again. It sends nothing: close
 * access before, with strongroom_guard_close.
 *
 * @param guard  the guard
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED (a call still runs on it).
 *
 * Pointers:
 * `guard` is a whole storage that was written before.
 */
strongroom_status_t strongroom_guard_deinit(strongroom_guard_t *guard);

/**
 * Raises how far the technician's side is open. It is never lowered so: that is what strongroom_guard_close does.
 *
 * @param guard   the guard
 * @param mode    STRONGROOM_MODE_*
 * @param opened  written: whether the mode is set now, 0 or 1: not while a session is being closed, nor where the guard is
 *                open further already
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (no such mode).
 *
 * Pointers:
 * `guard` is storage, `opened` is good for one byte.
 */
strongroom_status_t strongroom_guard_open(strongroom_guard_t *guard,
                                          uint8_t mode,
                                          uint8_t *opened);

/**
 * Ends access: shuts, drops what was typed, interrupts what runs, and logs out at the prompt that comes back.
 *
 * The login prompt after that is STRONGROOM_EVENT_CLOSED, once; where the device stands at it already, this
 * call returns it. Until then nothing is shown. When nothing comes the call may be repeated: it interrupts again,
 * and sends a CR for the prompt.
 *
 * @param guard  the guard
 * @param sink   where bytes go
 * @param event  written: STRONGROOM_EVENT_CLOSED or STRONGROOM_EVENT_NONE
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
 *
 * Pointers:
 * `guard` is storage, `sink` a sink, `event` is good for one event.
 */
strongroom_status_t strongroom_guard_close(strongroom_guard_t *guard,
                                           const strongroom_sink_t *sink,
                                           strongroom_event_t *event);

/**
 * How far the technician's side is open.
 *
 * @param guard  the guard
 * @param mode   written: STRONGROOM_MODE_*
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `guard` is storage, `mode` is good for one byte.
 */
strongroom_status_t strongroom_guard_mode(const strongroom_guard_t *guard, uint8_t *mode);

/**
 * What the device is doing, as far as it can be told.
 *
 * @param guard    the guard
 * @param session  written: STRONGROOM_SESSION_*
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `guard` is storage, `session` is good for one byte.
 */
strongroom_status_t strongroom_guard_session(const strongroom_guard_t *guard, uint8_t *session);

/**
 * Takes one byte that the technician typed.
 *
 * @param guard  the guard
 * @param byte   the byte
 * @param sink   where bytes go
 * @param event  written: what to act on
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
 *
 * Pointers:
 * `guard` is storage, `sink` a sink, `event` is good for one event.
 */
strongroom_status_t strongroom_guard_technician(strongroom_guard_t *guard,
                                                uint8_t byte,
                                                const strongroom_sink_t *sink,
                                                strongroom_event_t *event);

/**
 * Takes one byte that the device printed.
 *
 * @param guard  the guard
 * @param byte   the byte
 * @param sink   where bytes go
 * @param event  written: STRONGROOM_EVENT_POLLED during a poll, else STRONGROOM_EVENT_NONE
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
 *
 * Pointers:
 * `guard` is storage, `sink` a sink, `event` is good for one event.
 */
strongroom_status_t strongroom_guard_device(strongroom_guard_t *guard,
                                            uint8_t byte,
                                            const strongroom_sink_t *sink,
                                            strongroom_event_t *event);

/**
 * Takes note that the device has printed nothing for STRONGROOM_QUIET_MILLISECONDS: what it printed last may
 * be a prompt. One call after each burst is enough; more do nothing.
 *
 * @param guard  the guard
 * @param sink   where bytes go
 * @param event  written: what to act on
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
 *
 * Pointers:
 * `guard` is storage, `sink` a sink, `event` is good for one event.
 */
strongroom_status_t strongroom_guard_quiet(strongroom_guard_t *guard,
                                           const strongroom_sink_t *sink,
                                           strongroom_event_t *event);

/**
 * Takes note that the technician's line was held in BREAK. The device does not learn of it.
 *
 * @param guard  the guard
 * @param sink   where bytes go
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
 *
 * Pointers:
 * `guard` is storage, `sink` a sink.
 */
strongroom_status_t strongroom_guard_line_break(strongroom_guard_t *guard,
                                                const strongroom_sink_t *sink);

/**
 * Sends one CR to a device that nothing was asked of, so that it shows its prompt. Needed when the program
 * starts, and when something the device printed by itself has moved the prompt away.
 *
 * @param guard  the guard
 * @param sink   where bytes go
 * @param sent   written: whether it was sent, 0 or 1: only in STRONGROOM_SESSION_UNKNOWN
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
 *
 * Pointers:
 * `guard` is storage, `sink` a sink, `sent` is good for one byte.
 */
strongroom_status_t strongroom_guard_wake(strongroom_guard_t *guard,
                                          const strongroom_sink_t *sink,
                                          uint8_t *sent);

/**
 * Sends what waits for a decision: the command's own name with its arguments, or the account's name. Call it
 * once the engine has accepted.
 *
 * @param guard         the guard
 * @param confirmation  whether this command may be confirmed where it asks for that: STRONGROOM_CONFIRMATION_*; in
 *                      STRONGROOM_MODE_FULL confirmations are always allowed
 * @param sink          where bytes go
 * @param sent          written: whether it was sent, 0 or 1: not where nothing waits any more, because the device has
 *                      printed something since, nor where the line is no command or its arguments are not plain
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (no such confirmation); PANIC ends the guard.
 *
 * Pointers:
 * `guard` is storage, `sink` a sink, `sent` is good for one byte.
 */
strongroom_status_t strongroom_guard_pass(strongroom_guard_t *guard,
                                          uint8_t confirmation,
                                          const strongroom_sink_t *sink,
                                          uint8_t *sent);

/**
 * Drops what waits for a decision, and tells the technician why. Nothing is sent to the device.
 *
 * @param guard  the guard
 * @param why    a text for the technician, such as strongroom_rule_text(reply.rule)
 * @param sink   where bytes go
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (the text is not UTF-8); PANIC ends the guard.
 *
 * Pointers:
 * `guard` is storage, `why` is a text with its final zero, `sink` a sink.
 */
strongroom_status_t strongroom_guard_refuse(strongroom_guard_t *guard,
                                            const char *why,
                                            const strongroom_sink_t *sink);

/**
 * Takes the turn for the program itself, at an idle shell or login prompt. A line that the technician has
 * begun stays; what is typed during the poll is dropped, and the begun line with it.
 *
 * @param guard  the guard
 * @param begun  written: whether it has the turn, 0 or 1
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `guard` is storage, `begun` is good for one byte.
 */
strongroom_status_t strongroom_guard_begin_poll(strongroom_guard_t *guard,
                                                uint8_t *begun);

/**
 * Sends one of the commands that a poll reads. What the device prints comes back as STRONGROOM_EVENT_POLLED, and
 * STRONGROOM_EVENT_PROMPT when it is ready for more.
 *
 * @param guard    the guard
 * @param command  which one: `hsm information show`, `hsm show`, `hsm stm show`, `hsm tamper show`, `status
 *                 sensors` or `status sysstat show`, by its number from strongroom_console_lookup
 * @param sink     where bytes go
 * @param sent     written: whether it was sent, 0 or 1: only during a poll, at the shell's prompt, and of those
 *                 commands
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
 *
 * Pointers:
 * `guard` is storage, `sink` a sink, `sent` is good for one byte.
 */
strongroom_status_t strongroom_guard_send_poll(strongroom_guard_t *guard,
                                               uint16_t command,
                                               const strongroom_sink_t *sink,
                                               uint8_t *sent);

/**
 * Logs the program itself in, at the login prompt of its poll. The prompt for the password follows.
 *
 * @param guard  the guard
 * @param name   the account's name: up to 32 letters, digits, `-`, `.` and `_`, a letter or digit first
 * @param sink   where bytes go
 * @param sent   written: whether it was sent, 0 or 1
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
 *
 * Pointers:
 * `guard` is storage, `name` is a text with its final zero, `sink` a sink, `sent` is good for one byte.
 */
strongroom_status_t strongroom_guard_log_in(strongroom_guard_t *guard,
                                            const char *name,
                                            const strongroom_sink_t *sink,
                                            uint8_t *sent);

/**
 * Answers the prompt for the program's own password. A wrong one brings the login prompt back. The password is
 * handed to the sink and kept nowhere; wipe it afterwards.
 *
 * @param guard     the guard
 * @param password  the password, in printable ASCII
 * @param sink      where bytes go
 * @param sent      written: whether it was sent, 0 or 1
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
 *
 * Pointers:
 * `guard` is storage, `password` is a text with its final zero, `sink` a sink, `sent` is good for one byte.
 */
strongroom_status_t strongroom_guard_give_password(strongroom_guard_t *guard,
                                                   const char *password,
                                                   const strongroom_sink_t *sink,
                                                   uint8_t *sent);

/**
 * Gives the turn back. A command that still runs is interrupted, and what it prints is shown to nobody.
 *
 * @param guard  the guard
 * @param sink   where bytes go
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the guard.
 *
 * Pointers:
 * `guard` is storage, `sink` a sink.
 */
strongroom_status_t strongroom_guard_end_poll(strongroom_guard_t *guard,
                                              const strongroom_sink_t *sink);

/**
 * Makes a parser in zeroed storage, one that has seen nothing.
 *
 * @param parser  room for the parser, zeroed before its first use
 * @param size    the room's size in bytes: `sizeof *parser`
 * @param abi     STRONGROOM_ABI_VERSION
 *
 * Errors:
 * NULL, ALIGNMENT, STORAGE_SIZE, STORAGE_NOT_ZEROED, ALREADY_INITIALIZED, ABI_VERSION. The storage is as it was.
 *
 * Pointers:
 * `parser` is good for `size` bytes that were written before.
 */
strongroom_status_t strongroom_parser_init(strongroom_parser_t *parser,
                                           size_t size,
                                           uint32_t abi);

/**
 * Ends a parser and wipes its storage with zeros, which can be initialized again.
 *
 * @param parser  the parser
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED (a call still runs on it).
 *
 * Pointers:
 * `parser` is a whole storage that was written before.
 */
strongroom_status_t strongroom_parser_deinit(strongroom_parser_t *parser);

/**
 * Takes the next piece of the console's output, up to the line that ends a command's output.
 *
 * A program that polls one command after the other calls strongroom_parser_finish where one has ended, and goes on
 * with the rest of the piece.
 *
 * @param parser  the parser
 * @param bytes   the piece, as the line delivered it
 * @param length  how many bytes it has
 * @param used    written: how many bytes were taken: all of them, unless a command's output ended
 * @param ended   written: whether a command's output ended with the last byte taken, 0 or 1
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED, VALUE (the length is more than PTRDIFF_MAX); PANIC ends the parser.
 *
 * Pointers:
 * `parser` is storage, `bytes` is good for `length` bytes, `used` for one number, `ended` for one byte.
 */
strongroom_status_t strongroom_parser_feed(strongroom_parser_t *parser,
                                           const uint8_t *bytes,
                                           size_t length,
                                           size_t *used,
                                           uint8_t *ended);

/**
 * Reads the last line even if it has not ended, hands over what was read, and starts anew. A number at the end of
 * such a line is left out, because digits may be missing.
 *
 * @param parser   the parser
 * @param reading  written: what was read
 * @param outcome  written: how it went
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED; PANIC ends the parser.
 *
 * Pointers:
 * `parser` is storage, `reading` and `outcome` are good for one each.
 */
strongroom_status_t strongroom_parser_finish(strongroom_parser_t *parser,
                                             strongroom_reading_t *reading,
                                             strongroom_outcome_t *outcome);

/**
 * What was read so far, without the line that has not ended yet.
 *
 * @param parser   the parser
 * @param reading  written: what was read
 * @param outcome  written: how it went
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `parser` is storage, `reading` and `outcome` are good for one each.
 */
strongroom_status_t strongroom_parser_reading(const strongroom_parser_t *parser,
                                              strongroom_reading_t *reading,
                                              strongroom_outcome_t *outcome);

/**
 * Whether the shell waits for a command: its prompt stands at the end of what was fed.
 *
 * @param parser     the parser
 * @param at_prompt  written: 0 or 1
 *
 * Errors:
 * NULL, ALIGNMENT, NOT_INITIALIZED, INTERRUPTED.
 *
 * Pointers:
 * `parser` is storage, `at_prompt` is good for one byte.
 */
strongroom_status_t strongroom_parser_is_at_prompt(const strongroom_parser_t *parser,
                                                   uint8_t *at_prompt);

/**
 * What a typed line is. The shell takes the beginning of each word for the word, in either case; what could be
 * two commands is none.
 *
 * @param text    the line, without its end
 * @param length  how many bytes it has
 * @param lookup  written: what it is
 *
 * Errors:
 * NULL, ALIGNMENT, VALUE (the line is longer than UINT32_MAX or PTRDIFF_MAX bytes).
 *
 * Pointers:
 * `text` is good for `length` bytes, `lookup` for one.
 */
strongroom_status_t strongroom_console_lookup(const char *text,
                                              size_t length,
                                              strongroom_lookup_t *lookup);

/**
 * A command's name, such as "hsm show": its words in full, in small letters.
 *
 * @param command  its number, from 0
 * @param name     written: the name, and zeros up to STRONGROOM_COMMAND_NAME_SIZE (48) bytes
 *
 * Errors:
 * NULL, OUT_OF_RANGE (no such command).
 *
 * Pointers:
 * `name` is good for STRONGROOM_COMMAND_NAME_SIZE bytes.
 *
 */
strongroom_status_t strongroom_console_name(uint16_t command, char name[48]);

/**
 * The lowest of the device's stock roles that may run a command. A higher one may run all that a lower one may.
 *
 * @param command  its number, from 0
 * @param role     written: STRONGROOM_DEVICE_ROLE_*
 *
 * Errors:
 * NULL, OUT_OF_RANGE (no such command).
 *
 * Pointers:
 * `role` is good for one byte.
 */
strongroom_status_t strongroom_console_role(uint16_t command,
                                            uint8_t *role);

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
 * The name of what somebody acts as, such as "PartitionOfficer".
 *
 * @param role  STRONGROOM_ROLE_*
 * @return      a static text; NULL where there is none of that number
 */
const char *strongroom_role_name(uint8_t role);

/**
 * The name of a side of the lease, such as "customer".
 *
 * @param party  STRONGROOM_PARTY_*
 * @return       a static text; NULL where there is none of that number
 */
const char *strongroom_party_name(uint8_t party);

/**
 * The name of what a request can be about, such as "vm_linux".
 *
 * @param subject  STRONGROOM_SUBJECT_*
 * @return         a static text; NULL where there is none of that number
 */
const char *strongroom_subject_name(uint8_t subject);

/**
 * The name of how far a permission reaches, such as "resource_group".
 *
 * @param scope  STRONGROOM_SCOPE_*
 * @return       a static text; NULL where there is none of that number
 */
const char *strongroom_scope_name(uint8_t scope);

/**
 * The name of what a permission allows, such as "read".
 *
 * @param permission  STRONGROOM_PERMISSION_*
 * @return            a static text; NULL where there is none of that number
 */
const char *strongroom_permission_name(uint8_t permission);

/**
 * The name of an access outside the lockbox, such as "break_glass".
 *
 * @param exclusion  STRONGROOM_EXCLUSION_*
 * @return           a static text; NULL where there is none of that number
 */
const char *strongroom_exclusion_name(uint8_t exclusion);

/**
 * The name of what the just-in-time rule says, such as "ask_internal".
 *
 * @param outcome  STRONGROOM_JIT_*
 * @return         a static text; NULL where there is none of that number
 */
const char *strongroom_jit_name(uint8_t outcome);

/**
 * The name of a support plan, such as "developer".
 *
 * @param plan  STRONGROOM_PLAN_*
 * @return      a static text; NULL where there is none of that number
 */
const char *strongroom_plan_name(uint8_t plan);

/**
 * The name of a class of issue, such as "network_path".
 *
 * @param issue  STRONGROOM_ISSUE_*
 * @return       a static text; NULL where there is none of that number
 */
const char *strongroom_issue_name(uint8_t issue);

/**
 * The name of whom to call, such as "vendor_portal".
 *
 * @param contact  STRONGROOM_CONTACT_*
 * @return         a static text; NULL where there is none of that number
 */
const char *strongroom_contact_name(uint8_t contact);

/**
 * The name of what a party may do on the device, such as "monitors".
 *
 * @param reach  STRONGROOM_REACH_*
 * @return       a static text; NULL where there is none of that number
 */
const char *strongroom_reach_name(uint8_t reach);

/**
 * A log's name, such as "tenant".
 *
 * @param log  STRONGROOM_LOG_*
 * @return     a static text; NULL where there is none of that number
 */
const char *strongroom_log_name(uint8_t log);

/**
 * The name of where the core runs, such as "board".
 *
 * @param deployment  STRONGROOM_DEPLOYMENT_*
 * @return            a static text; NULL where there is none of that number
 */
const char *strongroom_deployment_name(uint8_t deployment);

/**
 * The name of how far a registration has come, such as "pending".
 *
 * @param registration  STRONGROOM_REGISTRATION_*
 * @return              a static text; NULL where there is none of that number
 */
const char *strongroom_registration_name(uint8_t registration);

/**
 * The name of how the device runs, such as "ErrorSoft".
 *
 * @param execution  STRONGROOM_EXECUTION_*
 * @return           a static text; NULL where there is none of that number
 */
const char *strongroom_execution_name(uint8_t execution);

/**
 * The name of how the device stands to its HA group, such as "InSync".
 *
 * @param membership  STRONGROOM_MEMBERSHIP_*
 * @return            a static text; NULL where there is none of that number
 */
const char *strongroom_membership_name(uint8_t membership);

/**
 * The name of why a device is zeroized, such as "customer".
 *
 * @param cause  STRONGROOM_CAUSE_*
 * @return       a static text; NULL where there is none of that number
 */
const char *strongroom_cause_name(uint8_t cause);

/**
 * The name of how a piece of evidence came about, such as "Verified".
 *
 * @param class  STRONGROOM_EVIDENCE_*
 * @return       a static text; NULL where there is none of that number
 */
const char *strongroom_evidence_name(uint8_t class_);

/**
 * The name of a part of the device, such as "power_supply".
 *
 * @param component  STRONGROOM_COMPONENT_*
 * @return           a static text; NULL where there is none of that number
 */
const char *strongroom_component_name(uint8_t component);

/**
 * The name of a class of tamper, such as "chassis".
 *
 * @param tamper  STRONGROOM_TAMPER_*
 * @return        a static text; NULL where there is none of that number
 */
const char *strongroom_tamper_name(uint8_t tamper);

/**
 * The name of how a part is doing, such as "warning".
 *
 * @param level  STRONGROOM_LEVEL_*
 * @return       a static text; NULL where there is none of that number
 */
const char *strongroom_level_name(uint8_t level);

/**
 * The appliance's own word for its service, such as "ISO".
 *
 * @param service  STRONGROOM_SERVICE_*
 * @return         a static text; NULL where there is none of that number
 */
const char *strongroom_service_name(uint8_t service);

/**
 * The name of how far the guard is open, such as "grant".
 *
 * @param mode  STRONGROOM_MODE_*
 * @return      a static text; NULL where there is none of that number
 */
const char *strongroom_mode_name(uint8_t mode);

/**
 * The name of what the device is doing, such as "shell".
 *
 * @param session  STRONGROOM_SESSION_*
 * @return         a static text; NULL where there is none of that number
 */
const char *strongroom_session_name(uint8_t session);

/**
 * The name of a kind of event, such as "line".
 *
 * @param kind  STRONGROOM_EVENT_*
 * @return      a static text; NULL where there is none of that number
 */
const char *strongroom_event_name(uint8_t kind);

/**
 * The name of an answer to a confirmation prompt, such as "proceed".
 *
 * @param answer  STRONGROOM_ANSWER_*
 * @return        a static text; NULL where there is none of that number
 */
const char *strongroom_answer_name(uint8_t answer);

/**
 * The name of whether a command may be confirmed, such as "allowed".
 *
 * @param confirmation  STRONGROOM_CONFIRMATION_*
 * @return              a static text; NULL where there is none of that number
 */
const char *strongroom_confirmation_name(uint8_t confirmation);

/**
 * The name of what a typed line is, such as "command".
 *
 * @param found  STRONGROOM_FOUND_*
 * @return       a static text; NULL where there is none of that number
 */
const char *strongroom_found_name(uint8_t found);

/**
 * The name of a kind of arguments, such as "plain".
 *
 * @param arguments  STRONGROOM_ARGUMENTS_*
 * @return           a static text; NULL where there is none of that number
 */
const char *strongroom_arguments_name(uint8_t arguments);

/**
 * The name of one of the device's stock roles, such as "monitor".
 *
 * @param role  STRONGROOM_DEVICE_ROLE_*
 * @return      a static text; NULL where there is none of that number
 */
const char *strongroom_device_role_name(uint8_t role);

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
#define STRONGROOM_MEMBER(member) static_cast<strongroom_arguments_t *>(nullptr)->member
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define STRONGROOM_ASSERT(name, condition) _Static_assert(condition, #name)
#else
#define STRONGROOM_ASSERT(name, condition) typedef char strongroom_assert_##name[(condition) ? 1 : -1]
#endif
#ifndef __cplusplus
#define STRONGROOM_MEMBER(member) ((strongroom_arguments_t *)0)->member
#endif

/* On 32-bit x86 a 64-bit number lies on 4 bytes, in the library too. Where this fails, the header is included inside a
 * `#pragma pack`, or an option of the compiler packs or aligns structs: the library would read other bytes. */
#if defined(__i386__) && !defined(_WIN32)
struct strongroom_number { char bytes[4]; };
#else
struct strongroom_number { char bytes[8]; };
#endif
struct strongroom_align_number { char byte; uint64_t value; };
STRONGROOM_ASSERT(structs_are_packed_or_aligned_otherwise,
                  offsetof(struct strongroom_align_number, value) == sizeof(struct strongroom_number));
#define STRONGROOM_LAYOUT(name, condition) STRONGROOM_ASSERT(name, condition)
#define STRONGROOM_LAYOUT_64(name, condition) \
    STRONGROOM_ASSERT(name, sizeof(struct strongroom_number) != 8 || (condition))

struct strongroom_align_engine { char byte; strongroom_engine_t value; };
STRONGROOM_LAYOUT_64(engine_size, sizeof(strongroom_engine_t) == 7168);
STRONGROOM_LAYOUT_64(engine_alignment, offsetof(struct strongroom_align_engine, value) == 8);
struct strongroom_align_step { char byte; strongroom_step_t value; };
STRONGROOM_LAYOUT_64(step_size, sizeof(strongroom_step_t) == 512);
STRONGROOM_LAYOUT_64(step_alignment, offsetof(struct strongroom_align_step, value) == 8);
struct strongroom_align_tree { char byte; strongroom_tree_t value; };
STRONGROOM_LAYOUT_64(tree_size, sizeof(strongroom_tree_t) == 896);
STRONGROOM_LAYOUT_64(tree_alignment, offsetof(struct strongroom_align_tree, value) == 8);
struct strongroom_align_principal { char byte; strongroom_principal_t value; };
STRONGROOM_LAYOUT(principal_size, sizeof(strongroom_principal_t) == 33);
STRONGROOM_LAYOUT(principal_alignment, offsetof(struct strongroom_align_principal, value) == 1);
struct strongroom_align_device { char byte; strongroom_device_t value; };
STRONGROOM_LAYOUT(device_size, sizeof(strongroom_device_t) == 50);
STRONGROOM_LAYOUT(device_alignment, offsetof(struct strongroom_align_device, value) == 1);
struct strongroom_align_statement { char byte; strongroom_statement_t value; };
STRONGROOM_LAYOUT(statement_size, sizeof(strongroom_statement_t) == 34);
STRONGROOM_LAYOUT(statement_alignment, offsetof(struct strongroom_align_statement, value) == 1);
struct strongroom_align_terms { char byte; strongroom_terms_t value; };
STRONGROOM_LAYOUT(terms_size, sizeof(strongroom_terms_t) == 48);
STRONGROOM_LAYOUT(terms_alignment, offsetof(struct strongroom_align_terms, value) == 4);
struct strongroom_align_reading { char byte; strongroom_reading_t value; };
STRONGROOM_LAYOUT(reading_size, sizeof(strongroom_reading_t) == 48);
STRONGROOM_LAYOUT(reading_alignment, offsetof(struct strongroom_align_reading, value) == 4);
struct strongroom_align_arguments { char byte; strongroom_arguments_t value; };
STRONGROOM_LAYOUT_64(arguments_size, sizeof(strongroom_arguments_t) == 128);
STRONGROOM_LAYOUT_64(arguments_alignment, offsetof(struct strongroom_align_arguments, value) == 8);
struct strongroom_align_command { char byte; strongroom_command_t value; };
STRONGROOM_LAYOUT_64(command_size, sizeof(strongroom_command_t) == 200);
STRONGROOM_LAYOUT_64(command_alignment, offsetof(struct strongroom_align_command, value) == 8);
struct strongroom_align_reply { char byte; strongroom_reply_t value; };
STRONGROOM_LAYOUT(reply_size, sizeof(strongroom_reply_t) == 16);
STRONGROOM_LAYOUT(reply_alignment, offsetof(struct strongroom_align_reply, value) == 4);
struct strongroom_align_decision { char byte; strongroom_decision_t value; };
STRONGROOM_LAYOUT(decision_size, sizeof(strongroom_decision_t) == 4);
STRONGROOM_LAYOUT(decision_alignment, offsetof(struct strongroom_align_decision, value) == 2);
struct strongroom_align_consulted { char byte; strongroom_consulted_t value; };
STRONGROOM_LAYOUT(consulted_size, sizeof(strongroom_consulted_t) == 4);
STRONGROOM_LAYOUT(consulted_alignment, offsetof(struct strongroom_align_consulted, value) == 2);
struct strongroom_align_effect { char byte; strongroom_effect_t value; };
STRONGROOM_LAYOUT_64(effect_size, sizeof(strongroom_effect_t) == 32);
STRONGROOM_LAYOUT_64(effect_alignment, offsetof(struct strongroom_align_effect, value) == 8);
struct strongroom_align_lease { char byte; strongroom_lease_t value; };
STRONGROOM_LAYOUT_64(lease_size, sizeof(strongroom_lease_t) == 24);
STRONGROOM_LAYOUT_64(lease_alignment, offsetof(struct strongroom_align_lease, value) == 8);
struct strongroom_align_evidence { char byte; strongroom_evidence_t value; };
STRONGROOM_LAYOUT_64(evidence_size, sizeof(strongroom_evidence_t) == 72);
STRONGROOM_LAYOUT_64(evidence_alignment, offsetof(struct strongroom_align_evidence, value) == 8);
struct strongroom_align_account { char byte; strongroom_account_t value; };
STRONGROOM_LAYOUT_64(account_size, sizeof(strongroom_account_t) == 152);
STRONGROOM_LAYOUT_64(account_alignment, offsetof(struct strongroom_align_account, value) == 8);
struct strongroom_align_request { char byte; strongroom_request_t value; };
STRONGROOM_LAYOUT_64(request_size, sizeof(strongroom_request_t) == 136);
STRONGROOM_LAYOUT_64(request_alignment, offsetof(struct strongroom_align_request, value) == 8);
struct strongroom_align_exclusion { char byte; strongroom_exclusion_t value; };
STRONGROOM_LAYOUT_64(exclusion_size, sizeof(strongroom_exclusion_t) == 40);
STRONGROOM_LAYOUT_64(exclusion_alignment, offsetof(struct strongroom_align_exclusion, value) == 8);
struct strongroom_align_mounted { char byte; strongroom_mounted_t value; };
STRONGROOM_LAYOUT_64(mounted_size, sizeof(strongroom_mounted_t) == 16);
STRONGROOM_LAYOUT_64(mounted_alignment, offsetof(struct strongroom_align_mounted, value) == 8);
struct strongroom_align_fault { char byte; strongroom_fault_t value; };
STRONGROOM_LAYOUT(fault_size, sizeof(strongroom_fault_t) == 12);
STRONGROOM_LAYOUT(fault_alignment, offsetof(struct strongroom_align_fault, value) == 4);
struct strongroom_align_record { char byte; strongroom_record_t value; };
STRONGROOM_LAYOUT_64(record_size, sizeof(strongroom_record_t) == 120);
STRONGROOM_LAYOUT_64(record_alignment, offsetof(struct strongroom_align_record, value) == 8);
struct strongroom_align_checkpoint { char byte; strongroom_checkpoint_t value; };
STRONGROOM_LAYOUT(checkpoint_size, sizeof(strongroom_checkpoint_t) == 136);
STRONGROOM_LAYOUT(checkpoint_alignment, offsetof(struct strongroom_align_checkpoint, value) == 4);
struct strongroom_align_policy { char byte; strongroom_policy_t value; };
STRONGROOM_LAYOUT(policy_size, sizeof(strongroom_policy_t) == 60);
STRONGROOM_LAYOUT(policy_alignment, offsetof(struct strongroom_align_policy, value) == 4);
struct strongroom_align_start { char byte; strongroom_start_t value; };
STRONGROOM_LAYOUT(start_size, sizeof(strongroom_start_t) == 118);
STRONGROOM_LAYOUT(start_alignment, offsetof(struct strongroom_align_start, value) == 1);
struct strongroom_align_envelope { char byte; strongroom_envelope_t value; };
STRONGROOM_LAYOUT_64(envelope_size, sizeof(strongroom_envelope_t) == 16);
STRONGROOM_LAYOUT_64(envelope_alignment, offsetof(struct strongroom_align_envelope, value) == 8);
struct strongroom_align_route { char byte; strongroom_route_t value; };
STRONGROOM_LAYOUT(route_size, sizeof(strongroom_route_t) == 18);
STRONGROOM_LAYOUT(route_alignment, offsetof(struct strongroom_align_route, value) == 2);
struct strongroom_align_guard { char byte; strongroom_guard_t value; };
STRONGROOM_LAYOUT_64(guard_size, sizeof(strongroom_guard_t) == 320);
STRONGROOM_LAYOUT_64(guard_alignment, offsetof(struct strongroom_align_guard, value) == 8);
struct strongroom_align_event { char byte; strongroom_event_t value; };
STRONGROOM_LAYOUT(event_size, sizeof(strongroom_event_t) == 170);
STRONGROOM_LAYOUT(event_alignment, offsetof(struct strongroom_align_event, value) == 2);
struct strongroom_align_parser { char byte; strongroom_parser_t value; };
STRONGROOM_LAYOUT_64(parser_size, sizeof(strongroom_parser_t) == 960);
STRONGROOM_LAYOUT_64(parser_alignment, offsetof(struct strongroom_align_parser, value) == 8);
struct strongroom_align_outcome { char byte; strongroom_outcome_t value; };
STRONGROOM_LAYOUT(outcome_size, sizeof(strongroom_outcome_t) == 36);
STRONGROOM_LAYOUT(outcome_alignment, offsetof(struct strongroom_align_outcome, value) == 4);
struct strongroom_align_lookup { char byte; strongroom_lookup_t value; };
STRONGROOM_LAYOUT(lookup_size, sizeof(strongroom_lookup_t) == 12);
STRONGROOM_LAYOUT(lookup_alignment, offsetof(struct strongroom_align_lookup, value) == 4);
STRONGROOM_LAYOUT(register__organisation, offsetof(strongroom_arguments_t, register_.organisation) == 0 && sizeof(STRONGROOM_MEMBER(register_.organisation)) == 16);
STRONGROOM_LAYOUT(register__approved, offsetof(strongroom_arguments_t, register_.approved) == 16 && sizeof(STRONGROOM_MEMBER(register_.approved)) == 1);
STRONGROOM_LAYOUT(set_plan_plan, offsetof(strongroom_arguments_t, set_plan.plan) == 0 && sizeof(STRONGROOM_MEMBER(set_plan.plan)) == 1);
STRONGROOM_LAYOUT(set_roster_approvers, offsetof(strongroom_arguments_t, set_roster.approvers) == 0 && sizeof(STRONGROOM_MEMBER(set_roster.approvers)) == 64);
STRONGROOM_LAYOUT_64(set_opt_ins_lockbox, offsetof(strongroom_arguments_t, set_opt_ins.lockbox) == 0 && sizeof(STRONGROOM_MEMBER(set_opt_ins.lockbox)) == 1);
STRONGROOM_LAYOUT_64(set_opt_ins_previews, offsetof(strongroom_arguments_t, set_opt_ins.previews) == 8 && sizeof(STRONGROOM_MEMBER(set_opt_ins.previews)) == 8);
STRONGROOM_LAYOUT(set_tamper_bit_destroys, offsetof(strongroom_arguments_t, set_tamper_bit.destroys) == 0 && sizeof(STRONGROOM_MEMBER(set_tamper_bit.destroys)) == 1);
STRONGROOM_LAYOUT(set_monitoring_allowed, offsetof(strongroom_arguments_t, set_monitoring.allowed) == 0 && sizeof(STRONGROOM_MEMBER(set_monitoring.allowed)) == 1);
STRONGROOM_LAYOUT(set_vendor_registration_registered, offsetof(strongroom_arguments_t, set_vendor_registration.registered) == 0 && sizeof(STRONGROOM_MEMBER(set_vendor_registration.registered)) == 1);
STRONGROOM_LAYOUT(set_place_region, offsetof(strongroom_arguments_t, set_place.region) == 0 && sizeof(STRONGROOM_MEMBER(set_place.region)) == 17);
STRONGROOM_LAYOUT(set_place_network, offsetof(strongroom_arguments_t, set_place.network) == 17 && sizeof(STRONGROOM_MEMBER(set_place.network)) == 17);
STRONGROOM_LAYOUT(set_customer_id_id, offsetof(strongroom_arguments_t, set_customer_id.id) == 0 && sizeof(STRONGROOM_MEMBER(set_customer_id.id)) == 17);
STRONGROOM_LAYOUT(set_policy_policy, offsetof(strongroom_arguments_t, set_policy.policy) == 0 && sizeof(STRONGROOM_MEMBER(set_policy.policy)) == 32);
STRONGROOM_LAYOUT(arrive_serial, offsetof(strongroom_arguments_t, arrive.serial) == 0 && sizeof(STRONGROOM_MEMBER(arrive.serial)) == 17);
STRONGROOM_LAYOUT(stm_ok_expected, offsetof(strongroom_arguments_t, stm_ok.expected) == 0 && sizeof(STRONGROOM_MEMBER(stm_ok.expected)) == 32);
STRONGROOM_LAYOUT(stm_ok_shown, offsetof(strongroom_arguments_t, stm_ok.shown) == 32 && sizeof(STRONGROOM_MEMBER(stm_ok.shown)) == 32);
STRONGROOM_LAYOUT(stm_ok_seals_whole, offsetof(strongroom_arguments_t, stm_ok.seals_whole) == 64 && sizeof(STRONGROOM_MEMBER(stm_ok.seals_whole)) == 1);
STRONGROOM_LAYOUT(stm_mismatch_expected, offsetof(strongroom_arguments_t, stm_mismatch.expected) == 0 && sizeof(STRONGROOM_MEMBER(stm_mismatch.expected)) == 32);
STRONGROOM_LAYOUT(stm_mismatch_shown, offsetof(strongroom_arguments_t, stm_mismatch.shown) == 32 && sizeof(STRONGROOM_MEMBER(stm_mismatch.shown)) == 32);
STRONGROOM_LAYOUT(stm_mismatch_seals_whole, offsetof(strongroom_arguments_t, stm_mismatch.seals_whole) == 64 && sizeof(STRONGROOM_MEMBER(stm_mismatch.seals_whole)) == 1);
STRONGROOM_LAYOUT(baseline_ok_firmware, offsetof(strongroom_arguments_t, baseline_ok.firmware) == 0 && sizeof(STRONGROOM_MEMBER(baseline_ok.firmware)) == 17);
STRONGROOM_LAYOUT(baseline_ok_password_discarded, offsetof(strongroom_arguments_t, baseline_ok.password_discarded) == 17 && sizeof(STRONGROOM_MEMBER(baseline_ok.password_discarded)) == 1);
STRONGROOM_LAYOUT(baseline_ok_logs_cleared, offsetof(strongroom_arguments_t, baseline_ok.logs_cleared) == 18 && sizeof(STRONGROOM_MEMBER(baseline_ok.logs_cleared)) == 1);
STRONGROOM_LAYOUT(baseline_ok_self_test_passed, offsetof(strongroom_arguments_t, baseline_ok.self_test_passed) == 19 && sizeof(STRONGROOM_MEMBER(baseline_ok.self_test_passed)) == 1);
STRONGROOM_LAYOUT(baseline_ok_reset_checked, offsetof(strongroom_arguments_t, baseline_ok.reset_checked) == 20 && sizeof(STRONGROOM_MEMBER(baseline_ok.reset_checked)) == 1);
STRONGROOM_LAYOUT(enter_maintenance_ticket, offsetof(strongroom_arguments_t, enter_maintenance.ticket) == 0 && sizeof(STRONGROOM_MEMBER(enter_maintenance.ticket)) == 17);
STRONGROOM_LAYOUT(exit_maintenance_covers_closed, offsetof(strongroom_arguments_t, exit_maintenance.covers_closed) == 0 && sizeof(STRONGROOM_MEMBER(exit_maintenance.covers_closed)) == 1);
STRONGROOM_LAYOUT(allocate_organisation, offsetof(strongroom_arguments_t, allocate.organisation) == 0 && sizeof(STRONGROOM_MEMBER(allocate.organisation)) == 16);
STRONGROOM_LAYOUT(allocate_region, offsetof(strongroom_arguments_t, allocate.region) == 16 && sizeof(STRONGROOM_MEMBER(allocate.region)) == 17);
STRONGROOM_LAYOUT(allocate_network, offsetof(strongroom_arguments_t, allocate.network) == 33 && sizeof(STRONGROOM_MEMBER(allocate.network)) == 17);
STRONGROOM_LAYOUT(allocate_replaces, offsetof(strongroom_arguments_t, allocate.replaces) == 50 && sizeof(STRONGROOM_MEMBER(allocate.replaces)) == 35);
STRONGROOM_LAYOUT(mapped_network, offsetof(strongroom_arguments_t, mapped.network) == 0 && sizeof(STRONGROOM_MEMBER(mapped.network)) == 17);
STRONGROOM_LAYOUT(mapped_ssh_test_passed, offsetof(strongroom_arguments_t, mapped.ssh_test_passed) == 17 && sizeof(STRONGROOM_MEMBER(mapped.ssh_test_passed)) == 1);
STRONGROOM_LAYOUT_64(claim_credential_replaced, offsetof(strongroom_arguments_t, claim.credential_replaced) == 0 && sizeof(STRONGROOM_MEMBER(claim.credential_replaced)) == 1);
STRONGROOM_LAYOUT_64(claim_owner_key, offsetof(strongroom_arguments_t, claim.owner_key) == 1 && sizeof(STRONGROOM_MEMBER(claim.owner_key)) == 32);
STRONGROOM_LAYOUT_64(claim_proof, offsetof(strongroom_arguments_t, claim.proof) == 40 && sizeof(STRONGROOM_MEMBER(claim.proof)) == 16);
STRONGROOM_LAYOUT(init_cloning_domain, offsetof(strongroom_arguments_t, init.cloning_domain) == 0 && sizeof(STRONGROOM_MEMBER(init.cloning_domain)) == 32);
STRONGROOM_LAYOUT(zeroize_nonce, offsetof(strongroom_arguments_t, zeroize.nonce) == 0 && sizeof(STRONGROOM_MEMBER(zeroize.nonce)) == 16);
STRONGROOM_LAYOUT(factory_reset_nonce, offsetof(strongroom_arguments_t, factory_reset.nonce) == 0 && sizeof(STRONGROOM_MEMBER(factory_reset.nonce)) == 16);
STRONGROOM_LAYOUT(tamper_class_, offsetof(strongroom_arguments_t, tamper.class_) == 0 && sizeof(STRONGROOM_MEMBER(tamper.class_)) == 1);
STRONGROOM_LAYOUT(fault_hard_code, offsetof(strongroom_arguments_t, fault_hard.code) == 0 && sizeof(STRONGROOM_MEMBER(fault_hard.code)) == 2);
STRONGROOM_LAYOUT(fault_hard_soft, offsetof(strongroom_arguments_t, fault_hard.soft) == 2 && sizeof(STRONGROOM_MEMBER(fault_hard.soft)) == 1);
STRONGROOM_LAYOUT(erase_done_areas, offsetof(strongroom_arguments_t, erase_done.areas) == 0 && sizeof(STRONGROOM_MEMBER(erase_done.areas)) == 2);
STRONGROOM_LAYOUT(verify_ok_read_back, offsetof(strongroom_arguments_t, verify_ok.read_back) == 0 && sizeof(STRONGROOM_MEMBER(verify_ok.read_back)) == 32);
STRONGROOM_LAYOUT(detached_network_unmapped, offsetof(strongroom_arguments_t, detached.network_unmapped) == 0 && sizeof(STRONGROOM_MEMBER(detached.network_unmapped)) == 1);
STRONGROOM_LAYOUT(soft_recover_self_tests_passed, offsetof(strongroom_arguments_t, soft_recover.self_tests_passed) == 0 && sizeof(STRONGROOM_MEMBER(soft_recover.self_tests_passed)) == 1);
STRONGROOM_LAYOUT(give_up_cannot_zeroize, offsetof(strongroom_arguments_t, give_up.cannot_zeroize) == 0 && sizeof(STRONGROOM_MEMBER(give_up.cannot_zeroize)) == 1);
STRONGROOM_LAYOUT(parts_out_parts, offsetof(strongroom_arguments_t, parts_out.parts) == 0 && sizeof(STRONGROOM_MEMBER(parts_out.parts)) == 68);
STRONGROOM_LAYOUT(parts_out_camera, offsetof(strongroom_arguments_t, parts_out.camera) == 68 && sizeof(STRONGROOM_MEMBER(parts_out.camera)) == 17);
STRONGROOM_LAYOUT(shred_parts, offsetof(strongroom_arguments_t, shred.parts) == 0 && sizeof(STRONGROOM_MEMBER(shred.parts)) == 68);
STRONGROOM_LAYOUT(shred_method, offsetof(strongroom_arguments_t, shred.method) == 68 && sizeof(STRONGROOM_MEMBER(shred.method)) == 17);
STRONGROOM_LAYOUT(shred_place, offsetof(strongroom_arguments_t, shred.place) == 85 && sizeof(STRONGROOM_MEMBER(shred.place)) == 17);
STRONGROOM_LAYOUT(boot_self_test_passed, offsetof(strongroom_arguments_t, boot.self_test_passed) == 0 && sizeof(STRONGROOM_MEMBER(boot.self_test_passed)) == 1);
STRONGROOM_LAYOUT(tamper_cause_gone_class_, offsetof(strongroom_arguments_t, tamper_cause_gone.class_) == 0 && sizeof(STRONGROOM_MEMBER(tamper_cause_gone.class_)) == 1);
STRONGROOM_LAYOUT(read_health_reading, offsetof(strongroom_arguments_t, read_health.reading) == 0 && sizeof(STRONGROOM_MEMBER(read_health.reading)) == 48);
STRONGROOM_LAYOUT(set_inventory_parts, offsetof(strongroom_arguments_t, set_inventory.parts) == 0 && sizeof(STRONGROOM_MEMBER(set_inventory.parts)) == 68);
STRONGROOM_LAYOUT(error_recovered_self_test_passed, offsetof(strongroom_arguments_t, error_recovered.self_test_passed) == 0 && sizeof(STRONGROOM_MEMBER(error_recovered.self_test_passed)) == 1);
STRONGROOM_LAYOUT(replacement_out_peer, offsetof(strongroom_arguments_t, replacement_out.peer) == 0 && sizeof(STRONGROOM_MEMBER(replacement_out.peer)) == 34);
STRONGROOM_LAYOUT(ha_join_cloning_domain, offsetof(strongroom_arguments_t, ha_join.cloning_domain) == 0 && sizeof(STRONGROOM_MEMBER(ha_join.cloning_domain)) == 32);
STRONGROOM_LAYOUT(ha_join_peers, offsetof(strongroom_arguments_t, ha_join.peers) == 32 && sizeof(STRONGROOM_MEMBER(ha_join.peers)) == 1);
STRONGROOM_LAYOUT(ha_sync_start_accepted, offsetof(strongroom_arguments_t, ha_sync_start.accepted) == 0 && sizeof(STRONGROOM_MEMBER(ha_sync_start.accepted)) == 1);
STRONGROOM_LAYOUT(ha_sync_ok_expected, offsetof(strongroom_arguments_t, ha_sync_ok.expected) == 0 && sizeof(STRONGROOM_MEMBER(ha_sync_ok.expected)) == 32);
STRONGROOM_LAYOUT(ha_sync_ok_found, offsetof(strongroom_arguments_t, ha_sync_ok.found) == 32 && sizeof(STRONGROOM_MEMBER(ha_sync_ok.found)) == 32);
STRONGROOM_LAYOUT(ha_sync_ok_peers, offsetof(strongroom_arguments_t, ha_sync_ok.peers) == 64 && sizeof(STRONGROOM_MEMBER(ha_sync_ok.peers)) == 1);
STRONGROOM_LAYOUT(ha_peer_change_peers, offsetof(strongroom_arguments_t, ha_peer_change.peers) == 0 && sizeof(STRONGROOM_MEMBER(ha_peer_change.peers)) == 1);
STRONGROOM_LAYOUT(plan_swap_component, offsetof(strongroom_arguments_t, plan_swap.component) == 0 && sizeof(STRONGROOM_MEMBER(plan_swap.component)) == 1);
STRONGROOM_LAYOUT(recover_login_succeeded, offsetof(strongroom_arguments_t, recover_login.succeeded) == 0 && sizeof(STRONGROOM_MEMBER(recover_login.succeeded)) == 1);
STRONGROOM_LAYOUT(open_ticket_ticket, offsetof(strongroom_arguments_t, open_ticket.ticket) == 0 && sizeof(STRONGROOM_MEMBER(open_ticket.ticket)) == 17);
STRONGROOM_LAYOUT(open_ticket_troubleshot, offsetof(strongroom_arguments_t, open_ticket.troubleshot) == 17 && sizeof(STRONGROOM_MEMBER(open_ticket.troubleshot)) == 1);
STRONGROOM_LAYOUT(triage_request, offsetof(strongroom_arguments_t, triage.request) == 0 && sizeof(STRONGROOM_MEMBER(triage.request)) == 4);
STRONGROOM_LAYOUT(request_access_ticket, offsetof(strongroom_arguments_t, request_access.ticket) == 0 && sizeof(STRONGROOM_MEMBER(request_access.ticket)) == 17);
STRONGROOM_LAYOUT(request_access_follows, offsetof(strongroom_arguments_t, request_access.follows) == 20 && sizeof(STRONGROOM_MEMBER(request_access.follows)) == 8);
STRONGROOM_LAYOUT(request_access_terms, offsetof(strongroom_arguments_t, request_access.terms) == 28 && sizeof(STRONGROOM_MEMBER(request_access.terms)) == 48);
STRONGROOM_LAYOUT(evaluate_request, offsetof(strongroom_arguments_t, evaluate.request) == 0 && sizeof(STRONGROOM_MEMBER(evaluate.request)) == 4);
STRONGROOM_LAYOUT(approve_internally_request, offsetof(strongroom_arguments_t, approve_internally.request) == 0 && sizeof(STRONGROOM_MEMBER(approve_internally.request)) == 4);
STRONGROOM_LAYOUT(reject_internally_request, offsetof(strongroom_arguments_t, reject_internally.request) == 0 && sizeof(STRONGROOM_MEMBER(reject_internally.request)) == 4);
STRONGROOM_LAYOUT(ask_customer_request, offsetof(strongroom_arguments_t, ask_customer.request) == 0 && sizeof(STRONGROOM_MEMBER(ask_customer.request)) == 4);
STRONGROOM_LAYOUT(approve_request, offsetof(strongroom_arguments_t, approve.request) == 0 && sizeof(STRONGROOM_MEMBER(approve.request)) == 4);
STRONGROOM_LAYOUT(approve_duration, offsetof(strongroom_arguments_t, approve.duration) == 4 && sizeof(STRONGROOM_MEMBER(approve.duration)) == 8);
STRONGROOM_LAYOUT(approve_reason, offsetof(strongroom_arguments_t, approve.reason) == 12 && sizeof(STRONGROOM_MEMBER(approve.reason)) == 32);
STRONGROOM_LAYOUT(deny_request, offsetof(strongroom_arguments_t, deny.request) == 0 && sizeof(STRONGROOM_MEMBER(deny.request)) == 4);
STRONGROOM_LAYOUT(deny_reason, offsetof(strongroom_arguments_t, deny.reason) == 4 && sizeof(STRONGROOM_MEMBER(deny.reason)) == 32);
STRONGROOM_LAYOUT(use_access_request, offsetof(strongroom_arguments_t, use_access.request) == 0 && sizeof(STRONGROOM_MEMBER(use_access.request)) == 4);
STRONGROOM_LAYOUT(revoke_request, offsetof(strongroom_arguments_t, revoke.request) == 0 && sizeof(STRONGROOM_MEMBER(revoke.request)) == 4);
STRONGROOM_LAYOUT(revoke_reason, offsetof(strongroom_arguments_t, revoke.reason) == 4 && sizeof(STRONGROOM_MEMBER(revoke.reason)) == 32);
STRONGROOM_LAYOUT(end_access_request, offsetof(strongroom_arguments_t, end_access.request) == 0 && sizeof(STRONGROOM_MEMBER(end_access.request)) == 4);
STRONGROOM_LAYOUT(cancel_request, offsetof(strongroom_arguments_t, cancel.request) == 0 && sizeof(STRONGROOM_MEMBER(cancel.request)) == 4);
STRONGROOM_LAYOUT(record_exclusion_kind, offsetof(strongroom_arguments_t, record_exclusion.kind) == 0 && sizeof(STRONGROOM_MEMBER(record_exclusion.kind)) == 1);
STRONGROOM_LAYOUT(record_exclusion_subject, offsetof(strongroom_arguments_t, record_exclusion.subject) == 1 && sizeof(STRONGROOM_MEMBER(record_exclusion.subject)) == 1);
STRONGROOM_LAYOUT(record_exclusion_justification, offsetof(strongroom_arguments_t, record_exclusion.justification) == 2 && sizeof(STRONGROOM_MEMBER(record_exclusion.justification)) == 32);
STRONGROOM_LAYOUT(review_exclusion_exclusion, offsetof(strongroom_arguments_t, review_exclusion.exclusion) == 0 && sizeof(STRONGROOM_MEMBER(review_exclusion.exclusion)) == 4);
STRONGROOM_LAYOUT(review_exclusion_finding, offsetof(strongroom_arguments_t, review_exclusion.finding) == 4 && sizeof(STRONGROOM_MEMBER(review_exclusion.finding)) == 32);
STRONGROOM_LAYOUT(ask_support_issue, offsetof(strongroom_arguments_t, ask_support.issue) == 0 && sizeof(STRONGROOM_MEMBER(ask_support.issue)) == 1);
STRONGROOM_LAYOUT(ask_support_ssh_test, offsetof(strongroom_arguments_t, ask_support.ssh_test) == 1 && sizeof(STRONGROOM_MEMBER(ask_support.ssh_test)) == 2);
STRONGROOM_LAYOUT(acknowledge_log, offsetof(strongroom_arguments_t, acknowledge.log) == 0 && sizeof(STRONGROOM_MEMBER(acknowledge.log)) == 1);
STRONGROOM_LAYOUT(acknowledge_next, offsetof(strongroom_arguments_t, acknowledge.next) == 4 && sizeof(STRONGROOM_MEMBER(acknowledge.next)) == 4);
STRONGROOM_LAYOUT(confirm_effect, offsetof(strongroom_arguments_t, confirm.effect) == 0 && sizeof(STRONGROOM_MEMBER(confirm.effect)) == 4);
STRONGROOM_LAYOUT(console_line_command, offsetof(strongroom_arguments_t, console_line.command) == 0 && sizeof(STRONGROOM_MEMBER(console_line.command)) == 2);
STRONGROOM_LAYOUT(console_line_arguments, offsetof(strongroom_arguments_t, console_line.arguments) == 2 && sizeof(STRONGROOM_MEMBER(console_line.arguments)) == 1);
STRONGROOM_LAYOUT(console_line_line, offsetof(strongroom_arguments_t, console_line.line) == 3 && sizeof(STRONGROOM_MEMBER(console_line.line)) == 32);

#undef STRONGROOM_LAYOUT_64
#undef STRONGROOM_LAYOUT
#undef STRONGROOM_MEMBER
#undef STRONGROOM_ASSERT

#endif /* STRONGROOM_H */
