/*
 * Start-up code and semihosting for a Cortex-M3, with nothing behind it: no C library, no operating
 * system.
 */
#include "board.h"

#define PAINT UINT32_C(0xcccccccc)
#define UNTOUCHED 64 /* bytes below the frame of reset that are left to it */

enum { SYS_WRITE0 = 0x04, SYS_EXIT_EXTENDED = 0x20, APPLICATION_EXIT = 0x20026 };

/* The linker script's. */
extern uint32_t data_start[], data_end[], bss_start[], bss_end[], stack_end[], stack_start[];
extern const uint32_t data_load[];

int main(void);
_Noreturn void reset(void);

static uint32_t semihosting(uint32_t operation, uintptr_t argument)
{
    register uint32_t r0 __asm__("r0") = operation;
    register uintptr_t r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

void board_print(const char *text)
{
    semihosting(SYS_WRITE0, (uintptr_t)text);
}

void board_measure(const char *name, uint32_t number)
{
    char digits[11] = "";
    char *first = digits + sizeof digits - 1;
    do {
        *--first = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    board_print(name);
    board_print(" ");
    board_print(first);
    board_print("\n");
}

void board_digest(const char *name, const uint8_t *bytes, size_t count)
{
    board_print(name);
    board_print(" ");
    for (size_t i = 0; i < count; i++) {
        const char *digits = "0123456789abcdef";
        const char text[] = {digits[bytes[i] >> 4], digits[bytes[i] & 15], '\0'};
        board_print(text);
    }
    board_print("\n");
}

_Noreturn void board_exit(uint32_t code)
{
    const uint32_t block[2] = {APPLICATION_EXIT, code};
    for (;;)
        semihosting(SYS_EXIT_EXTENDED, (uintptr_t)block);
}

/* What the stack has touched no longer carries the paint. */
uint32_t board_stack(void)
{
    const volatile uint32_t *place = stack_end;
    while (place < stack_start && *place == PAINT)
        place++;
    return (uint32_t)((uintptr_t)stack_start - (uintptr_t)place);
}

static _Noreturn void fault(void)
{
    board_print("fault\n");
    board_exit(2);
}

/* The loops are volatile so that the compiler does not make calls of memcpy and memset of them,
   before there is anything for those to stand on. */
_Noreturn void reset(void)
{
    const uint32_t *from = data_load;
    for (volatile uint32_t *to = data_start; to < data_end;)
        *to++ = *from++;
    for (volatile uint32_t *to = bss_start; to < bss_end;)
        *to++ = 0;
    volatile uint32_t *below = (volatile uint32_t *)((uintptr_t)__builtin_frame_address(0) - UNTOUCHED);
    for (volatile uint32_t *to = stack_end; to < below;)
        *to++ = PAINT;
    board_exit((uint32_t)main());
}

typedef void handler(void);

__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    handler *handlers[15]; /* reset, NMI, faults, SVCall, PendSV, SysTick; the board's interrupts are not used */
} vectors = {stack_start, {reset, fault, fault, fault, fault, fault, NULL, NULL, NULL, NULL, fault, fault, NULL, fault, fault}};
