/* The board: text and an exit code for the debugger, or for QEMU in its place, and how deep the stack was. */
#ifndef BOARD_H
#define BOARD_H

#include <stddef.h>
#include <stdint.h>

/* Writes a text as it is. */
void board_print(const char *text);

/* Writes a line of a name and a number, as test.sh reads it. */
void board_measure(const char *name, uint32_t number);

/* Writes a line of a name and a digest's hexadecimal digits. */
void board_digest(const char *name, const uint8_t *bytes, size_t count);

/* Ends the program; the code becomes QEMU's. */
_Noreturn void board_exit(uint32_t code);

/* The most bytes of stack in use at any time since the start. */
uint32_t board_stack(void);

#endif
