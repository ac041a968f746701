/* The guard between a technician's terminal and the device's console. */
#include "consoled.h"

#include <stdio.h>
#include <string.h>

#define RETRY 1000 /* milliseconds before a device is asked to end its session again */
#define LOOK 1000  /* milliseconds from one look into the journal to the next */

enum state {
    CLOSING, /* the device was told to end its session */
    CLOSED,  /* it has said that nobody is logged in, and nobody types */
    OPEN     /* a technician types, and the guard is open as far as they may */
};

static strongroom_guard_t guard = STRONGROOM_STORAGE_INIT;
static enum state state = CLOSING;
static int ending;
static int present;       /* a technician has typed something */
static uint64_t quiet_at; /* when the device will have been quiet for long enough; 0 where it has been already */
static uint64_t retry_at, look_at;

static void act(const strongroom_event_t *event);

/* The guard refuses nothing that this program asks. Where it does, nothing can be relied on. */
static int held(strongroom_status_t status)
{
    if (status != STRONGROOM_OK) {
        say("the guard: %s", strongroom_error_text(status));
        failed = 1;
    }
    return status == STRONGROOM_OK;
}

static void close_session(const char *why)
{
    strongroom_event_t event;
    if (why != NULL)
        say("ending the device's session: %s", why);
    if (!held(strongroom_guard_close(&guard, &line_sink, &event)))
        return;
    state = CLOSING;
    retry_at = milliseconds() + RETRY;
    act(&event);
}

/* ---- what comes from both sides ---- */

void console_printed(const uint8_t *bytes, size_t length)
{
    strongroom_event_t event;
    for (size_t i = 0; i < length && held(strongroom_guard_device(&guard, bytes[i], &line_sink, &event)); i++)
        act(&event);
    quiet_at = milliseconds() + STRONGROOM_QUIET_MILLISECONDS;
}

void console_typed(const uint8_t *bytes, size_t length)
{
    strongroom_event_t event;
    if (!present)
        say("a technician is at the terminal");
    present = 1;
    (void)console_turn();
    for (size_t i = 0; i < length && held(strongroom_guard_technician(&guard, bytes[i], &line_sink, &event)); i++)
        act(&event);
}

void console_left(void)
{
    say("the technician has hung up");
    present = 0;
    (void)console_shut("nobody is at the terminal");
}

/* ---- decisions ---- */

static uint8_t mode(void)
{
    uint8_t mode;
    return held(strongroom_guard_mode(&guard, &mode)) ? mode : STRONGROOM_MODE_SHUT;
}

static void refuse(const char *why)
{
    (void)held(strongroom_guard_refuse(&guard, why, &line_sink));
}

/* A rule's text is what it demands. */
static void refuse_by(uint16_t rule)
{
    char why[256];
    snprintf(why, sizeof why, "refused by %s, which demands: %s", strongroom_rule_name(rule), strongroom_rule_text(rule));
    refuse(why);
}

static void pass(void)
{
    uint8_t sent;
    if (held(strongroom_guard_pass(&guard, STRONGROOM_CONFIRMATION_REFUSED, &line_sink, &sent)) && !sent)
        say("it was not sent: the device has printed something since");
}

static void decide_line(const strongroom_event_t *event)
{
    strongroom_reply_t reply;
    char name[STRONGROOM_COMMAND_NAME_SIZE] = "an unknown command";
    int granted = mode() == STRONGROOM_MODE_GRANT;
    if (!engine_line(event, granted, &reply)) {
        refuse("refused: what is decided cannot be stored");
        return;
    }
    (void)strongroom_console_name(event->command, name);
    int accepted = reply.verdict == STRONGROOM_VERDICT_ACCEPTED;
    say("%s: %s: %s by %s", granted ? "engineer" : "monitor", name, accepted ? "passed" : "refused", strongroom_rule_name(reply.rule));
    if (accepted)
        pass();
    else
        refuse_by(reply.rule);
}

/* Without a grant only the account that monitors may log in; the name is not logged, people type passwords there. */
static void decide_login(const strongroom_event_t *event)
{
    int may = mode() == STRONGROOM_MODE_GRANT || strcmp(event->text, "monitor") == 0;
    say("a log-in %s", may ? "passed" : "refused");
    if (may)
        pass();
    else
        refuse("refused: without a grant, only the account that monitors");
}

static void decide_recover_login(void)
{
    strongroom_reply_t reply;
    say("the recovery account: refused");
    refuse(engine_recover_login(&reply) ? strongroom_rule_text(reply.rule) : "refused");
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
    case STRONGROOM_EVENT_CLOSED:
        say("the device's session has ended");
        state = CLOSED;
        look_at = 0; /* which confirms it */
        break;
    default:
        break;
    }
}

/* ---- what the engine asks for ---- */

static void open_guard(void)
{
    uint8_t opened, wanted = engine_granted() ? STRONGROOM_MODE_GRANT : STRONGROOM_MODE_MONITOR;
    if (state == OPEN && mode() == STRONGROOM_MODE_GRANT && wanted != STRONGROOM_MODE_GRANT)
        close_session("the grant is not in force any more");
    if (ending || !present || state == CLOSING || mode() == wanted)
        return;
    if (held(strongroom_guard_open(&guard, wanted, &opened)) && opened) {
        state = OPEN;
        say("the terminal is open: %s", wanted == STRONGROOM_MODE_GRANT ? "a grant" : "monitoring");
    }
}

int console_turn(void)
{
    uint64_t now = milliseconds();
    if (state == CLOSING && now >= retry_at)
        close_session(NULL);
    /* Only a device of which nothing waits to be read is quiet. */
    if (quiet_at != 0 && now >= quiet_at && line_is_silent()) {
        strongroom_event_t event;
        quiet_at = 0;
        if (held(strongroom_guard_quiet(&guard, &line_sink, &event)))
            act(&event);
    }
    if (now >= look_at) {
        engine_look();
        look_at = milliseconds() + LOOK;
    }
    open_guard();
    now = milliseconds();
    uint64_t next = look_at;
    if (quiet_at != 0 && quiet_at < next)
        next = quiet_at;
    if (state == CLOSING && retry_at < next)
        next = retry_at;
    return next > now ? (int)(next - now) : 0;
}

void console_open(void)
{
    /* Whatever there was before, the device has its session ended first. */
    if (held(strongroom_guard_init(&guard, sizeof guard, STRONGROOM_ABI_VERSION)))
        close_session("nobody knows what it is");
}

int console_shut(const char *why)
{
    if (state == OPEN)
        close_session(why);
    return state == CLOSED;
}

int console_end(void)
{
    ending = 1;
    return console_shut("this program ends");
}
