/*
 * Who is timed: each asks a number of requests, one after another, as a program does, and gives the sum of the answers.
 */
#ifndef STRONGROOM_BENCH_CONTESTANTS_H
#define STRONGROOM_BENCH_CONTESTANTS_H

#include <stddef.h>

enum { REQUESTS = 1000000 };

typedef struct {
    const char *name;
    const char *kind; /* floor, peer or ours */
    const char *note;
    unsigned long (*ask)(size_t count);
    int once; /* the same with either library, so that the run with the static one times it */
    int alone; /* another question, to which no other row of the group is an answer */
} contestant_t;

enum { CONTESTANTS = 6 };
extern const contestant_t contestants[CONTESTANTS];

/* Makes the first `count` of the requests, the same in every run, and an engine. */
void make_requests(size_t count);

/* Ends the program with a message that names the request where the library and the chain of ifs differ. */
void compare_answers(size_t count);

#endif
