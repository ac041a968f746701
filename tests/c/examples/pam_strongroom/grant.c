#include "grant.h"
#include "session.h"

#include <inttypes.h>
#include <string.h>

static strongroom_command_t use_of(const struct config *config, const uint8_t id[16], uint32_t request)
{
    strongroom_command_t use = {.verb = STRONGROOM_VERB_USE_ACCESS, .by.role = STRONGROOM_ROLE_ENGINEER};
    memcpy(use.by.organisation, config->device.provider, sizeof use.by.organisation);
    memcpy(use.by.id, id, sizeof use.by.id);
    use.with.use_access.request = request;
    return use;
}

/* The engineer's request that is in force until then, or where nothing is (0) the last one; false where there is none. */
static bool pick(const struct config *config, const struct journal *journal, const uint8_t id[16], uint64_t until,
                 strongroom_request_t *picked)
{
    bool found = false;
    strongroom_request_t request;
    for (uint32_t i = 0; strongroom_request_entry(&journal->engine, i, &request) == STRONGROOM_OK; i++) {
        if (!request.submitted || request.subject != config->subject || memcmp(request.engineer, id, 16) != 0)
            continue;
        bool is_in_force = request.status == STRONGROOM_STATUS_APPROVED && request.deadline == until;
        if (until != 0 ? is_in_force : !found || request.number > picked->number) {
            *picked = request;
            found = true;
        }
    }
    return found;
}

/* A rule as what has to be so; and what the library cannot do. */
static bool is_accepted(strongroom_status_t status, uint8_t verdict, uint16_t rule, struct why *why)
{
    if (status != STRONGROOM_OK)
        return why_not(why, "%s", strongroom_error_text(status));
    if (verdict != STRONGROOM_VERDICT_ACCEPTED)
        return why_not(why, "this has to be so, and is not: %s (rule %s)", strongroom_rule_text(rule), strongroom_rule_name(rule));
    return true;
}

bool grant_find(const struct config *config, const struct journal *journal, const uint8_t id[16], strongroom_request_t *grant,
                struct why *why)
{
    uint64_t until, now = setting_clock(config->clock);
    if (now == STRONGROOM_NO_TIME)
        return why_not(why, "the time is not known");
    strongroom_status_t status = strongroom_engine_access(&journal->engine, now, id, config->subject, &until);
    if (status != STRONGROOM_OK)
        return why_not(why, "%s", strongroom_error_text(status));
    if (!pick(config, journal, id, until, grant))
        return why_not(why, "there is no grant: ask for access to %s first", strongroom_subject_name(config->subject));
    if (until == 0)
        return why_not(why, "there is no grant: request %" PRIu32 " (ticket %s) is %s", grant->number, grant->ticket,
                       strongroom_status_name(grant->status));
    return grant_holds(config, journal, id, grant->number, why);
}

bool grant_holds(const struct config *config, const struct journal *journal, const uint8_t id[16], uint32_t request,
                 struct why *why)
{
    strongroom_command_t use = use_of(config, id, request);
    strongroom_step_t step = STRONGROOM_STEP_INIT;
    strongroom_decision_t decision = {0};
    uint64_t until, now = setting_clock(config->clock);
    /* The first is no of an engine whose medium failed; the second looks at everything else, a clock that went back included. */
    strongroom_status_t status = strongroom_engine_access(&journal->engine, now, id, config->subject, &until);
    if (status == STRONGROOM_OK && until == 0)
        return why_not(why, "no grant is in force any more");
    if (status == STRONGROOM_OK)
        status = strongroom_engine_decide(&journal->engine, now, &use, &step, &decision);
    return is_accepted(status, decision.verdict, decision.rule, why);
}

bool grant_use(const struct config *config, struct journal *journal, const uint8_t id[16], uint32_t request, struct why *why)
{
    strongroom_command_t use = use_of(config, id, request);
    strongroom_reply_t reply = {0};
    strongroom_status_t status = strongroom_engine_apply(&journal->engine, setting_clock(config->clock), &use, &reply);
    return is_accepted(status, reply.verdict, reply.rule, why);
}

bool grant_settle(const struct config *config, struct journal *journal, struct why *why)
{
    bool settled = true;
    uint64_t now = setting_clock(config->clock);
    strongroom_effect_t effect;
    strongroom_request_t request;
    strongroom_status_t status = journal_tick(journal, now);
    if (status != STRONGROOM_OK)
        return is_accepted(status, 0, 0, why);
    for (uint32_t i = 0; strongroom_outbox_entry(&journal->engine, i, &effect) == STRONGROOM_OK;) {
        strongroom_reply_t reply = {0};
        bool is_ours = journal_asks(journal, &effect, config->subject, &request);
        if (!is_ours) {
            i++; /* another enforcement point's */
        } else if (effect.kind == STRONGROOM_EFFECT_CLOSE_ACCESS && session_count(config, effect.about, 0, why) != 0) {
            settled = why_not(why, "a session under request %" PRIu32 " is open, or it is not known", effect.about);
            i++;
        } else {
            status = journal_confirm(journal, now, effect.id, &reply);
            if (!is_accepted(status, reply.verdict, reply.rule, why))
                return false;
        }
    }
    return settled;
}
