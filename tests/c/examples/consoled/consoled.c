/*
 * consoled: a guard between technicians and the console of a leased device.
 *
 * A technician gets a pseudo-terminal, and no byte of theirs goes to the device: each line is collected, decided by the
 * engine, and sent by the command's own name, or refused with the reason. Without a grant the monitoring role reads the
 * device's health; while a grant of the engineer's is in force, it opens what was granted, and when it ends the session
 * at the device is ended and the end confirmed. Requests, approvals and everything else come as frames through a
 * control socket, and each is answered by a Reply frame. Every step is in the journal before anything comes of it, and
 * every record in the log file before it is acknowledged: killed at any moment, the program goes on where it was.
 */
#include "consoled.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS 4
#define PATIENCE 10000 /* milliseconds for the device to end its session when the program ends */

struct client {
    int socket; /* -1 where there is none */
    uint32_t frames;
    size_t length;
    uint8_t frame[STRONGROOM_MAX_FRAME];
};

static struct client clients[CLIENTS];
static const char *control_path;
static int control = -1;
static volatile sig_atomic_t stopped;

/* ---- words ---- */

void say(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fputs("consoled: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
}

void fail(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fputs("consoled: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
    exit(1);
}

uint64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void read_uuid(const char *option, const char *text, uint8_t uuid[16])
{
    const char *at = text;
    for (size_t i = 0; i < 16; i++, at += 2) {
        at += *at == '-' && i > 0;
        if (!isxdigit((unsigned char)at[0]) || !isxdigit((unsigned char)at[1]) || sscanf(at, "%2" SCNx8, &uuid[i]) != 1)
            break;
    }
    if (*at != '\0' || strlen(text) != 36)
        fail("--%s %s: not a UUID, such as b0000000-0000-4000-8000-0000000000b6", option, text);
}

/* ---- the control socket ---- */

static void open_control(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat about;
    if (strlen(control_path) >= sizeof address.sun_path)
        fail("%s: a socket's path has at most %zu bytes", control_path, sizeof address.sun_path - 1);
    strcpy(address.sun_path, control_path);
    if (lstat(control_path, &about) == 0 && !S_ISSOCK(about.st_mode))
        fail("%s: it is there already, and no socket; name another path, or remove it", control_path);
    (void)unlink(control_path); /* of a process that was killed: the journal's lock is ours */
    mode_t mask = umask(0177);
    control = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (control == -1 || bind(control, (struct sockaddr *)&address, sizeof address) == -1 || listen(control, CLIENTS) == -1)
        fail("%s: %s", control_path, strerror(errno));
    umask(mask);
    for (size_t i = 0; i < CLIENTS; i++)
        clients[i].socket = -1;
}

static void drop(struct client *client, const char *why)
{
    if (why != NULL)
        say("%s: frame %" PRIu32 ": %s", control_path, client->frames, why);
    close(client->socket);
    client->socket = -1;
}

static void welcome(void)
{
    int socket = accept4(control, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    for (size_t i = 0; socket != -1 && i < CLIENTS; i++) {
        if (clients[i].socket == -1) {
            clients[i] = (struct client){.socket = socket};
            return;
        }
    }
    if (socket != -1) {
        say("%s: %d are connected already", control_path, CLIENTS);
        close(socket);
    }
}

/* What is wrong with the frame, or NULL where it was answered. The time is this program's, not the frame's. */
static const char *answer(const struct client *client)
{
    strongroom_envelope_t envelope;
    strongroom_command_t command;
    strongroom_reply_t reply;
    uint8_t frame[STRONGROOM_MAX_FRAME];
    size_t length;
    strongroom_status_t status = strongroom_frame_command(client->frame, client->length, &envelope, &command);
    if (status != STRONGROOM_OK)
        return strongroom_error_text(status);
    if (envelope.engine != ordered.engine)
        return "a command for another engine";
    if (command.verb == STRONGROOM_VERB_CONFIRM && console_confirms(command.with.confirm.effect))
        return "the console confirms that itself, once it is so";
    if (!keep_apply(&command, &reply))
        return "it was not answered";
    status = strongroom_frame_write_reply(&envelope, &reply, frame, sizeof frame, &length);
    if (status != STRONGROOM_OK)
        return strongroom_error_text(status);
    return send(client->socket, frame, length, MSG_NOSIGNAL) == (ssize_t)length ? NULL : "the answer was not taken";
}

static void listen_to(struct client *client)
{
    uint8_t bytes[STRONGROOM_MAX_FRAME];
    ssize_t count = recv(client->socket, bytes, sizeof bytes, 0);
    if (count <= 0) {
        if (count == 0 || (errno != EAGAIN && errno != EINTR))
            drop(client, client->length > 0 ? "it was cut off" : NULL);
        return;
    }
    for (ssize_t i = 0; i < count && client->socket != -1; i++) {
        const char *wrong = NULL;
        client->frames += client->length == 0;
        client->frame[client->length++] = bytes[i];
        if (bytes[i] == 0) {
            wrong = answer(client);
            client->length = 0;
        } else if (client->length == sizeof client->frame) {
            wrong = "it is longer than any frame";
        }
        if (wrong != NULL)
            drop(client, wrong);
    }
}

/* ---- the loop ---- */

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

static int sooner(int one, int other)
{
    return one < other ? one : other;
}

/* Waits for whatever comes next, and lets it happen. Signals arrive only while it waits. */
static void wait_for(int timeout, const sigset_t *signals)
{
    struct timespec time = {.tv_sec = timeout / 1000, .tv_nsec = timeout % 1000 * 1000000};
    struct pollfd lines[3 + CLIENTS] = {{console_device(), POLLIN, 0}, {console_terminal(), POLLIN, 0}, {control, POLLIN, 0}};
    for (size_t i = 0; i < CLIENTS; i++)
        lines[3 + i] = (struct pollfd){clients[i].socket, POLLIN, 0};
    if (ppoll(lines, 3 + CLIENTS, &time, signals) <= 0)
        return;
    if (lines[0].revents != 0)
        console_printed();
    if (lines[1].revents != 0)
        console_typed();
    for (size_t i = 0; i < CLIENTS; i++)
        if (lines[3 + i].revents != 0)
            listen_to(&clients[i]);
    if (lines[2].revents != 0)
        welcome();
}

/* Until a signal, or until nothing can be stored; then until the device has ended its session. Says whether it has. */
static int run(const sigset_t *signals)
{
    uint64_t end = 0;
    for (;;) {
        int timeout = sooner(keep_tick(), console_turn());
        if (end == 0 && (stopped || failed))
            end = milliseconds() + PATIENCE;
        if (end != 0 && console_end())
            return 1;
        if (end != 0 && milliseconds() >= end)
            return 0;
        wait_for(end != 0 ? sooner(timeout, 100) : timeout, signals);
    }
}

/* ---- the command line ---- */

static const char usage[] =
    "usage: consoled --start FILE --journal FILE --log FILE --device PATH --terminal PATH --control PATH --monitor UUID\n"
    "                [--engineer UUID] [--auditor UUID] [--pool UUID] [--account NAME] [--serial 9600] [--clock FILE]\n"
    "\n"
    "  --start FILE     a file that begins with a Start frame: the device, and the policy of a new journal\n"
    "  --journal FILE   what keeps the engine; made where there is none\n"
    "  --log FILE       where records go, a JSON line each; for tests/verify_log.py\n"
    "  --device PATH    the device's console\n"
    "  --terminal PATH  a symbolic link to the technician's terminal, made anew for each\n"
    "  --control PATH   a socket that takes Command frames and answers Reply frames\n"
    "  --monitor UUID   who monitors, of the provider's\n"
    "  --engineer UUID  who sits at the terminal while a grant of theirs is in force\n"
    "  --auditor UUID   acknowledges records of the tenant log, for the customer\n"
    "  --pool UUID      acknowledges records of the lifecycle log, for the provider\n"
    "  --account NAME   the device's account that monitors; monitor where it is not given\n"
    "  --serial 9600    the device's console is a serial line with 9600 baud, 8N1\n"
    "  --clock FILE     the time is the number in that file, seconds since 1970; for tests\n"
    "\n"
    "SIGTERM, SIGINT and SIGHUP end the device's session, and then the program: with 0 where the device has said so, else 1.\n"
    "Whoever may write to the control socket speaks for everybody: it is made for its owner alone.\n";

static void read_options(int count, char **arguments, struct options *options)
{
    static const char *const names[] = {"start",    "journal", "log",  "device",  "terminal", "control", "monitor",
                                        "engineer", "auditor", "pool", "account", "serial",   "clock"};
    const char **places[] = {&options->start,   &options->journal,  &options->log,     &options->device, &options->terminal,
                             &options->control, &options->monitor,  &options->engineer, &options->auditor, &options->pool,
                             &options->account, &options->serial,   &options->clock};
    enum { NAMES = sizeof names / sizeof *names, REQUIRED = 7 };
    struct option table[NAMES + 2] = {{0}};
    for (int i = 0; i < NAMES; i++)
        table[i] = (struct option){names[i], required_argument, NULL, i};
    table[NAMES] = (struct option){"help", no_argument, NULL, NAMES};
    int found;
    while ((found = getopt_long(count, arguments, "", table, NULL)) != -1) {
        if (found == NAMES) {
            fputs(usage, stdout);
            exit(0);
        }
        if (found == '?')
            exit(2); /* getopt has said what is wrong */
        *places[found] = optarg;
    }
    if (optind < count) {
        fprintf(stderr, "consoled: %s: not an option; see --help\n", arguments[optind]);
        exit(2);
    }
    for (int i = 0; i < REQUIRED; i++) {
        if (*places[i] == NULL) {
            fprintf(stderr, "consoled: --%s is missing; see --help\n", names[i]);
            exit(2);
        }
    }
    if (options->serial != NULL && strcmp(options->serial, "9600") != 0) {
        fprintf(stderr, "consoled: --serial %s: 9600 is the only speed of the device's console\n", options->serial);
        exit(2);
    }
}

int main(int count, char **arguments)
{
    struct options options = {.account = "monitor"};
    struct sigaction action = {.sa_handler = stop};
    sigset_t blocked, open;
    read_options(count, arguments, &options);
    control_path = options.control;
    if (strongroom_abi_version() != STRONGROOM_ABI_VERSION)
        fail("built with a header of another version than the library's");

    sigemptyset(&blocked);
    const int ends[] = {SIGTERM, SIGINT, SIGHUP};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        sigaddset(&blocked, ends[i]);
        sigaction(ends[i], &action, NULL);
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like any other */
    sigprocmask(SIG_BLOCK, &blocked, &open);

    keep_open(&options);
    open_control();
    console_open(&options); /* last, so that nothing that is wrong with the others leaves the device with a session */
    int closed = run(&open);
    if (!closed)
        say("%s: the device has not said that its session has ended; look at it", options.device);
    (void)unlink(control_path);
    close(control);
    console_close();
    keep_close();
    return closed && !failed ? 0 : 1;
}
