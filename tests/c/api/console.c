/* The commands of the device's shell, by number and by name. */
#include "test.h"

static strongroom_lookup_t look_up(const char *line)
{
    strongroom_lookup_t found;
    memset(&found, 77, sizeof found);
    EXPECT_STATUS(strongroom_console_lookup(line, strlen(line), &found), STRONGROOM_OK);
    return found;
}

static void lines(void)
{
    const char *line = "  MY fi del  a-b c  ";
    strongroom_lookup_t found = look_up(line);
    char name[STRONGROOM_COMMAND_NAME_SIZE];
    EXPECT(found.found == STRONGROOM_FOUND_COMMAND && found.arguments == STRONGROOM_ARGUMENTS_PLAIN);
    EXPECT(found.arguments_length == 5 && memcmp(line + found.arguments_at, "a-b c", 5) == 0);
    EXPECT_STATUS(strongroom_console_name(found.command, name), STRONGROOM_OK);
    EXPECT_TEXT(name, "my file delete");

    found = look_up("hsm show");
    EXPECT(found.found == STRONGROOM_FOUND_COMMAND && found.arguments == STRONGROOM_ARGUMENTS_NONE);
    EXPECT(found.arguments_at == 0 && found.arguments_length == 0);
    EXPECT(look_up("hsm show a;b").arguments == STRONGROOM_ARGUMENTS_NOT_PLAIN);
    found = look_up("hsm s");
    EXPECT(found.found == STRONGROOM_FOUND_AMBIGUOUS && found.command == STRONGROOM_NO_COMMAND);
    EXPECT(look_up("rm -rf /").found == STRONGROOM_FOUND_UNKNOWN);
    EXPECT(look_up("   ").found == STRONGROOM_FOUND_EMPTY);
    EXPECT_STATUS(strongroom_console_lookup(NULL, 0, &found), STRONGROOM_OK);
    EXPECT(found.found == STRONGROOM_FOUND_EMPTY);

    _Alignas(4) uint8_t room[sizeof found + 4];
    memset(&found, 77, sizeof found);
    EXPECT_STATUS(strongroom_console_lookup(NULL, 1, &found), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_console_lookup("hsm", 3, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_console_lookup("hsm", 3, (strongroom_lookup_t *)(void *)(room + 1)), STRONGROOM_ERROR_ALIGNMENT);
#if SIZE_MAX > UINT32_MAX
    EXPECT_STATUS(strongroom_console_lookup("hsm", SIZE_MAX, &found), STRONGROOM_ERROR_VALUE);
#endif
    EXPECT(is_all(&found, sizeof found, 77));
}

/* Every command's name is that command's, and the roles have as many as the device's guide says. */
static void commands(void)
{
    char name[STRONGROOM_COMMAND_NAME_SIZE];
    unsigned count = 0, roles[3] = {0, 0, 0};
    uint8_t role = 77;
    for (; strongroom_console_name((uint16_t)count, name) == STRONGROOM_OK; count++) {
        EXPECT(name[sizeof name - 1] == '\0');
        EXPECT(look_up(name).command == count);
        EXPECT_STATUS(strongroom_console_role((uint16_t)count, &role), STRONGROOM_OK);
        EXPECT(role < 3);
        roles[role % 3]++;
    }
    EXPECT(count == STRONGROOM_COMMANDS && count == 300);
    EXPECT(roles[STRONGROOM_DEVICE_ROLE_MONITOR] == 92);
    EXPECT(roles[STRONGROOM_DEVICE_ROLE_MONITOR] + roles[STRONGROOM_DEVICE_ROLE_OPERATOR] == 245);
    EXPECT(roles[STRONGROOM_DEVICE_ROLE_ADMIN] == 55);

    role = 77;
    memset(name, 77, sizeof name);
    EXPECT_STATUS(strongroom_console_name(STRONGROOM_COMMANDS, name), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT_STATUS(strongroom_console_name(STRONGROOM_NO_COMMAND, name), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT_STATUS(strongroom_console_name(0, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_console_role(STRONGROOM_NO_COMMAND, &role), STRONGROOM_ERROR_OUT_OF_RANGE);
    EXPECT_STATUS(strongroom_console_role(0, NULL), STRONGROOM_ERROR_NULL);
    EXPECT(role == 77 && is_all(name, sizeof name, 77));
}

void test_console(void)
{
    lines();
    commands();
}
