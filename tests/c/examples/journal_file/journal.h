/* What programs that share one journal do with it: each opens it for one look, under its lock, and closes it again. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include "journal_file.h"

#include <stdbool.h>

/* Why something did not work, in words for the person who reads it. */
struct why {
    char text[320];
};

struct journal {
    struct journal_file kept;
    strongroom_engine_t engine;
};

/* Writes down why, and is false, so that a function can return it. */
__attribute__((format(printf, 2, 3))) bool why_not(struct why *why, const char *format, ...);

/*
 * Opens the journal at `path`, which is there and is this device's, waiting up to so many milliseconds for another
 * process that holds it. The journal must not move in memory until it is closed. False: nobody has access.
 */
bool journal_open(struct journal *journal, const char *path, const strongroom_device_t *device, int wait, struct why *why);

/* Gives up engine and lock; only of a journal that was opened. */
void journal_close(struct journal *journal);

/* Reads the file that begins with the Start frame of the engine: which device it is made for. */
bool journal_read_start(const char *path, strongroom_start_t *start, struct why *why);

/* A UUID: 32 hexadecimal digits, with hyphens wherever. */
bool journal_read_uuid(const char *text, uint8_t uuid[16]);

/* Seconds since 1970, or STRONGROOM_NO_TIME. Tests name a file with the time in it; everybody else NULL. */
uint64_t journal_now(const char *clock);

#endif
