/* Readings from what the device prints. */
#include "test.h"

static const char SHOWN[] = "lunash:>hsm tamper show\r\n\r\n        No active tampers.\r\n\r\nCommand Result : 0 (Success)\r\n";
static const char SENSED[] = "lunash:>status sysstat show\r\n";

/* Every function that takes a parser says `expected` about this one, and writes nothing. */
static void every_use_is(strongroom_parser_t *parser, unsigned expected)
{
    strongroom_reading_t reading;
    strongroom_outcome_t outcome;
    size_t used = 77;
    uint8_t byte = 77;
    memset(&reading, 77, sizeof reading);
    memset(&outcome, 77, sizeof outcome);
    EXPECT_STATUS(strongroom_parser_feed(parser, (const uint8_t *)SHOWN, 3, &used, &byte), expected);
    EXPECT_STATUS(strongroom_parser_finish(parser, &reading, &outcome), expected);
    EXPECT_STATUS(strongroom_parser_reading(parser, &reading, &outcome), expected);
    EXPECT_STATUS(strongroom_parser_is_at_prompt(parser, &byte), expected);
    EXPECT(is_all(&reading, sizeof reading, 77) && is_all(&outcome, sizeof outcome, 77) && used == 77 && byte == 77);
}

static void begin(strongroom_parser_t *parser)
{
    static uint64_t room[STRONGROOM_PARSER_WORDS + 1];
    strongroom_parser_t *askew = (strongroom_parser_t *)(void *)((uint8_t *)room + 2);
    every_use_is(NULL, STRONGROOM_ERROR_NULL);
    every_use_is(askew, STRONGROOM_ERROR_ALIGNMENT);
    every_use_is(parser, STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(strongroom_parser_deinit(NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_parser_deinit(askew), STRONGROOM_ERROR_ALIGNMENT);
    EXPECT_STATUS(strongroom_parser_deinit(parser), STRONGROOM_ERROR_NOT_INITIALIZED);
    EXPECT_STATUS(strongroom_parser_init(NULL, sizeof *parser, STRONGROOM_ABI_VERSION), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_parser_init(askew, sizeof *parser, STRONGROOM_ABI_VERSION), STRONGROOM_ERROR_ALIGNMENT);
    EXPECT_STATUS(strongroom_parser_init(parser, sizeof *parser - 1, STRONGROOM_ABI_VERSION), STRONGROOM_ERROR_STORAGE_SIZE);
    EXPECT_STATUS(strongroom_parser_init(parser, sizeof *parser, STRONGROOM_ABI_VERSION - 1), STRONGROOM_ERROR_ABI_VERSION);
    EXPECT(is_all(parser, sizeof *parser, 0) && is_all(room, sizeof room, 0));
    memset(room, 0xA5, sizeof room);
    EXPECT_STATUS(strongroom_parser_init((strongroom_parser_t *)(void *)room, sizeof *parser, STRONGROOM_ABI_VERSION),
                  STRONGROOM_ERROR_STORAGE_NOT_ZEROED);
    EXPECT_STATUS(strongroom_parser_init(parser, sizeof *parser, STRONGROOM_ABI_VERSION), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_parser_init(parser, sizeof *parser, STRONGROOM_ABI_VERSION), STRONGROOM_ERROR_ALREADY_INITIALIZED);

    strongroom_reading_t reading;
    strongroom_outcome_t outcome;
    size_t used = 77;
    uint8_t byte = 77;
    EXPECT_STATUS(strongroom_parser_feed(parser, NULL, 1, &used, &byte), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_parser_feed(parser, (const uint8_t *)SHOWN, 3, NULL, &byte), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_parser_feed(parser, (const uint8_t *)SHOWN, 3, &used, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_parser_finish(parser, NULL, &outcome), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_parser_finish(parser, &reading, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_parser_reading(parser, NULL, &outcome), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_parser_reading(parser, &reading, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_parser_is_at_prompt(parser, NULL), STRONGROOM_ERROR_NULL);
    EXPECT(used == 77 && byte == 77);
}

/* Two commands in one piece: it is taken up to the end of the first. */
static void commands_end(strongroom_parser_t *parser)
{
    uint8_t piece[sizeof SHOWN + sizeof SENSED];
    const size_t first = sizeof SHOWN - 1, both = first + sizeof SENSED - 1;
    strongroom_reading_t reading;
    strongroom_outcome_t outcome;
    size_t used = 77;
    uint8_t ended = 77, at_prompt = 77;
    memcpy(piece, SHOWN, first);
    memcpy(piece + first, SENSED, sizeof SENSED);

    /* As where a read failed, and its -1 was passed on. */
    EXPECT_STATUS(strongroom_parser_feed(parser, piece, SIZE_MAX, &used, &ended), STRONGROOM_ERROR_VALUE);
    EXPECT(used == 77 && ended == 77);
    EXPECT_STATUS(strongroom_parser_feed(parser, piece, 8, &used, &ended), STRONGROOM_OK);
    EXPECT(used == 8 && ended == 0);
    EXPECT_STATUS(strongroom_parser_is_at_prompt(parser, &at_prompt), STRONGROOM_OK);
    EXPECT(at_prompt == 1);
    EXPECT_STATUS(strongroom_parser_feed(parser, piece + 8, 40, &used, &ended), STRONGROOM_OK);
    EXPECT(used == 40 && ended == 0);
    EXPECT_STATUS(strongroom_parser_is_at_prompt(parser, &at_prompt), STRONGROOM_OK);
    EXPECT(at_prompt == 0);
    EXPECT_STATUS(strongroom_parser_reading(parser, &reading, &outcome), STRONGROOM_OK);
    EXPECT(outcome.truncated.given == 1 && outcome.truncated.value == 2 && outcome.result.given == 0);
    EXPECT(reading.tampered.given == 0);

    EXPECT_STATUS(strongroom_parser_feed(parser, piece + 48, both - 48, &used, &ended), STRONGROOM_OK);
    EXPECT(used == first - 48 - 1 && ended == 1); /* a CR LF has ended a line with its CR */
    const size_t taken = 48 + used;
    EXPECT_STATUS(strongroom_parser_finish(parser, &reading, &outcome), STRONGROOM_OK);
    EXPECT(reading.tampered.given == 1 && reading.tampered.value == 0 && reading.zeroized.given == 0);
    EXPECT(outcome.lines == 5 && outcome.unknown == 0 && outcome.garbled == 0 && outcome.overlong == 0 && outcome.untracked == 0);
    EXPECT(outcome.result.given == 1 && outcome.result.value == 0 && outcome.truncated.given == 0);

    EXPECT_STATUS(strongroom_parser_feed(parser, piece + taken, both - taken, &used, &ended), STRONGROOM_OK);
    EXPECT(used == both - taken && ended == 0);
    EXPECT_STATUS(strongroom_parser_feed(parser, NULL, 0, &used, &ended), STRONGROOM_OK);
    EXPECT(used == 0 && ended == 0);
    static const char status[] = "  System Status:       IST\r\n  System Status Code:  100,61\r\n\x80\r\n";
    EXPECT_STATUS(strongroom_parser_feed(parser, (const uint8_t *)status, sizeof status - 1, &used, &ended), STRONGROOM_OK);
    EXPECT_STATUS(strongroom_parser_finish(parser, &reading, &outcome), STRONGROOM_OK);
    EXPECT(reading.service.given == 1 && reading.service.value == STRONGROOM_SERVICE_IN_SERVICE_WITH_TROUBLE);
    EXPECT(reading.codes[0] == 100 && reading.codes[1] == 61 && reading.codes[2] == 0);
    EXPECT(outcome.garbled == 1 && outcome.truncated.given == 1 && reading.tampered.given == 0);
}

void test_reading(void)
{
    static strongroom_parser_t parser = STRONGROOM_STORAGE_INIT;
    EXPECT(sizeof parser == STRONGROOM_PARSER_WORDS * 8);
    begin(&parser);
    commands_end(&parser);
    EXPECT_STATUS(strongroom_parser_deinit(&parser), STRONGROOM_OK);
    EXPECT(is_all(&parser, sizeof parser, 0));
    every_use_is(&parser, STRONGROOM_ERROR_NOT_INITIALIZED);
}
