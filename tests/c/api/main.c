/*
 * api FRAMES: calls every function of the header, and provokes every error that C can provoke. The
 * file holds frames that C cannot write, each ended by a zero byte, in the order of `enum`; it is made
 * by ffi/tests/c.rs.
 */
#include "world.h"

int failures;

static struct frames frames;

static void read_frames(const char *path)
{
    FILE *file = fopen(path, "rb");
    int byte = 0;
    for (size_t i = 0; i < FRAMES && file != NULL; i++)
        do {
            byte = fgetc(file);
            if (byte == EOF || frames.lengths[i] == STRONGROOM_MAX_FRAME) {
                fprintf(stderr, "%s: frame %zu is not whole\n", path, i);
                exit(1);
            }
            frames.bytes[i][frames.lengths[i]++] = (uint8_t)byte;
        } while (byte != 0);
    if (file == NULL || fgetc(file) != EOF) {
        fprintf(stderr, "%s: not the frames of this test\n", path);
        exit(1);
    }
    fclose(file);
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
    EXPECT(strongroom_storage_alignment() <= STRONGROOM_STORAGE_ALIGNMENT); /* less on 32-bit x86 */
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

    EXPECT(strongroom_rule_name(0) == NULL && strongroom_rule_text(999) == NULL);
    EXPECT(strongroom_state_name(UINT8_MAX) == NULL);
    EXPECT(strongroom_status_name(STRONGROOM_STATUS_NONE) == NULL);
    EXPECT(strongroom_verb_name(0) == NULL);
    EXPECT(strongroom_effect_name(0) == NULL);
    EXPECT(strongroom_health_name(UINT8_MAX) == NULL);
    EXPECT(strongroom_error_text(1) == NULL && strongroom_error_text(UINT16_MAX) == NULL);
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
    test_engine();
    test_journal();
    test_log();
    test_frame(&frames);
    test_guard();
    test_reading();
    test_console();
    test_policy();
    test_support();
    test_words();
    return failures == 0 ? 0 : 1;
}
