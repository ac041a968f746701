/*
 * The sessions that are open, and their processes. Of each there is a file in a folder that only root enters; only who has
 * seen to it that no process is left removes one. So nobody confirms that access is closed while a session goes on whose
 * watcher was killed.
 */
#ifndef SESSION_H
#define SESSION_H

#include "config.h"

#define SESSION_PATH (SETTING + 64) /* bytes of a file's path, its final zero included */

/* A process for good: its number alone is used again. */
struct process {
    pid_t id;
    unsigned long long start; /* when it began, in ticks since the machine did; 0 where it is not there */
};

struct session {
    uint32_t request; /* the request that it was opened under; it ends with that one's grant */
    uint64_t until;   /* when that is, at the latest */
    struct process client;
    bool client_left; /* whether the client closed it: then it is none of it any more, but its children are */
    uid_t user;
    uint8_t engineer[16];
};

/* ---- session.c ---- */

/* Writes it down, as a whole or not at all, and says where. */
bool session_write(const struct config *config, const struct session *session, char path[SESSION_PATH], struct why *why);

/* Reads it. Where it is not there, `*gone`. */
bool session_read(const char *path, struct session *session, bool *gone, struct why *why);

/* Takes each file of the folder in turn, until one is refused; whether none was, and the folder could be read. */
bool session_each(const struct config *config, bool (*take)(void *user, const char *path, struct why *why), void *user,
                  struct why *why);

/* How many sessions are open under that request, or of that user, where it is not 0; -1 where that is not known. */
int session_count(const struct config *config, uint32_t request, uid_t user, struct why *why);

/* ---- process.c ---- */

/* The processes of a session: its client, whatever runs as its user, and whatever descends from one that was there. */
struct family {
    const struct session *session;
    struct process *known; /* those that the last look found */
    size_t count;
};

/* The process with that number. */
struct process process_find(pid_t id);

/* Looks for the living ones; false where /proc cannot be read, and then nothing is known of them. */
bool family_look(struct family *family);

/* Ends them: SIGHUP, and SIGKILL `grace` seconds later. Whether none is left. */
bool family_end(struct family *family, unsigned grace);

/* Kills whatever runs as that user, at once, so that nobody gets away who forks faster than others read /proc. */
void process_kill_user(uid_t user);

#endif
