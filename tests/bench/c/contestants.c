#include "contestants.h"

#include "strongroom.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint64_t NOW = 1767600000;

static strongroom_terms_t requests[REQUESTS];
static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
static strongroom_command_t accepted, refused;

/* xorshift64*: any numbers that nobody foresees, the same in every run. */
static uint8_t below(unsigned end)
{
    static uint64_t state = 0x9e3779b97f4a7c15;
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint8_t)(((state * 0x2545f4914f6cdd1d) >> 40) % end);
}

static void must(strongroom_status_t status, const char *what)
{
    if (status == STRONGROOM_OK)
        return;
    fprintf(stderr, "%s: %s\n", what, strongroom_error_text(status));
    exit(1);
}

void make_requests(size_t count)
{
    for (size_t i = 0; i < count; i++) {
        strongroom_terms_t *request = &requests[i];
        request->subject = below(STRONGROOM_SUBJECT_POWER_PLATFORM + 1);
        request->scope = below(STRONGROOM_SCOPE_MANAGEMENT_GROUP + 1);
        request->permission = below(STRONGROOM_PERMISSION_KEY_MATERIAL + 1);
        request->isolated_identity = below(2);
        request->multi_factor = below(2);
        request->standard_tools_failed = below(2);
        request->customer_data = below(2);
        request->duration.given = below(2);
        request->duration.value = 3600;
        memset(request->justification, below(255), sizeof request->justification);
    }

    const strongroom_device_t device = {.serial = "700022", .provider = {0xb0}, .vendor = {0xd0}};
    const strongroom_principal_t hands = {.role = STRONGROOM_ROLE_HANDS, .organisation = {0xb0}, .id = {1}};
    must(strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &device, STRONGROOM_POLICY_AZURE), "the engine");
    accepted = (strongroom_command_t){.verb = STRONGROOM_VERB_ARRIVE, .by = hands, .with.arrive.serial = "700022"};
    refused = accepted;
    refused.verb = STRONGROOM_VERB_UNBOUND;
}

/* The rule of the preset azure as somebody writes it down, with the checks that the library makes. */
__attribute__((noinline)) static strongroom_status_t chain(uint8_t policy, const strongroom_terms_t *terms, uint8_t *outcome)
{
    if (terms == NULL || outcome == NULL)
        return STRONGROOM_ERROR_NULL;
    if (policy != STRONGROOM_POLICY_AZURE)
        return STRONGROOM_ERROR_POLICY_UNKNOWN;
    if (terms->subject > STRONGROOM_SUBJECT_POWER_PLATFORM || terms->scope > STRONGROOM_SCOPE_MANAGEMENT_GROUP ||
        terms->permission > STRONGROOM_PERMISSION_KEY_MATERIAL || terms->isolated_identity > 1 || terms->multi_factor > 1 ||
        terms->standard_tools_failed > 1 || terms->customer_data > 1 || terms->duration.given > 1)
        return STRONGROOM_ERROR_VALUE;
    if (terms->isolated_identity == 0 && terms->multi_factor == 0)
        *outcome = STRONGROOM_JIT_REJECT_IDENTITY;
    else if (terms->scope > STRONGROOM_SCOPE_SUBSCRIPTION)
        *outcome = STRONGROOM_JIT_REJECT_SCOPE;
    else if (terms->permission > STRONGROOM_PERMISSION_ADMINISTER)
        *outcome = STRONGROOM_JIT_REJECT_PERMISSION;
    else if (terms->scope >= STRONGROOM_SCOPE_SUBSCRIPTION || terms->permission >= STRONGROOM_PERMISSION_ADMINISTER)
        *outcome = STRONGROOM_JIT_ASK_INTERNAL;
    else
        *outcome = STRONGROOM_JIT_PASS;
    return STRONGROOM_OK;
}

static inline strongroom_status_t reads(uint8_t policy, const strongroom_terms_t *terms, uint8_t *outcome)
{
    (void)policy;
    *outcome = terms->scope;
    return STRONGROOM_OK;
}

__attribute__((noinline)) static strongroom_status_t calls(uint8_t policy, const strongroom_terms_t *terms, uint8_t *outcome)
{
    return reads(policy, terms, outcome);
}

/* A loop of its own for each, so that each call is as a program has it. */
#define LOOP(name, decide)                                                                     \
    __attribute__((noinline)) static unsigned long name(size_t count)                          \
    {                                                                                          \
        unsigned long sum = 0;                                                                 \
        for (size_t i = 0; i < count; i++) {                                                   \
            uint8_t outcome;                                                                   \
            if (decide(STRONGROOM_POLICY_AZURE, &requests[i], &outcome) != STRONGROOM_OK) {    \
                fprintf(stderr, "%s: request %zu is an error\n", #decide, i);                  \
                exit(1);                                                                       \
            }                                                                                  \
            sum += outcome;                                                                    \
        }                                                                                      \
        return sum;                                                                            \
    }

LOOP(ask_reads, reads)
LOOP(ask_calls, calls)
LOOP(ask_chain, chain)
LOOP(ask_library, strongroom_jit_evaluate)

#define DECIDE(name, command, expected)                                                        \
    __attribute__((noinline)) static unsigned long name(size_t count)                          \
    {                                                                                          \
        unsigned long sum = 0;                                                                 \
        for (size_t i = 0; i < count; i++) {                                                   \
            static strongroom_step_t step;                                                     \
            strongroom_decision_t decision;                                                    \
            must(strongroom_engine_decide(&engine, NOW, &(command), &step, &decision), #name); \
            sum += decision.verdict == (expected);                                             \
        }                                                                                      \
        if (sum != count) {                                                                    \
            fprintf(stderr, "%s: %lu of %zu have the verdict that they must have\n", #name, sum, count); \
            exit(1);                                                                           \
        }                                                                                      \
        return sum;                                                                            \
    }

DECIDE(ask_accepted, accepted, STRONGROOM_VERDICT_ACCEPTED)
DECIDE(ask_refused, refused, STRONGROOM_VERDICT_REFUSED)

const contestant_t contestants[CONTESTANTS] = {
    {"strongroom_jit_evaluate", "ours", "by pointer, every field checked", ask_library, 0, 0},
    {"loop that reads the requests", "floor", "one field of each", ask_reads, 1, 0},
    {"C function that is called", "floor", "noinline, in the same file", ask_calls, 1, 0},
    {"chain of ifs in C", "peer", "the same rule and the same checks, noinline", ask_chain, 1, 0},
    {"strongroom_engine_decide, accepted", "ours", "arrive, the same again and again", ask_accepted, 0, 1},
    {"strongroom_engine_decide, refused", "ours", "unbound, the same again and again", ask_refused, 0, 1},
};

void compare_answers(size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t ours = 0, theirs = 0;
        must(strongroom_jit_evaluate(STRONGROOM_POLICY_AZURE, &requests[i], &ours), "strongroom_jit_evaluate");
        must(chain(STRONGROOM_POLICY_AZURE, &requests[i], &theirs), "the chain of ifs");
        if (ours != theirs) {
            fprintf(stderr, "request %zu: the library says %u, the chain of ifs %u\n", i, ours, theirs);
            exit(1);
        }
    }
}
