/* The processes of a session, found in /proc, and their end. */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A process for good: its number alone is used again. */
struct process {
    pid_t id;
    unsigned long long start; /* when it began, in ticks since the machine did; 0 where it is not there */
};

/* Which processes are a session's. */
struct family {
    struct process client; /* the PAM client, with everything that descends from it */
    bool client_left;      /* whether the client closed the session: then it is none of it any more, but its children are */
    uid_t user;            /* everything that runs under the engineer's login, wherever it comes from */
    struct process *known; /* those found last time; what descends from them belongs to the session, too */
    size_t count;
};

/* The process with that number. */
struct process process_find(pid_t id);

/* Looks for the session's living processes; false where /proc cannot be read, and then nothing is known of them. */
bool family_look(struct family *family);

/* Kills whatever runs as that user, at once, so that nobody gets away who forks faster than others read /proc. */
void process_kill_user(uid_t user);

/* Ends them: SIGHUP, and SIGKILL `grace` seconds later. Whether none is left. */
bool family_end(struct family *family, unsigned grace);

void family_free(struct family *family);

#endif
