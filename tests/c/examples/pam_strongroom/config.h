/* The one configuration file, which the module and the watcher share. README.md says what is in it. */
#ifndef CONFIG_H
#define CONFIG_H

#include "file.h"
#include "strongroom.h"

#include <stddef.h>

#define CONFIG_ENGINEERS 64
#define CONFIG_LOGIN 33 /* bytes of a login's name, its final zero included */

struct config {
    char path[FILE_PATH];     /* the file itself */
    char journal[FILE_PATH];  /* what keeps the engine */
    char sessions[FILE_PATH]; /* the folder of the sessions that are open */
    char watch[FILE_PATH];    /* the program that ends them */
    char clock[FILE_PATH];    /* for tests: a file with the time in seconds; empty for the system's clock */
    strongroom_device_t device;
    uint8_t subject; /* what a login on this machine is access to */
    unsigned every;  /* seconds from one look of the watcher into the journal to the next */
    unsigned stale;  /* seconds that it goes on without a look, where another process holds the journal */
    unsigned wait;   /* seconds to wait for another process that holds the journal */
    unsigned grace;  /* seconds that processes have from SIGHUP to SIGKILL */
    size_t engineers;
    struct {
        char login[CONFIG_LOGIN];
        uint8_t id[16];
    } engineer[CONFIG_ENGINEERS];
};

bool config_read(const char *path, struct config *config, struct why *why);

/* The id of the engineer with that login, or NULL. */
const uint8_t *config_engineer(const struct config *config, const char *login);

/* Seconds since 1970, or STRONGROOM_NO_TIME where the time is not known. */
uint64_t config_now(const struct config *config);

/* Seconds since some moment, whatever is done to the clock; to wait with. */
double config_elapsed(void);

#endif
