/* The guard between a technician's terminal and the device's console. */
#include "consoled.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define RETRY 1000 /* milliseconds before a device is opened, or asked to end its session, again */
#define BURST 64   /* bytes that a technician types between two looks at everything else */

enum state {
    AWAY,    /* the device is not there */
    CLOSING, /* it was told to end its session */
    CLOSED,  /* it has said that nobody is logged in, and nobody types */
    OPEN     /* a technician types, and the guard is open as far as they may */
};

static strongroom_guard_t guard = STRONGROOM_STORAGE_INIT;
static enum state state = AWAY;
static int device = -1, terminal = -1;
static const char *device_path, *terminal_path, *account;
static uint8_t monitor_id[16], engineer_id[16];
static int has_engineer, is_serial, ending;
static int present;        /* a technician has typed something */
static uint64_t quiet_at;  /* when the device will have been quiet for long enough; 0 where it has been already */
static uint64_t retry_at;
static uint8_t waiting[512]; /* for the device, which takes no more at present */
static size_t waiting_length;

static void act(const strongroom_event_t *event);
static void lose_device(const char *why);

/* ---- bytes ---- */

static void flush_to_device(void)
{
    ssize_t wrote = device != -1 && waiting_length > 0 ? write(device, waiting, waiting_length) : 0;
    if (wrote > 0)
        memmove(waiting, waiting + wrote, waiting_length -= (size_t)wrote);
}

/* The guard sends a line a prompt, so that more than fits means a device that takes nothing. It is then reopened. */
static void to_device(void *user, const uint8_t *bytes, size_t length)
{
    (void)user;
    flush_to_device();
    size_t fits = sizeof waiting - waiting_length < length ? sizeof waiting - waiting_length : length;
    memcpy(waiting + waiting_length, bytes, fits);
    waiting_length += fits;
    flush_to_device();
}

/* What a terminal does not take is lost, as on a serial line: nothing waits for a technician. */
static void to_technician(void *user, const uint8_t *bytes, size_t length)
{
    (void)user;
    if (terminal != -1 && write(terminal, bytes, length) == -1 && errno != EAGAIN)
        say("%s: %s", terminal_path, strerror(errno));
}

static const strongroom_sink_t sink = {NULL, to_device, to_technician};

static void tell(const char *text)
{
    to_technician(NULL, (const uint8_t *)text, strlen(text));
    to_technician(NULL, (const uint8_t *)"\r\n", 2);
}

/* The guard refuses nothing that this program asks. Where it does, nothing can be relied on. */
static int held(strongroom_status_t status)
{
    if (status != STRONGROOM_OK) {
        say("the guard: %s", strongroom_error_text(status));
        failed = 1;
    }
    return status == STRONGROOM_OK;
}

/* ---- the device's side ---- */

static int make_raw(int line, int serial)
{
    struct termios modes;
    if (tcgetattr(line, &modes) == -1)
        return -1;
    cfmakeraw(&modes);
    if (serial) {
        modes.c_cflag &= ~(tcflag_t)(CSTOPB | PARENB | CRTSCTS);
        /* No modem lines but one: when this program ends, DTR falls. */
        modes.c_cflag |= CREAD | CLOCAL | HUPCL;
        if (cfsetspeed(&modes, B9600) == -1)
            return -1;
    }
    return tcsetattr(line, TCSANOW, &modes);
}

static void close_session(const char *why)
{
    strongroom_event_t event;
    if (why != NULL)
        say("ending the device's session: %s", why);
    if (!held(strongroom_guard_close(&guard, &sink, &event)))
        return;
    state = CLOSING;
    retry_at = milliseconds() + RETRY;
    act(&event);
}

/* Whatever was before, a device that is opened has its session ended first. */
static void open_device(void)
{
    static int told;
    retry_at = milliseconds() + RETRY;
    device = open(device_path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (device == -1 || make_raw(device, is_serial) == -1 || ioctl(device, TIOCEXCL) == -1) {
        int error = errno;
        if (told != error)
            say("%s: %s%s; trying again", device_path, strerror(error), error == ENOTTY ? " (it is no serial line)" : "");
        told = error;
        if (device != -1)
            close(device);
        device = -1;
        return;
    }
    told = 0;
    quiet_at = 0;
    waiting_length = 0;
    (void)strongroom_guard_deinit(&guard);
    if (held(strongroom_guard_init(&guard, sizeof guard, STRONGROOM_ABI_VERSION)))
        close_session("nobody knows what it is");
}

static void lose_device(const char *why)
{
    say("%s: %s; opening it again", device_path, why);
    if (present)
        tell("the device has hung up");
    close(device);
    device = -1;
    state = AWAY;
    retry_at = milliseconds() + RETRY;
}

void console_printed(void)
{
    uint8_t bytes[1024];
    strongroom_event_t event;
    ssize_t length = read(device, bytes, sizeof bytes);
    if (length <= 0) {
        if (length == 0 || (errno != EAGAIN && errno != EINTR))
            lose_device(length == 0 ? "the device has hung up" : strerror(errno));
        return;
    }
    for (ssize_t i = 0; i < length && held(strongroom_guard_device(&guard, bytes[i], &sink, &event)); i++)
        act(&event);
    quiet_at = milliseconds() + STRONGROOM_QUIET_MILLISECONDS;
}

/* ---- the technician's side ---- */

/* A new pseudo-terminal for each technician, so that nothing of the former one's is left in it. */
static void make_terminal(void)
{
    char beside[PATH_MAX];
    int former = terminal;
    present = 0;
    terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal == -1 || grantpt(terminal) == -1 || unlockpt(terminal) == -1 || make_raw(terminal, 0) == -1 ||
        fcntl(terminal, F_SETFL, O_NONBLOCK) == -1) {
        say("a pseudo-terminal: %s", strerror(errno));
        failed = 1;
        return;
    }
    snprintf(beside, sizeof beside, "%s.new", terminal_path);
    if ((unlink(beside) == -1 && errno != ENOENT) || symlink(ptsname(terminal), beside) == -1 || rename(beside, terminal_path) == -1) {
        say("%s: %s", terminal_path, strerror(errno));
        failed = 1;
    }
    if (former != -1)
        close(former); /* not before, or the new one would have its name */
    if (!failed)
        say("the technician's terminal is %s (%s)", terminal_path, ptsname(terminal));
}

/* Who may open the terminal may also open it beside somebody else; that is its file's mode to say. */
static void lose_technician(void)
{
    int was_present = present;
    make_terminal();
    if (state == OPEN)
        close_session("the technician has hung up");
    else if (was_present)
        say("the technician has hung up");
}

void console_typed(void)
{
    uint8_t bytes[BURST];
    strongroom_event_t event;
    ssize_t length = read(terminal, bytes, sizeof bytes);
    if (length <= 0) {
        if (length == 0 || (errno != EAGAIN && errno != EINTR))
            lose_technician();
        return;
    }
    if (!present)
        say("a technician is at the terminal");
    present = 1;
    /* A terminal that echoes would type what is shown to it. */
    if (make_raw(terminal, 0) == -1)
        say("%s: %s", terminal_path, strerror(errno));
    (void)console_turn();
    if (state == AWAY)
        tell("the device is away");
    for (ssize_t i = 0; i < length && state != AWAY && held(strongroom_guard_technician(&guard, bytes[i], &sink, &event)); i++)
        act(&event);
}

/* ---- decisions ---- */

static uint8_t mode(void)
{
    uint8_t mode;
    return held(strongroom_guard_mode(&guard, &mode)) ? mode : STRONGROOM_MODE_SHUT;
}

static void refuse(const char *why)
{
    (void)held(strongroom_guard_refuse(&guard, why, &sink));
}

static void pass(void)
{
    uint8_t sent;
    if (held(strongroom_guard_pass(&guard, STRONGROOM_CONFIRMATION_REFUSED, &sink, &sent)) && !sent)
        say("it was not sent: the device has printed something since");
}

static void decide_line(const strongroom_event_t *event)
{
    strongroom_command_t command = {0};
    strongroom_reply_t reply;
    char name[STRONGROOM_COMMAND_NAME_SIZE] = "an unknown command";
    int granted = mode() == STRONGROOM_MODE_GRANT;
    command.verb = STRONGROOM_VERB_CONSOLE_LINE;
    command.by = granted ? keep_provider(STRONGROOM_ROLE_ENGINEER, engineer_id) : keep_provider(STRONGROOM_ROLE_MONITOR, monitor_id);
    command.with.console_line.command = event->command;
    command.with.console_line.arguments = event->arguments;
    memcpy(command.with.console_line.line, event->digest, sizeof event->digest);
    if (!keep_apply(&command, &reply)) {
        refuse("refused: what is decided cannot be stored");
        return;
    }
    (void)strongroom_console_name(event->command, name);
    int accepted = reply.verdict == STRONGROOM_VERDICT_ACCEPTED;
    say("%s: %s: %s by %s", granted ? "engineer" : "monitor", name, accepted ? "passed" : "refused", strongroom_rule_name(reply.rule));
    if (accepted)
        pass();
    else
        refuse(strongroom_rule_text(reply.rule));
}

/* Without a grant only the account that monitors may log in; the name is not logged, people type passwords there. */
static void decide_login(const strongroom_event_t *event)
{
    int may = mode() == STRONGROOM_MODE_GRANT || strcmp(event->text, account) == 0;
    say("a log-in %s", may ? "passed" : "refused");
    if (may)
        pass();
    else
        refuse("refused: without a grant, only the account that monitors");
}

static void decide_recover_login(void)
{
    strongroom_command_t command = {0};
    strongroom_reply_t reply;
    command.verb = STRONGROOM_VERB_RECOVER_LOGIN;
    command.by = keep_part(STRONGROOM_ROLE_SENSOR);
    int told = keep_apply(&command, &reply);
    say("the recovery account: refused");
    refuse(told ? strongroom_rule_text(reply.rule) : "refused");
}

static void act(const strongroom_event_t *event)
{
    switch (event->kind) {
    case STRONGROOM_EVENT_LINE:
        decide_line(event);
        break;
    case STRONGROOM_EVENT_LOGIN:
        decide_login(event);
        break;
    case STRONGROOM_EVENT_RECOVER_LOGIN:
        decide_recover_login();
        break;
    case STRONGROOM_EVENT_ANSWERED:
        say("a confirmation was answered %s", strongroom_answer_name(event->answer));
        break;
    case STRONGROOM_EVENT_CLOSED:
        say("the device's session has ended");
        state = CLOSED;
        break;
    default:
        break;
    }
}

/* ---- what the engine asks for ---- */

/* Whether an entry of the outbox is for this terminal: access to the device, of the engineer who sits here. */
static int is_ours(const strongroom_effect_t *effect)
{
    strongroom_request_t request;
    return has_engineer && (effect->kind == STRONGROOM_EFFECT_OPEN_ACCESS || effect->kind == STRONGROOM_EFFECT_CLOSE_ACCESS) &&
           strongroom_request_find(&engine, effect->about, &request) == STRONGROOM_OK &&
           request.subject == STRONGROOM_SUBJECT_DEVICE && memcmp(request.engineer, engineer_id, sizeof engineer_id) == 0;
}

/* Confirms what was done. Positions change with each step, so that the caller begins anew. */
static int confirm(const strongroom_effect_t *effect)
{
    strongroom_command_t command = {0};
    strongroom_reply_t reply;
    command.verb = STRONGROOM_VERB_CONFIRM;
    command.by = keep_part(STRONGROOM_ROLE_ENFORCER);
    command.with.confirm.effect = effect->id;
    if (!keep_apply(&command, &reply))
        return 0;
    say("request %" PRIu32 ": %s %s: %s", effect->about, strongroom_effect_name(effect->kind),
        reply.verdict == STRONGROOM_VERDICT_ACCEPTED ? "confirmed" : "not confirmed", strongroom_rule_name(reply.rule));
    return reply.verdict == STRONGROOM_VERDICT_ACCEPTED;
}

static int granted(void)
{
    uint64_t until = 0, now = keep_now();
    return has_engineer && !failed && now != STRONGROOM_NO_TIME &&
           strongroom_engine_access(&engine, now, engineer_id, STRONGROOM_SUBJECT_DEVICE, &until) == STRONGROOM_OK && until > now;
}

int console_confirms(uint32_t id)
{
    strongroom_effect_t effect;
    for (uint32_t i = 0; strongroom_outbox_entry(&engine, i, &effect) == STRONGROOM_OK; i++)
        if (effect.id == id)
            return is_ours(&effect);
    return 0;
}

/* Opened is what the guard will open once somebody types; closed is what the device has said. */
static void serve_outbox(void)
{
    strongroom_effect_t effect;
    for (uint32_t i = 0; !failed && strongroom_outbox_entry(&engine, i, &effect) == STRONGROOM_OK; i++) {
        if (!is_ours(&effect))
            continue;
        /* Also where another grant is in force: which of them the session was opened by, nobody knows. */
        if (effect.kind == STRONGROOM_EFFECT_CLOSE_ACCESS && state == OPEN)
            close_session("the grant has ended");
        int done = effect.kind == STRONGROOM_EFFECT_OPEN_ACCESS ? state != AWAY && granted() : state == CLOSED;
        if (done && confirm(&effect))
            i = UINT32_MAX; /* begins anew */
    }
}

static void open_guard(void)
{
    uint8_t opened, wanted = granted() ? STRONGROOM_MODE_GRANT : STRONGROOM_MODE_MONITOR;
    if (state == OPEN && mode() == STRONGROOM_MODE_GRANT && wanted != STRONGROOM_MODE_GRANT)
        close_session("the grant is not in force any more");
    if (ending || !present || (state != CLOSED && state != OPEN) || mode() == wanted)
        return;
    if (held(strongroom_guard_open(&guard, wanted, &opened)) && opened) {
        state = OPEN;
        say("the terminal is open: %s", wanted == STRONGROOM_MODE_GRANT ? "a grant" : "monitoring");
    }
}

int console_turn(void)
{
    uint64_t now = milliseconds();
    if (state == AWAY && now >= retry_at)
        open_device();
    if (state == CLOSING && now >= retry_at)
        close_session(NULL);
    flush_to_device();
    if (device != -1 && waiting_length == sizeof waiting)
        lose_device("it takes nothing");
    /* Only a device of which nothing waits to be read is quiet. */
    struct pollfd more = {.fd = device, .events = POLLIN};
    if (device != -1 && quiet_at != 0 && now >= quiet_at && poll(&more, 1, 0) == 0) {
        strongroom_event_t event;
        quiet_at = 0;
        if (held(strongroom_guard_quiet(&guard, &sink, &event)))
            act(&event);
    }
    serve_outbox();
    open_guard();
    now = milliseconds();
    uint64_t next = now + (waiting_length > 0 ? 20 : 60000);
    if (quiet_at != 0 && quiet_at < next)
        next = quiet_at;
    if ((state == AWAY || state == CLOSING) && retry_at < next)
        next = retry_at;
    return next > now ? (int)(next - now) : 0;
}

/* ---- life ---- */

int console_device(void)
{
    return device;
}

int console_terminal(void)
{
    return terminal;
}

void console_open(const struct options *options)
{
    struct stat about;
    device_path = options->device;
    terminal_path = options->terminal;
    account = options->account;
    is_serial = options->serial != NULL;
    has_engineer = options->engineer != NULL;
    read_uuid("monitor", options->monitor, monitor_id);
    if (has_engineer)
        read_uuid("engineer", options->engineer, engineer_id);
    if (stat(device_path, &about) == -1)
        fail("%s: %s", device_path, strerror(errno));
    if (!S_ISCHR(about.st_mode))
        fail("%s: it is no serial line", device_path);
    if (lstat(terminal_path, &about) == 0 && !S_ISLNK(about.st_mode))
        fail("%s: it is there already, and no symbolic link; name another path, or remove it", terminal_path);
    make_terminal();
    if (failed)
        exit(1);
    open_device();
}

int console_end(void)
{
    if (!ending && state == OPEN)
        close_session("this program ends");
    ending = 1;
    return state == CLOSED;
}

void console_close(void)
{
    (void)unlink(terminal_path);
    close(terminal);
    if (device != -1)
        close(device);
    (void)strongroom_guard_deinit(&guard);
}
