/*
 * The sessions that are open: a file for each in a folder that only root enters. Only who has seen to it that no process
 * is left removes one; so nobody confirms that access is closed while a session goes on whose watcher was killed.
 */
#ifndef SESSION_H
#define SESSION_H

#include "config.h"
#include "process.h"

struct session {
    uint32_t request; /* the request that it was opened under; it ends with that one's grant */
    uint64_t until;   /* when that is, at the latest */
    struct process client;
    uid_t user;
    bool client_left;
    char login[CONFIG_LOGIN];
};

/* Writes it down, as a whole or not at all, and says where. */
bool session_write(const struct config *config, const struct session *session, char path[FILE_PATH + 64], struct why *why);

/* Reads it. Where it is not there, `*gone`. */
bool session_read(const char *path, struct session *session, bool *gone, struct why *why);

struct family session_family(const struct session *session);

/* Takes each file of the folder in turn, until one is refused; whether none was, and the folder could be read. */
bool session_each(const struct config *config, bool (*take)(void *user, const char *path, struct why *why), void *user,
                  struct why *why);

/* Whether no session is open under that request. */
bool session_none_under(const struct config *config, uint32_t request, struct why *why);

/* Whether no session but this one is open of that user. */
bool session_none_but(const struct config *config, const char *path, uid_t user, struct why *why);

#endif
