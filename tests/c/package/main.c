/* A program outside of this repository: it knows the package by its installed files alone. */
#include <strongroom.h>

#include <stdio.h>
#include <string.h>

static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;

int main(void)
{
    uint32_t size;
    if (strongroom_abi_version() != STRONGROOM_ABI_VERSION || strcmp(strongroom_version(), STRONGROOM_VERSION) != 0) {
        fprintf(stderr, "the header is of %s, the library of %s\n", STRONGROOM_VERSION, strongroom_version());
        return 1;
    }
    if (strongroom_log_size(&engine, STRONGROOM_LOG_LIFECYCLE, &size) != STRONGROOM_ERROR_NOT_INITIALIZED)
        return 1;
    puts(strongroom_version());
    return 0;
}
