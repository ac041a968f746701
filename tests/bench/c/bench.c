/*
 * bench: what one decision costs from C, in nanoseconds of this thread's processor time. A million requests are made
 * beforehand, so that no processor can learn what comes; a repetition asks all of them several times.
 *
 *   bench static|shared [instructions...]   prints a JSON line for each row; with what `bench count` counted, in its order
 *   bench count                             runs each loop once, for callgrind, and prints how often it asks
 *
 * It says nothing about what is fast enough. It fails where the library and the chain of ifs differ.
 */
#define _POSIX_C_SOURCE 200809L

#include "contestants.h"
#include "strongroom.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef STRONGROOM_BENCH_SMOKE /* So few that a test has the time for it; its times say nothing. */
enum { ASKED = 2000, ROUNDS = 1, REPETITIONS = 3 };
#else
enum { ASKED = REQUESTS, ROUNDS = 5, REPETITIONS = 31 };
#endif
enum { COUNTED = 10000 };

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

static void print_row(const contestant_t *row, const char *library, const double *took, const char *instructions)
{
    char name[128];
    snprintf(name, sizeof name, "%s%s%s", row->name, row->once ? "" : ", ", row->once ? "" : library);
    printf("{\"group\":\"c\",\"row\":\"%s\",\"kind\":\"%s\",\"unit\":\"ns\",\"median\":%.3f,\"min\":%.3f,\"max\":%.3f,"
           "\"repetitions\":%d,\"instructions\":%s,",
           name, row->kind, took[REPETITIONS / 2], took[0], took[REPETITIONS - 1], REPETITIONS, instructions);
    if (row->alone)
        printf("\"beside\":\"%s\",", name);
    printf("\"note\":\"%s\"}\n", row->note);
}

/* The one function in which callgrind counts. */
unsigned long strongroom_counted(const contestant_t *contestant, size_t count);

__attribute__((noinline)) unsigned long strongroom_counted(const contestant_t *contestant, size_t count)
{
    const unsigned long sum = contestant->ask(count);
    __asm__ volatile("" ::: "memory"); /* so that it returns after the loop, not before */
    return sum;
}

static int count(void)
{
    make_requests(COUNTED);
    for (size_t i = 0; i < CONTESTANTS; i++) {
        strongroom_counted(&contestants[i], COUNTED);
        printf("%s\t%d\n", contestants[i].name, COUNTED);
    }
    return 0;
}

int main(int arguments, char **argument)
{
    static double took[CONTESTANTS][REPETITIONS];

    if (strongroom_abi_version() != STRONGROOM_ABI_VERSION) {
        fprintf(stderr, "the library has another ABI version than the header\n");
        return 1;
    }
    if (arguments == 2 && strcmp(argument[1], "count") == 0)
        return count();
    const int shared = arguments > 1 && strcmp(argument[1], "shared") == 0;
    if (!shared && (arguments < 2 || strcmp(argument[1], "static") != 0)) {
        fprintf(stderr, "usage: %s static|shared [instructions...] | count\n", argument[0]);
        return 2;
    }

    make_requests(ASKED);
    compare_answers(ASKED);
    unsigned long sum = 0;
    for (size_t repetition = 0; repetition < REPETITIONS; repetition++)
        for (size_t i = 0; i < CONTESTANTS; i++) {
            if (shared && contestants[i].once)
                continue;
            /* An engine takes longer, and is asked the same each time. */
            const int asked = contestants[i].alone ? ASKED / 10 : ASKED, rounds = contestants[i].alone ? 1 : ROUNDS;
            const double begin = nanoseconds();
            for (int round = 0; round < rounds; round++)
                sum += contestants[i].ask((size_t)asked);
            took[i][repetition] = (nanoseconds() - begin) / ((double)asked * rounds);
        }
    fprintf(stderr, "%s library: %d requests, %d repetitions, sum of the answers %lu\n", argument[1], ASKED, REPETITIONS, sum);

    for (size_t i = 0; i < CONTESTANTS; i++) {
        if (shared && contestants[i].once)
            continue;
        qsort(took[i], REPETITIONS, sizeof took[i][0], order);
        const char *instructions = (size_t)arguments > i + 2 ? argument[i + 2] : "null";
        print_row(&contestants[i], argument[1], took[i], instructions);
    }
    return 0;
}
