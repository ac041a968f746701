/*
 * consoled: a guard between technicians and the console of a leased device.
 *
 * A technician gets a pseudo-terminal, and no byte of theirs goes to the device: each line is collected, decided by the
 * engine, and sent by the command's own name, or refused with the reason. Without a grant the monitoring role reads the
 * device's health; while a grant of the engineer's is in force, it opens what was granted, and when it ends the session
 * at the device is ended and the end confirmed. The engine is in a journal, which is open only for each step: requests,
 * approvals and everything else come from other programs that open it in between. Every step is in the journal before
 * anything comes of it, and every record in the log file before it is acknowledged.
 */
#include "consoled.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PATIENCE 10000 /* milliseconds for the device to end its session when the program ends */

int failed;
const char *config_path;
static volatile sig_atomic_t stopped;

static void print(const char *format, va_list values)
{
    fputs("consoled: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
}

void say(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    print(format, values);
    va_end(values);
}

void fail(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    print(format, values);
    va_end(values);
    exit(1);
}

void configure(const char *key, const char *standard, char value[SETTING])
{
    struct why why;
    if (!setting(config_path, key, standard, value, &why))
        fail("%s", why.text);
}

uint64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* ---- the loop ---- */

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

/* Until a signal, or until nothing can be stored; then until the device has ended its session. Says whether it has. */
static int run(const sigset_t *signals)
{
    uint64_t end = 0;
    for (;;) {
        int timeout = console_turn();
        if (end == 0 && (stopped || failed))
            end = milliseconds() + PATIENCE;
        if (end != 0 && console_end())
            return 1;
        if (end != 0 && milliseconds() >= end)
            return 0;
        line_wait(end != 0 && timeout > 100 ? 100 : timeout, signals);
    }
}

/* Blocks the signals that end the program, but where it waits. */
static void catch_signals(sigset_t *open)
{
    static const int ends[] = {SIGTERM, SIGINT, SIGHUP};
    struct sigaction action = {.sa_handler = stop};
    sigset_t blocked;
    sigemptyset(&blocked);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        sigaddset(&blocked, ends[i]);
        sigaction(ends[i], &action, NULL);
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like any other */
    sigprocmask(SIG_BLOCK, &blocked, open);
}

static const char usage[] =
    "usage: consoled CONFIG\n"
    "\n"
    "CONFIG is a file of lines with a key and its value:\n"
    "  start     the file that begins with the engine's Start frame, which says what device it is for\n"
    "  journal   the file that keeps the engine; other programs use it in between\n"
    "  log       where the tenant log's records go, a JSON line each; for tests/verify_log.py\n"
    "  device    the device's console: 9600 baud, 8N1\n"
    "  terminal  a symbolic link to the technician's terminal, made anew for each\n"
    "  monitor   a UUID: who monitors, of the provider's\n"
    "  engineer  a UUID: who sits at the terminal while a grant of theirs is in force\n"
    "  auditor   a UUID: acknowledges records that are in the log, for the customer\n"
    "  clock     for tests: a file with the time, in seconds since 1970\n"
    "\n"
    "SIGTERM, SIGINT and SIGHUP end the device's session, and then the program: with 0 where the device has said so, else 1.\n";

int main(int count, char **arguments)
{
    sigset_t open;
    if (count != 2 || arguments[1][0] == '-') {
        fputs(usage, stderr);
        return 2;
    }
    config_path = arguments[1];
    if (strongroom_abi_version() != STRONGROOM_ABI_VERSION)
        fail("built with a header of another version than the library's");
    catch_signals(&open);
    engine_open();
    line_open(); /* last, so that nothing that is wrong with the others leaves the device with a session */
    console_open();
    int closed = run(&open);
    if (!closed)
        say("the device has not said that its session has ended; look at it");
    line_close();
    return closed && !failed ? 0 : 1;
}
