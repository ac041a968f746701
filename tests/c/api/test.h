/* What every file of this folder uses: each tests one area of the header, and main.c calls them all. */
#ifndef TEST_H
#define TEST_H

#include "strongroom.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern int failures;

#define EXPECT(condition)                                                      \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);    \
            failures++;                                                        \
        }                                                                      \
    } while (0)

#define EXPECT_STATUS(call, expected)                                          \
    do {                                                                       \
        unsigned got = (call);                                                 \
        if (got != (expected)) {                                               \
            fprintf(stderr, "%s:%d: %s is %u, not %s\n", __FILE__, __LINE__, #call, got, #expected); \
            failures++;                                                        \
        }                                                                      \
    } while (0)

#define EXPECT_TEXT(call, expected)                                            \
    do {                                                                       \
        const char *got = (call);                                              \
        if (got == NULL || strcmp(got, (expected)) != 0) {                     \
            fprintf(stderr, "%s:%d: %s is %s\n", __FILE__, __LINE__, #call, got == NULL ? "NULL" : got); \
            failures++;                                                        \
        }                                                                      \
    } while (0)

/* Whether every byte there has this value. */
static inline int is_all(const void *place, size_t size, uint8_t value)
{
    const uint8_t *bytes = place;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != value)
            return 0;
    return 1;
}

/* Frames that C cannot write. */
enum {
    REPLY,       /* engine 3, line 8: a refusal */
    BAD_VERSION, /* of frame version 2 */
    MALFORMED,   /* of no known message */
    FRAMES
};

struct frames {
    uint8_t bytes[FRAMES][STRONGROOM_MAX_FRAME];
    size_t lengths[FRAMES];
};

void test_engine(void);
void test_journal(void);
void test_log(void);
void test_frame(const struct frames *given);
void test_guard(void);
void test_reading(void);
void test_console(void);
void test_policy(void);
void test_support(void);
void test_words(void);

#endif
