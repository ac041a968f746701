/* An engine that a medium keeps: a flash in memory that can fail at any call. */
#include "world.h"

enum { CAPACITY = 32 * 1024, PAGE = 64 };

static struct flash {
    uint8_t bytes[CAPACITY];
    int fails_in; /* calls until one fails; never below 0 */
    int code;     /* what it then returns */
    int forgets;  /* writes and erasures do nothing, and say that they did */
    uint32_t from, to; /* where it last forgot */
    strongroom_engine_t *asks; /* an engine that the medium asks something of, which it must not */
    unsigned asked;
} flash;

/* The engine is busy: nothing can be asked of it, and it can neither be wiped nor made once more. */
static void ask(strongroom_engine_t *engine)
{
    uint8_t due = 77;
    EXPECT_STATUS(strongroom_engine_is_due(engine, 0, &due), STRONGROOM_ERROR_INTERRUPTED);
    EXPECT_STATUS(strongroom_engine_deinit(engine), STRONGROOM_ERROR_INTERRUPTED);
    EXPECT_STATUS(strongroom_engine_init(engine, sizeof *engine, STRONGROOM_ABI_VERSION, &device, STRONGROOM_POLICY_AZURE),
                  STRONGROOM_ERROR_ALREADY_INITIALIZED);
    EXPECT(due == 77);
}

static int fails(struct flash *medium)
{
    if (medium->asks != NULL) {
        ask(medium->asks);
        medium->asked++;
    }
    return medium->fails_in > 0 && --medium->fails_in == 0;
}

static int flash_read(void *user, uint32_t at, uint8_t *bytes, size_t length)
{
    struct flash *medium = user;
    if (fails(medium))
        return medium->code;
    EXPECT(at <= CAPACITY && length <= CAPACITY - at);
    memcpy(bytes, medium->bytes + at, length);
    return 0;
}

static int flash_write(void *user, uint32_t at, const uint8_t *bytes, size_t length)
{
    struct flash *medium = user;
    if (fails(medium))
        return medium->code;
    EXPECT(at <= CAPACITY && length <= CAPACITY - at);
    EXPECT(at % STRONGROOM_MEDIUM_BLOCK == 0 && length % STRONGROOM_MEDIUM_BLOCK == 0);
    EXPECT(is_all(medium->bytes + at, length, 0xff)); /* never twice between two erasures */
    if (!medium->forgets)
        memcpy(medium->bytes + at, bytes, length);
    else
        medium->from = at, medium->to = at + (uint32_t)length;
    return 0;
}

static int flash_erase(void *user, uint32_t from, uint32_t to)
{
    struct flash *medium = user;
    if (fails(medium))
        return medium->code;
    EXPECT(from <= to && to <= CAPACITY && from % PAGE == 0 && to % PAGE == 0);
    if (!medium->forgets)
        memset(medium->bytes + from, 0xff, to - from);
    else
        medium->from = from, medium->to = to;
    return 0;
}

static strongroom_medium_t medium(void)
{
    strongroom_medium_t medium = {&flash, flash_read, flash_write, flash_erase, CAPACITY, PAGE};
    return medium;
}

static void blank(void)
{
    memset(&flash, 0, sizeof flash);
    memset(flash.bytes, 0xff, sizeof flash.bytes);
}

static unsigned mount(strongroom_engine_t *engine, const strongroom_medium_t *medium, strongroom_mounted_t *mounted)
{
    return strongroom_engine_mount(engine, sizeof *engine, STRONGROOM_ABI_VERSION, &device, STRONGROOM_POLICY_AZURE, medium,
                                   mounted);
}

static struct world world;

static strongroom_mounted_t mount_world(void)
{
    const strongroom_medium_t kept = medium();
    strongroom_mounted_t mounted;
    memset(&mounted, 77, sizeof mounted);
    EXPECT_STATUS(mount(&world.engine, &kept, &mounted), STRONGROOM_OK);
    EXPECT(is_all(mounted.reserved, sizeof mounted.reserved, 0));
    return mounted;
}

static void lose_power(void)
{
    memset(&world.engine, 0, sizeof world.engine);
}

static void what_was_answered_is_there_after_a_power_cut(void)
{
    uint8_t before[STRONGROOM_DIGEST_SIZE], after[STRONGROOM_DIGEST_SIZE];
    const strongroom_principal_t engineer = person(STRONGROOM_ROLE_ENGINEER, 1);
    strongroom_mounted_t mounted;
    strongroom_fault_t fault;
    uint64_t until = 0, again = 0;
    blank();
    lose_power();
    world.now = MORNING;
    EXPECT(mount_world().found == STRONGROOM_MOUNTED_FRESH);
    EXPECT_STATUS(strongroom_engine_fault(&world.engine, &fault), STRONGROOM_OK);
    EXPECT(is_all(&fault, sizeof fault, 0));
    EXPECT_STATUS(strongroom_engine_fault(&world.engine, NULL), STRONGROOM_ERROR_NULL);
    make_operational(&world);
    uint32_t request = ask_customer(&world);
    approve(&world, request);
    EXPECT_STATUS(strongroom_engine_digest(&world.engine, before), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_access(&world.engine, world.now, engineer.id, STRONGROOM_SUBJECT_DEVICE, &until),
                  STRONGROOM_OK);
    EXPECT(until > world.now);

    lose_power();
    mounted = mount_world();
    EXPECT(mounted.found == STRONGROOM_MOUNTED_RESTORED && mounted.torn == 0 && mounted.why == 0);
    EXPECT_STATUS(strongroom_engine_digest(&world.engine, after), STRONGROOM_OK);
    EXPECT(memcmp(before, after, sizeof before) == 0);
    EXPECT_STATUS(strongroom_engine_access(&world.engine, world.now, engineer.id, STRONGROOM_SUBJECT_DEVICE, &again),
                  STRONGROOM_OK);
    EXPECT(again == until);

    /* After a snapshot there is nothing to replay. */
    EXPECT_STATUS(strongroom_engine_compact(&world.engine), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_deinit(&world.engine), STRONGROOM_OK);
    mounted = mount_world();
    EXPECT(mounted.found == STRONGROOM_MOUNTED_RESTORED && mounted.number == 0);
    EXPECT_STATUS(strongroom_engine_digest(&world.engine, after), STRONGROOM_OK);
    EXPECT(memcmp(before, after, sizeof before) == 0);
}

/* The world as it is on the flash, with a grant in force. */
static struct flash saved;

static void restore(void)
{
    flash = saved;
    lose_power();
    EXPECT(mount_world().found == STRONGROOM_MOUNTED_RESTORED);
}

static void what_is_not_stored_does_not_happen(void)
{
    const strongroom_principal_t engineer = person(STRONGROOM_ROLE_ENGINEER, 1);
    const strongroom_command_t open = command(STRONGROOM_VERB_RECOVER_LOGIN, engineer);
    strongroom_command_t plan = command(STRONGROOM_VERB_SET_PLAN, person(STRONGROOM_ROLE_POOL, 1));
    strongroom_command_t revoke = command(STRONGROOM_VERB_REVOKE, person(STRONGROOM_ROLE_APPROVER, 3));
    uint8_t before[STRONGROOM_DIGEST_SIZE], after[STRONGROOM_DIGEST_SIZE];
    strongroom_fault_t fault;
    strongroom_reply_t reply;
    uint64_t until = 77;
    plan.with.set_plan.plan = STRONGROOM_PLAN_STANDARD;
    revoke.with.revoke.request = 1;
    memset(revoke.with.revoke.reason, 6, 32);
    saved = flash;

    /* The medium fails: nothing has happened, and nobody has access any more. */
    restore();
    EXPECT_STATUS(strongroom_engine_digest(&world.engine, before), STRONGROOM_OK);
    flash.fails_in = 1;
    flash.code = -5;
    memset(&reply, 77, sizeof reply);
    EXPECT_STATUS(strongroom_engine_apply(&world.engine, world.now + 1, &plan, &reply), STRONGROOM_ERROR_NOT_STORED);
    EXPECT(is_all(&reply, sizeof reply, 77));
    EXPECT_STATUS(strongroom_engine_fault(&world.engine, &fault), STRONGROOM_OK);
    EXPECT(fault.what == STRONGROOM_ERROR_MEDIUM && fault.code == -5);
    EXPECT_STATUS(strongroom_engine_digest(&world.engine, after), STRONGROOM_OK);
    EXPECT(memcmp(before, after, sizeof before) == 0);
    EXPECT_STATUS(strongroom_engine_access(&world.engine, world.now, engineer.id, STRONGROOM_SUBJECT_DEVICE, &until),
                  STRONGROOM_OK);
    EXPECT(until == 0);
    EXPECT_STATUS(strongroom_engine_apply(&world.engine, world.now + 1, &open, &reply), STRONGROOM_ERROR_CLOSED);
    EXPECT_STATUS(strongroom_engine_compact(&world.engine), STRONGROOM_ERROR_CLOSED);

    /* What ends access does not wait for a medium. */
    EXPECT_STATUS(strongroom_engine_apply(&world.engine, world.now + 1, &revoke, &reply), STRONGROOM_ERROR_DONE_NOT_STORED);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_ACCEPTED && reply.effects == 1);
    EXPECT_STATUS(strongroom_engine_fault(&world.engine, &fault), STRONGROOM_OK);
    EXPECT(fault.what == STRONGROOM_ERROR_MEDIUM && fault.code == -5); /* still what failed first */
    restore();
    flash.fails_in = 1;
    flash.code = 9;
    EXPECT_STATUS(strongroom_engine_apply(&world.engine, world.now + 1, &revoke, &reply), STRONGROOM_ERROR_DONE_NOT_STORED);
    EXPECT_STATUS(strongroom_engine_fault(&world.engine, &fault), STRONGROOM_OK);
    EXPECT(fault.what == STRONGROOM_ERROR_MEDIUM && fault.code == 9);

    /* Bytes that do not stay are seen, of a step and of a snapshot. */
    restore();
    flash.forgets = 1;
    EXPECT_STATUS(strongroom_engine_apply(&world.engine, world.now + 1, &plan, &reply), STRONGROOM_ERROR_NOT_STORED);
    EXPECT_STATUS(strongroom_engine_fault(&world.engine, &fault), STRONGROOM_OK);
    EXPECT(fault.what == STRONGROOM_ERROR_NOT_ERASED || fault.what == STRONGROOM_ERROR_NOT_WRITTEN);
    EXPECT(fault.at >= flash.from && fault.at < flash.to && fault.code == 0);
    restore();
    EXPECT_STATUS(strongroom_engine_compact(&world.engine), STRONGROOM_OK);
    flash.forgets = 1;
    EXPECT_STATUS(strongroom_engine_compact(&world.engine), STRONGROOM_ERROR_NOT_STORED);
    EXPECT_STATUS(strongroom_engine_fault(&world.engine, &fault), STRONGROOM_OK);
    EXPECT(fault.what == STRONGROOM_ERROR_NOT_ERASED || fault.what == STRONGROOM_ERROR_NOT_WRITTEN);
    EXPECT(fault.at >= flash.from && fault.at < flash.to && fault.code == 0);

    /* A medium that asks its own engine is told that it is busy. */
    restore();
    flash.asks = &world.engine;
    EXPECT_STATUS(strongroom_engine_apply(&world.engine, world.now + 1, &plan, &reply), STRONGROOM_OK);
    EXPECT(flash.asked > 0);
    flash.asked = 0;
    lose_power();
    EXPECT(mount_world().found == STRONGROOM_MOUNTED_RESTORED);
    EXPECT(flash.asked > 0);
    flash.asks = NULL;
}

/* What the header says of the least capacity. */
static void erased_in_pieces_of_any_size_32_kib_are_enough(void)
{
    static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
    strongroom_medium_t kept = medium();
    strongroom_mounted_t mounted;
    for (kept.erase_size = 64; kept.erase_size <= 4096; kept.erase_size *= 2) {
        blank();
        EXPECT_STATUS(mount(&engine, &kept, &mounted), STRONGROOM_OK);
        EXPECT(mounted.found == STRONGROOM_MOUNTED_FRESH);
        EXPECT_STATUS(strongroom_engine_compact(&engine), STRONGROOM_OK);
        EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);
    }
}

/* Whatever call fails, the next mounting finds the state before the step or after it. */
static void every_call_of_the_medium_may_fail(void)
{
    uint8_t before[STRONGROOM_DIGEST_SIZE], after[STRONGROOM_DIGEST_SIZE], found[STRONGROOM_DIGEST_SIZE];
    strongroom_command_t plan = command(STRONGROOM_VERB_SET_PLAN, person(STRONGROOM_ROLE_POOL, 1));
    strongroom_reply_t reply;
    plan.with.set_plan.plan = STRONGROOM_PLAN_STANDARD;
    restore();
    EXPECT_STATUS(strongroom_engine_digest(&world.engine, before), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_engine_apply(&world.engine, world.now + 1, &plan, &reply), STRONGROOM_OK);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_ACCEPTED);
    EXPECT_STATUS(strongroom_engine_digest(&world.engine, after), STRONGROOM_OK);
    int cuts = 0;
    for (unsigned status = STRONGROOM_ERROR_NOT_STORED; status == STRONGROOM_ERROR_NOT_STORED; cuts++) {
        restore();
        flash.fails_in = cuts + 1;
        flash.code = 1;
        status = strongroom_engine_apply(&world.engine, world.now + 1, &plan, &reply);
        flash.fails_in = 0;
        lose_power();
        EXPECT(mount_world().found == STRONGROOM_MOUNTED_RESTORED);
        EXPECT_STATUS(strongroom_engine_digest(&world.engine, found), STRONGROOM_OK);
        EXPECT(memcmp(found, before, sizeof found) == 0 || memcmp(found, after, sizeof found) == 0);
        EXPECT(status == STRONGROOM_ERROR_NOT_STORED || status == STRONGROOM_OK || status == STRONGROOM_ERROR_DONE_NOT_STORED);
    }
    EXPECT(cuts > 10);
}

static void what_cannot_be_mounted_says_why(void)
{
    static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
    strongroom_device_t other = device;
    strongroom_medium_t kept = medium(), none = medium();
    strongroom_mounted_t mounted;
    strongroom_reply_t reply;
    memset(&mounted, 77, sizeof mounted);
    flash = saved;

    EXPECT_STATUS(mount(NULL, &kept, &mounted), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(mount(&engine, NULL, &mounted), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(mount(&engine, &kept, NULL), STRONGROOM_ERROR_NULL);
    none.erase = NULL;
    EXPECT_STATUS(mount(&engine, &none, &mounted), STRONGROOM_ERROR_NULL);
    none = kept;
    none.write = NULL;
    EXPECT_STATUS(mount(&engine, &none, &mounted), STRONGROOM_ERROR_NULL);
    none = kept;
    none.read = NULL;
    EXPECT_STATUS(mount(&engine, &none, &mounted), STRONGROOM_ERROR_NULL);
    none = kept;
    none.erase_size = 32; /* less than a piece */
    EXPECT_STATUS(mount(&engine, &none, &mounted), STRONGROOM_ERROR_LAYOUT);
    none.erase_size = 96;
    EXPECT_STATUS(mount(&engine, &none, &mounted), STRONGROOM_ERROR_LAYOUT);
    none.erase_size = 0;
    EXPECT_STATUS(mount(&engine, &none, &mounted), STRONGROOM_ERROR_LAYOUT);
    none = kept;
    none.capacity = 0;
    EXPECT_STATUS(mount(&engine, &none, &mounted), STRONGROOM_ERROR_LAYOUT);
    none.capacity = 24 * 1024;
    EXPECT_STATUS(mount(&engine, &none, &mounted), STRONGROOM_ERROR_NO_ROOM);
    flash.fails_in = 1;
    flash.code = 3;
    EXPECT_STATUS(mount(&engine, &kept, &mounted), STRONGROOM_ERROR_MEDIUM);
    EXPECT(is_all(&mounted, sizeof mounted, 77) && is_all(&engine, sizeof engine, 0));

    /* Another device's is left alone, and refuses everything. */
    flash = saved;
    strcpy(other.serial, "700023");
    EXPECT_STATUS(strongroom_engine_mount(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &other, STRONGROOM_POLICY_AZURE,
                                          &kept, &mounted),
                  STRONGROOM_OK);
    EXPECT(mounted.found == STRONGROOM_MOUNTED_HELD && mounted.why == STRONGROOM_WHY_DEVICE);
    strongroom_command_t tick = command(STRONGROOM_VERB_ARRIVE, person(STRONGROOM_ROLE_HANDS, 1));
    memset(tick.with.arrive.serial, 0, sizeof tick.with.arrive.serial);
    EXPECT_STATUS(strongroom_engine_apply(&engine, MORNING, &tick, &reply), STRONGROOM_ERROR_CLOSED);
    EXPECT(memcmp(&flash, &saved, sizeof flash) == 0);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);

    /* What was damaged closes every access, and takes nothing but quarantine. */
    for (size_t i = 0; i < CAPACITY; i++)
        flash.bytes[i] = (uint8_t)(saved.bytes[i] ^ (i * 37 % 251 == 5 ? 0xff : 0));
    EXPECT_STATUS(mount(&engine, &kept, &mounted), STRONGROOM_OK);
    EXPECT(mounted.found == STRONGROOM_MOUNTED_INVALID);
    EXPECT(mounted.why >= STRONGROOM_WHY_NO_MARK && mounted.why <= STRONGROOM_WHY_CONTRADICTION);
    EXPECT_STATUS(strongroom_engine_apply(&engine, MORNING, &tick, &reply), STRONGROOM_OK);
    EXPECT(reply.verdict == STRONGROOM_VERDICT_REFUSED && reply.state == STRONGROOM_STATE_INVALID);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);
}

void test_journal(void)
{
    what_was_answered_is_there_after_a_power_cut();
    what_is_not_stored_does_not_happen();
    every_call_of_the_medium_may_fail();
    what_cannot_be_mounted_says_why();
    erased_in_pieces_of_any_size_32_kib_are_enough();
}
