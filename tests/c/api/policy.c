/* The presets of the policy, and the provider's just-in-time rule. */
#include "test.h"

static void presets(void)
{
    static const char *const names[] = {"azure", "azure-2024", "m365", "power-platform", "dual-control"};
    enum { PRESETS = sizeof names / sizeof names[0] };
    uint8_t digests[PRESETS][STRONGROOM_DIGEST_SIZE], digest[STRONGROOM_DIGEST_SIZE];
    EXPECT(STRONGROOM_POLICY_AZURE == 0 && STRONGROOM_POLICY_AZURE_2024 == 1 && STRONGROOM_POLICY_M365 == 2);
    EXPECT(STRONGROOM_POLICY_POWER_PLATFORM == 3 && STRONGROOM_POLICY_DUAL_CONTROL == 4);
    for (uint8_t policy = 0; policy < PRESETS; policy++) {
        EXPECT_TEXT(strongroom_policy_name(policy), names[policy]);
        EXPECT_STATUS(strongroom_policy_digest(policy, digests[policy]), STRONGROOM_OK);
        EXPECT(!is_all(digests[policy], STRONGROOM_DIGEST_SIZE, 0));
        uint8_t found = 77;
        EXPECT_STATUS(strongroom_policy_find(digests[policy], &found), STRONGROOM_OK);
        EXPECT(found == policy);
        for (uint8_t other = 0; other < policy; other++)
            EXPECT(memcmp(digests[policy], digests[other], STRONGROOM_DIGEST_SIZE) != 0);
    }
    memset(digest, 77, sizeof digest);
    EXPECT(strongroom_policy_name(PRESETS) == NULL && strongroom_policy_name(UINT8_MAX) == NULL);
    EXPECT_STATUS(strongroom_policy_digest(PRESETS, digest), STRONGROOM_ERROR_POLICY_UNKNOWN);
    EXPECT_STATUS(strongroom_policy_digest(0, NULL), STRONGROOM_ERROR_NULL);
    EXPECT(is_all(digest, sizeof digest, 77));
    uint8_t found = 77;
    EXPECT_STATUS(strongroom_policy_find(digest, &found), STRONGROOM_ERROR_POLICY_UNKNOWN);
    EXPECT_STATUS(strongroom_policy_find(NULL, &found), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_policy_find(digest, NULL), STRONGROOM_ERROR_NULL);
    EXPECT(found == 77);
}

static void their_numbers(void)
{
    strongroom_policy_t numbers;
    EXPECT_STATUS(strongroom_policy_numbers(STRONGROOM_POLICY_AZURE, &numbers), STRONGROOM_OK);
    EXPECT(numbers.version == 1 && numbers.decide_within == 4 * 86400); /* L-32 */
    EXPECT(numbers.access_default == 8 * 3600 && numbers.access_maximum == 8 * 3600); /* L-40 */
    EXPECT(numbers.approvals_needed == 1 && numbers.retries > 0 && numbers.retry_every > 0 && numbers.poll_every > 0);
    EXPECT(numbers.erase_list != 0 && !is_all(numbers.erased, sizeof numbers.erased, 0));
    EXPECT_STATUS(strongroom_policy_numbers(STRONGROOM_POLICY_DUAL_CONTROL, &numbers), STRONGROOM_OK);
    EXPECT(numbers.approvals_needed == 2);

    _Alignas(4) uint8_t room[sizeof numbers + 4];
    memset(&numbers, 77, sizeof numbers);
    EXPECT_STATUS(strongroom_policy_numbers(STRONGROOM_POLICY_DUAL_CONTROL + 1, &numbers), STRONGROOM_ERROR_POLICY_UNKNOWN);
    EXPECT_STATUS(strongroom_policy_numbers(0, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_policy_numbers(0, (strongroom_policy_t *)(void *)(room + 2)), STRONGROOM_ERROR_ALIGNMENT);
    EXPECT(is_all(&numbers, sizeof numbers, 77));
}

static const strongroom_terms_t sound = {
    .subject = STRONGROOM_SUBJECT_DEVICE,
    .scope = STRONGROOM_SCOPE_RESOURCE,
    .permission = STRONGROOM_PERMISSION_READ,
    .isolated_identity = 1,
};

static uint8_t evaluate(uint8_t policy, strongroom_terms_t terms)
{
    uint8_t outcome = 77;
    EXPECT_STATUS(strongroom_jit_evaluate(policy, &terms, &outcome), STRONGROOM_OK);
    return outcome;
}

/* What the preset azure says, written down once more. */
static uint8_t expected(const strongroom_terms_t *terms)
{
    if (!terms->isolated_identity && !terms->multi_factor)
        return STRONGROOM_JIT_REJECT_IDENTITY;
    if (terms->scope == STRONGROOM_SCOPE_MANAGEMENT_GROUP)
        return STRONGROOM_JIT_REJECT_SCOPE;
    if (terms->permission == STRONGROOM_PERMISSION_KEY_MATERIAL)
        return STRONGROOM_JIT_REJECT_PERMISSION;
    if (terms->scope == STRONGROOM_SCOPE_SUBSCRIPTION || terms->permission == STRONGROOM_PERMISSION_ADMINISTER)
        return STRONGROOM_JIT_ASK_INTERNAL;
    return STRONGROOM_JIT_PASS;
}

static void the_rule(void)
{
    unsigned outcomes = 0;
    for (unsigned input = 0; input < 64; input++) {
        strongroom_terms_t terms = sound;
        terms.scope = input & 3;
        terms.permission = input >> 2 & 3;
        terms.isolated_identity = input >> 4 & 1;
        terms.multi_factor = input >> 5 & 1;
        EXPECT(evaluate(STRONGROOM_POLICY_AZURE, terms) == expected(&terms));
        outcomes |= 1U << expected(&terms);
    }
    EXPECT(outcomes == 31); /* each of the five */

    /* Another preset says something else. */
    strongroom_terms_t terms = sound;
    terms.permission = STRONGROOM_PERMISSION_WRITE;
    unsigned differ = 0;
    for (uint8_t policy = 0; policy <= STRONGROOM_POLICY_DUAL_CONTROL; policy++)
        differ |= 1U << evaluate(policy, terms);
    EXPECT((differ & (1U << STRONGROOM_JIT_PASS)) != 0);
}

static void terms_that_are_none(void)
{
    const size_t fields[] = {
        offsetof(strongroom_terms_t, subject),      offsetof(strongroom_terms_t, scope),
        offsetof(strongroom_terms_t, permission),   offsetof(strongroom_terms_t, isolated_identity),
        offsetof(strongroom_terms_t, multi_factor), offsetof(strongroom_terms_t, standard_tools_failed),
        offsetof(strongroom_terms_t, customer_data), offsetof(strongroom_terms_t, duration.given),
    };
    const unsigned values[] = {STRONGROOM_SUBJECT_POWER_PLATFORM + 1, 4, 4, 2, 2, 2, 2, 2};
    uint8_t outcome = 77;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        for (unsigned value = values[i] - 1; value <= UINT8_MAX; value++) {
            strongroom_terms_t terms = sound;
            ((uint8_t *)&terms)[fields[i]] = (uint8_t)value;
            if (value < values[i])
                evaluate(STRONGROOM_POLICY_AZURE, terms); /* the last one that is some */
            else
                EXPECT_STATUS(strongroom_jit_evaluate(STRONGROOM_POLICY_AZURE, &terms, &outcome), STRONGROOM_ERROR_VALUE);
        }
    const strongroom_terms_t *askew = (const strongroom_terms_t *)(const void *)((const uint8_t *)&sound + 1);
    EXPECT_STATUS(strongroom_jit_evaluate(STRONGROOM_POLICY_DUAL_CONTROL + 1, &sound, &outcome), STRONGROOM_ERROR_POLICY_UNKNOWN);
    EXPECT_STATUS(strongroom_jit_evaluate(STRONGROOM_POLICY_AZURE, NULL, &outcome), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_jit_evaluate(STRONGROOM_POLICY_AZURE, askew, &outcome), STRONGROOM_ERROR_ALIGNMENT);
    EXPECT_STATUS(strongroom_jit_evaluate(STRONGROOM_POLICY_AZURE, &sound, NULL), STRONGROOM_ERROR_NULL);
    EXPECT(outcome == 77);
}

void test_policy(void)
{
    presets();
    their_numbers();
    the_rule();
    terms_that_are_none();
}
