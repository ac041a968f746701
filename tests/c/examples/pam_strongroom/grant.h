/* What the engine says of an engineer, and what the enforcement point tells it. */
#ifndef GRANT_H
#define GRANT_H

#include "config.h"

/* Whether a grant lets the engineer in now, and which: of several the one that lasts longest. */
bool grant_find(const struct config *config, const struct journal *journal, const uint8_t id[16], strongroom_request_t *grant,
                struct why *why);

/* Whether that very grant still does. */
bool grant_holds(const struct config *config, const struct journal *journal, const uint8_t id[16], uint32_t request,
                 struct why *why);

/* Puts on record that the engineer comes in (L-39). */
bool grant_use(const struct config *config, struct journal *journal, const uint8_t id[16], uint32_t request, struct why *why);

/*
 * Lets the engine see the time, and confirms what is so: that access is open where it was granted, and closed where it
 * ended and no session under it is open (D-04). False where something is still to be closed.
 */
bool grant_settle(const struct config *config, struct journal *journal, struct why *why);

#endif
