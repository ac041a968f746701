/* An engine from birth to death: storage, commands, what it knows and what it wants done. */
#include "world.h"

/* Every function that takes an engine says `expected` about this one, and writes nothing. */
static void every_use_is(strongroom_engine_t *engine, unsigned expected)
{
    union {
        uint8_t bytes[STRONGROOM_RECORD_SIZE], byte;
        char note[STRONGROOM_NOTE_SIZE];
        uint32_t word;
        uint64_t number;
        size_t size;
        strongroom_account_t account;
        strongroom_consulted_t consulted;
        strongroom_decision_t decision;
        strongroom_effect_t effect;
        strongroom_evidence_t evidence;
        strongroom_exclusion_t exclusion;
        strongroom_fault_t fault;
        strongroom_lease_t lease;
        strongroom_reply_t reply;
        strongroom_request_t request;
    } out;
    strongroom_step_t step = STRONGROOM_STEP_INIT;
    strongroom_signer_t signer = {NULL, strongroom_ed25519_sign, {0}};
    const strongroom_command_t tick = command(STRONGROOM_VERB_TICK, person(STRONGROOM_ROLE_CLOCK, 0));
    const strongroom_principal_t by = person(STRONGROOM_ROLE_MONITOR, 1);
    const strongroom_reading_t reading = {0};
    const uint8_t id[16] = {0};
    memset(&out, 77, sizeof out);
    EXPECT_STATUS(strongroom_engine_apply(engine, MORNING, &tick, &out.reply), expected);
    EXPECT_STATUS(strongroom_engine_decide(engine, MORNING, &tick, &step, &out.decision), expected);
    EXPECT_STATUS(strongroom_engine_explain(engine, MORNING, &tick, NULL, 0, &out.size), expected);
    EXPECT_STATUS(strongroom_engine_tick(engine, MORNING, &out.reply), expected);
    EXPECT_STATUS(strongroom_engine_compact(engine), expected);
    EXPECT_STATUS(strongroom_engine_fault(engine, &out.fault), expected);
    EXPECT_STATUS(strongroom_engine_is_due(engine, 0, &out.byte), expected);
    EXPECT_STATUS(strongroom_engine_next_deadline(engine, &out.number), expected);
    EXPECT_STATUS(strongroom_engine_access(engine, 0, id, STRONGROOM_SUBJECT_DEVICE, &out.number), expected);
    EXPECT_STATUS(strongroom_engine_lease(engine, &out.lease), expected);
    EXPECT_STATUS(strongroom_engine_evidence(engine, &out.evidence), expected);
    EXPECT_STATUS(strongroom_engine_account(engine, &out.account), expected);
    EXPECT_STATUS(strongroom_engine_digest(engine, out.bytes), expected);
    EXPECT_STATUS(strongroom_engine_policy(engine, out.bytes), expected);
    EXPECT_STATUS(strongroom_engine_challenge(engine, out.bytes), expected);
    EXPECT_STATUS(strongroom_engine_sense(engine, 0, &reading, &by, NULL, 0, &out.size), expected);
    EXPECT_STATUS(strongroom_request_count(engine, &out.word), expected);
    EXPECT_STATUS(strongroom_request_entry(engine, 0, &out.request), expected);
    EXPECT_STATUS(strongroom_request_find(engine, 1, &out.request), expected);
    EXPECT_STATUS(strongroom_exclusion_count(engine, &out.word), expected);
    EXPECT_STATUS(strongroom_exclusion_entry(engine, 0, &out.exclusion), expected);
    EXPECT_STATUS(strongroom_log_size(engine, STRONGROOM_LOG_TENANT, &out.word), expected);
    EXPECT_STATUS(strongroom_log_root(engine, STRONGROOM_LOG_TENANT, out.bytes), expected);
    EXPECT_STATUS(strongroom_log_first(engine, STRONGROOM_LOG_TENANT, &out.word), expected);
    EXPECT_STATUS(strongroom_log_room(engine, STRONGROOM_LOG_TENANT, &out.word), expected);
    EXPECT_STATUS(strongroom_log_record(engine, STRONGROOM_LOG_TENANT, 0, out.bytes), expected);
    EXPECT_STATUS(strongroom_log_checkpoint(engine, STRONGROOM_LOG_TENANT, &signer, out.note, sizeof out.note), expected);
    EXPECT_STATUS(strongroom_outbox_count(engine, &out.word), expected);
    EXPECT_STATUS(strongroom_outbox_entry(engine, 0, &out.effect), expected);
    EXPECT(is_all(&out, sizeof out, 77));
}

static void no_output_is_an_error(strongroom_engine_t *engine)
{
    const strongroom_command_t tick = command(STRONGROOM_VERB_TICK, person(STRONGROOM_ROLE_CLOCK, 0));
    const strongroom_principal_t by = person(STRONGROOM_ROLE_MONITOR, 1);
    const strongroom_reading_t reading = {0};
    const uint8_t id[16] = {0};
    const unsigned expected = STRONGROOM_ERROR_NULL;
    strongroom_step_t step = STRONGROOM_STEP_INIT;
    strongroom_decision_t decision;
    size_t count;
    EXPECT_STATUS(strongroom_engine_apply(engine, MORNING, &tick, NULL), expected);
    EXPECT_STATUS(strongroom_engine_decide(engine, MORNING, &tick, &step, NULL), expected);
    EXPECT_STATUS(strongroom_engine_decide(engine, MORNING, &tick, NULL, &decision), expected);
    EXPECT_STATUS(strongroom_engine_explain(engine, MORNING, &tick, NULL, 0, NULL), expected);
    EXPECT_STATUS(strongroom_engine_explain(engine, MORNING, &tick, NULL, 1, &count), expected);
    EXPECT_STATUS(strongroom_engine_tick(engine, MORNING, NULL), expected);
    EXPECT_STATUS(strongroom_engine_is_due(engine, 0, NULL), expected);
    EXPECT_STATUS(strongroom_engine_next_deadline(engine, NULL), expected);
    EXPECT_STATUS(strongroom_engine_access(engine, 0, id, STRONGROOM_SUBJECT_DEVICE, NULL), expected);
    EXPECT_STATUS(strongroom_engine_lease(engine, NULL), expected);
    EXPECT_STATUS(strongroom_engine_evidence(engine, NULL), expected);
    EXPECT_STATUS(strongroom_engine_account(engine, NULL), expected);
    EXPECT_STATUS(strongroom_engine_digest(engine, NULL), expected);
    EXPECT_STATUS(strongroom_engine_policy(engine, NULL), expected);
    EXPECT_STATUS(strongroom_engine_challenge(engine, NULL), expected);
    EXPECT_STATUS(strongroom_engine_sense(engine, 0, &reading, &by, NULL, 0, NULL), expected);
    EXPECT_STATUS(strongroom_engine_sense(engine, 0, &reading, &by, NULL, 1, &count), expected);
    EXPECT_STATUS(strongroom_request_count(engine, NULL), expected);
    EXPECT_STATUS(strongroom_request_entry(engine, 0, NULL), expected);
    EXPECT_STATUS(strongroom_request_find(engine, 1, NULL), expected);
    EXPECT_STATUS(strongroom_exclusion_count(engine, NULL), expected);
    EXPECT_STATUS(strongroom_exclusion_entry(engine, 0, NULL), expected);
    EXPECT_STATUS(strongroom_log_size(engine, STRONGROOM_LOG_TENANT, NULL), expected);
    EXPECT_STATUS(strongroom_log_root(engine, STRONGROOM_LOG_TENANT, NULL), expected);
    EXPECT_STATUS(strongroom_log_first(engine, STRONGROOM_LOG_TENANT, NULL), expected);
    EXPECT_STATUS(strongroom_log_room(engine, STRONGROOM_LOG_TENANT, NULL), expected);
    EXPECT_STATUS(strongroom_log_record(engine, STRONGROOM_LOG_TENANT, 0, NULL), expected);
    EXPECT_STATUS(strongroom_outbox_count(engine, NULL), expected);
    EXPECT_STATUS(strongroom_outbox_entry(engine, 0, NULL), expected);
}

static unsigned init(strongroom_engine_t *engine)
{
    return strongroom_engine_init(engine, sizeof *engine, STRONGROOM_ABI_VERSION, &device, STRONGROOM_POLICY_AZURE);
}

static strongroom_command_t arrive(void)
{
    strongroom_command_t arrive = command(STRONGROOM_VERB_ARRIVE, person(STRONGROOM_ROLE_HANDS, 1));
    memcpy(arrive.with.arrive.serial, device.serial, sizeof device.serial);
    return arrive;
}

static uint64_t words[STRONGROOM_STORAGE_WORDS + 1];

static void storage_is_checked(void)
{
    static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
    strongroom_engine_t *askew = (strongroom_engine_t *)(void *)((uint8_t *)words + 2);
    strongroom_engine_t *dirty = (strongroom_engine_t *)(void *)words;
    strongroom_device_t unknown = device;
    unknown.deployment = 2;

    every_use_is(NULL, STRONGROOM_ERROR_NULL);
    every_use_is(&engine, STRONGROOM_ERROR_NOT_INITIALIZED);
    every_use_is(askew, STRONGROOM_ERROR_ALIGNMENT);
    EXPECT_STATUS(strongroom_engine_deinit(NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(strongroom_engine_deinit(askew), STRONGROOM_ERROR_ALIGNMENT);

    /* What makes no engine, and changes nothing. */
    EXPECT_STATUS(init(NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(init(askew), STRONGROOM_ERROR_ALIGNMENT);
    EXPECT_STATUS(strongroom_engine_init(&engine, sizeof engine - 1, STRONGROOM_ABI_VERSION, &device, 0),
                  STRONGROOM_ERROR_STORAGE_SIZE);
    EXPECT_STATUS(strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION + 1, &device, 0),
                  STRONGROOM_ERROR_ABI_VERSION);
    EXPECT_STATUS(strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION, NULL, 0), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &unknown, 0), STRONGROOM_ERROR_VALUE);
    EXPECT_STATUS(strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &device, UINT8_MAX),
                  STRONGROOM_ERROR_POLICY_UNKNOWN);
    memset(unknown.serial, 'x', sizeof unknown.serial); /* without its final zero */
    unknown.deployment = STRONGROOM_DEPLOYMENT_BOARD;
    EXPECT_STATUS(strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &unknown, 0), STRONGROOM_ERROR_VALUE);
    EXPECT(is_all(&engine, sizeof engine, 0) && is_all(words, sizeof words, 0));
    memset(words, 0xA5, sizeof words);
    EXPECT_STATUS(init(dirty), STRONGROOM_ERROR_STORAGE_NOT_ZEROED);
    every_use_is(dirty, STRONGROOM_ERROR_NOT_INITIALIZED);

    /* Born, wiped, and of use again with the same state. */
    uint8_t newborn[STRONGROOM_DIGEST_SIZE], digest[STRONGROOM_DIGEST_SIZE];
    EXPECT_STATUS(init(&engine), STRONGROOM_OK);
    EXPECT_STATUS(init(&engine), STRONGROOM_ERROR_ALREADY_INITIALIZED);
    no_output_is_an_error(&engine);
    EXPECT_STATUS(strongroom_engine_digest(&engine, newborn), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_compact(&engine), STRONGROOM_ERROR_NOT_MOUNTED);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);
    EXPECT(is_all(&engine, sizeof engine, 0));
    every_use_is(&engine, STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(init(&engine), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_digest(&engine, digest), STRONGROOM_OK);
    EXPECT(memcmp(digest, newborn, sizeof digest) == 0);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);
}

static void a_lost_state_takes_quarantine_only(void)
{
    static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
    const uint8_t nobody[16] = {0};
    const strongroom_command_t come = arrive();
    strongroom_lease_t lease;
    strongroom_reply_t reply;
    EXPECT_STATUS(strongroom_engine_init_invalid(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &device,
                                                 STRONGROOM_POLICY_AZURE, NULL),
                  STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_engine_init_invalid(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &device,
                                                 STRONGROOM_POLICY_AZURE, nobody),
                  STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_lease(&engine, &lease), STRONGROOM_OK);
    EXPECT(lease.state == STRONGROOM_STATE_INVALID);
    EXPECT_STATUS(strongroom_engine_apply(&engine, MORNING, &come, &reply), STRONGROOM_OK);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_REFUSED && reply.state == STRONGROOM_STATE_INVALID);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);
}

static void a_step_is_decided_then_committed(void)
{
    static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
    strongroom_step_t step = STRONGROOM_STEP_INIT, none = STRONGROOM_STEP_INIT;
    strongroom_decision_t decision;
    strongroom_reply_t reply;
    uint8_t before[STRONGROOM_DIGEST_SIZE], after[STRONGROOM_DIGEST_SIZE];
    strongroom_command_t come = arrive();
    EXPECT_STATUS(init(&engine), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_digest(&engine, before), STRONGROOM_OK);

    EXPECT_STATUS(strongroom_engine_decide(&engine, MORNING, &come, &step, &decision), STRONGROOM_OK);
    EXPECT(decision.verdict == STRONGROOM_VERDICT_ACCEPTED && decision.rule == STRONGROOM_RULE_T01);
    EXPECT_STATUS(strongroom_engine_digest(&engine, after), STRONGROOM_OK);
    EXPECT(memcmp(before, after, sizeof before) == 0);

    memset(&reply, 77, sizeof reply);
    EXPECT_STATUS(strongroom_engine_commit(&engine, &none, &reply), STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(strongroom_engine_commit(&engine, NULL, &reply), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_engine_commit(&engine, &step, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_engine_commit(NULL, &step, &reply), STRONGROOM_ERROR_NULL);
    EXPECT(is_all(&reply, sizeof reply, 77));

    EXPECT_STATUS(strongroom_engine_commit(&engine, &step, &reply), STRONGROOM_OK);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_ACCEPTED && reply.rule == STRONGROOM_RULE_T01);
    EXPECT(reply.state == STRONGROOM_STATE_RECEIVED && reply.health == STRONGROOM_HEALTH_UNKNOWN);
    EXPECT(reply.request == 0 && reply.status == STRONGROOM_STATUS_NONE && reply.due == 0);
    EXPECT_STATUS(strongroom_engine_digest(&engine, after), STRONGROOM_OK);
    EXPECT(memcmp(before, after, sizeof before) != 0);

    /* It was decided on a state that is past. */
    EXPECT_STATUS(strongroom_engine_commit(&engine, &step, &reply), STRONGROOM_OK);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_REFUSED && reply.rule == STRONGROOM_RULE_STEP_IS_CURRENT);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);
}

static void a_refusal_is_a_reply_and_is_explained(void)
{
    static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
    strongroom_command_t initialize = command(STRONGROOM_VERB_INIT, person(STRONGROOM_ROLE_ADMIN, 1));
    strongroom_consulted_t why[16];
    strongroom_reply_t reply;
    uint32_t size = 0;
    size_t count = 0, all;
    EXPECT_STATUS(init(&engine), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_apply(&engine, STRONGROOM_NO_TIME, &initialize, &reply), STRONGROOM_OK);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_REFUSED && strongroom_rule_text(reply.rule) != NULL);

    /* What was consulted, the deciding rule last; nothing happens by asking. */
    EXPECT_STATUS(strongroom_engine_explain(&engine, STRONGROOM_NO_TIME, &initialize, why, 16, &count), STRONGROOM_OK);
    EXPECT(count > 1 && count <= 16 && why[count - 1].rule == reply.rule && why[count - 1].held == 0);
    EXPECT(why[0].rule == STRONGROOM_RULE_POLICY_IS_CURRENT && why[0].held == 1 && why[0].reserved == 0);
    all = count;
    memset(why, 77, sizeof why);
    EXPECT_STATUS(strongroom_engine_explain(&engine, STRONGROOM_NO_TIME, &initialize, why, 1, &count), STRONGROOM_OK);
    EXPECT(count == all && why[0].held == 1 && is_all(&why[1], sizeof why - sizeof why[0], 77));
    EXPECT_STATUS(strongroom_log_size(&engine, STRONGROOM_LOG_LIFECYCLE, &size), STRONGROOM_OK);
    EXPECT(size == 1);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);
}

/* A lease from the truck to a grant, its end by itself, and everything that can be asked meanwhile. */
static void a_grant_ends_by_itself(void)
{
    static struct world world = {STRONGROOM_STORAGE_INIT, MORNING};
    const strongroom_principal_t engineer = person(STRONGROOM_ROLE_ENGINEER, 1);
    strongroom_engine_t *engine = &world.engine;
    strongroom_account_t account;
    strongroom_effect_t effect;
    strongroom_evidence_t evidence;
    strongroom_lease_t lease;
    strongroom_policy_t policy;
    strongroom_reply_t reply;
    strongroom_request_t request;
    uint64_t until = 77, deadline = 77;
    uint32_t count = 77;
    uint8_t due = 77, nonce[STRONGROOM_NONCE_SIZE] = {0}, digest[STRONGROOM_DIGEST_SIZE], ours[STRONGROOM_DIGEST_SIZE];

    EXPECT_STATUS(init(engine), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_next_deadline(engine, &deadline), STRONGROOM_OK);
    EXPECT(deadline == STRONGROOM_NO_TIME);
    make_operational(&world);
    EXPECT_STATUS(strongroom_engine_lease(engine, &lease), STRONGROOM_OK);
    EXPECT(lease.state == STRONGROOM_STATE_OPERATIONAL && lease.bound == 1 && lease.epoch > 0 && lease.latched == 0);
    EXPECT(lease.execution == STRONGROOM_EXECUTION_RUNNING && lease.membership == STRONGROOM_MEMBERSHIP_ABSENT);
    EXPECT_STATUS(strongroom_engine_account(engine, &account), STRONGROOM_OK);
    EXPECT(account.plan == STRONGROOM_PLAN_DEVELOPER && account.registration == STRONGROOM_REGISTRATION_APPROVED);
    EXPECT(memcmp(account.roster[0], person(STRONGROOM_ROLE_APPROVER, 3).id, 16) == 0 && is_all(account.roster[2], 32, 0));
    EXPECT_TEXT(account.region, "japaneast");
    EXPECT_STATUS(strongroom_engine_policy(engine, digest), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_policy_digest(STRONGROOM_POLICY_AZURE, ours), STRONGROOM_OK);
    EXPECT(memcmp(digest, ours, sizeof digest) == 0);
    EXPECT_STATUS(strongroom_engine_challenge(engine, nonce), STRONGROOM_OK);
    EXPECT(!is_all(nonce, sizeof nonce, 0));
    EXPECT_STATUS(strongroom_policy_numbers(STRONGROOM_POLICY_AZURE, &policy), STRONGROOM_OK);
    EXPECT(policy.decide_within == 4 * 86400 && policy.access_default == 8 * 3600 && policy.approvals_needed == 1);
    memset(&evidence, 77, sizeof evidence);
    if (lease.proved)
        EXPECT_STATUS(strongroom_engine_evidence(engine, &evidence), STRONGROOM_OK);
    else
        EXPECT_STATUS(strongroom_engine_evidence(engine, &evidence), STRONGROOM_ERROR_OUT_OF_RANGE);

    uint32_t number = ask_customer(&world);
    EXPECT_STATUS(strongroom_request_count(engine, &count), STRONGROOM_OK);
    EXPECT(count == 1);
    EXPECT_STATUS(strongroom_request_find(engine, number, &request), STRONGROOM_OK);
    EXPECT(request.status == STRONGROOM_STATUS_CUSTOMER_NOTIFIED && request.deadline - request.since == policy.decide_within);
    EXPECT(request.submitted == 1 && request.customer_data == 1 && memcmp(request.engineer, engineer.id, 16) == 0);
    EXPECT_TEXT(request.ticket, "T-1");
    EXPECT_STATUS(strongroom_engine_access(engine, world.now, engineer.id, STRONGROOM_SUBJECT_DEVICE, &until), STRONGROOM_OK);
    EXPECT(until == 0);

    reply = approve(&world, number);
    EXPECT(reply.status == STRONGROOM_STATUS_APPROVED && reply.request == number && reply.effects > 0);
    EXPECT_STATUS(strongroom_request_entry(engine, 0, &request), STRONGROOM_OK);
    EXPECT(request.number == number && request.deadline - request.since == policy.access_default && request.approvals == 1);
    EXPECT_STATUS(strongroom_engine_access(engine, world.now, engineer.id, STRONGROOM_SUBJECT_DEVICE, &until), STRONGROOM_OK);
    EXPECT(until == request.deadline);
    EXPECT_STATUS(strongroom_engine_access(engine, until - 1, engineer.id, STRONGROOM_SUBJECT_DEVICE, &deadline), STRONGROOM_OK);
    EXPECT(deadline == until);
    EXPECT_STATUS(strongroom_engine_access(engine, until, engineer.id, STRONGROOM_SUBJECT_DEVICE, &deadline), STRONGROOM_OK);
    EXPECT(deadline == 0);
    EXPECT_STATUS(strongroom_engine_access(engine, world.now, engineer.id, UINT8_MAX, &deadline), STRONGROOM_ERROR_VALUE);
    EXPECT_STATUS(strongroom_engine_access(engine, world.now, NULL, STRONGROOM_SUBJECT_DEVICE, &deadline), STRONGROOM_ERROR_NULL);

    /* Its end is a step, which asks for the door to be closed until somebody says that it is. */
    EXPECT_STATUS(strongroom_engine_next_deadline(engine, &deadline), STRONGROOM_OK);
    EXPECT(deadline == until);
    /* Where the time is not known nobody has access, and nothing is due that a tick would not do. */
    deadline = 77;
    EXPECT_STATUS(strongroom_engine_access(engine, STRONGROOM_NO_TIME, engineer.id, STRONGROOM_SUBJECT_DEVICE, &deadline),
                  STRONGROOM_OK);
    EXPECT(deadline == 0);
    EXPECT_STATUS(strongroom_engine_is_due(engine, STRONGROOM_NO_TIME, &due), STRONGROOM_OK);
    EXPECT(due == 0);
    EXPECT_STATUS(strongroom_engine_is_due(engine, until - 1, &due), STRONGROOM_OK);
    EXPECT(due == 0);
    EXPECT_STATUS(strongroom_engine_tick(engine, until - 1, &reply), STRONGROOM_OK);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_REFUSED && reply.rule == STRONGROOM_RULE_SOMETHING_DUE);
    EXPECT_STATUS(strongroom_engine_is_due(engine, until, &due), STRONGROOM_OK);
    EXPECT(due == 1);
    drain(&world);
    EXPECT_STATUS(strongroom_engine_tick(engine, until, &reply), STRONGROOM_OK);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_ACCEPTED && reply.effects == 1);
    EXPECT_STATUS(strongroom_outbox_count(engine, &count), STRONGROOM_OK);
    EXPECT(count == 1);
    EXPECT_STATUS(strongroom_outbox_entry(engine, 0, &effect), STRONGROOM_OK);
    EXPECT(effect.kind == STRONGROOM_EFFECT_CLOSE_ACCESS && effect.about == number && effect.id == reply.first_effect);
    EXPECT(effect.asked == until && effect.due > until && effect.retries == 0 && effect.alarm == 0);
    memset(&effect, 77, sizeof effect);
    EXPECT_STATUS(strongroom_outbox_entry(engine, 1, &effect), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT_STATUS(strongroom_outbox_entry(engine, UINT32_MAX, &effect), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT(is_all(&effect, sizeof effect, 77));
    memset(&request, 77, sizeof request);
    EXPECT_STATUS(strongroom_request_entry(engine, 1, &request), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT_STATUS(strongroom_request_find(engine, number + 1, &request), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT(is_all(&request, sizeof request, 77));

    /* An access outside the lockbox is a record that waits for its review. */
    strongroom_exclusion_t exclusion;
    world.now = until;
    strongroom_command_t record = command(STRONGROOM_VERB_RECORD_EXCLUSION, engineer);
    record.with.record_exclusion.kind = STRONGROOM_EXCLUSION_BREAK_GLASS;
    record.with.record_exclusion.subject = STRONGROOM_SUBJECT_DEVICE;
    memset(record.with.record_exclusion.justification, 4, 32);
    reply = go(&world, &record);
    EXPECT_STATUS(strongroom_exclusion_count(engine, &count), STRONGROOM_OK);
    EXPECT(count == 1);
    EXPECT_STATUS(strongroom_exclusion_entry(engine, 0, &exclusion), STRONGROOM_OK);
    EXPECT(exclusion.kind == STRONGROOM_EXCLUSION_BREAK_GLASS && exclusion.due > exclusion.at);
    EXPECT(memcmp(exclusion.by, engineer.id, sizeof exclusion.by) == 0);
    EXPECT_STATUS(strongroom_exclusion_entry(engine, 1, &exclusion), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT_STATUS(strongroom_engine_deinit(engine), STRONGROOM_OK);
}

static void a_reading_becomes_commands(void)
{
    static struct world world = {STRONGROOM_STORAGE_INIT, MORNING};
    strongroom_command_t commands[STRONGROOM_SENSE_COMMANDS];
    strongroom_principal_t by = person(STRONGROOM_ROLE_MONITOR, 1);
    strongroom_reading_t reading = {.tampered = {1, 1}, .tamper = {1, STRONGROOM_TAMPER_CHASSIS}};
    strongroom_reply_t reply;
    size_t count = 0;
    EXPECT_STATUS(init(&world.engine), STRONGROOM_OK);
    make_operational(&world);
    EXPECT_STATUS(strongroom_engine_sense(&world.engine, world.now, &reading, &by, commands, STRONGROOM_SENSE_COMMANDS, &count),
                  STRONGROOM_OK);
    EXPECT(count == 2 && commands[0].verb == STRONGROOM_VERB_READ_HEALTH && commands[1].verb == STRONGROOM_VERB_TAMPER);
    EXPECT(commands[1].with.tamper.class_ == STRONGROOM_TAMPER_CHASSIS && commands[1].by.role == STRONGROOM_ROLE_SENSOR);
    EXPECT(memcmp(&commands[0].by, &by, sizeof by) == 0);
    memset(&commands[1], 77, sizeof commands[1]);
    EXPECT_STATUS(strongroom_engine_sense(&world.engine, world.now, &reading, &by, commands, 1, &count), STRONGROOM_OK);
    EXPECT(count == 2 && is_all(&commands[1], sizeof commands[1], 77)); /* there was room for one */
    EXPECT_STATUS(strongroom_engine_sense(&world.engine, world.now, &reading, &by, commands, 2, &count), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_apply(&world.engine, world.now, &commands[1], &reply), STRONGROOM_OK);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_ACCEPTED && reply.state == STRONGROOM_STATE_TAMPER_LATCHED);

    EXPECT_STATUS(strongroom_engine_sense(&world.engine, world.now, NULL, &by, commands, 1, &count), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_engine_sense(&world.engine, world.now, &reading, NULL, commands, 1, &count), STRONGROOM_ERROR_NULL);
    reading.fans.worst = UINT8_MAX;
    EXPECT_STATUS(strongroom_engine_sense(&world.engine, world.now, &reading, &by, commands, 1, &count), STRONGROOM_ERROR_VALUE);
    EXPECT_STATUS(strongroom_engine_deinit(&world.engine), STRONGROOM_OK);
}

static void a_command_s_fault_is_named(void)
{
    static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
    strongroom_command_t wrong;
    strongroom_decision_t decision;
    strongroom_reply_t reply;
    strongroom_step_t step = STRONGROOM_STEP_INIT;
    const char *place = "before";
    size_t count;
    EXPECT_STATUS(init(&engine), STRONGROOM_OK);
    wrong = arrive();
    EXPECT_STATUS(strongroom_command_check(&wrong, &place), STRONGROOM_OK);
    EXPECT(place == NULL);

#define EXPECT_FAULT(change, error, name)                                                                \
    do {                                                                                                 \
        wrong = arrive();                                                                                \
        change;                                                                                          \
        EXPECT_STATUS(strongroom_engine_apply(&engine, MORNING, &wrong, &reply), error);                 \
        EXPECT_STATUS(strongroom_engine_decide(&engine, MORNING, &wrong, &step, &decision), error);      \
        EXPECT_STATUS(strongroom_engine_explain(&engine, MORNING, &wrong, NULL, 0, &count), error);      \
        EXPECT_STATUS(strongroom_command_check(&wrong, &place), STRONGROOM_OK);                          \
        EXPECT_TEXT(place, name);                                                                        \
    } while (0)

    EXPECT_FAULT(wrong.verb = 0, STRONGROOM_ERROR_VERB_UNKNOWN, "verb");
    EXPECT_FAULT(wrong.by.role = 99, STRONGROOM_ERROR_VALUE, "by.role");
    EXPECT_FAULT(wrong.second.given = 2, STRONGROOM_ERROR_VALUE, "second.given");
    EXPECT_FAULT((wrong.second.given = 1, wrong.second.value.role = 99), STRONGROOM_ERROR_VALUE, "second.value.role");
    EXPECT_FAULT(memset(wrong.with.arrive.serial, 'x', 17), STRONGROOM_ERROR_VALUE, "with.arrive.serial");
    EXPECT_FAULT(wrong.with.arrive.serial[0] = 7, STRONGROOM_ERROR_VALUE, "with.arrive.serial");
    EXPECT_FAULT((wrong.verb = STRONGROOM_VERB_SET_ROSTER, memset(&wrong.with, 0, sizeof wrong.with),
                  wrong.with.set_roster.approvers[1][0] = 1),
                 STRONGROOM_ERROR_VALUE, "with.set_roster.approvers");
    EXPECT_FAULT((wrong.verb = STRONGROOM_VERB_SET_MONITORING, wrong.with.set_monitoring.allowed = 2), STRONGROOM_ERROR_VALUE,
                 "with.set_monitoring.allowed");
    EXPECT_STATUS(strongroom_engine_apply(&engine, MORNING, NULL, &reply), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_command_check(NULL, &place), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_command_check(&wrong, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);
}

/* Whatever bytes a command is made of, it is taken, refused, or named wrong. */
static void any_bytes_are_a_command_or_an_error(void)
{
    static struct world world = {STRONGROOM_STORAGE_INIT, MORNING};
    uint64_t random = 88172645463325252;
    int taken = 0;
    EXPECT_STATUS(init(&world.engine), STRONGROOM_OK);
    make_operational(&world);
    for (int round = 0; round < 100000; round++) {
        union {
            uint8_t bytes[sizeof(strongroom_command_t)];
            strongroom_command_t command;
        } any;
        strongroom_reply_t reply;
        const char *place = NULL;
        for (size_t i = 0; i < sizeof any.bytes; i++) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            /* Small numbers and zeros get further than any. */
            any.bytes[i] = random % 5 == 0 ? (uint8_t)(random >> 8) : random % 3 == 0 ? (uint8_t)(random >> 8 & 3) : 0;
        }
        any.command.verb = (uint8_t)(random >> 24 & 127);
        unsigned status = strongroom_engine_apply(&world.engine, world.now, &any.command, &reply);
        EXPECT_STATUS(strongroom_command_check(&any.command, &place), STRONGROOM_OK);
        EXPECT(status == STRONGROOM_OK || status == STRONGROOM_ERROR_VALUE || status == STRONGROOM_ERROR_VERB_UNKNOWN);
        EXPECT((status == STRONGROOM_OK) == (place == NULL));
        taken += status == STRONGROOM_OK;
        if (round % 8 == 0)
            drain(&world);
        if (failures > 0)
            break;
    }
    EXPECT(taken > 1000);
    EXPECT_STATUS(strongroom_engine_deinit(&world.engine), STRONGROOM_OK);
}

void test_engine(void)
{
    any_bytes_are_a_command_or_an_error();
    storage_is_checked();
    a_lost_state_takes_quarantine_only();
    a_step_is_decided_then_committed();
    a_refusal_is_a_reply_and_is_explained();
    a_command_s_fault_is_named();
    a_grant_ends_by_itself();
    a_reading_becomes_commands();
}
