/* The one configuration file, which the module and the watcher share. README.md says what is in it. */
#ifndef CONFIG_H
#define CONFIG_H

#include "../journal_file/journal.h"

#include <sys/types.h>

#define CONFIG_PATH 256 /* bytes of a path, its final zero included */
#define CONFIG_ENGINEERS 64
#define CONFIG_LOGIN 33 /* bytes of a login's name, its final zero included */

struct config {
    char path[CONFIG_PATH];     /* the file itself */
    char journal[CONFIG_PATH];  /* what keeps the engine */
    char start[CONFIG_PATH];    /* begins with the engine's Start frame */
    char sessions[CONFIG_PATH]; /* the folder of the sessions that are open */
    char watch[CONFIG_PATH];    /* the program that ends them */
    char clock[CONFIG_PATH];    /* for tests: a file with the time in seconds; empty for the system's clock */
    strongroom_device_t device;
    uint8_t subject; /* what a login on this machine is access to */
    unsigned every;  /* seconds from one look of the watcher into the journal to the next */
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

/* Opens the journal, in a folder that nobody else enters, as journal_open does. */
bool config_open(const struct config *config, struct journal *journal, struct why *why);

/*
 * Whether a file or folder, and the folder that it is in, belong to root or to the effective user, and have none of the
 * permission bits in `forbidden`.
 */
bool config_is_safe(const char *path, mode_t forbidden, struct why *why);

#endif
