#include "grant.h"
#include "session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static void write_time(uint64_t at, char text[32])
{
    time_t seconds = (time_t)at;
    struct tm utc;
    if (gmtime_r(&seconds, &utc) == NULL || strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        snprintf(text, 32, "second %" PRIu64, at);
}

static bool concerns(const struct config *config, const strongroom_request_t *request, const uint8_t id[16])
{
    return request->submitted && request->subject == config->subject && memcmp(request->engineer, id, 16) == 0;
}

static strongroom_command_t use_of(const struct config *config, const uint8_t id[16], uint32_t request)
{
    strongroom_command_t use = {.verb = STRONGROOM_VERB_USE_ACCESS, .by.role = STRONGROOM_ROLE_ENGINEER};
    memcpy(use.by.organisation, config->device.provider, sizeof use.by.organisation);
    memcpy(use.by.id, id, sizeof use.by.id);
    use.with.use_access.request = request;
    return use;
}

/* The engineer's request that is in force longest, or where none is the last one; false where there is none. */
static bool pick(const struct config *config, const struct journal *journal, const uint8_t id[16], uint64_t until,
                 strongroom_request_t *picked)
{
    uint32_t count;
    bool found = false;
    if (strongroom_request_count(&journal->engine, &count) != STRONGROOM_OK)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        strongroom_request_t request;
        if (strongroom_request_entry(&journal->engine, i, &request) != STRONGROOM_OK || !concerns(config, &request, id))
            continue;
        bool grants = request.status == STRONGROOM_STATUS_APPROVED && request.deadline == until;
        if (until != 0 ? grants : !found || request.number > picked->number) {
            *picked = request;
            found = true;
        }
    }
    return found;
}

static bool why_no_grant(const struct config *config, const struct journal *journal, const uint8_t id[16], uint64_t now,
                         struct why *why)
{
    strongroom_request_t last;
    char since[32];
    if (!pick(config, journal, id, 0, &last))
        return why_not(why, "there is no grant: ask for access to %s first", strongroom_subject_name(config->subject));
    if (last.status == STRONGROOM_STATUS_APPROVED && last.deadline <= now) {
        write_time(last.deadline, since);
        return why_not(why, "the grant of request %" PRIu32 " (ticket %s) ended at %s", last.number, last.ticket, since);
    }
    write_time(last.since, since);
    return why_not(why, "there is no grant: request %" PRIu32 " (ticket %s) is %s since %s", last.number, last.ticket,
                   strongroom_status_name(last.status), since);
}

bool grant_holds(const struct config *config, const struct journal *journal, const uint8_t id[16], uint32_t request,
                 struct why *why)
{
    uint64_t now = config_now(config), until;
    strongroom_command_t use = use_of(config, id, request);
    strongroom_step_t step = STRONGROOM_STEP_INIT;
    strongroom_decision_t decision;
    if (now == STRONGROOM_NO_TIME)
        return why_not(why, "the time is not known");
    /* The first is no of an engine whose medium failed; the second looks at everything else, a clock that went back included. */
    strongroom_status_t status = strongroom_engine_access(&journal->engine, now, id, config->subject, &until);
    if (status == STRONGROOM_OK)
        status = strongroom_engine_decide(&journal->engine, now, &use, &step, &decision);
    if (status != STRONGROOM_OK)
        return why_not(why, "%s", strongroom_error_text(status));
    if (until == 0)
        return why_no_grant(config, journal, id, now, why);
    if (decision.verdict != STRONGROOM_VERDICT_ACCEPTED)
        return why_not(why, "this has to be so, and is not: %s (rule %s)", strongroom_rule_text(decision.rule),
                       strongroom_rule_name(decision.rule));
    return true;
}

bool grant_find(const struct config *config, const struct journal *journal, const uint8_t id[16], struct grant *grant,
                struct why *why)
{
    uint64_t now = config_now(config), until;
    strongroom_request_t request;
    if (now == STRONGROOM_NO_TIME)
        return why_not(why, "the time is not known");
    strongroom_status_t status = strongroom_engine_access(&journal->engine, now, id, config->subject, &until);
    if (status != STRONGROOM_OK)
        return why_not(why, "%s", strongroom_error_text(status));
    if (until == 0 || !pick(config, journal, id, until, &request))
        return why_no_grant(config, journal, id, now, why);
    *grant = (struct grant){.request = request.number, .until = until};
    return grant_holds(config, journal, id, request.number, why);
}

static bool apply(const struct config *config, struct journal *journal, const strongroom_command_t *command, struct why *why)
{
    strongroom_reply_t reply;
    strongroom_status_t status = strongroom_engine_apply(&journal->engine, config_now(config), command, &reply);
    if (status != STRONGROOM_OK)
        return why_not(why, "%s: %s", config->journal, strongroom_error_text(status));
    if (reply.verdict != STRONGROOM_VERDICT_ACCEPTED)
        return why_not(why, "this has to be so, and is not: %s (rule %s)", strongroom_rule_text(reply.rule),
                       strongroom_rule_name(reply.rule));
    return true;
}

bool grant_use(const struct config *config, struct journal *journal, const uint8_t id[16], uint32_t request, struct why *why)
{
    strongroom_command_t use = use_of(config, id, request);
    return apply(config, journal, &use, why);
}

static bool confirm(const struct config *config, struct journal *journal, uint32_t effect, struct why *why)
{
    strongroom_command_t confirm = {.verb = STRONGROOM_VERB_CONFIRM, .by.role = STRONGROOM_ROLE_ENFORCER};
    confirm.with.confirm.effect = effect;
    return apply(config, journal, &confirm, why);
}

static bool tick(const struct config *config, struct journal *journal, struct why *why)
{
    uint64_t now = config_now(config);
    uint8_t due = 0;
    strongroom_reply_t reply;
    strongroom_status_t status = now == STRONGROOM_NO_TIME ? STRONGROOM_OK : strongroom_engine_is_due(&journal->engine, now, &due);
    while (status == STRONGROOM_OK && due) {
        status = strongroom_engine_tick(&journal->engine, now, &reply);
        if (status == STRONGROOM_OK && reply.verdict != STRONGROOM_VERDICT_ACCEPTED)
            break; /* nothing changed, so it would be refused again */
        if (status == STRONGROOM_OK)
            status = strongroom_engine_is_due(&journal->engine, now, &due);
    }
    return status == STRONGROOM_OK ? true : why_not(why, "%s: %s", config->journal, strongroom_error_text(status));
}

bool grant_settle(const struct config *config, struct journal *journal, struct why *why)
{
    if (!tick(config, journal, why))
        return false;
    bool settled = true;
    for (uint32_t i = 0, count; strongroom_outbox_count(&journal->engine, &count) == STRONGROOM_OK && i < count;) {
        strongroom_effect_t effect;
        strongroom_request_t request;
        bool is_ours = strongroom_outbox_entry(&journal->engine, i, &effect) == STRONGROOM_OK &&
                       (effect.kind == STRONGROOM_EFFECT_OPEN_ACCESS || effect.kind == STRONGROOM_EFFECT_CLOSE_ACCESS) &&
                       strongroom_request_find(&journal->engine, effect.about, &request) == STRONGROOM_OK &&
                       request.subject == config->subject;
        if (!is_ours)
            i++; /* another enforcement point's */
        else if (effect.kind == STRONGROOM_EFFECT_CLOSE_ACCESS && !session_none_under(config, effect.about, why)) {
            settled = false;
            i++;
        } else if (!confirm(config, journal, effect.id, why))
            return false;
        /* what was confirmed is gone, and the next entry stands in its place */
    }
    return settled;
}
