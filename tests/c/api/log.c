/* A log as its reader has it: drained, its records read, its tree built, its signed head verified. */
#include "world.h"

enum { CAPACITY = 64 * 1024, RECORDS = 64 };

static uint8_t disk[CAPACITY];

static int disk_read(void *user, uint32_t at, uint8_t *bytes, size_t length)
{
    memcpy(bytes, (uint8_t *)user + at, length);
    return 0;
}

static int disk_write(void *user, uint32_t at, const uint8_t *bytes, size_t length)
{
    memcpy((uint8_t *)user + at, bytes, length);
    return 0;
}

static int disk_erase(void *user, uint32_t from, uint32_t to)
{
    memset((uint8_t *)user + from, 0xff, to - from);
    return 0;
}

static int refuses_to_sign(void *user, const uint8_t *text, size_t length, uint8_t *signature)
{
    (void)user, (void)text, (void)length, (void)signature;
    return 1;
}

static uint8_t secret_key[32] = {9, 8, 7};

static strongroom_signer_t signer(void)
{
    strongroom_signer_t signer = {secret_key, strongroom_ed25519_sign, {0}};
    EXPECT_STATUS(strongroom_ed25519_public_key(secret_key, signer.public_key), STRONGROOM_OK);
    return signer;
}

static struct world world;
static uint8_t drained[RECORDS][STRONGROOM_RECORD_SIZE];

/* The records of the lifecycle log, as they come; how many. */
static uint32_t run_a_lease(void)
{
    const strongroom_medium_t medium = {disk, disk_read, disk_write, disk_erase, CAPACITY, 64};
    strongroom_command_t asked = command(STRONGROOM_VERB_ARRIVE, person(STRONGROOM_ROLE_HANDS, 1));
    strongroom_mounted_t mounted;
    uint32_t count = 0, first = 0, size = 0, room = 0;
    memset(disk, 0xff, sizeof disk);
    world.now = MORNING;
    EXPECT_STATUS(strongroom_engine_mount(&world.engine, sizeof world.engine, STRONGROOM_ABI_VERSION, &device,
                                          STRONGROOM_POLICY_AZURE, &medium, &mounted),
                  STRONGROOM_OK);
    memcpy(asked.with.arrive.serial, device.serial, sizeof device.serial);
    for (int round = 0; round < 20; round++) {
        strongroom_reply_t reply;
        EXPECT_STATUS(strongroom_engine_apply(&world.engine, ++world.now, &asked, &reply), STRONGROOM_OK);
        EXPECT_STATUS(strongroom_log_room(&world.engine, STRONGROOM_LOG_LIFECYCLE, &room), STRONGROOM_OK);
        EXPECT_STATUS(strongroom_log_first(&world.engine, STRONGROOM_LOG_LIFECYCLE, &first), STRONGROOM_OK);
        EXPECT_STATUS(strongroom_log_size(&world.engine, STRONGROOM_LOG_LIFECYCLE, &size), STRONGROOM_OK);
        EXPECT(first <= count && count <= size && size <= RECORDS);
        for (; count < size; count++)
            EXPECT_STATUS(strongroom_log_record(&world.engine, STRONGROOM_LOG_LIFECYCLE, count, drained[count]), STRONGROOM_OK);
        if (room <= 1)
            drain(&world);
        asked.by.id[15]++; /* another one each time, so that refusals are not counted together */
    }
    EXPECT_STATUS(strongroom_log_size(&world.engine, STRONGROOM_LOG_LIFECYCLE, &size), STRONGROOM_OK);
    for (; count < size; count++)
        EXPECT_STATUS(strongroom_log_record(&world.engine, STRONGROOM_LOG_LIFECYCLE, count, drained[count]), STRONGROOM_OK);
    return count;
}

static void records_say_who_did_what(uint32_t count)
{
    strongroom_record_t record;
    uint8_t bytes[STRONGROOM_RECORD_SIZE];
    EXPECT_STATUS(strongroom_record_read(drained[0], &record), STRONGROOM_OK);
    EXPECT(record.log == STRONGROOM_LOG_LIFECYCLE && record.sequence == 0 && record.kind == STRONGROOM_VERB_ARRIVE);
    EXPECT(record.rule == STRONGROOM_RULE_T01 && record.refused == 0 && record.at == MORNING + 1 && record.last_good_time == 0);
    EXPECT(record.by.role == STRONGROOM_ROLE_HANDS && record.from == STRONGROOM_STATE_IN_TRANSIT);
    EXPECT_STATUS(strongroom_record_read(drained[1], &record), STRONGROOM_OK);
    EXPECT(record.refused == 1 && record.sequence == 1);
    EXPECT(count > 20 && STRONGROOM_RECORD_REPEATED == 250 && STRONGROOM_RECORD_UNLOGGED == 251);

    memcpy(bytes, drained[0], sizeof bytes);
    bytes[0] = 2;
    memset(&record, 77, sizeof record);
    EXPECT_STATUS(strongroom_record_read(bytes, &record), STRONGROOM_ERROR_RECORD_MALFORMED);
    EXPECT_STATUS(strongroom_record_read(NULL, &record), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_record_read(drained[0], NULL), STRONGROOM_ERROR_NULL);
    EXPECT(is_all(&record, sizeof record, 77));

    EXPECT_STATUS(strongroom_log_record(&world.engine, STRONGROOM_LOG_LIFECYCLE, count, bytes), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT_STATUS(strongroom_log_record(&world.engine, STRONGROOM_LOG_LIFECYCLE, 0, bytes), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT_STATUS(strongroom_log_record(&world.engine, 2, 0, bytes), STRONGROOM_ERROR_LOG_UNKNOWN);
    EXPECT_STATUS(strongroom_log_root(&world.engine, 2, bytes), STRONGROOM_ERROR_LOG_UNKNOWN);
    uint32_t number;
    EXPECT_STATUS(strongroom_log_size(&world.engine, UINT8_MAX, &number), STRONGROOM_ERROR_LOG_UNKNOWN);
    EXPECT_STATUS(strongroom_log_first(&world.engine, 2, &number), STRONGROOM_ERROR_LOG_UNKNOWN);
    EXPECT_STATUS(strongroom_log_room(&world.engine, 2, &number), STRONGROOM_ERROR_LOG_UNKNOWN);
}

static void a_signed_head_is_verified(uint32_t count)
{
    const strongroom_signer_t by = signer();
    strongroom_signer_t wrong = {NULL, refuses_to_sign, {0}};
    strongroom_checkpoint_t checkpoint;
    char note[STRONGROOM_NOTE_SIZE], kept[STRONGROOM_NOTE_SIZE];
    uint8_t root[STRONGROOM_DIGEST_SIZE];
    EXPECT_STATUS(strongroom_log_checkpoint(&world.engine, STRONGROOM_LOG_LIFECYCLE, &by, note, sizeof note), STRONGROOM_OK);
    size_t length = strlen(note);
    EXPECT_STATUS(strongroom_checkpoint_verify(note, length, by.public_key, &checkpoint), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_log_root(&world.engine, STRONGROOM_LOG_LIFECYCLE, root), STRONGROOM_OK);
    EXPECT_TEXT(checkpoint.origin, "strongroom/700022/lifecycle");
    EXPECT(checkpoint.size == count && memcmp(checkpoint.root, root, sizeof root) == 0);

    /* Any byte of it changed, and it is not believed. */
    memcpy(kept, note, sizeof kept);
    memset(&checkpoint, 77, sizeof checkpoint);
    for (size_t i = 0; i < length; i++) {
        note[i] ^= 1;
        unsigned status = strongroom_checkpoint_verify(note, length, by.public_key, &checkpoint);
        EXPECT(status == STRONGROOM_ERROR_NOTE_MALFORMED || status == STRONGROOM_ERROR_NOTE_FORGED ||
               status == STRONGROOM_ERROR_NOTE_OTHER);
        EXPECT_STATUS(strongroom_checkpoint_verify(kept, i, by.public_key, &checkpoint), STRONGROOM_ERROR_NOTE_MALFORMED);
        note[i] ^= 1;
    }
    note[length - 8] = note[length - 8] == 'A' ? 'B' : 'A'; /* within the signature */
    EXPECT_STATUS(strongroom_checkpoint_verify(note, length, by.public_key, &checkpoint), STRONGROOM_ERROR_NOTE_FORGED);
    EXPECT_STATUS(strongroom_checkpoint_verify(kept, length, secret_key, &checkpoint), STRONGROOM_ERROR_NOTE_OTHER);
    EXPECT_STATUS(strongroom_checkpoint_verify(kept, SIZE_MAX, by.public_key, &checkpoint), STRONGROOM_ERROR_VALUE);
    EXPECT_STATUS(strongroom_checkpoint_verify(NULL, length, by.public_key, &checkpoint), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_checkpoint_verify(kept, length, NULL, &checkpoint), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_checkpoint_verify(kept, length, by.public_key, NULL), STRONGROOM_ERROR_NULL);
    EXPECT(is_all(&checkpoint, sizeof checkpoint, 77));

    memset(note, 77, sizeof note);
    EXPECT_STATUS(strongroom_log_checkpoint(&world.engine, 2, &by, note, sizeof note), STRONGROOM_ERROR_LOG_UNKNOWN);
    EXPECT_STATUS(strongroom_log_checkpoint(&world.engine, 0, &by, note, 100), STRONGROOM_ERROR_BUFFER_SIZE);
    EXPECT_STATUS(strongroom_log_checkpoint(&world.engine, STRONGROOM_LOG_LIFECYCLE, &by, note, length), STRONGROOM_ERROR_BUFFER_SIZE);
    EXPECT_STATUS(strongroom_log_checkpoint(&world.engine, 0, &wrong, note, sizeof note), STRONGROOM_ERROR_SIGNER_FAILED);
    wrong.sign = NULL;
    EXPECT_STATUS(strongroom_log_checkpoint(&world.engine, 0, &wrong, note, sizeof note), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_log_checkpoint(&world.engine, 0, NULL, note, sizeof note), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_log_checkpoint(&world.engine, 0, &by, NULL, sizeof note), STRONGROOM_ERROR_NULL);
    EXPECT(is_all(note, sizeof note, 77));
    EXPECT_STATUS(strongroom_ed25519_public_key(NULL, root), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_ed25519_public_key(secret_key, NULL), STRONGROOM_ERROR_NULL);
    EXPECT(strongroom_ed25519_sign(NULL, root, 1, root) == STRONGROOM_ERROR_NULL);
    EXPECT(strongroom_ed25519_sign(secret_key, root, SIZE_MAX, root) == STRONGROOM_ERROR_VALUE);
}

static void the_tree_is_built_of_the_records_in_their_order(uint32_t count)
{
    static strongroom_tree_t tree = STRONGROOM_TREE_INIT;
    uint8_t root[STRONGROOM_DIGEST_SIZE], ours[STRONGROOM_DIGEST_SIZE], bytes[STRONGROOM_RECORD_SIZE];
    uint32_t size = 77;
    EXPECT_STATUS(strongroom_tree_add(&tree, drained[0]), STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(strongroom_tree_root(&tree, &size, ours), STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(strongroom_tree_deinit(&tree), STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(strongroom_tree_init(NULL, sizeof tree, STRONGROOM_ABI_VERSION, 1), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_tree_init(&tree, 8, STRONGROOM_ABI_VERSION, 1), STRONGROOM_ERROR_STORAGE_SIZE);
    EXPECT_STATUS(strongroom_tree_init(&tree, sizeof tree, 0, 1), STRONGROOM_ERROR_ABI_VERSION);
    EXPECT_STATUS(strongroom_tree_init(&tree, sizeof tree, STRONGROOM_ABI_VERSION, 2), STRONGROOM_ERROR_LOG_UNKNOWN);
    EXPECT_STATUS(strongroom_tree_init(&tree, sizeof tree, STRONGROOM_ABI_VERSION, STRONGROOM_LOG_TENANT), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_tree_add(&tree, drained[0]), STRONGROOM_ERROR_RECORD_ORDER); /* of the other log */
    EXPECT_STATUS(strongroom_tree_deinit(&tree), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_tree_init(&tree, sizeof tree, STRONGROOM_ABI_VERSION, STRONGROOM_LOG_LIFECYCLE), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_tree_init(&tree, sizeof tree, STRONGROOM_ABI_VERSION, 1), STRONGROOM_ERROR_ALREADY_INITIALIZED);

    EXPECT_STATUS(strongroom_tree_add(&tree, drained[1]), STRONGROOM_ERROR_RECORD_ORDER); /* not the first */
    for (uint32_t i = 0; i < count; i++) {
        if (i > 1) {
            EXPECT_STATUS(strongroom_tree_add(&tree, drained[i - 1]), STRONGROOM_ERROR_RECORD_ORDER);
            memcpy(bytes, drained[i], sizeof bytes);
            bytes[14] = bytes[15] = bytes[16] = bytes[17] = 0; /* long ago */
            EXPECT_STATUS(strongroom_tree_add(&tree, bytes), STRONGROOM_ERROR_RECORD_ORDER);
            bytes[1] = STRONGROOM_LOG_TENANT;
            EXPECT_STATUS(strongroom_tree_add(&tree, bytes), STRONGROOM_ERROR_RECORD_ORDER);
            bytes[25] = 0; /* of no party */
            EXPECT_STATUS(strongroom_tree_add(&tree, bytes), STRONGROOM_ERROR_RECORD_MALFORMED);
        }
        EXPECT_STATUS(strongroom_tree_add(&tree, drained[i]), STRONGROOM_OK);
    }
    EXPECT_STATUS(strongroom_tree_add(&tree, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_tree_root(&tree, NULL, ours), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_tree_root(&tree, &size, NULL), STRONGROOM_ERROR_NULL);
    EXPECT(size == 77);
    EXPECT_STATUS(strongroom_tree_root(&tree, &size, ours), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_log_root(&world.engine, STRONGROOM_LOG_LIFECYCLE, root), STRONGROOM_OK);
    EXPECT(size == count && memcmp(root, ours, sizeof root) == 0);
    EXPECT_STATUS(strongroom_tree_deinit(&tree), STRONGROOM_OK);
    EXPECT(is_all(&tree, sizeof tree, 0));
}

static void only_what_is_stored_is_signed(void)
{
    static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
    const strongroom_signer_t by = signer();
    char note[STRONGROOM_NOTE_SIZE];
    EXPECT_STATUS(strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &device, 0), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_log_checkpoint(&engine, 0, &by, note, sizeof note), STRONGROOM_ERROR_NOT_MOUNTED);
    EXPECT_STATUS(strongroom_engine_deinit(&engine), STRONGROOM_OK);
}

void test_log(void)
{
    uint32_t count = run_a_lease();
    records_say_who_did_what(count);
    a_signed_head_is_verified(count);
    the_tree_is_built_of_the_records_in_their_order(count);
    only_what_is_stored_is_signed();
    EXPECT_STATUS(strongroom_engine_deinit(&world.engine), STRONGROOM_OK);
}
