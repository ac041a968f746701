/*
 * A journal in a file, as the medium of an engine: byte for byte what the Rust and Python hosts and a board's EEPROM have.
 * Every write and erasure is on the disk before it counts, and one process at a time holds the journal.
 */
#ifndef JOURNAL_FILE_H
#define JOURNAL_FILE_H

#include "strongroom.h"

#include <sys/types.h>

#define JOURNAL_FILE_HOLDER 200       /* room for what a holder says of itself */

struct journal_file {
    int file; /* whoever opens it closes it */
    int lock; /* the file beside it; held until it is closed, or its process ends */
};

enum journal_lock {
    JOURNAL_LOCKED,
    JOURNAL_BUSY,      /* another process held it for as long as this one waited; `holder` says which */
    JOURNAL_UNLOCKABLE /* errno says why */
};

/* Takes the lock beside the journal at `path`, waiting up to so many milliseconds. */
enum journal_lock journal_file_lock(struct journal_file *journal, const char *path, int wait, char holder[JOURNAL_FILE_HOLDER]);

/* Whether a journal can have so many bytes. */
int journal_file_can_have(off_t bytes);

/* The medium; `journal` must not move in memory while it is mounted. */
strongroom_medium_t journal_file_medium(struct journal_file *journal, uint32_t bytes);

/* Writes all of it. Returns 0 or errno. */
int journal_file_put(int file, const void *bytes, size_t length, off_t at);

#endif
