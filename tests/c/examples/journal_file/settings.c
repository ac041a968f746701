#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "settings.h"
#include "strongroom.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BLANKS " \t\r\n"

bool why_not(struct why *why, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(why->text, sizeof why->text, format, arguments) < 0)
        why->text[0] = '\0';
    va_end(arguments);
    return false;
}

/* The value, where the line is the key's; else NULL. */
static char *value_in(char *line, const char *key)
{
    size_t length = strlen(key);
    char *value = line + length;
    if (strncmp(line, key, length) != 0 || *value == '\0' || strchr(BLANKS, *value) == NULL)
        return NULL;
    value += strspn(value, BLANKS);
    for (size_t end = strlen(value); end > 0 && strchr(BLANKS, value[end - 1]) != NULL; end--)
        value[end - 1] = '\0';
    return value;
}

bool setting(const char *file, const char *key, const char *standard, char value[SETTING], struct why *why)
{
    char line[2 * SETTING], *found = NULL;
    FILE *lines = fopen(file, "re");
    if (lines == NULL)
        return why_not(why, "%s: %s", file, strerror(errno));
    while (found == NULL && fgets(line, sizeof line, lines) != NULL)
        found = value_in(line, key);
    bool is_read = !ferror(lines);
    fclose(lines);
    if (!is_read)
        return why_not(why, "%s cannot be read", file);
    if (found == NULL && standard == NULL)
        return why_not(why, "%s does not say \"%s\"", file, key);
    if (snprintf(value, SETTING, "%s", found != NULL ? found : standard) >= SETTING)
        return why_not(why, "%s: the value of %s is too long", file, key);
    return true;
}

bool setting_number(const char *file, const char *key, const char *standard, unsigned *number, struct why *why)
{
    char text[SETTING], *end;
    if (!setting(file, key, standard, text, why))
        return false;
    unsigned long value = strtoul(text, &end, 10); /* of too large a number the largest */
    if (!isdigit((unsigned char)text[0]) || *end != '\0' || value < 1 || value > 3600)
        return why_not(why, "%s: %s %s: not a number from 1 to 3600", file, key, text);
    *number = (unsigned)value;
    return true;
}

bool setting_uuid(const char *file, const char *key, uint8_t uuid[16], struct why *why)
{
    char text[SETTING];
    size_t digits = 0;
    if (!setting(file, key, NULL, text, why))
        return false;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '-')
            continue;
        if (!isxdigit((unsigned char)*at) || digits == 32)
            return why_not(why, "%s: %s %s: not a UUID", file, key, text);
        unsigned digit = isdigit((unsigned char)*at) ? (unsigned)*at - '0' : ((unsigned)*at | 0x20) - 'a' + 10;
        uuid[digits / 2] = (uint8_t)(digits % 2 == 0 ? digit << 4 : uuid[digits / 2] | digit);
        digits++;
    }
    return digits == 32 ? true : why_not(why, "%s: %s %s: not a UUID", file, key, text);
}

uint64_t setting_clock(const char *clock)
{
    if (clock[0] == '\0') {
        time_t now = time(NULL);
        return now > 0 ? (uint64_t)now : STRONGROOM_NO_TIME;
    }
    uint64_t now;
    FILE *file = fopen(clock, "re");
    int read = file != NULL ? fscanf(file, "%" SCNu64, &now) : 0;
    if (file != NULL)
        fclose(file);
    return read == 1 ? now : STRONGROOM_NO_TIME;
}
