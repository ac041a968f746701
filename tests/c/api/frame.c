/* Frames: written and read, and what is wrong with them. */
#include "world.h"

static uint8_t frame[STRONGROOM_MAX_FRAME];
static size_t length;

static void commands_come_through(void)
{
    strongroom_envelope_t envelope = {MORNING, 7, 3, {0}}, read_envelope;
    strongroom_command_t read;
    uint8_t kind = 0, again[STRONGROOM_MAX_FRAME];
    size_t again_length = 0;
    int verbs = 0;
    for (unsigned verb = 0; verb <= UINT8_MAX; verb++) {
        /* Zeros are arguments of every verb. */
        strongroom_command_t asked = command((uint8_t)verb, person(STRONGROOM_ROLE_ADMIN, 1));
        asked.second.given = verb & 1;
        if (asked.second.given)
            asked.second.value = person(STRONGROOM_ROLE_POOL, 2);
        unsigned status = strongroom_frame_write_command(&envelope, &asked, frame, sizeof frame, &length);
        if (strongroom_verb_name((uint8_t)verb) == NULL) {
            EXPECT_STATUS(status, STRONGROOM_ERROR_VERB_UNKNOWN);
            continue;
        }
        verbs++;
        if (verb == STRONGROOM_VERB_RECORD_EXCLUSION) {
            EXPECT_STATUS(status, STRONGROOM_ERROR_VALUE); /* its kinds are counted from 1 */
            continue;
        }
        EXPECT_STATUS(status, STRONGROOM_OK);
        EXPECT(length <= sizeof frame && frame[length - 1] == 0 && memchr(frame, 0, length - 1) == NULL);
        EXPECT_STATUS(strongroom_frame_kind(frame, length, &kind), STRONGROOM_OK);
        EXPECT(kind == STRONGROOM_FRAME_COMMAND);
        memset(&read, 77, sizeof read);
        EXPECT_STATUS(strongroom_frame_command(frame, length, &read_envelope, &read), STRONGROOM_OK);
        EXPECT(memcmp(&read_envelope, &envelope, sizeof envelope) == 0);
        EXPECT(read.verb == asked.verb && memcmp(&read.by, &asked.by, sizeof read.by) == 0);
        EXPECT(memcmp(&read.second, &asked.second, sizeof read.second) == 0);
        EXPECT_STATUS(strongroom_frame_write_command(&envelope, &read, again, sizeof again, &again_length), STRONGROOM_OK);
        EXPECT(again_length == length && memcmp(again, frame, length) == 0);
    }
    EXPECT(verbs == 86);

    /* A time that is not known. */
    strongroom_command_t tick = command(STRONGROOM_VERB_TICK, person(STRONGROOM_ROLE_CLOCK, 0));
    envelope.at = STRONGROOM_NO_TIME;
    EXPECT_STATUS(strongroom_frame_write_command(&envelope, &tick, frame, sizeof frame, &length), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_frame_command(frame, length - 1, &read_envelope, &read), STRONGROOM_OK); /* no final zero */
    EXPECT(read_envelope.at == STRONGROOM_NO_TIME);
    EXPECT_STATUS(strongroom_frame_write_command(&envelope, &tick, frame, length - 1, &length), STRONGROOM_ERROR_BUFFER_SIZE);
    EXPECT_STATUS(strongroom_frame_write_command(NULL, &tick, frame, sizeof frame, &length), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_write_command(&envelope, NULL, frame, sizeof frame, &length), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_write_command(&envelope, &tick, NULL, sizeof frame, &length), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_write_command(&envelope, &tick, frame, sizeof frame, NULL), STRONGROOM_ERROR_NULL);
}

static void starts_come_through(void)
{
    strongroom_start_t start = {.engine = 3, .name = "hsm-a", .invalid = 1, .tenant = {5}, .ticks = 1}, read, wrong;
    memcpy(&start.device, &device, sizeof device);
    EXPECT_STATUS(strongroom_policy_digest(STRONGROOM_POLICY_M365, start.policy), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_frame_write_start(&start, frame, sizeof frame, &length), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_frame_start(frame, length, &read), STRONGROOM_OK);
    EXPECT(memcmp(&read, &start, sizeof start) == 0);
    wrong = start;
    wrong.ticks = 2;
    EXPECT_STATUS(strongroom_frame_write_start(&wrong, frame, sizeof frame, &length), STRONGROOM_ERROR_VALUE);
    wrong = start;
    wrong.device.deployment = 9;
    EXPECT_STATUS(strongroom_frame_write_start(&wrong, frame, sizeof frame, &length), STRONGROOM_ERROR_VALUE);
    EXPECT_STATUS(strongroom_frame_write_start(&start, frame, 10, &length), STRONGROOM_ERROR_BUFFER_SIZE);
    EXPECT_STATUS(strongroom_frame_write_start(NULL, frame, sizeof frame, &length), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_write_start(&start, NULL, sizeof frame, &length), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_write_start(&start, frame, sizeof frame, NULL), STRONGROOM_ERROR_NULL);
}

static void records_come_through(void)
{
    static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
    const strongroom_command_t tick = command(STRONGROOM_VERB_ARRIVE, person(STRONGROOM_ROLE_HANDS, 1));
    uint8_t record[STRONGROOM_RECORD_SIZE], read[STRONGROOM_RECORD_SIZE], number = 0;
    strongroom_reply_t reply;
    EXPECT_STATUS(strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &device, 0), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_apply(&engine, MORNING, &tick, &reply), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_log_record(&engine, STRONGROOM_LOG_LIFECYCLE, 0, record), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_frame_write_record(3, record, frame, sizeof frame, &length), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_frame_record(frame, length, &number, read), STRONGROOM_OK);
    EXPECT(number == 3 && memcmp(read, record, sizeof record) == 0);
    EXPECT_STATUS(strongroom_frame_record(frame, length, NULL, read), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_record(frame, length, &number, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_write_record(3, NULL, frame, sizeof frame, &length), STRONGROOM_ERROR_NULL);
    record[0] = 9;
    EXPECT_STATUS(strongroom_frame_write_record(3, record, frame, sizeof frame, &length), STRONGROOM_ERROR_RECORD_MALFORMED);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);
}

/* What a device answers over its link. */
static void replies_come_through(void)
{
    const strongroom_envelope_t envelope = {STRONGROOM_NO_TIME, 8, 3, {0}};
    const strongroom_reply_t reply = {
        .request = 2, .first_effect = 5, .rule = STRONGROOM_RULE_T01, .verdict = STRONGROOM_VERDICT_ACCEPTED,
        .state = STRONGROOM_STATE_RECEIVED, .health = STRONGROOM_HEALTH_TROUBLE, .status = STRONGROOM_STATUS_TRIAGED,
        .effects = 1, .due = 1,
    };
    strongroom_envelope_t read_envelope;
    strongroom_reply_t read, wrong = {0};
    EXPECT_STATUS(strongroom_frame_write_reply(&envelope, &reply, frame, sizeof frame, &length), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_frame_reply(frame, length, &read_envelope, &read), STRONGROOM_OK);
    EXPECT(memcmp(&read, &reply, sizeof reply) == 0 && memcmp(&read_envelope, &envelope, sizeof envelope) == 0);

    /* Of no request. */
    wrong = reply;
    wrong.request = 0;
    wrong.status = STRONGROOM_STATUS_NONE;
    wrong.verdict = STRONGROOM_VERDICT_REFUSED;
    EXPECT_STATUS(strongroom_frame_write_reply(&envelope, &wrong, frame, sizeof frame, &length), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_frame_reply(frame, length, &read_envelope, &read), STRONGROOM_OK);
    EXPECT(memcmp(&read, &wrong, sizeof wrong) == 0);
    EXPECT_STATUS(strongroom_frame_write_reply(&envelope, &wrong, frame, length - 1, &length), STRONGROOM_ERROR_BUFFER_SIZE);

    uint8_t *const members[] = {&wrong.verdict, &wrong.state, &wrong.health, &wrong.status, &wrong.due};
    const size_t kept = length;
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        wrong = reply;
        *members[i] = 99;
        EXPECT_STATUS(strongroom_frame_write_reply(&envelope, &wrong, frame, sizeof frame, &length), STRONGROOM_ERROR_VALUE);
    }
    wrong = reply;
    wrong.rule = UINT16_MAX;
    EXPECT_STATUS(strongroom_frame_write_reply(&envelope, &wrong, frame, sizeof frame, &length), STRONGROOM_ERROR_VALUE);
    read_envelope = envelope;
    read_envelope.reserved[2] = 1; /* which means nothing yet */
    EXPECT_STATUS(strongroom_frame_write_reply(&read_envelope, &reply, frame, sizeof frame, &length), STRONGROOM_ERROR_VALUE);
    const strongroom_command_t tick = command(STRONGROOM_VERB_TICK, person(STRONGROOM_ROLE_CLOCK, 0));
    EXPECT_STATUS(strongroom_frame_write_command(&read_envelope, &tick, frame, sizeof frame, &length), STRONGROOM_ERROR_VALUE);
    EXPECT_STATUS(strongroom_frame_write_reply(NULL, &reply, frame, sizeof frame, &length), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_write_reply(&envelope, NULL, frame, sizeof frame, &length), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_write_reply(&envelope, &reply, NULL, sizeof frame, &length), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_write_reply(&envelope, &reply, frame, sizeof frame, NULL), STRONGROOM_ERROR_NULL);
    EXPECT(length == kept);
}

/* Nothing is written where something is wrong. */
static void what_is_wrong_is_said(const struct frames *given)
{
    static uint8_t long_frame[STRONGROOM_MAX_FRAME + 1];
    const strongroom_envelope_t at = {MORNING, 7, 3, {0}};
    const strongroom_command_t tick = command(STRONGROOM_VERB_TICK, person(STRONGROOM_ROLE_CLOCK, 0));
    union {
        strongroom_start_t start;
        strongroom_command_t command;
        strongroom_reply_t reply;
        uint8_t record[STRONGROOM_RECORD_SIZE];
    } out;
    strongroom_envelope_t envelope;
    uint8_t kind = 77, number = 77;

    EXPECT_STATUS(strongroom_frame_kind(given->bytes[REPLY], given->lengths[REPLY], &kind), STRONGROOM_OK);
    EXPECT(kind == STRONGROOM_FRAME_REPLY);
    EXPECT_STATUS(strongroom_frame_reply(given->bytes[REPLY], given->lengths[REPLY], &envelope, &out.reply), STRONGROOM_OK);
    EXPECT(envelope.engine == 3 && envelope.line == 8 && envelope.at == STRONGROOM_NO_TIME);
    EXPECT(out.reply.verdict == STRONGROOM_VERDICT_REFUSED && out.reply.state == STRONGROOM_STATE_IN_TRANSIT);

    EXPECT_STATUS(strongroom_frame_write_command(&at, &tick, frame, sizeof frame, &length), STRONGROOM_OK);
    memset(&out, 77, sizeof out);
    memset(&envelope, 77, sizeof envelope);
    kind = 77;
    EXPECT_STATUS(strongroom_frame_kind(NULL, 4, &kind), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_kind(frame, length, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_kind(long_frame, sizeof long_frame, &kind), STRONGROOM_ERROR_FRAME_TOO_LONG);
    EXPECT_STATUS(strongroom_frame_kind(frame, SIZE_MAX, &kind), STRONGROOM_ERROR_FRAME_TOO_LONG);
    EXPECT_STATUS(strongroom_frame_kind(frame, 0, &kind), STRONGROOM_ERROR_FRAME_BROKEN);
    EXPECT_STATUS(strongroom_frame_kind(frame, 3, &kind), STRONGROOM_ERROR_FRAME_BROKEN);
    EXPECT_STATUS(strongroom_frame_kind(given->bytes[BAD_VERSION], given->lengths[BAD_VERSION], &kind),
                  STRONGROOM_ERROR_FRAME_VERSION);
    EXPECT_STATUS(strongroom_frame_kind(given->bytes[MALFORMED], given->lengths[MALFORMED], &kind),
                  STRONGROOM_ERROR_FRAME_MALFORMED);
    EXPECT_STATUS(strongroom_frame_start(frame, length, &out.start), STRONGROOM_ERROR_FRAME_KIND);
    EXPECT_STATUS(strongroom_frame_start(frame, length, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_reply(frame, length, &envelope, &out.reply), STRONGROOM_ERROR_FRAME_KIND);
    EXPECT_STATUS(strongroom_frame_reply(frame, length, NULL, &out.reply), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_reply(frame, length, &envelope, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_record(frame, length, &number, out.record), STRONGROOM_ERROR_FRAME_KIND);
    EXPECT_STATUS(strongroom_frame_command(given->bytes[REPLY], given->lengths[REPLY], &envelope, &out.command),
                  STRONGROOM_ERROR_FRAME_KIND);
    EXPECT_STATUS(strongroom_frame_command(frame, length, NULL, &out.command), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_command(frame, length, &envelope, NULL), STRONGROOM_ERROR_NULL);
    for (size_t i = 0; i + 1 < length; i++) {
        for (int bit = 0; bit < 8; bit++) {
            frame[i] ^= (uint8_t)(1 << bit);
            EXPECT(strongroom_frame_kind(frame, length, &kind) != STRONGROOM_OK);
            frame[i] ^= (uint8_t)(1 << bit);
        }
    }
    frame[4] ^= 0x40;
    EXPECT_STATUS(strongroom_frame_kind(frame, length, &kind), STRONGROOM_ERROR_FRAME_CHECKSUM);
    EXPECT(kind == 77 && number == 77 && is_all(&out, sizeof out, 77) && is_all(&envelope, sizeof envelope, 77));
}

void test_frame(const struct frames *given)
{
    commands_come_through();
    starts_come_through();
    records_come_through();
    replies_come_through();
    what_is_wrong_is_said(given);
}
