/* The journal: an engine in a file, byte for byte as the Rust and Python hosts and a board's EEPROM have it. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include "../journal_file/journal_file.h"
#include "config.h"

struct journal {
    struct journal_file kept;
    strongroom_engine_t engine;
};

enum journal_found {
    JOURNAL_OPEN,
    JOURNAL_HELD,  /* by another process, for as long as this one waited */
    JOURNAL_CLOSED /* it is missing, not ours, or cannot be read: nobody has access */
};

/* Opens the journal and mounts its engine. The journal must not move in memory until it is closed. */
enum journal_found journal_open(const struct config *config, struct journal *journal, struct why *why);

/* Gives up engine and lock; only of a journal that was opened. */
void journal_close(struct journal *journal);

#endif
