/* What programs that share one journal do with it: each opens it for one look, under its lock, and closes it again. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include "journal_file.h"
#include "settings.h"

struct journal {
    struct journal_file kept;
    strongroom_engine_t engine;
};

/*
 * Opens the journal at `path`, which is there and is this device's, waiting up to so many milliseconds for another
 * process that holds it. The journal must not move in memory until it is closed. False: nobody has access.
 */
bool journal_open(struct journal *journal, const char *path, const strongroom_device_t *device, int wait, struct why *why);

/* Gives up engine and lock; only of a journal that was opened. */
void journal_close(struct journal *journal);

/* Reads the file that begins with the Start frame of the engine: which device it is made for. */
bool journal_read_start(const char *path, strongroom_start_t *start, struct why *why);

/* Lets the engine see the time. */
strongroom_status_t journal_tick(struct journal *journal, uint64_t now);

/* Whether an entry of the outbox asks for access to that subject to be opened or closed, and under which request. */
bool journal_asks(const struct journal *journal, const strongroom_effect_t *effect, uint8_t subject, strongroom_request_t *request);

/* Confirms that it is so. What was confirmed is gone from the outbox, and the next entry stands in its place. */
strongroom_status_t journal_confirm(struct journal *journal, uint64_t now, uint32_t effect, strongroom_reply_t *reply);

#endif
