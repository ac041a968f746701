#include "board.h"
#include "strongroom.h"

static strongroom_engine_t engine;

#ifdef PANICS
_Noreturn void strongroom_panics(void);
#endif

_Noreturn void strongroom_panic(void)
{
    board_print("strongroom_panic\n");
    board_exit(3);
}

int main(void)
{
#ifdef PANICS
    strongroom_panics();
#endif
    uint8_t byte = 1;
    if (strongroom_abi_version() != STRONGROOM_ABI_VERSION)
        return 1;
    if (strongroom_engine_init(&engine, sizeof engine, &byte, 1) != STRONGROOM_ERROR_FRAME_BROKEN)
        return 1;
    board_measure("stack", board_stack());
    board_measure("engine", sizeof engine);
    return 0;
}
