/* What the module and the watcher share of the configuration. README.md says what is in it. */
#ifndef CONFIG_H
#define CONFIG_H

#include "../journal_file/journal.h"

#include <sys/types.h>

struct config {
    char path[SETTING];     /* the file itself */
    char journal[SETTING];  /* what keeps the engine */
    char sessions[SETTING]; /* the folder of the sessions that are open */
    char watch[SETTING];    /* the program that ends them */
    char clock[SETTING];    /* for tests */
    strongroom_device_t device;
    uint8_t subject; /* what a login on this machine is access to */
    unsigned every;  /* seconds from one look of the watcher into the journal to the next */
    unsigned wait;   /* seconds to wait for another process that holds the journal */
    unsigned grace;  /* seconds that processes have from SIGHUP to SIGKILL */
};

bool config_read(const char *path, struct config *config, struct why *why);

/* Whose login it is. */
bool config_engineer(const struct config *config, const char *login, uint8_t id[16], struct why *why);

/* Opens the journal, in a folder that nobody else enters, as journal_open does. */
bool config_open(const struct config *config, struct journal *journal, struct why *why);

/*
 * Whether a file or folder, and the folder that it is in, belong to root or to the effective user, and have none of the
 * permission bits in `forbidden`.
 */
bool config_is_safe(const char *path, mode_t forbidden, struct why *why);

#endif
