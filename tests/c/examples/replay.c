/*
 * replay FILE: applies a file of frames to engines and prints, as JSON Lines, every reply, every
 * record and how the engines stand. Rust and Python print the same bytes for the same file.
 *
 * The file holds frames, each ended by a zero byte: first a Start frame for each engine, then
 * Command frames. Whatever is wrong with it is said on standard error, with the frame's number
 * counted from 1, and ends the program with exit code 1.
 */
#include "strongroom.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define ENGINES 256 /* a frame names its engine by one byte */
#define LOGS 2

struct engine {
    strongroom_start_t start;
    uint32_t printed[LOGS]; /* the sequence number of the next record to print */
    uint8_t root[LOGS][STRONGROOM_DIGEST_SIZE]; /* over the printed records */
    strongroom_engine_t core;
};

static struct engine engines[ENGINES]; /* in the order of their Start frames; zeroed, as cores have to be */
static unsigned engine_count;
static uint32_t frame_number;

static const uint8_t logs[LOGS] = {STRONGROOM_LOG_TENANT, STRONGROOM_LOG_LIFECYCLE};
static const char *const log_names[LOGS] = {"tenant", "lifecycle"};

static _Noreturn void fail(const char *problem)
{
    fflush(stdout);
    fprintf(stderr, "frame %" PRIu32 ": %s\n", frame_number, problem);
    exit(1);
}

/* What the library refuses to do is a fault of the frame that is being read. */
static void check(strongroom_status_t status)
{
    if (status != STRONGROOM_OK)
        fail(strongroom_error_text(status));
}

/* ---- JSON ---- */

static void print_text(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\')
            printf("\\%c", byte);
        else if (byte < 0x20)
            printf("\\u%04x", (unsigned)byte);
        else
            putchar(byte);
    }
    putchar('"');
}

static void print_hex(const uint8_t *bytes, size_t count)
{
    putchar('"');
    for (size_t i = 0; i < count; i++)
        printf("%02x", (unsigned)bytes[i]);
    putchar('"');
}

/* Seconds since 1970 as 2026-01-05T09:00:00Z. */
static void print_time(uint64_t at)
{
    uint64_t day = at / 86400, second = at % 86400;
    /* Years that begin in March, in eras of 400 years, end with their leap day. */
    uint64_t shifted = day + 719468, era = shifted / 146097, of_era = shifted % 146097;
    uint64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    uint64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    uint64_t from_march = (5 * of_year + 2) / 153;
    uint64_t month = from_march < 10 ? from_march + 3 : from_march - 9;
    uint64_t year = era * 400 + year_of_era + (month <= 2);
    printf("\"%04" PRIu64 "-%02" PRIu64 "-%02" PRIu64 "T%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 "Z\"", year, month,
           of_year - (153 * from_march + 2) / 5 + 1, second / 3600, second / 60 % 60, second % 60);
}

/* ---- one line each ---- */

static void print_reply(const struct engine *engine, const strongroom_envelope_t *envelope, uint8_t verb,
                        const strongroom_reply_t *reply)
{
    printf("{\"line\":%" PRIu32 ",\"engine\":", envelope->line);
    print_text(engine->start.name);
    printf(",\"at\":");
    if (envelope->at != STRONGROOM_NO_TIME)
        print_time(envelope->at);
    else
        printf("null");
    printf(",\"do\":\"%s\",\"ok\":%s,\"rule\":\"%s\",\"state\":\"%s\",\"health\":\"%s\"", strongroom_verb_name(verb),
           reply->verdict == STRONGROOM_VERDICT_ACCEPTED ? "true" : "false", strongroom_rule_name(reply->rule),
           strongroom_state_name(reply->state), strongroom_health_name(reply->health));
    if (reply->request != 0)
        printf(",\"request\":%" PRIu32, reply->request);
    else
        printf(",\"request\":null");
    if (reply->status != STRONGROOM_STATUS_NONE)
        printf(",\"status\":\"%s\"", strongroom_status_name(reply->status));
    else
        printf(",\"status\":null");

    printf(",\"effects\":[");
    uint32_t count;
    const char *comma = "";
    check(strongroom_outbox_count(&engine->core, &count));
    for (uint32_t i = 0; i < count; i++) {
        strongroom_effect_t effect;
        check(strongroom_outbox_entry(&engine->core, i, &effect));
        if (effect.id >= reply->first_effect) {
            printf("%s\"%s\"", comma, strongroom_effect_name(effect.kind));
            comma = ",";
        }
    }
    printf("],\"due\":%s}\n", reply->due ? "true" : "false");
}

static void print_head(const struct engine *engine, size_t log)
{
    printf("{\"engine\":");
    print_text(engine->start.name);
    printf(",\"log\":\"%s\",\"size\":%" PRIu32 ",\"root\":", log_names[log], engine->printed[log]);
    print_hex(engine->root[log], sizeof engine->root[log]);
    printf("}\n");
}

/* The records that were not printed before, and each log's head once records were acknowledged. When the
   core has erased a log, the head of the tree that is gone, so that its export can still be verified. */
static void print_logs(struct engine *engine, int acknowledged)
{
    for (size_t log = 0; log < LOGS; log++) {
        uint32_t size;
        check(strongroom_log_size(&engine->core, logs[log], &size));
        if (size < engine->printed[log]) {
            print_head(engine, log);
            engine->printed[log] = 0;
        }
        for (; engine->printed[log] < size; engine->printed[log]++) {
            uint8_t record[STRONGROOM_RECORD_SIZE];
            check(strongroom_log_record(&engine->core, logs[log], engine->printed[log], record));
            printf("{\"engine\":");
            print_text(engine->start.name);
            printf(",\"log\":\"%s\",\"sequence\":%" PRIu32 ",\"record\":", log_names[log], engine->printed[log]);
            print_hex(record, sizeof record);
            printf("}\n");
        }
        check(strongroom_log_root(&engine->core, logs[log], engine->root[log]));
        if (acknowledged)
            print_head(engine, log);
    }
}

static void print_end(struct engine *engine)
{
    strongroom_lease_t lease;
    uint8_t digest[STRONGROOM_DIGEST_SIZE];
    for (size_t log = 0; log < LOGS; log++) {
        check(strongroom_log_root(&engine->core, logs[log], engine->root[log]));
        print_head(engine, log);
    }
    check(strongroom_engine_lease(&engine->core, &lease));
    check(strongroom_engine_digest(&engine->core, digest));
    printf("{\"engine\":");
    print_text(engine->start.name);
    printf(",\"state\":\"%s\",\"digest\":", strongroom_state_name(lease.state));
    print_hex(digest, sizeof digest);
    printf("}\n");
}

/* ---- frames ---- */

static struct engine *find_engine(uint8_t index)
{
    for (unsigned i = 0; i < engine_count; i++)
        if (engines[i].start.engine == index)
            return &engines[i];
    return NULL;
}

static void start(const uint8_t *frame, size_t length)
{
    strongroom_start_t start;
    uint8_t policy;
    check(strongroom_frame_start(frame, length, &start));
    if (find_engine(start.engine) != NULL)
        fail("a second Start frame for the same engine");
    check(strongroom_policy_find(start.policy, &policy));
    struct engine *engine = &engines[engine_count];
    engine->start = start;
    if (start.invalid)
        check(strongroom_engine_init_invalid(&engine->core, sizeof engine->core, STRONGROOM_ABI_VERSION, &start.device,
                                             policy, start.tenant));
    else
        check(strongroom_engine_init(&engine->core, sizeof engine->core, STRONGROOM_ABI_VERSION, &start.device, policy));
    engine_count++;
}

static void apply(const uint8_t *frame, size_t length)
{
    strongroom_envelope_t envelope;
    strongroom_command_t command;
    strongroom_reply_t reply;
    check(strongroom_frame_command(frame, length, &envelope, &command));
    struct engine *engine = find_engine(envelope.engine);
    if (engine == NULL)
        fail("a command for an engine that no Start frame made");

    uint8_t due = 0;
    if (envelope.at != STRONGROOM_NO_TIME && engine->start.ticks)
        check(strongroom_engine_is_due(&engine->core, envelope.at, &due));
    while (due) {
        check(strongroom_engine_tick(&engine->core, envelope.at, &reply));
        print_reply(engine, &envelope, STRONGROOM_VERB_TICK, &reply);
        print_logs(engine, 0);
        check(strongroom_engine_is_due(&engine->core, envelope.at, &due));
        if (reply.verdict != STRONGROOM_VERDICT_ACCEPTED)
            break; /* nothing changed, so it would be refused again */
    }

    check(strongroom_engine_apply(&engine->core, envelope.at, &command, &reply));
    print_reply(engine, &envelope, command.verb, &reply);
    print_logs(engine, command.verb == STRONGROOM_VERB_ACKNOWLEDGE && reply.verdict == STRONGROOM_VERDICT_ACCEPTED);
}

static void take(const uint8_t *frame, size_t length)
{
    uint8_t kind;
    check(strongroom_frame_kind(frame, length, &kind));
    if (kind == STRONGROOM_FRAME_START)
        start(frame, length);
    else if (kind == STRONGROOM_FRAME_COMMAND)
        apply(frame, length);
    else
        fail("neither a Start frame nor a Command frame");
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: replay FILE\n");
        return 2;
    }
    FILE *file = fopen(arguments[1], "rb");
    if (file == NULL) {
        perror(arguments[1]);
        return 1;
    }
    uint8_t frame[STRONGROOM_MAX_FRAME];
    size_t length = 0;
    int byte;
    while ((byte = fgetc(file)) != EOF) {
        if (length == 0 && byte != 0)
            frame_number++; /* zeros between frames are none */
        if (length == sizeof frame)
            fail("the frame is longer than STRONGROOM_MAX_FRAME bytes");
        if (byte != 0 || length > 0)
            frame[length++] = (uint8_t)byte;
        if (byte == 0 && length > 0) {
            take(frame, length);
            length = 0;
        }
    }
    if (ferror(file))
        fail("the file cannot be read");
    if (length > 0)
        fail("the file ends inside the frame");
    fclose(file);

    for (unsigned i = 0; i < engine_count; i++)
        print_end(&engines[i]);
    if (fflush(stdout) == EOF || ferror(stdout)) {
        perror("standard output");
        return 1;
    }
    return 0;
}
