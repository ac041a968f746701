/*
 * api FRAMES: calls every function of the header, and provokes every error that C can provoke. The
 * file holds the frames that are named below, in that order, each ended by a zero byte; it is made
 * by ffi/tests/c.rs.
 */
#include "strongroom.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    START,          /* engine 3, "hsm-a", serial 700022, the preset of the policy */
    START_UNKNOWN,  /* the same with another policy's digest */
    ARRIVE,         /* engine 3, line 7, at 1700000000: accepted by T01 */
    INIT,           /* engine 3, line 8, no time: refused */
    ARRIVE_OTHER,   /* engine 4 */
    REPLY,          /* an engine's answer */
    BAD_CHECKSUM,   /* ARRIVE with one bit flipped */
    BAD_VERSION,    /* of frame version 2 */
    MALFORMED,      /* of no known message */
    FRAMES
};

enum { ARRIVES_AT = 1700000000 };

static uint8_t frames[FRAMES][STRONGROOM_MAX_FRAME];
static size_t lengths[FRAMES];
static int failures;

#define EXPECT(condition)                                                      \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);    \
            failures++;                                                        \
        }                                                                      \
    } while (0)

#define EXPECT_STATUS(call, expected)                                          \
    do {                                                                       \
        unsigned got = (call);                                                 \
        if (got != (expected)) {                                               \
            fprintf(stderr, "%s:%d: %s is %u, not %s\n", __FILE__, __LINE__, #call, got, #expected); \
            failures++;                                                        \
        }                                                                      \
    } while (0)

#define EXPECT_TEXT(call, expected)                                            \
    do {                                                                       \
        const char *got = (call);                                              \
        if (got == NULL || strcmp(got, (expected)) != 0) {                     \
            fprintf(stderr, "%s:%d: %s is %s\n", __FILE__, __LINE__, #call, got == NULL ? "NULL" : got); \
            failures++;                                                        \
        }                                                                      \
    } while (0)

static void read_frames(const char *path)
{
    FILE *file = fopen(path, "rb");
    int byte = 0;
    for (size_t i = 0; i < FRAMES && file != NULL; i++)
        do {
            byte = fgetc(file);
            if (byte == EOF || lengths[i] == STRONGROOM_MAX_FRAME) {
                fprintf(stderr, "%s: frame %zu is not whole\n", path, i);
                exit(1);
            }
            frames[i][lengths[i]++] = (uint8_t)byte;
        } while (byte != 0);
    if (file == NULL || fgetc(file) != EOF) {
        fprintf(stderr, "%s: not the frames of this test\n", path);
        exit(1);
    }
    fclose(file);
}

static int is_all(const void *place, size_t size, uint8_t value)
{
    const uint8_t *bytes = place;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != value)
            return 0;
    return 1;
}

static void versions_and_sizes(void)
{
    char version[32];
    EXPECT(STRONGROOM_ABI_VERSION == 1);
    EXPECT(STRONGROOM_VERSION_MAJOR == 0);
    EXPECT(STRONGROOM_VERSION_MINOR == 1);
    EXPECT(STRONGROOM_VERSION_PATCH == 0);
    snprintf(version, sizeof version, "%d.%d.%d", STRONGROOM_VERSION_MAJOR, STRONGROOM_VERSION_MINOR, STRONGROOM_VERSION_PATCH);
    EXPECT_TEXT(STRONGROOM_VERSION, version);
    EXPECT_TEXT(strongroom_version(), STRONGROOM_VERSION);
    EXPECT(strongroom_abi_version() == STRONGROOM_ABI_VERSION);
    EXPECT(strongroom_storage_size() == STRONGROOM_STORAGE_SIZE);
    EXPECT(strongroom_storage_size() == sizeof(strongroom_engine_t));
    EXPECT(strongroom_storage_alignment() == STRONGROOM_STORAGE_ALIGNMENT);
    EXPECT(strongroom_storage_alignment() == _Alignof(strongroom_engine_t));
    EXPECT(STRONGROOM_MAX_FRAME == 288 && STRONGROOM_RECORD_SIZE == 118);
    EXPECT(STRONGROOM_DIGEST_SIZE == 32 && STRONGROOM_NONCE_SIZE == 16);
}

static void names_and_texts(void)
{
    EXPECT_TEXT(strongroom_rule_name(STRONGROOM_RULE_T01), "T01");
    EXPECT_TEXT(strongroom_rule_name(STRONGROOM_RULE_ROLE_MAY_NOT), "RoleMayNot");
    EXPECT_TEXT(strongroom_rule_text(STRONGROOM_RULE_T01), "the device arrives at the data centre");
    EXPECT_TEXT(strongroom_state_name(STRONGROOM_STATE_POOL_FREE), "POOL_FREE");
    EXPECT_TEXT(strongroom_status_name(STRONGROOM_STATUS_TICKETED), "Ticketed");
    EXPECT_TEXT(strongroom_verb_name(STRONGROOM_VERB_ARRIVE), "arrive");
    EXPECT_TEXT(strongroom_effect_name(STRONGROOM_EFFECT_RESET), "reset");
    EXPECT_TEXT(strongroom_health_name(STRONGROOM_HEALTH_SILENT), "Silent");
    EXPECT_TEXT(strongroom_error_text(STRONGROOM_OK), "no error");
    EXPECT_TEXT(strongroom_error_text(STRONGROOM_ERROR_NULL), "a pointer is NULL");
    /* What C cannot provoke, ffi/src tests; what it means is told here too. */
    EXPECT_TEXT(strongroom_error_text(STRONGROOM_ERROR_PANIC), "the library panicked; please report it");
    EXPECT(strongroom_error_text(STRONGROOM_ERROR_INTERRUPTED) != NULL);

    EXPECT(strongroom_rule_name(0) == NULL && strongroom_rule_text(999) == NULL);
    EXPECT(strongroom_state_name(UINT8_MAX) == NULL);
    EXPECT(strongroom_status_name(STRONGROOM_STATUS_NONE) == NULL);
    EXPECT(strongroom_verb_name(0) == NULL);
    EXPECT(strongroom_effect_name(0) == NULL);
    EXPECT(strongroom_health_name(UINT8_MAX) == NULL);
    EXPECT(strongroom_error_text(1) == NULL && strongroom_error_text(UINT16_MAX) == NULL);
}

static void frames_without_an_engine(void)
{
    uint8_t kind = 0;
    strongroom_start_t start;
    strongroom_command_t command;

    EXPECT_STATUS(strongroom_frame_kind(frames[START], lengths[START], &kind), STRONGROOM_OK);
    EXPECT(kind == STRONGROOM_FRAME_START);
    EXPECT_STATUS(strongroom_frame_kind(frames[ARRIVE], lengths[ARRIVE] - 1, &kind), STRONGROOM_OK); /* no final zero */
    EXPECT(kind == STRONGROOM_FRAME_COMMAND);
    EXPECT_STATUS(strongroom_frame_kind(frames[REPLY], lengths[REPLY], &kind), STRONGROOM_OK);
    EXPECT(kind == STRONGROOM_FRAME_REPLY && STRONGROOM_FRAME_RECORD == 4);

    EXPECT_STATUS(strongroom_frame_start(frames[START], lengths[START], &start), STRONGROOM_OK);
    EXPECT(start.engine == 3 && start.deployment == STRONGROOM_DEPLOYMENT_FIRMWARE);
    EXPECT_TEXT(start.name, "hsm-a");
    EXPECT_TEXT(start.serial, "700022");
    EXPECT(is_all(start.provider, sizeof start.provider, 1) && is_all(start.vendor, sizeof start.vendor, 2));
    EXPECT(!is_all(start.policy, sizeof start.policy, 0));

    EXPECT_STATUS(strongroom_frame_command(frames[ARRIVE], lengths[ARRIVE], &command), STRONGROOM_OK);
    EXPECT(command.engine == 3 && command.line == 7 && command.verb == STRONGROOM_VERB_ARRIVE);
    EXPECT(command.time_known == 1 && command.at == ARRIVES_AT && command.reserved == 0);
    EXPECT_STATUS(strongroom_frame_command(frames[INIT], lengths[INIT], &command), STRONGROOM_OK);
    EXPECT(command.time_known == 0 && command.at == 0 && command.verb == STRONGROOM_VERB_INIT);

    /* Nothing is written where something is wrong. */
    static uint8_t long_frame[STRONGROOM_MAX_FRAME + 1];
    kind = 77;
    EXPECT_STATUS(strongroom_frame_kind(NULL, 4, &kind), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_kind(frames[START], lengths[START], NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_frame_kind(long_frame, sizeof long_frame, &kind), STRONGROOM_ERROR_FRAME_TOO_LONG);
    EXPECT_STATUS(strongroom_frame_kind(frames[START], SIZE_MAX, &kind), STRONGROOM_ERROR_FRAME_TOO_LONG);
    EXPECT_STATUS(strongroom_frame_kind(frames[START], 0, &kind), STRONGROOM_ERROR_FRAME_BROKEN);
    EXPECT_STATUS(strongroom_frame_kind(frames[START], 3, &kind), STRONGROOM_ERROR_FRAME_BROKEN);
    EXPECT_STATUS(strongroom_frame_kind(frames[BAD_CHECKSUM], lengths[BAD_CHECKSUM], &kind), STRONGROOM_ERROR_FRAME_CHECKSUM);
    EXPECT_STATUS(strongroom_frame_kind(frames[BAD_VERSION], lengths[BAD_VERSION], &kind), STRONGROOM_ERROR_FRAME_VERSION);
    EXPECT_STATUS(strongroom_frame_kind(frames[MALFORMED], lengths[MALFORMED], &kind), STRONGROOM_ERROR_FRAME_MALFORMED);
    EXPECT(kind == 77);
    memset(&start, 77, sizeof start);
    EXPECT_STATUS(strongroom_frame_start(frames[ARRIVE], lengths[ARRIVE], &start), STRONGROOM_ERROR_FRAME_KIND);
    EXPECT_STATUS(strongroom_frame_start(frames[START], lengths[START], NULL), STRONGROOM_ERROR_NULL);
    EXPECT(is_all(&start, sizeof start, 77));
    memset(&command, 77, sizeof command);
    EXPECT_STATUS(strongroom_frame_command(frames[START], lengths[START], &command), STRONGROOM_ERROR_FRAME_KIND);
    EXPECT_STATUS(strongroom_frame_command(frames[ARRIVE], lengths[ARRIVE], NULL), STRONGROOM_ERROR_NULL);
    EXPECT(is_all(&command, sizeof command, 77));
}

/* Every function that takes an engine says `expected` about this one, and writes nothing. */
static void every_use_is(strongroom_engine_t *engine, unsigned expected)
{
    union {
        uint8_t bytes[STRONGROOM_RECORD_SIZE], byte;
        uint32_t word;
        uint64_t number;
        strongroom_reply_t reply;
        strongroom_effect_t effect;
        strongroom_consulted_t consulted;
        size_t size;
    } out;
    memset(&out, 77, sizeof out);
    EXPECT_STATUS(strongroom_engine_apply(engine, frames[ARRIVE], lengths[ARRIVE], &out.reply), expected);
    EXPECT_STATUS(strongroom_engine_explain(engine, frames[ARRIVE], lengths[ARRIVE], NULL, 0, &out.size), expected);
    EXPECT_STATUS(strongroom_engine_tick(engine, 0, &out.reply), expected);
    EXPECT_STATUS(strongroom_engine_is_due(engine, 0, &out.byte), expected);
    EXPECT_STATUS(strongroom_engine_next_deadline(engine, &out.number), expected);
    EXPECT_STATUS(strongroom_engine_state(engine, &out.byte), expected);
    EXPECT_STATUS(strongroom_engine_digest(engine, out.bytes), expected);
    EXPECT_STATUS(strongroom_engine_challenge(engine, out.bytes), expected);
    EXPECT_STATUS(strongroom_log_size(engine, STRONGROOM_LOG_TENANT, &out.word), expected);
    EXPECT_STATUS(strongroom_log_root(engine, STRONGROOM_LOG_TENANT, out.bytes), expected);
    EXPECT_STATUS(strongroom_log_first(engine, STRONGROOM_LOG_TENANT, &out.word), expected);
    EXPECT_STATUS(strongroom_log_record(engine, STRONGROOM_LOG_TENANT, 0, out.bytes), expected);
    EXPECT_STATUS(strongroom_outbox_count(engine, &out.word), expected);
    EXPECT_STATUS(strongroom_outbox_entry(engine, 0, &out.effect), expected);
    EXPECT(is_all(&out, sizeof out, 77));
}

static void no_output_is(strongroom_engine_t *engine, unsigned expected)
{
    EXPECT_STATUS(strongroom_engine_apply(engine, frames[ARRIVE], lengths[ARRIVE], NULL), expected);
    EXPECT_STATUS(strongroom_engine_explain(engine, frames[ARRIVE], lengths[ARRIVE], NULL, 0, NULL), expected);
    EXPECT_STATUS(strongroom_engine_tick(engine, 0, NULL), expected);
    EXPECT_STATUS(strongroom_engine_is_due(engine, 0, NULL), expected);
    EXPECT_STATUS(strongroom_engine_next_deadline(engine, NULL), expected);
    EXPECT_STATUS(strongroom_engine_state(engine, NULL), expected);
    EXPECT_STATUS(strongroom_engine_digest(engine, NULL), expected);
    EXPECT_STATUS(strongroom_engine_challenge(engine, NULL), expected);
    EXPECT_STATUS(strongroom_log_size(engine, STRONGROOM_LOG_TENANT, NULL), expected);
    EXPECT_STATUS(strongroom_log_root(engine, STRONGROOM_LOG_TENANT, NULL), expected);
    EXPECT_STATUS(strongroom_log_first(engine, STRONGROOM_LOG_TENANT, NULL), expected);
    EXPECT_STATUS(strongroom_log_record(engine, STRONGROOM_LOG_TENANT, 0, NULL), expected);
    EXPECT_STATUS(strongroom_outbox_count(engine, NULL), expected);
    EXPECT_STATUS(strongroom_outbox_entry(engine, 0, NULL), expected);
}

static unsigned init(strongroom_engine_t *storage, int frame)
{
    return strongroom_engine_init(storage, sizeof *storage, frames[frame], lengths[frame]);
}

static void an_engine_from_birth_to_death(void)
{
    static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
    static uint64_t room[STRONGROOM_STORAGE_WORDS + 1];
    strongroom_engine_t *askew = (strongroom_engine_t *)(void *)((uint8_t *)room + 4);

    /* Before. */
    every_use_is(NULL, STRONGROOM_ERROR_NULL);
    every_use_is(&engine, STRONGROOM_ERROR_NOT_INITIALIZED);
    every_use_is(askew, STRONGROOM_ERROR_ALIGNMENT);
    EXPECT_STATUS(strongroom_engine_deinit(NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(strongroom_engine_deinit(askew), STRONGROOM_ERROR_ALIGNMENT);

    /* What makes no engine, and changes nothing. */
    EXPECT_STATUS(init(NULL, START), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(init(askew, START), STRONGROOM_ERROR_ALIGNMENT);
    EXPECT_STATUS(strongroom_engine_init(&engine, sizeof engine - 1, frames[START], lengths[START]),
                  STRONGROOM_ERROR_STORAGE_SIZE);
    EXPECT_STATUS(strongroom_engine_init(&engine, sizeof engine, NULL, 0), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_engine_init(&engine, sizeof engine, frames[START], SIZE_MAX), STRONGROOM_ERROR_FRAME_TOO_LONG);
    EXPECT_STATUS(strongroom_engine_init(&engine, sizeof engine, frames[START], 3), STRONGROOM_ERROR_FRAME_BROKEN);
    EXPECT_STATUS(init(&engine, ARRIVE), STRONGROOM_ERROR_FRAME_KIND);
    EXPECT_STATUS(init(&engine, BAD_CHECKSUM), STRONGROOM_ERROR_FRAME_CHECKSUM);
    EXPECT_STATUS(init(&engine, BAD_VERSION), STRONGROOM_ERROR_FRAME_VERSION);
    EXPECT_STATUS(init(&engine, MALFORMED), STRONGROOM_ERROR_FRAME_MALFORMED);
    EXPECT_STATUS(init(&engine, START_UNKNOWN), STRONGROOM_ERROR_POLICY_UNKNOWN);
    EXPECT(is_all(&engine, sizeof engine, 0) && is_all(room, sizeof room, 0));
    memset(room, 0xA5, sizeof room);
    EXPECT_STATUS(init((strongroom_engine_t *)(void *)room, START), STRONGROOM_ERROR_STORAGE_NOT_ZEROED);
    every_use_is((strongroom_engine_t *)(void *)room, STRONGROOM_ERROR_NOT_INITIALIZED);

    /* Born. */
    EXPECT_STATUS(init(&engine, START), STRONGROOM_OK);
    EXPECT_STATUS(init(&engine, START), STRONGROOM_ERROR_ALREADY_INITIALIZED);
    uint8_t newborn[STRONGROOM_DIGEST_SIZE], digest[STRONGROOM_DIGEST_SIZE], nonce[STRONGROOM_NONCE_SIZE] = {0};
    uint8_t state = 77, due = 77;
    uint32_t number = 77;
    uint64_t deadline = 77;
    EXPECT_STATUS(strongroom_engine_digest(&engine, newborn), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_state(&engine, &state), STRONGROOM_OK);
    EXPECT(state == STRONGROOM_STATE_IN_TRANSIT);
    EXPECT_STATUS(strongroom_engine_next_deadline(&engine, &deadline), STRONGROOM_OK);
    EXPECT(deadline == STRONGROOM_NEVER);
    EXPECT_STATUS(strongroom_log_first(&engine, STRONGROOM_LOG_LIFECYCLE, &number), STRONGROOM_OK);
    EXPECT(number == 0);

    /* Errors change nothing. */
    strongroom_reply_t reply;
    memset(&reply, 77, sizeof reply);
    no_output_is(&engine, STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_engine_apply(&engine, NULL, 0, &reply), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_engine_apply(&engine, frames[ARRIVE], SIZE_MAX, &reply), STRONGROOM_ERROR_FRAME_TOO_LONG);
    EXPECT_STATUS(strongroom_engine_apply(&engine, frames[ARRIVE], 3, &reply), STRONGROOM_ERROR_FRAME_BROKEN);
    EXPECT_STATUS(strongroom_engine_apply(&engine, frames[START], lengths[START], &reply), STRONGROOM_ERROR_FRAME_KIND);
    EXPECT_STATUS(strongroom_engine_apply(&engine, frames[ARRIVE_OTHER], lengths[ARRIVE_OTHER], &reply),
                  STRONGROOM_ERROR_OTHER_ENGINE);
    EXPECT_STATUS(strongroom_engine_apply(&engine, frames[ARRIVE], lengths[ARRIVE],
                                          (strongroom_reply_t *)(void *)((uint8_t *)room + 4)),
                  STRONGROOM_ERROR_ALIGNMENT);
    EXPECT(is_all(&reply, sizeof reply, 77) && is_all(room, sizeof room, 0xA5));
    EXPECT_STATUS(strongroom_engine_digest(&engine, digest), STRONGROOM_OK);
    EXPECT(memcmp(digest, newborn, sizeof digest) == 0);

    /* A step. */
    EXPECT_STATUS(strongroom_engine_apply(&engine, frames[ARRIVE], lengths[ARRIVE], &reply), STRONGROOM_OK);
    EXPECT(reply.line == 7 && reply.at == ARRIVES_AT && reply.time_known == 1 && reply.verb == STRONGROOM_VERB_ARRIVE);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_ACCEPTED && reply.rule == STRONGROOM_RULE_T01);
    EXPECT(reply.state == STRONGROOM_STATE_RECEIVED && reply.health == STRONGROOM_HEALTH_UNKNOWN);
    EXPECT(reply.request == 0 && reply.status == STRONGROOM_STATUS_NONE && reply.due == 0);
    EXPECT(is_all(reply.reserved, sizeof reply.reserved, 0));
    EXPECT_STATUS(strongroom_engine_digest(&engine, digest), STRONGROOM_OK);
    EXPECT(memcmp(digest, newborn, sizeof digest) != 0);
    EXPECT_STATUS(strongroom_engine_challenge(&engine, nonce), STRONGROOM_OK);
    EXPECT(!is_all(nonce, sizeof nonce, 0));

    /* What it wants done. */
    strongroom_effect_t effect;
    memset(&effect, 77, sizeof effect);
    EXPECT_STATUS(strongroom_outbox_count(&engine, &number), STRONGROOM_OK);
    EXPECT(number == reply.effects);
    EXPECT_STATUS(strongroom_outbox_entry(&engine, number, &effect), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT_STATUS(strongroom_outbox_entry(&engine, UINT32_MAX, &effect), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT(is_all(&effect, sizeof effect, 77));
    for (uint32_t i = 0; i < number; i++) {
        EXPECT_STATUS(strongroom_outbox_entry(&engine, i, &effect), STRONGROOM_OK);
        EXPECT(effect.id == reply.first_effect + i && effect.asked == ARRIVES_AT && effect.due > effect.asked);
        EXPECT(effect.retries == 0 && effect.alarm == 0 && strongroom_effect_name(effect.kind) != NULL);
    }

    /* What it wrote down. */
    uint8_t record[STRONGROOM_RECORD_SIZE], root[STRONGROOM_DIGEST_SIZE], empty_root[STRONGROOM_DIGEST_SIZE];
    EXPECT_STATUS(strongroom_log_size(&engine, STRONGROOM_LOG_LIFECYCLE, &number), STRONGROOM_OK);
    EXPECT(number == 1);
    EXPECT_STATUS(strongroom_log_first(&engine, STRONGROOM_LOG_LIFECYCLE, &number), STRONGROOM_OK);
    EXPECT(number == 0);
    EXPECT_STATUS(strongroom_log_record(&engine, STRONGROOM_LOG_LIFECYCLE, 0, record), STRONGROOM_OK);
    EXPECT(record[0] == 1 && record[1] == STRONGROOM_LOG_LIFECYCLE && record[75] == STRONGROOM_VERB_ARRIVE);
    EXPECT_STATUS(strongroom_log_root(&engine, STRONGROOM_LOG_LIFECYCLE, root), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_log_root(&engine, STRONGROOM_LOG_TENANT, empty_root), STRONGROOM_OK);
    EXPECT(memcmp(root, empty_root, sizeof root) != 0);
    memset(record, 77, sizeof record);
    EXPECT_STATUS(strongroom_log_record(&engine, STRONGROOM_LOG_LIFECYCLE, 1, record), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT_STATUS(strongroom_log_record(&engine, STRONGROOM_LOG_TENANT, 0, record), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT_STATUS(strongroom_log_record(&engine, 2, 0, record), STRONGROOM_ERROR_LOG_UNKNOWN);
    EXPECT_STATUS(strongroom_log_root(&engine, 2, record), STRONGROOM_ERROR_LOG_UNKNOWN);
    EXPECT_STATUS(strongroom_log_size(&engine, UINT8_MAX, &number), STRONGROOM_ERROR_LOG_UNKNOWN);
    EXPECT_STATUS(strongroom_log_first(&engine, 2, &number), STRONGROOM_ERROR_LOG_UNKNOWN);
    EXPECT(is_all(record, sizeof record, 77) && number == 0);

    /* A refusal is a reply. */
    EXPECT_STATUS(strongroom_engine_apply(&engine, frames[INIT], lengths[INIT], &reply), STRONGROOM_OK);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_REFUSED && strongroom_rule_text(reply.rule) != NULL);
    EXPECT(reply.line == 8 && reply.time_known == 0 && reply.at == 0 && reply.state == STRONGROOM_STATE_RECEIVED);

    /* Why: what was consulted, the deciding rule last, and nothing happened by asking. */
    strongroom_consulted_t why[16];
    size_t count = 77;
    EXPECT_STATUS(strongroom_engine_explain(&engine, frames[INIT], lengths[INIT], why, 16, &count), STRONGROOM_OK);
    EXPECT(count > 1 && count <= 16 && why[count - 1].rule == reply.rule && why[count - 1].held == 0);
    EXPECT(why[0].rule == STRONGROOM_RULE_POLICY_IS_CURRENT && why[0].held == 1 && why[0].reserved == 0);
    size_t all = count;
    memset(why, 77, sizeof why);
    EXPECT_STATUS(strongroom_engine_explain(&engine, frames[INIT], lengths[INIT], why, 1, &count), STRONGROOM_OK);
    EXPECT(count == all && why[0].held == 1 && is_all(&why[1], sizeof why - sizeof why[0], 77));
    EXPECT_STATUS(strongroom_engine_explain(&engine, frames[INIT], lengths[INIT], NULL, 1, &count), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_engine_explain(&engine, frames[START], lengths[START], why, 16, &count), STRONGROOM_ERROR_FRAME_KIND);
    EXPECT_STATUS(strongroom_log_size(&engine, STRONGROOM_LOG_LIFECYCLE, &number), STRONGROOM_OK);
    EXPECT(number == 2);

    /* Deadlines. */
    EXPECT_STATUS(strongroom_engine_next_deadline(&engine, &deadline), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_is_due(&engine, deadline - 1, &due), STRONGROOM_OK);
    EXPECT(due == 0);
    EXPECT_STATUS(strongroom_engine_tick(&engine, ARRIVES_AT, &reply), STRONGROOM_OK);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_REFUSED && reply.rule == STRONGROOM_RULE_SOMETHING_DUE);
    EXPECT(reply.verb == STRONGROOM_VERB_TICK && reply.line == 0 && reply.time_known == 1 && reply.at == ARRIVES_AT);
    if (deadline != STRONGROOM_NEVER) {
        EXPECT_STATUS(strongroom_engine_is_due(&engine, deadline, &due), STRONGROOM_OK);
        EXPECT(due == 1);
        EXPECT_STATUS(strongroom_engine_tick(&engine, deadline, &reply), STRONGROOM_OK);
        EXPECT(reply.verdict == STRONGROOM_VERDICT_ACCEPTED);
    }

    /* Wiped, and of use again. */
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);
    EXPECT(is_all(&engine, sizeof engine, 0));
    every_use_is(&engine, STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(init(&engine, START), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_digest(&engine, digest), STRONGROOM_OK);
    EXPECT(memcmp(digest, newborn, sizeof digest) == 0);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: api FRAMES\n");
        return 2;
    }
    read_frames(arguments[1]);
    versions_and_sizes();
    names_and_texts();
    frames_without_an_engine();
    an_engine_from_birth_to_death();
    return failures == 0 ? 0 : 1;
}
