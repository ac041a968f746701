/* The engine in its journal: opened for each look and each step, under a lock that other programs take in between. */
#include "consoled.h"

#include "../journal_file/journal.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#define WAIT 2000 /* milliseconds for another process that holds the journal */

static char journal_path[SETTING], clock_path[SETTING];
static strongroom_start_t ordered; /* which device the engine is for */
static struct journal journal;
static strongroom_principal_t monitor, engineer, auditor;
static bool has_engineer, has_auditor;
static uint64_t granted_until; /* as of the last look */

static strongroom_principal_t part(uint8_t role)
{
    strongroom_principal_t part = {0};
    part.role = role;
    return part;
}

/* Somebody of the provider's; whether the configuration names one. */
static bool read_person(const char *key, uint8_t role, strongroom_principal_t *person)
{
    char text[SETTING];
    struct why why;
    configure(key, "", text);
    *person = part(role);
    memcpy(person->organisation, ordered.device.provider, sizeof person->organisation);
    if (text[0] != '\0' && !setting_uuid(config_path, key, person->id, &why))
        fail("%s", why.text);
    return text[0] != '\0';
}

/* ---- steps ---- */

static int begin(void)
{
    static struct why told;
    struct why why;
    if (failed)
        return 0;
    if (journal_open(&journal, journal_path, &ordered.device, WAIT, &why)) {
        told.text[0] = '\0';
        return 1;
    }
    granted_until = 0; /* what cannot be read grants nothing */
    if (strcmp(why.text, told.text) != 0)
        say("%s", why.text);
    told = why;
    return 0;
}

/* What the library cannot do, or the journal does not take, ends everything. */
static int happened(strongroom_status_t status)
{
    strongroom_fault_t fault = {0};
    if (status == STRONGROOM_OK)
        return 1;
    int known = strongroom_engine_fault(&journal.engine, &fault) == STRONGROOM_OK && fault.code != 0;
    say("%s: %s%s%s", journal_path, strongroom_error_text(status), known ? ": " : "", known ? strerror(fault.code) : "");
    failed = 1;
    return 0;
}

static int apply(const strongroom_command_t *command, strongroom_reply_t *reply)
{
    return happened(strongroom_engine_apply(&journal.engine, setting_clock(clock_path), command, reply));
}

/* Acknowledges a log that has no room any more. It leaves a record itself. */
static void drain(uint32_t next)
{
    strongroom_command_t command = {.verb = STRONGROOM_VERB_ACKNOWLEDGE, .by = auditor};
    strongroom_account_t account;
    strongroom_reply_t reply;
    uint32_t room;
    if (!has_auditor || strongroom_log_room(&journal.engine, STRONGROOM_LOG_TENANT, &room) != STRONGROOM_OK || room > 1)
        return;
    if (strongroom_engine_account(&journal.engine, &account) == STRONGROOM_OK)
        memcpy(command.by.organisation, account.organisation, sizeof command.by.organisation);
    command.with.acknowledge.log = STRONGROOM_LOG_TENANT;
    command.with.acknowledge.next = next;
    if (apply(&command, &reply) && reply.verdict != STRONGROOM_VERDICT_ACCEPTED)
        say("the tenant log cannot be acknowledged: %s", strongroom_rule_text(reply.rule));
}

/* What was recorded leaves, and makes room: not before it is safe. */
static void end(void)
{
    uint32_t next;
    if (log_export(&journal.engine, &next)) {
        drain(next);
        (void)log_export(&journal.engine, &next);
    }
    journal_close(&journal);
}

static int ask(const strongroom_command_t *command, strongroom_reply_t *reply)
{
    if (!begin())
        return 0;
    int answered = apply(command, reply);
    end();
    return answered;
}

int engine_line(const strongroom_event_t *event, int is_engineer, strongroom_reply_t *reply)
{
    strongroom_command_t command = {.verb = STRONGROOM_VERB_CONSOLE_LINE, .by = is_engineer ? engineer : monitor};
    command.with.console_line.command = event->command;
    command.with.console_line.arguments = event->arguments;
    memcpy(command.with.console_line.line, event->digest, sizeof event->digest);
    return ask(&command, reply);
}

int engine_recover_login(strongroom_reply_t *reply)
{
    strongroom_command_t command = {.verb = STRONGROOM_VERB_RECOVER_LOGIN, .by = part(STRONGROOM_ROLE_SENSOR)};
    return ask(&command, reply);
}

/* ---- looks ---- */

int engine_granted(void)
{
    uint64_t now = setting_clock(clock_path);
    return !failed && now != STRONGROOM_NO_TIME && now < granted_until;
}

/* Opened is what the guard will open once somebody types; closed is what the device has said. Where another grant is in
   force, too, the session ends all the same: which of them it was opened by, nobody knows. */
static void serve_outbox(void)
{
    strongroom_effect_t effect;
    strongroom_request_t request;
    for (uint32_t i = 0; !failed && strongroom_outbox_entry(&journal.engine, i, &effect) == STRONGROOM_OK;) {
        bool is_ours = has_engineer && journal_asks(&journal, &effect, STRONGROOM_SUBJECT_DEVICE, &request) &&
                       memcmp(request.engineer, engineer.id, sizeof engineer.id) == 0;
        bool done = is_ours && (effect.kind == STRONGROOM_EFFECT_OPEN_ACCESS ? engine_granted() : console_shut("the grant has ended"));
        strongroom_reply_t reply = {0};
        if (done && happened(journal_confirm(&journal, setting_clock(clock_path), effect.id, &reply)))
            say("request %" PRIu32 ": %s confirmed: %s", effect.about, strongroom_effect_name(effect.kind), strongroom_rule_name(reply.rule));
        if (!done || reply.verdict != STRONGROOM_VERDICT_ACCEPTED)
            i++; /* what was confirmed is gone, and the next entry stands in its place */
    }
}

void engine_look(void)
{
    uint64_t now = setting_clock(clock_path);
    if (!begin())
        return;
    (void)happened(journal_tick(&journal, now));
    if (!has_engineer || strongroom_engine_access(&journal.engine, now, engineer.id, STRONGROOM_SUBJECT_DEVICE, &granted_until) != STRONGROOM_OK)
        granted_until = 0;
    serve_outbox();
    end();
}

void engine_open(void)
{
    char start[SETTING];
    struct why why;
    configure("start", NULL, start);
    configure("journal", NULL, journal_path);
    configure("clock", "", clock_path);
    if (!journal_read_start(start, &ordered, &why))
        fail("%s", why.text);
    if (strpbrk(ordered.device.serial, "\"\\") != NULL)
        fail("%s: a serial number with a quote or a backslash", start);
    if (!read_person("monitor", STRONGROOM_ROLE_MONITOR, &monitor))
        fail("%s does not say \"monitor\"", config_path);
    has_engineer = read_person("engineer", STRONGROOM_ROLE_ENGINEER, &engineer);
    has_auditor = read_person("auditor", STRONGROOM_ROLE_AUDITOR, &auditor);
    log_open(ordered.device.serial);
    if (!begin())
        fail("without its journal nothing is decided");
    end();
}
