/* The guard between a technician's terminal and the device's console. */
#include "test.h"

/* What came out of the guard, and a guard that the callbacks ask about. */
struct wires {
    char device[512], technician[1024];
    size_t to_device, to_technician;
    strongroom_guard_t *asked;
};

static struct wires wires;

static void take(char *into, size_t room, size_t *end, const uint8_t *bytes, size_t length)
{
    EXPECT(bytes != NULL && length > 0);
    if (*end + length < room) {
        memcpy(into + *end, bytes, length);
        *end += length;
        into[*end] = '\0';
    }
}

static void to_device(void *user, const uint8_t *bytes, size_t length)
{
    struct wires *to = user;
    take(to->device, sizeof to->device, &to->to_device, bytes, length);
}

static void to_technician(void *user, const uint8_t *bytes, size_t length)
{
    struct wires *to = user;
    take(to->technician, sizeof to->technician, &to->to_technician, bytes, length);
    if (to->asked != NULL) {
        /* It is busy: every use says so, and changes nothing. */
        uint8_t byte = 77;
        EXPECT_STATUS(strongroom_guard_mode(to->asked, &byte), STRONGROOM_ERROR_INTERRUPTED);
        EXPECT_STATUS(strongroom_guard_open(to->asked, STRONGROOM_MODE_FULL, &byte), STRONGROOM_ERROR_INTERRUPTED);
        EXPECT_STATUS(strongroom_guard_deinit(to->asked), STRONGROOM_ERROR_INTERRUPTED);
        EXPECT_STATUS(strongroom_guard_init(to->asked, sizeof *to->asked, STRONGROOM_ABI_VERSION),
                      STRONGROOM_ERROR_ALREADY_INITIALIZED);
        EXPECT(byte == 77);
    }
}

static const strongroom_sink_t sink = {&wires, to_device, to_technician};

static void forget(void)
{
    memset(&wires, 0, sizeof wires);
}

/* What the device prints, and then it is quiet. */
static strongroom_event_t print(strongroom_guard_t *guard, const char *text)
{
    strongroom_event_t event;
    for (; *text != '\0'; text++) {
        EXPECT_STATUS(strongroom_guard_device(guard, (uint8_t)*text, &sink, &event), STRONGROOM_OK);
        EXPECT(event.kind == STRONGROOM_EVENT_NONE);
    }
    EXPECT_STATUS(strongroom_guard_quiet(guard, &sink, &event), STRONGROOM_OK);
    return event;
}

/* What the technician types: the event of the last byte. */
static strongroom_event_t type(strongroom_guard_t *guard, const char *text)
{
    strongroom_event_t event;
    for (; *text != '\0'; text++) {
        EXPECT_STATUS(strongroom_guard_technician(guard, (uint8_t)*text, &sink, &event), STRONGROOM_OK);
        EXPECT(text[1] == '\0' || is_all(&event, sizeof event, 0));
    }
    return event;
}

static unsigned pass(strongroom_guard_t *guard, uint8_t confirmation)
{
    uint8_t sent = 77;
    EXPECT_STATUS(strongroom_guard_pass(guard, confirmation, &sink, &sent), STRONGROOM_OK);
    return sent;
}

static uint8_t session(const strongroom_guard_t *guard)
{
    uint8_t session = 77;
    EXPECT_STATUS(strongroom_guard_session(guard, &session), STRONGROOM_OK);
    return session;
}

/* Every function that takes a guard says `expected` about this one, and writes nothing. */
static void every_use_is(strongroom_guard_t *guard, const strongroom_sink_t *with, unsigned expected)
{
    strongroom_event_t event;
    uint8_t byte = 77;
    memset(&event, 77, sizeof event);
    EXPECT_STATUS(strongroom_guard_close(guard, with, &event), expected);
    EXPECT_STATUS(strongroom_guard_technician(guard, 'a', with, &event), expected);
    EXPECT_STATUS(strongroom_guard_device(guard, 'a', with, &event), expected);
    EXPECT_STATUS(strongroom_guard_quiet(guard, with, &event), expected);
    EXPECT_STATUS(strongroom_guard_line_break(guard, with), expected);
    EXPECT_STATUS(strongroom_guard_wake(guard, with, &byte), expected);
    EXPECT_STATUS(strongroom_guard_pass(guard, STRONGROOM_CONFIRMATION_REFUSED, with, &byte), expected);
    EXPECT_STATUS(strongroom_guard_refuse(guard, "no", with), expected);
    EXPECT_STATUS(strongroom_guard_send_poll(guard, 0, with, &byte), expected);
    EXPECT_STATUS(strongroom_guard_log_in(guard, "monitor", with, &byte), expected);
    EXPECT_STATUS(strongroom_guard_give_password(guard, "secret", with, &byte), expected);
    EXPECT_STATUS(strongroom_guard_end_poll(guard, with), expected);
    EXPECT(is_all(&event, sizeof event, 77) && byte == 77);
}

static void every_use_without_a_sink_is(strongroom_guard_t *guard, unsigned expected)
{
    uint8_t byte = 77;
    EXPECT_STATUS(strongroom_guard_open(guard, STRONGROOM_MODE_MONITOR, &byte), expected);
    EXPECT_STATUS(strongroom_guard_mode(guard, &byte), expected);
    EXPECT_STATUS(strongroom_guard_session(guard, &byte), expected);
    EXPECT_STATUS(strongroom_guard_begin_poll(guard, &byte), expected);
    EXPECT(byte == 77);
}

static void no_output_is_null(strongroom_guard_t *guard)
{
    EXPECT_STATUS(strongroom_guard_open(guard, STRONGROOM_MODE_MONITOR, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_close(guard, &sink, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_technician(guard, 'a', &sink, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_device(guard, 'a', &sink, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_quiet(guard, &sink, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_wake(guard, &sink, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_pass(guard, STRONGROOM_CONFIRMATION_REFUSED, &sink, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_refuse(guard, NULL, &sink), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_begin_poll(guard, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_send_poll(guard, 0, &sink, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_log_in(guard, "monitor", &sink, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_give_password(guard, "secret", &sink, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_mode(guard, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_session(guard, NULL), STRONGROOM_ERROR_NULL);
    uint8_t sent = 77;
    EXPECT_STATUS(strongroom_guard_log_in(guard, NULL, &sink, &sent), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_give_password(guard, NULL, &sink, &sent), STRONGROOM_ERROR_NULL);
    EXPECT(sent == 77 && wires.to_device == 0 && wires.to_technician == 0);
}

/* Made, and everything that is wrong with a call told before anything happens. */
static void begin(strongroom_guard_t *guard)
{
    static uint64_t room[STRONGROOM_GUARD_WORDS + 1];
    strongroom_guard_t *askew = (strongroom_guard_t *)(void *)((uint8_t *)room + 2);
    static const strongroom_sink_t deaf = {&wires, NULL, to_technician}, mute = {&wires, to_device, NULL};

    every_use_is(NULL, &sink, STRONGROOM_ERROR_NULL);
    every_use_without_a_sink_is(NULL, STRONGROOM_ERROR_NULL);
    every_use_is(askew, &sink, STRONGROOM_ERROR_ALIGNMENT);
    every_use_without_a_sink_is(askew, STRONGROOM_ERROR_ALIGNMENT);
    every_use_is(guard, &sink, STRONGROOM_ERROR_NOT_INITIALIZED);
    every_use_without_a_sink_is(guard, STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(strongroom_guard_deinit(NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_deinit(askew), STRONGROOM_ERROR_ALIGNMENT);
    EXPECT_STATUS(strongroom_guard_deinit(guard), STRONGROOM_ERROR_NOT_INITIALIZED);

    EXPECT_STATUS(strongroom_guard_init(NULL, sizeof *guard, STRONGROOM_ABI_VERSION), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_guard_init(askew, sizeof *guard, STRONGROOM_ABI_VERSION), STRONGROOM_ERROR_ALIGNMENT);
    EXPECT_STATUS(strongroom_guard_init(guard, sizeof *guard - 1, STRONGROOM_ABI_VERSION), STRONGROOM_ERROR_STORAGE_SIZE);
    EXPECT_STATUS(strongroom_guard_init(guard, sizeof *guard, STRONGROOM_ABI_VERSION + 1), STRONGROOM_ERROR_ABI_VERSION);
    EXPECT(is_all(guard, sizeof *guard, 0) && is_all(room, sizeof room, 0));
    memset(room, 0xA5, sizeof room);
    EXPECT_STATUS(strongroom_guard_init((strongroom_guard_t *)(void *)room, sizeof *guard, STRONGROOM_ABI_VERSION),
                  STRONGROOM_ERROR_STORAGE_NOT_ZEROED);

    EXPECT_STATUS(strongroom_guard_init(guard, sizeof *guard, STRONGROOM_ABI_VERSION), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_guard_init(guard, sizeof *guard, STRONGROOM_ABI_VERSION), STRONGROOM_ERROR_ALREADY_INITIALIZED);
    every_use_is(guard, NULL, STRONGROOM_ERROR_NULL);
    every_use_is(guard, &deaf, STRONGROOM_ERROR_NULL);
    every_use_is(guard, &mute, STRONGROOM_ERROR_NULL);
    no_output_is_null(guard);

    uint8_t opened = 77, sent = 77, mode = 77;
    EXPECT_STATUS(strongroom_guard_open(guard, STRONGROOM_MODE_FULL + 1, &opened), STRONGROOM_ERROR_VALUE);
    EXPECT_STATUS(strongroom_guard_pass(guard, STRONGROOM_CONFIRMATION_ALLOWED + 1, &sink, &sent), STRONGROOM_ERROR_VALUE);
    EXPECT_STATUS(strongroom_guard_refuse(guard, "caf\xe9", &sink), STRONGROOM_ERROR_VALUE);
    EXPECT(opened == 77 && sent == 77);
    EXPECT_STATUS(strongroom_guard_mode(guard, &mode), STRONGROOM_OK);
    EXPECT(mode == STRONGROOM_MODE_SHUT && session(guard) == STRONGROOM_SESSION_UNKNOWN);
}

static void log_in(strongroom_guard_t *guard)
{
    uint8_t sent = 77, opened = 77, mode = 77;
    EXPECT_STATUS(strongroom_guard_wake(guard, &sink, &sent), STRONGROOM_OK);
    EXPECT(sent == 1);
    EXPECT_TEXT(wires.device, "\r");
    strongroom_event_t event = print(guard, "\r\nmyluna login: ");
    EXPECT(event.kind == STRONGROOM_EVENT_PROMPT && event.session == STRONGROOM_SESSION_LOGIN);
    EXPECT(wires.to_technician == 0); /* it is shut */

    EXPECT_STATUS(strongroom_guard_wake(guard, &sink, &sent), STRONGROOM_OK);
    EXPECT(sent == 0);
    EXPECT_STATUS(strongroom_guard_open(guard, STRONGROOM_MODE_GRANT, &opened), STRONGROOM_OK);
    EXPECT(opened == 1);
    EXPECT_STATUS(strongroom_guard_open(guard, STRONGROOM_MODE_MONITOR, &opened), STRONGROOM_OK);
    EXPECT(opened == 0);
    EXPECT_STATUS(strongroom_guard_mode(guard, &mode), STRONGROOM_OK);
    EXPECT(mode == STRONGROOM_MODE_GRANT);

    event = type(guard, "recover\r");
    EXPECT(event.kind == STRONGROOM_EVENT_RECOVER_LOGIN && event.length == 0);
    EXPECT_STATUS(strongroom_guard_refuse(guard, "not that one", &sink), STRONGROOM_OK);
    EXPECT(strstr(wires.technician, "not that one\r\n") != NULL);

    forget();
    event = type(guard, "monitor\r");
    EXPECT(event.kind == STRONGROOM_EVENT_LOGIN && event.length == 7 && event.found == 0);
    EXPECT_TEXT(event.text, "monitor");
    EXPECT(is_all(event.digest, sizeof event.digest, 0) && wires.to_device == 0);
    EXPECT(pass(guard, STRONGROOM_CONFIRMATION_REFUSED) == 1);
    EXPECT_TEXT(wires.device, "monitor\r");
    event = print(guard, "monitor\r\nPassword: ");
    EXPECT(event.kind == STRONGROOM_EVENT_PROMPT && event.session == STRONGROOM_SESSION_PASSWORD);

    forget();
    event = type(guard, "secret\r"); /* of which no event tells */
    EXPECT(is_all(&event, sizeof event, 0) && wires.to_technician == 0);
    EXPECT_TEXT(wires.device, "secret\r");
    event = print(guard, "\r\nlunash:>");
    EXPECT(event.kind == STRONGROOM_EVENT_PROMPT && event.session == STRONGROOM_SESSION_SHELL);
    EXPECT(session(guard) == STRONGROOM_SESSION_SHELL);
}

static uint16_t command(const char *name)
{
    strongroom_lookup_t found;
    EXPECT_STATUS(strongroom_console_lookup(name, strlen(name), &found), STRONGROOM_OK);
    EXPECT(found.found == STRONGROOM_FOUND_COMMAND);
    return found.command;
}

static void lines(strongroom_guard_t *guard)
{
    /* SHA-256 of "hs ta sh". */
    static const uint8_t typed[STRONGROOM_DIGEST_SIZE] = {
        0x99, 0x45, 0x16, 0x23, 0xbd, 0x22, 0x29, 0xc1, 0xa4, 0x2a, 0x59, 0x75, 0x8e, 0x03, 0x86, 0x98,
        0x8b, 0x77, 0x01, 0x46, 0xb8, 0x84, 0x4e, 0xcc, 0x35, 0x7b, 0xac, 0x9a, 0xb5, 0x67, 0x87, 0xde,
    };

    forget();
    strongroom_event_t event = type(guard, "hs ta sh\r");
    EXPECT(event.kind == STRONGROOM_EVENT_LINE && event.length == 8);
    EXPECT_TEXT(event.text, "hs ta sh");
    EXPECT(event.found == STRONGROOM_FOUND_COMMAND && event.command == command("hsm tamper show"));
    EXPECT(event.arguments == STRONGROOM_ARGUMENTS_NONE);
    EXPECT(memcmp(event.digest, typed, sizeof typed) == 0);
    EXPECT_STATUS(strongroom_guard_refuse(guard, strongroom_rule_text(STRONGROOM_RULE_ROLE_MAY_NOT), &sink), STRONGROOM_OK);
    EXPECT(strstr(wires.technician, strongroom_rule_text(STRONGROOM_RULE_ROLE_MAY_NOT)) != NULL && wires.to_device == 0);
    EXPECT(pass(guard, STRONGROOM_CONFIRMATION_REFUSED) == 0); /* nothing waits any more */

    event = type(guard, "my file delete a;b\r");
    EXPECT(event.arguments == STRONGROOM_ARGUMENTS_NOT_PLAIN && event.command == command("my file delete"));
    EXPECT(pass(guard, STRONGROOM_CONFIRMATION_REFUSED) == 0 && wires.to_device == 0);
    event = type(guard, "hsm s\r");
    EXPECT(event.found == STRONGROOM_FOUND_AMBIGUOUS && event.command == STRONGROOM_NO_COMMAND);
    EXPECT_STATUS(strongroom_guard_refuse(guard, "no", &sink), STRONGROOM_OK);

    /* A line of 128 bytes is told whole; one more and it is spoilt. */
    char longest[STRONGROOM_LINE_CAPACITY + 3];
    memset(longest, 'x', sizeof longest);
    memcpy(longest + STRONGROOM_LINE_CAPACITY, "\r", 2);
    event = type(guard, longest);
    EXPECT(event.kind == STRONGROOM_EVENT_LINE && event.length == STRONGROOM_LINE_CAPACITY);
    EXPECT(strlen(event.text) == STRONGROOM_LINE_CAPACITY && event.found == STRONGROOM_FOUND_UNKNOWN);
    EXPECT_STATUS(strongroom_guard_refuse(guard, "no", &sink), STRONGROOM_OK);
    memcpy(longest + STRONGROOM_LINE_CAPACITY, "x\r", 3);
    event = type(guard, longest);
    EXPECT(event.kind == STRONGROOM_EVENT_SPOILT && event.length == 0 && is_all(event.text, sizeof event.text, 0));

    forget();
    event = type(guard, "hs ta sh\r");
    EXPECT(event.kind == STRONGROOM_EVENT_LINE && pass(guard, STRONGROOM_CONFIRMATION_REFUSED) == 1);
    EXPECT_TEXT(wires.device, "hsm tamper show\r");
    EXPECT(session(guard) == STRONGROOM_SESSION_RUNNING);
    event = print(guard, "\r\nType 'proceed' to continue, or 'quit'\r\nto quit now.\r\n> ");
    EXPECT(event.kind == STRONGROOM_EVENT_ANSWERED && event.answer == STRONGROOM_ANSWER_QUIT);
    EXPECT_TEXT(wires.device, "hsm tamper show\rquit\r");
    print(guard, "\r\nlunash:>");

    /* Where it is allowed the technician answers. */
    forget();
    type(guard, "hsm tamper show\r");
    EXPECT(pass(guard, STRONGROOM_CONFIRMATION_ALLOWED) == 1);
    event = print(guard, "\r\nType 'proceed' to continue, or 'quit'\r\nto quit now.\r\n> ");
    EXPECT(event.kind == STRONGROOM_EVENT_PROMPT && event.session == STRONGROOM_SESSION_CONFIRM);
    event = type(guard, "proceed\r");
    EXPECT(event.kind == STRONGROOM_EVENT_ANSWERED && event.answer == STRONGROOM_ANSWER_PROCEED);
    EXPECT_TEXT(wires.device, "hsm tamper show\rproceed\r");
    print(guard, "\r\nlunash:>");

    forget();
    EXPECT_STATUS(strongroom_guard_line_break(guard, &sink), STRONGROOM_OK);
    EXPECT_TEXT(wires.technician, "\a");
    EXPECT(wires.to_device == 0);
}

static void polls(strongroom_guard_t *guard)
{
    uint8_t begun = 77, sent = 77;
    strongroom_event_t event;
    forget();
    EXPECT_STATUS(strongroom_guard_send_poll(guard, command("hsm show"), &sink, &sent), STRONGROOM_OK);
    EXPECT(sent == 0); /* it is not the program's turn */
    EXPECT_STATUS(strongroom_guard_begin_poll(guard, &begun), STRONGROOM_OK);
    EXPECT(begun == 1);
    EXPECT_STATUS(strongroom_guard_send_poll(guard, command("hsm zeroize"), &sink, &sent), STRONGROOM_OK);
    EXPECT(sent == 0 && wires.to_device == 0);
    EXPECT_STATUS(strongroom_guard_send_poll(guard, command("hsm show"), &sink, &sent), STRONGROOM_OK);
    EXPECT(sent == 1);
    EXPECT_TEXT(wires.device, "hsm show\r");
    EXPECT_STATUS(strongroom_guard_device(guard, 0x42, &sink, &event), STRONGROOM_OK);
    EXPECT(event.kind == STRONGROOM_EVENT_POLLED && event.byte == 0x42 && wires.to_technician == 0);
    EXPECT_STATUS(strongroom_guard_begin_poll(guard, &begun), STRONGROOM_OK);
    EXPECT(begun == 0);
    EXPECT_STATUS(strongroom_guard_end_poll(guard, &sink), STRONGROOM_OK);
    EXPECT_TEXT(wires.device, "hsm show\r\x03");
    event = print(guard, "\r\nlunash:>");
    EXPECT(event.session == STRONGROOM_SESSION_SHELL);
}

static void the_guard_is_busy_while_it_calls(strongroom_guard_t *guard)
{
    forget();
    wires.asked = guard;
    strongroom_event_t event = type(guard, "x");
    EXPECT(event.kind == STRONGROOM_EVENT_NONE && wires.to_technician == 1);
    wires.asked = NULL;
    EXPECT(session(guard) == STRONGROOM_SESSION_SHELL); /* and not afterwards */
}

static void close_and_log_in_again(strongroom_guard_t *guard)
{
    uint8_t begun = 77, sent = 77;
    strongroom_event_t event;
    forget();
    EXPECT_STATUS(strongroom_guard_close(guard, &sink, &event), STRONGROOM_OK);
    EXPECT(event.kind == STRONGROOM_EVENT_NONE);
    EXPECT_TEXT(wires.device, "\x03" "exit\r");
    event = print(guard, "\r\nmyluna login: ");
    EXPECT(event.kind == STRONGROOM_EVENT_CLOSED && wires.to_technician == 0);
    EXPECT_STATUS(strongroom_guard_close(guard, &sink, &event), STRONGROOM_OK);
    EXPECT(event.kind == STRONGROOM_EVENT_CLOSED);

    /* The program itself. */
    forget();
    EXPECT_STATUS(strongroom_guard_begin_poll(guard, &begun), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_guard_give_password(guard, "secret", &sink, &sent), STRONGROOM_OK);
    EXPECT(begun == 1 && sent == 0);
    EXPECT_STATUS(strongroom_guard_log_in(guard, "-froot", &sink, &sent), STRONGROOM_OK);
    EXPECT(sent == 0 && wires.to_device == 0);
    EXPECT_STATUS(strongroom_guard_log_in(guard, "monitor", &sink, &sent), STRONGROOM_OK);
    EXPECT(sent == 1);
    for (const char *text = "\r\nPassword: "; *text != '\0'; text++)
        EXPECT_STATUS(strongroom_guard_device(guard, (uint8_t)*text, &sink, &event), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_guard_quiet(guard, &sink, &event), STRONGROOM_OK);
    EXPECT(event.session == STRONGROOM_SESSION_PASSWORD);
    EXPECT_STATUS(strongroom_guard_give_password(guard, "secret", &sink, &sent), STRONGROOM_OK);
    EXPECT(sent == 1);
    EXPECT_TEXT(wires.device, "monitor\rsecret\r");
}

void test_guard(void)
{
    static strongroom_guard_t guard = STRONGROOM_STORAGE_INIT;
    EXPECT(STRONGROOM_QUIET_MILLISECONDS == 50 && STRONGROOM_LINE_CAPACITY == 128 && STRONGROOM_NO_COMMAND == 65535);
    EXPECT(sizeof guard == STRONGROOM_GUARD_WORDS * 8);
    begin(&guard);
    log_in(&guard);
    lines(&guard);
    polls(&guard);
    the_guard_is_busy_while_it_calls(&guard);
    close_and_log_in_again(&guard);
    EXPECT_STATUS(strongroom_guard_deinit(&guard), STRONGROOM_OK);
    EXPECT(is_all(&guard, sizeof guard, 0));
    EXPECT_STATUS(strongroom_guard_deinit(&guard), STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(strongroom_guard_init(&guard, sizeof guard, STRONGROOM_ABI_VERSION), STRONGROOM_OK);
}
