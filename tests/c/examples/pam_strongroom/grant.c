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

static bool why_no_grant(const struct config *config, const struct journal *journal, const uint8_t id[16], struct why *why)
{
    strongroom_request_t last;
    if (!pick(config, journal, id, 0, &last))
        return why_not(why, "there is no grant: ask for access to %s first", strongroom_subject_name(config->subject));
    return why_not(why, "there is no grant: request %" PRIu32 " (ticket %s) is %s", last.number, last.ticket,
                   strongroom_status_name(last.status));
}

static bool find_end(const struct config *config, const struct journal *journal, const uint8_t id[16], uint64_t *until,
                     struct why *why)
{
    uint64_t now = config_now(config);
    if (now == STRONGROOM_NO_TIME)
        return why_not(why, "the time is not known");
    strongroom_status_t status = strongroom_engine_access(&journal->engine, now, id, config->subject, until);
    if (status != STRONGROOM_OK)
        return why_not(why, "%s", strongroom_error_text(status));
    return *until != 0 ? true : why_no_grant(config, journal, id, why);
}

/* A rule as what has to be so. */
static bool is_accepted(uint8_t verdict, uint16_t rule, struct why *why)
{
    return verdict == STRONGROOM_VERDICT_ACCEPTED
               ? true
               : why_not(why, "this has to be so, and is not: %s (rule %s)", strongroom_rule_text(rule), strongroom_rule_name(rule));
}

bool grant_holds(const struct config *config, const struct journal *journal, const uint8_t id[16], uint32_t request,
                 struct why *why)
{
    strongroom_command_t use = use_of(config, id, request);
    strongroom_step_t step = STRONGROOM_STEP_INIT;
    strongroom_decision_t decision;
    uint64_t until;
    /* The first is no of an engine whose medium failed; the second looks at everything else, a clock that went back included. */
    if (!find_end(config, journal, id, &until, why))
        return false;
    strongroom_status_t status = strongroom_engine_decide(&journal->engine, config_now(config), &use, &step, &decision);
    return status == STRONGROOM_OK ? is_accepted(decision.verdict, decision.rule, why)
                                   : why_not(why, "%s", strongroom_error_text(status));
}

bool grant_find(const struct config *config, const struct journal *journal, const uint8_t id[16], strongroom_request_t *grant,
                struct why *why)
{
    uint64_t until;
    if (!find_end(config, journal, id, &until, why))
        return false;
    if (!pick(config, journal, id, until, grant))
        return why_no_grant(config, journal, id, why);
    return grant_holds(config, journal, id, grant->number, why);
}

static bool apply(const struct config *config, struct journal *journal, const strongroom_command_t *command, struct why *why)
{
    strongroom_reply_t reply;
    strongroom_status_t status = strongroom_engine_apply(&journal->engine, config_now(config), command, &reply);
    return status == STRONGROOM_OK ? is_accepted(reply.verdict, reply.rule, why)
                                   : why_not(why, "%s: %s", config->journal, strongroom_error_text(status));
}

bool grant_use(const struct config *config, struct journal *journal, const uint8_t id[16], uint32_t request, struct why *why)
{
    strongroom_command_t use = use_of(config, id, request);
    return apply(config, journal, &use, why);
}

static bool tick(const struct config *config, struct journal *journal, struct why *why)
{
    uint64_t now = config_now(config);
    strongroom_reply_t reply = {.verdict = STRONGROOM_VERDICT_ACCEPTED};
    uint8_t due = now != STRONGROOM_NO_TIME;
    strongroom_status_t status = STRONGROOM_OK;
    /* What was refused changed nothing, and would be refused again. */
    while (due && status == STRONGROOM_OK && reply.verdict == STRONGROOM_VERDICT_ACCEPTED) {
        status = strongroom_engine_is_due(&journal->engine, now, &due);
        if (status == STRONGROOM_OK && due)
            status = strongroom_engine_tick(&journal->engine, now, &reply);
    }
    return status == STRONGROOM_OK ? true : why_not(why, "%s: %s", config->journal, strongroom_error_text(status));
}

static bool is_ours(const struct config *config, const struct journal *journal, const strongroom_effect_t *effect)
{
    strongroom_request_t request;
    return (effect->kind == STRONGROOM_EFFECT_OPEN_ACCESS || effect->kind == STRONGROOM_EFFECT_CLOSE_ACCESS) &&
           strongroom_request_find(&journal->engine, effect->about, &request) == STRONGROOM_OK &&
           request.subject == config->subject;
}

bool grant_settle(const struct config *config, struct journal *journal, struct why *why)
{
    bool settled = true;
    strongroom_effect_t effect;
    if (!tick(config, journal, why))
        return false;
    for (uint32_t i = 0; strongroom_outbox_entry(&journal->engine, i, &effect) == STRONGROOM_OK;) {
        int open = 0;
        strongroom_command_t confirm = {.verb = STRONGROOM_VERB_CONFIRM, .by.role = STRONGROOM_ROLE_ENFORCER,
                                        .with.confirm.effect = effect.id};
        if (effect.kind == STRONGROOM_EFFECT_CLOSE_ACCESS)
            open = session_count(config, effect.about, 0, why);
        if (!is_ours(config, journal, &effect)) {
            i++; /* another enforcement point's */
        } else if (open != 0) {
            settled = open < 0 ? false : why_not(why, "a session under request %" PRIu32 " is open", effect.about);
            i++;
        } else if (!apply(config, journal, &confirm, why)) {
            return false;
        }
        /* what was confirmed is gone, and the next entry stands in its place */
    }
    return settled;
}
