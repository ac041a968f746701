/* Names of every word: the first and the last of each, and nothing beyond the last. */
#include "test.h"

typedef const char *name_of(uint8_t number);

/* Numbers from `first` to `last` have names, each its own, and no other number has one. */
static void numbers(name_of *name, uint8_t first, uint8_t last)
{
    for (unsigned number = 0; number <= UINT8_MAX; number++) {
        const char *own = name((uint8_t)number);
        EXPECT((own != NULL) == (number >= first && number <= last));
        for (unsigned other = first; own != NULL && other < number; other++)
            EXPECT(strcmp(own, name((uint8_t)other)) != 0);
    }
}

void test_words(void)
{
    EXPECT_TEXT(strongroom_role_name(STRONGROOM_ROLE_USER), "User");
    EXPECT_TEXT(strongroom_role_name(STRONGROOM_ROLE_ENFORCER), "Enforcer");
    numbers(strongroom_role_name, STRONGROOM_ROLE_USER, STRONGROOM_ROLE_ENFORCER);

    EXPECT_TEXT(strongroom_party_name(STRONGROOM_PARTY_CUSTOMER), "customer");
    EXPECT_TEXT(strongroom_party_name(STRONGROOM_PARTY_DEVICE), "device");
    numbers(strongroom_party_name, STRONGROOM_PARTY_CUSTOMER, STRONGROOM_PARTY_DEVICE);

    EXPECT_TEXT(strongroom_subject_name(STRONGROOM_SUBJECT_DEVICE), "device");
    EXPECT_TEXT(strongroom_subject_name(STRONGROOM_SUBJECT_POWER_PLATFORM), "power_platform");
    numbers(strongroom_subject_name, STRONGROOM_SUBJECT_DEVICE, STRONGROOM_SUBJECT_POWER_PLATFORM);

    EXPECT_TEXT(strongroom_scope_name(STRONGROOM_SCOPE_RESOURCE), "resource");
    EXPECT_TEXT(strongroom_scope_name(STRONGROOM_SCOPE_MANAGEMENT_GROUP), "management_group");
    numbers(strongroom_scope_name, STRONGROOM_SCOPE_RESOURCE, STRONGROOM_SCOPE_MANAGEMENT_GROUP);

    EXPECT_TEXT(strongroom_permission_name(STRONGROOM_PERMISSION_READ), "read");
    EXPECT_TEXT(strongroom_permission_name(STRONGROOM_PERMISSION_KEY_MATERIAL), "key_material");
    numbers(strongroom_permission_name, STRONGROOM_PERMISSION_READ, STRONGROOM_PERMISSION_KEY_MATERIAL);

    EXPECT_TEXT(strongroom_exclusion_name(STRONGROOM_EXCLUSION_BREAK_GLASS), "break_glass");
    EXPECT_TEXT(strongroom_exclusion_name(STRONGROOM_EXCLUSION_LEGAL_DEMAND), "legal_demand");
    numbers(strongroom_exclusion_name, STRONGROOM_EXCLUSION_BREAK_GLASS, STRONGROOM_EXCLUSION_LEGAL_DEMAND);

    EXPECT_TEXT(strongroom_jit_name(STRONGROOM_JIT_REJECT_IDENTITY), "reject_identity");
    EXPECT_TEXT(strongroom_jit_name(STRONGROOM_JIT_PASS), "pass");
    numbers(strongroom_jit_name, STRONGROOM_JIT_REJECT_IDENTITY, STRONGROOM_JIT_PASS);

    EXPECT_TEXT(strongroom_plan_name(STRONGROOM_PLAN_NONE), "none");
    EXPECT_TEXT(strongroom_plan_name(STRONGROOM_PLAN_PROFESSIONAL_DIRECT), "professional_direct");
    numbers(strongroom_plan_name, STRONGROOM_PLAN_NONE, STRONGROOM_PLAN_PROFESSIONAL_DIRECT);

    EXPECT_TEXT(strongroom_registration_name(STRONGROOM_REGISTRATION_NONE), "none");
    EXPECT_TEXT(strongroom_registration_name(STRONGROOM_REGISTRATION_APPROVED), "approved");
    numbers(strongroom_registration_name, STRONGROOM_REGISTRATION_NONE, STRONGROOM_REGISTRATION_APPROVED);

    EXPECT_TEXT(strongroom_execution_name(STRONGROOM_EXECUTION_RUNNING), "Running");
    EXPECT_TEXT(strongroom_execution_name(STRONGROOM_EXECUTION_ERROR_HARD), "ErrorHard");
    numbers(strongroom_execution_name, STRONGROOM_EXECUTION_RUNNING, STRONGROOM_EXECUTION_ERROR_HARD);

    EXPECT_TEXT(strongroom_membership_name(STRONGROOM_MEMBERSHIP_ABSENT), "Absent");
    EXPECT_TEXT(strongroom_membership_name(STRONGROOM_MEMBERSHIP_NEEDS_SYNC), "NeedsSync");
    numbers(strongroom_membership_name, STRONGROOM_MEMBERSHIP_ABSENT, STRONGROOM_MEMBERSHIP_NEEDS_SYNC);

    EXPECT_TEXT(strongroom_cause_name(STRONGROOM_CAUSE_NONE), "none");
    EXPECT_TEXT(strongroom_cause_name(STRONGROOM_CAUSE_OBSERVED), "observed");
    numbers(strongroom_cause_name, STRONGROOM_CAUSE_NONE, STRONGROOM_CAUSE_OBSERVED);

    EXPECT_TEXT(strongroom_evidence_name(STRONGROOM_EVIDENCE_VERIFIED), "Verified");
    EXPECT_TEXT(strongroom_evidence_name(STRONGROOM_EVIDENCE_WITNESSED), "Witnessed");
    numbers(strongroom_evidence_name, STRONGROOM_EVIDENCE_VERIFIED, STRONGROOM_EVIDENCE_WITNESSED);

    EXPECT_TEXT(strongroom_issue_name(STRONGROOM_ISSUE_UNCLASSIFIED), "unclassified");
    EXPECT_TEXT(strongroom_issue_name(STRONGROOM_ISSUE_MEDIA_DESTRUCTION), "media_destruction");
    numbers(strongroom_issue_name, STRONGROOM_ISSUE_UNCLASSIFIED, STRONGROOM_ISSUE_MEDIA_DESTRUCTION);

    EXPECT_TEXT(strongroom_contact_name(STRONGROOM_CONTACT_PROVIDER_SUPPORT), "provider_support");
    EXPECT_TEXT(strongroom_contact_name(STRONGROOM_CONTACT_OWN_TEAM), "own_team");
    numbers(strongroom_contact_name, STRONGROOM_CONTACT_PROVIDER_SUPPORT, STRONGROOM_CONTACT_OWN_TEAM);

    EXPECT_TEXT(strongroom_reach_name(STRONGROOM_REACH_ADVISES), "advises");
    EXPECT_TEXT(strongroom_reach_name(STRONGROOM_REACH_ADMINISTERS), "administers");
    numbers(strongroom_reach_name, STRONGROOM_REACH_ADVISES, STRONGROOM_REACH_ADMINISTERS);

    EXPECT_TEXT(strongroom_log_name(STRONGROOM_LOG_TENANT), "tenant");
    EXPECT_TEXT(strongroom_log_name(STRONGROOM_LOG_LIFECYCLE), "lifecycle");
    numbers(strongroom_log_name, STRONGROOM_LOG_TENANT, STRONGROOM_LOG_LIFECYCLE);

    EXPECT_TEXT(strongroom_deployment_name(STRONGROOM_DEPLOYMENT_FIRMWARE), "firmware");
    EXPECT_TEXT(strongroom_deployment_name(STRONGROOM_DEPLOYMENT_BOARD), "board");
    numbers(strongroom_deployment_name, STRONGROOM_DEPLOYMENT_FIRMWARE, STRONGROOM_DEPLOYMENT_BOARD);

    EXPECT_TEXT(strongroom_component_name(STRONGROOM_COMPONENT_POWER_SUPPLY), "power_supply");
    EXPECT_TEXT(strongroom_component_name(STRONGROOM_COMPONENT_CARD), "card");
    numbers(strongroom_component_name, STRONGROOM_COMPONENT_POWER_SUPPLY, STRONGROOM_COMPONENT_CARD);

    EXPECT_TEXT(strongroom_tamper_name(STRONGROOM_TAMPER_FAN), "fan");
    EXPECT_TEXT(strongroom_tamper_name(STRONGROOM_TAMPER_DECOMMISSION), "decommission");
    numbers(strongroom_tamper_name, STRONGROOM_TAMPER_FAN, STRONGROOM_TAMPER_DECOMMISSION);

    EXPECT_TEXT(strongroom_level_name(STRONGROOM_LEVEL_UNREAD), "unread");
    EXPECT_TEXT(strongroom_level_name(STRONGROOM_LEVEL_CRITICAL), "critical");
    numbers(strongroom_level_name, STRONGROOM_LEVEL_UNREAD, STRONGROOM_LEVEL_CRITICAL);

    EXPECT_TEXT(strongroom_service_name(STRONGROOM_SERVICE_IN_SERVICE), "ISO");
    EXPECT_TEXT(strongroom_service_name(STRONGROOM_SERVICE_OUT_OF_SERVICE), "OOS");
    numbers(strongroom_service_name, STRONGROOM_SERVICE_IN_SERVICE, STRONGROOM_SERVICE_OUT_OF_SERVICE);

    EXPECT_TEXT(strongroom_mode_name(STRONGROOM_MODE_SHUT), "shut");
    EXPECT_TEXT(strongroom_mode_name(STRONGROOM_MODE_FULL), "full");
    numbers(strongroom_mode_name, STRONGROOM_MODE_SHUT, STRONGROOM_MODE_FULL);

    EXPECT_TEXT(strongroom_session_name(STRONGROOM_SESSION_UNKNOWN), "unknown");
    EXPECT_TEXT(strongroom_session_name(STRONGROOM_SESSION_RUNNING), "running");
    numbers(strongroom_session_name, STRONGROOM_SESSION_UNKNOWN, STRONGROOM_SESSION_RUNNING);

    EXPECT_TEXT(strongroom_event_name(STRONGROOM_EVENT_NONE), "none");
    EXPECT_TEXT(strongroom_event_name(STRONGROOM_EVENT_CLOSED), "closed");
    numbers(strongroom_event_name, STRONGROOM_EVENT_NONE, STRONGROOM_EVENT_CLOSED);

    EXPECT_TEXT(strongroom_answer_name(STRONGROOM_ANSWER_PROCEED), "proceed");
    EXPECT_TEXT(strongroom_answer_name(STRONGROOM_ANSWER_NO), "no");
    numbers(strongroom_answer_name, STRONGROOM_ANSWER_PROCEED, STRONGROOM_ANSWER_NO);

    EXPECT_TEXT(strongroom_confirmation_name(STRONGROOM_CONFIRMATION_REFUSED), "refused");
    EXPECT_TEXT(strongroom_confirmation_name(STRONGROOM_CONFIRMATION_ALLOWED), "allowed");
    numbers(strongroom_confirmation_name, STRONGROOM_CONFIRMATION_REFUSED, STRONGROOM_CONFIRMATION_ALLOWED);

    EXPECT_TEXT(strongroom_found_name(STRONGROOM_FOUND_COMMAND), "command");
    EXPECT_TEXT(strongroom_found_name(STRONGROOM_FOUND_EMPTY), "empty");
    numbers(strongroom_found_name, STRONGROOM_FOUND_COMMAND, STRONGROOM_FOUND_EMPTY);

    EXPECT_TEXT(strongroom_arguments_name(STRONGROOM_ARGUMENTS_NONE), "none");
    EXPECT_TEXT(strongroom_arguments_name(STRONGROOM_ARGUMENTS_NOT_PLAIN), "not_plain");
    numbers(strongroom_arguments_name, STRONGROOM_ARGUMENTS_NONE, STRONGROOM_ARGUMENTS_NOT_PLAIN);

    EXPECT_TEXT(strongroom_device_role_name(STRONGROOM_DEVICE_ROLE_MONITOR), "monitor");
    EXPECT_TEXT(strongroom_device_role_name(STRONGROOM_DEVICE_ROLE_ADMIN), "admin");
    numbers(strongroom_device_role_name, STRONGROOM_DEVICE_ROLE_MONITOR, STRONGROOM_DEVICE_ROLE_ADMIN);
}
