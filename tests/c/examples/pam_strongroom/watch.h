/* Starts the watcher of a session. */
#ifndef WATCH_H
#define WATCH_H

#include "config.h"

#define WATCH_READY 3 /* the descriptor on which the watcher says "." when it watches, or why it does not */

/* Starts the watcher for the session that is written down at `session`, and waits until it watches. */
bool watch_start(const struct config *config, const char *session, struct why *why);

#endif
