/*
 * What the files of consoled share. consoled.c has the loop; line.c the two sides, the device and the technician's terminal;
 * console.c the guard between them; engine.c the engine in its journal; log.c the log that its records go to.
 */
#ifndef CONSOLED_H
#define CONSOLED_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* ppoll, pseudo-terminals, flock */
#endif

#include "../journal_file/journal.h"

#include <signal.h>

/* ---- consoled.c ---- */

extern int failed; /* something that nothing works without: the session is ended, and the program */
extern const char *config_path;

/* Says something on standard error; fail also ends. */
__attribute__((format(printf, 1, 2))) void say(const char *format, ...);
__attribute__((format(printf, 1, 2))) _Noreturn void fail(const char *format, ...);

/* Reads a setting, or ends. */
void configure(const char *key, const char *standard, char value[SETTING]);

/* Milliseconds of a clock that only goes forward. */
uint64_t milliseconds(void);

/* ---- line.c ---- */

void line_open(void);
void line_close(void);

extern const strongroom_sink_t line_sink; /* to the device, and to the technician */

/* Waits for whatever comes next, and lets it happen. Signals arrive only while it waits. */
void line_wait(int timeout, const sigset_t *signals);

/* Whether the device has printed nothing that was not read yet. */
int line_is_silent(void);

/* ---- engine.c ---- */

void engine_open(void);

/* Looks into the journal: lets the engine see the time, and does what its outbox asks for. */
void engine_look(void);

/* Whether the engineer has a grant, as of the last look. */
int engine_granted(void);

/* Asks the engine whether a line passes, or tells it of a log-in to the recovery account. Once this says 1 the step is
   stored; 0 where nothing was answered. */
int engine_line(const strongroom_event_t *event, int is_engineer, strongroom_reply_t *reply);
int engine_recover_login(strongroom_reply_t *reply);

/* ---- log.c ---- */

void log_open(const char *serial);

/* Exports the tenant log's records that are new, and says where the next will begin; 0 where they are not safe. */
int log_export(const strongroom_engine_t *engine, uint32_t *next);

/* ---- console.c ---- */

void console_open(void);

/* Bytes from the device, and from a technician, who is there from the first one until they hang up. */
void console_printed(const uint8_t *bytes, size_t length);
void console_typed(const uint8_t *bytes, size_t length);
void console_left(void);

/* Does what time asks for; how many milliseconds there are until it asks again. */
int console_turn(void);

/* Ends what is open at the device; 1 once the device has said that nobody is logged in. */
int console_shut(const char *why);

/* As above; and nobody is let in any more. */
int console_end(void);

#endif
