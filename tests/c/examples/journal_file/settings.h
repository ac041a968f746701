/* Settings in a file of lines "key value", and why something did not work. */
#ifndef SETTINGS_H
#define SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#define SETTING 256 /* bytes of a value, its final zero included */

/* Why, in words for the person who reads it. */
struct why {
    char text[400];
};

/* Writes down why, and is false, so that a function can return it. */
__attribute__((format(printf, 2, 3))) bool why_not(struct why *why, const char *format, ...);

/* Reads the value of a key. Where the file does not have it, it is `standard`, or if that is NULL an error. */
bool setting(const char *file, const char *key, const char *standard, char value[SETTING], struct why *why);

/* As above: a number from 1 to 3600; a UUID of 32 hexadecimal digits, with hyphens wherever. */
bool setting_number(const char *file, const char *key, const char *standard, unsigned *number, struct why *why);
bool setting_uuid(const char *file, const char *key, uint8_t uuid[16], struct why *why);

/* Seconds since 1970, or STRONGROOM_NO_TIME. Tests name a file with the time in it; everybody else has "". */
uint64_t setting_clock(const char *clock);

#endif
