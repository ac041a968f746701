/* Why something did not work, in words for the person who reads it. */
#ifndef WHY_H
#define WHY_H

#include <stdbool.h>

struct why {
    char text[320];
};

/* Writes down why, and is false, so that a function can return it. */
__attribute__((format(printf, 2, 3))) bool why_not(struct why *why, const char *format, ...);

#endif
