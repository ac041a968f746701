/*
 * The beginning of a lease, as the firmware of a device would ask about it: a sealed device arrives, one person alone may
 * not check its custody evidence, two may. Then the log's head is what every other face of the library has for these
 * steps (tests/scenarios/lease.jsonl, lines 4 to 7); test.sh compares it.
 */
#include "board.h"
#include "strongroom.h"

#include <stddef.h>

#ifdef PANICS
_Noreturn void panic_on_purpose(void); /* of the library that a test builds */
#endif

#define MORNING UINT64_C(1767600000) /* 2026-01-05T08:00:00Z */
#define MINUTES UINT64_C(60)

/* A UUID such as b0000000-0000-4000-8000-0000000000b1, by its first and its last byte. */
#define ID(first, last) {first, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, last}
#define PROVIDER ID(0xb0, 1)

static const strongroom_device_t device = {
    .serial = "700022", .provider = PROVIDER, .vendor = ID(0xd0, 1), .deployment = STRONGROOM_DEPLOYMENT_FIRMWARE};
static const strongroom_principal_t hana = {STRONGROOM_ROLE_HANDS, PROVIDER, ID(0xb0, 0xb1)};
static const strongroom_principal_t pia = {STRONGROOM_ROLE_POOL, PROVIDER, ID(0xb0, 0xb2)};
static const strongroom_principal_t paul = {STRONGROOM_ROLE_POOL, PROVIDER, ID(0xb0, 0xb3)};

/* SHA-256 of "6f3a-91cc", the string that the device shows and that came by another channel. */
#define TRANSPORT { \
    0x58, 0xd7, 0xb0, 0x07, 0xca, 0xee, 0xc0, 0x29, 0x0a, 0xcf, 0x4b, 0xc0, 0x23, 0x85, 0xba, 0x61, \
    0x63, 0xe2, 0x50, 0x3e, 0xa8, 0xaf, 0x82, 0x8d, 0x21, 0x99, 0xa0, 0x78, 0x94, 0xf5, 0xdf, 0x3e}

static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;

/* Where the library's panics end; none is within this program's reach, so that the linker drops it. */
_Noreturn void strongroom_panic(void)
{
    board_print("strongroom_panic\n");
    board_exit(3);
}

static void expect(int is_so, uint32_t line)
{
    if (is_so)
        return;
    board_measure("not as expected: main.c, line", line);
    board_exit(1);
}

#define EXPECT(condition) expect((condition), __LINE__)

static int same_text(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b)
        a++, b++;
    return *a == *b;
}

static strongroom_reply_t apply(uint64_t now, const strongroom_command_t *command)
{
    strongroom_reply_t reply = {0};
    EXPECT(strongroom_engine_apply(&engine, now, command, &reply) == STRONGROOM_OK);
    return reply;
}

static void begin(void)
{
    EXPECT(strongroom_abi_version() == STRONGROOM_ABI_VERSION && same_text(strongroom_version(), STRONGROOM_VERSION));
    EXPECT(strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION + 1, &device, STRONGROOM_POLICY_AZURE) ==
           STRONGROOM_ERROR_ABI_VERSION);
    EXPECT(strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &device, STRONGROOM_POLICY_AZURE) ==
           STRONGROOM_OK);
    EXPECT(strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &device, STRONGROOM_POLICY_AZURE) ==
           STRONGROOM_ERROR_ALREADY_INITIALIZED);
}

static void the_device_arrives(void)
{
    const strongroom_command_t arrive = {.verb = STRONGROOM_VERB_ARRIVE, .by = hana, .with.arrive.serial = "700022"};
    const strongroom_reply_t reply = apply(MORNING, &arrive);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_ACCEPTED && reply.rule == STRONGROOM_RULE_T01);
    EXPECT(reply.state == STRONGROOM_STATE_RECEIVED && same_text(strongroom_rule_name(reply.rule), "T01"));
}

static void two_check_it(void)
{
    strongroom_command_t check = {.verb = STRONGROOM_VERB_STM_OK,
                                  .by = pia,
                                  .with.stm_ok = {.expected = TRANSPORT, .shown = TRANSPORT, .seals_whole = 1}};
    strongroom_reply_t reply = apply(MORNING + 20 * MINUTES, &check);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_REFUSED && reply.rule == STRONGROOM_RULE_TWO_PERSONS);
    EXPECT(reply.state == STRONGROOM_STATE_RECEIVED);

    check.second.given = 1;
    check.second.value = paul;
    reply = apply(MORNING + 25 * MINUTES, &check);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_ACCEPTED && reply.state == STRONGROOM_STATE_POOL_CONFIG);
}

/* Errors say what is wrong with the program; nothing has happened then. */
static void errors_change_nothing(void)
{
    strongroom_command_t command = {.verb = 255, .by = pia};
    strongroom_reply_t reply = {0};
    const char *place = NULL;
    uint8_t before[STRONGROOM_DIGEST_SIZE], after[STRONGROOM_DIGEST_SIZE];
    EXPECT(strongroom_engine_digest(&engine, before) == STRONGROOM_OK);
    EXPECT(strongroom_engine_apply(&engine, MORNING, &command, &reply) == STRONGROOM_ERROR_VERB_UNKNOWN);
    EXPECT(strongroom_engine_apply(&engine, MORNING, NULL, &reply) == STRONGROOM_ERROR_NULL);
    command.verb = STRONGROOM_VERB_ACKNOWLEDGE;
    command.with.acknowledge.log = 9;
    EXPECT(strongroom_engine_apply(&engine, MORNING, &command, &reply) == STRONGROOM_ERROR_VALUE);
    EXPECT(strongroom_command_check(&command, &place) == STRONGROOM_OK && same_text(place, "with.acknowledge.log"));
    EXPECT(reply.rule == 0 && strongroom_engine_digest(&engine, after) == STRONGROOM_OK);
    for (size_t i = 0; i < sizeof before; i++)
        EXPECT(before[i] == after[i]);
}

static void the_log_is_drained(void)
{
    uint8_t record[STRONGROOM_RECORD_SIZE], root[STRONGROOM_DIGEST_SIZE];
    uint32_t size = 0;
    EXPECT(strongroom_log_size(&engine, STRONGROOM_LOG_LIFECYCLE, &size) == STRONGROOM_OK && size == 3);
    for (uint32_t sequence = 0; sequence < size; sequence++)
        EXPECT(strongroom_log_record(&engine, STRONGROOM_LOG_LIFECYCLE, sequence, record) == STRONGROOM_OK);

    const strongroom_command_t acknowledge = {
        .verb = STRONGROOM_VERB_ACKNOWLEDGE, .by = pia, .with.acknowledge = {STRONGROOM_LOG_LIFECYCLE, size}};
    EXPECT(apply(MORNING + 60 * MINUTES, &acknowledge).verdict == STRONGROOM_VERDICT_ACCEPTED);
    EXPECT(strongroom_log_record(&engine, STRONGROOM_LOG_LIFECYCLE, 0, record) == STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT(strongroom_log_root(&engine, STRONGROOM_LOG_LIFECYCLE, root) == STRONGROOM_OK);
    board_digest("lifecycle", root, sizeof root);
}

int main(void)
{
#ifdef PANICS
    panic_on_purpose();
#endif
    begin();
    the_device_arrives();
    two_check_it();
    errors_change_nothing();
    the_log_is_drained();
    EXPECT(strongroom_engine_deinit(&engine) == STRONGROOM_OK);
    board_measure("engine", sizeof engine);
    board_measure("stack", board_stack());
    return 0;
}
