/*
 * What the three files of consoled share. consoled.c has the arguments, the loop and the control socket;
 * console.c the guard between a technician's terminal and the device; keep.c the engine, its journal and its log.
 */
#ifndef CONSOLED_H
#define CONSOLED_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* ppoll, pseudo-terminals, flock, serial lines */
#endif

#include "strongroom.h"

/* The command line. What is optional is NULL where it was not given. */
struct options {
    const char *start, *journal, *log, *device, *terminal, *control, *monitor;
    const char *engineer, *auditor, *pool, *account, *clock, *serial;
};

/* ---- consoled.c ---- */

/* Says something on standard error, and where it is fatal, ends. */
__attribute__((format(printf, 1, 2))) void say(const char *format, ...);
__attribute__((format(printf, 1, 2))) _Noreturn void fail(const char *format, ...);

/* Reads the UUID that an option gives. */
void read_uuid(const char *option, const char *text, uint8_t uuid[16]);

/* Milliseconds of a clock that only goes forward. */
uint64_t milliseconds(void);

/* ---- keep.c ---- */

extern strongroom_engine_t engine;
extern strongroom_start_t ordered; /* what was ordered: the device, and what the engine is called */
extern int failed; /* something that nothing works without: the session is ended, and the program */

void keep_open(const struct options *options);
void keep_close(void);

/* Seconds since 1970, or STRONGROOM_NO_TIME. */
uint64_t keep_now(void);

/* Asks the engine. Once this says 1 the step is stored and its record exported; 0 where nothing was answered. */
int keep_apply(const strongroom_command_t *command, strongroom_reply_t *reply);

/* Somebody of the provider's, and a part of the device's own. */
strongroom_principal_t keep_provider(uint8_t role, const uint8_t id[16]);
strongroom_principal_t keep_part(uint8_t role);

/* Does what time asks for; how many milliseconds there are until it asks again. */
int keep_tick(void);

/* ---- console.c ---- */

void console_open(const struct options *options);
int console_device(void);   /* the descriptor to poll, -1 while the device is away */
int console_terminal(void); /* the descriptor to poll */

/* Bytes are there, or the other side has hung up. */
void console_printed(void);
void console_typed(void);

/* Whether an entry of the outbox is done, and so confirmed, by the console alone. */
int console_confirms(uint32_t id);

/* Follows the engine's outbox and the time; how many milliseconds there are until it has to again. */
int console_turn(void);

/* Ends the device's session for good; 1 once the device has said that nobody is logged in. */
int console_end(void);
void console_close(void);

#endif
