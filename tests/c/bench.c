/*
 * bench: what one decision of the just-in-time rule costs, by pointer, in nanoseconds of this thread's
 * processor time. A million requests are made beforehand, so that no processor can learn what comes; a
 * repetition asks all of them several times, and the median of the repetitions is printed. Beside the
 * library's stand a loop that only reads the requests, and the same rule as a chain of ifs in C.
 *
 * It says nothing about what is fast enough. It fails where the library and the chain differ.
 */
#define _POSIX_C_SOURCE 200809L

#include "strongroom.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef STRONGROOM_BENCH_SMOKE /* So few that a test has the time for it; its times say nothing. */
enum { REQUESTS = 2000, ROUNDS = 1, REPETITIONS = 3, CONTESTANTS = 3 };
#else
enum { REQUESTS = 1000000, ROUNDS = 5, REPETITIONS = 21, CONTESTANTS = 3 };
#endif

static strongroom_terms_t requests[REQUESTS];

/* xorshift64*: any numbers that nobody foresees, the same in every run. */
static uint8_t below(unsigned end)
{
    static uint64_t state = 0x9e3779b97f4a7c15;
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (uint8_t)(((state * 0x2545f4914f6cdd1d) >> 40) % end);
}

static void make_requests(void)
{
    for (size_t i = 0; i < REQUESTS; i++) {
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

static strongroom_status_t nothing(uint8_t policy, const strongroom_terms_t *terms, uint8_t *outcome)
{
    (void)policy;
    *outcome = terms->scope;
    return STRONGROOM_OK;
}

/* A loop of its own for each, so that each call is as a program has it. */
#define LOOP(name, decide)                                                                     \
    static unsigned long name(void)                                                            \
    {                                                                                          \
        unsigned long sum = 0;                                                                 \
        for (size_t i = 0; i < REQUESTS; i++) {                                                \
            uint8_t outcome;                                                                   \
            if (decide(STRONGROOM_POLICY_AZURE, &requests[i], &outcome) != STRONGROOM_OK) {    \
                fprintf(stderr, "%s: request %zu is an error\n", #decide, i);                  \
                exit(1);                                                                       \
            }                                                                                  \
            sum += outcome;                                                                    \
        }                                                                                      \
        return sum;                                                                            \
    }

LOOP(ask_nothing, nothing)
LOOP(ask_chain, chain)
LOOP(ask_library, strongroom_jit_evaluate)

static double nanoseconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0) {
        perror("clock_gettime");
        exit(1);
    }
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int order(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void compare_answers(void)
{
    for (size_t i = 0; i < REQUESTS; i++) {
        uint8_t ours = 0, theirs = 0;
        if (strongroom_jit_evaluate(STRONGROOM_POLICY_AZURE, &requests[i], &ours) != STRONGROOM_OK ||
            chain(STRONGROOM_POLICY_AZURE, &requests[i], &theirs) != STRONGROOM_OK || ours != theirs) {
            fprintf(stderr, "request %zu: the library says %u, the chain of ifs %u\n", i, ours, theirs);
            exit(1);
        }
    }
}

int main(int count, char **arguments)
{
    static const struct {
        const char *name;
        unsigned long (*ask)(void);
    } contestants[CONTESTANTS] = {{"empty loop", ask_nothing}, {"chain of ifs", ask_chain}, {"strongroom", ask_library}};
    static double took[CONTESTANTS][REPETITIONS];

    if (strongroom_abi_version() != STRONGROOM_ABI_VERSION) {
        fprintf(stderr, "the library has another ABI version than the header\n");
        return 1;
    }
    make_requests();
    compare_answers();
    unsigned long sum = 0;
    for (size_t repetition = 0; repetition < REPETITIONS; repetition++)
        for (size_t i = 0; i < CONTESTANTS; i++) {
            const double begin = nanoseconds();
            for (int round = 0; round < ROUNDS; round++)
                sum += contestants[i].ask();
            took[i][repetition] = (nanoseconds() - begin) / ((double)REQUESTS * ROUNDS);
        }

    printf("one decision of the just-in-time rule%s%s, median of %d (sum %lu)\n", count > 1 ? ", " : "",
           count > 1 ? arguments[1] : "", REPETITIONS, sum);
    for (size_t i = 0; i < CONTESTANTS; i++)
        qsort(took[i], REPETITIONS, sizeof took[i][0], order);
    for (size_t i = 0; i < CONTESTANTS; i++)
        printf("  %-12s %6.2f ns  (%.2f to %.2f)  %5.2f of the chain\n", contestants[i].name, took[i][REPETITIONS / 2],
               took[i][0], took[i][REPETITIONS - 1], took[i][REPETITIONS / 2] / took[1][REPETITIONS / 2]);
    return 0;
}
