#include "session.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAUSE_MS 50u
#define KILL_SECONDS 5u /* for the kernel to clear away what was killed */

struct found {
    struct process process;
    pid_t parent;
    uid_t user[3]; /* real, effective, saved */
    char state;
    bool belongs;
};

static bool read_text(pid_t id, const char *name, char *text, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/%s", (long)id, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    ssize_t length = read(file, text, size - 1);
    close(file);
    text[length > 0 ? length : 0] = '\0';
    return length > 0;
}

static bool read_process(pid_t id, struct found *found)
{
    char text[4096];
    long parent;
    *found = (struct found){.process.id = id};
    if (!read_text(id, "stat", text, sizeof text))
        return false;
    /* The name in parentheses may hold anything; what follows the last one does not. */
    const char *rest = strrchr(text, ')');
    if (rest == NULL || sscanf(rest, ") %c %ld %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu", &found->state,
                               &parent, &found->process.start) != 3)
        return false;
    found->parent = (pid_t)parent;
    const char *users = read_text(id, "status", text, sizeof text) ? strstr(text, "\nUid:") : NULL;
    return users != NULL && sscanf(users, "\nUid: %u %u %u", &found->user[0], &found->user[1], &found->user[2]) == 3;
}

struct process process_find(pid_t id)
{
    struct found found;
    return read_process(id, &found) ? found.process : (struct process){.id = id};
}

static bool is_same(struct process one, struct process other)
{
    return one.id == other.id && one.start == other.start;
}

/* All processes but the first; NULL where they cannot be read. */
static struct found *read_all(size_t *count)
{
    size_t room = 256;
    struct found *all = malloc(room * sizeof *all);
    DIR *folder = opendir("/proc");
    *count = 0;
    for (const struct dirent *entry; folder != NULL && all != NULL && (entry = readdir(folder)) != NULL;) {
        long id = strtol(entry->d_name, NULL, 10);
        if (id <= 1)
            continue;
        if (*count == room) {
            struct found *more = realloc(all, 2 * room * sizeof *all);
            if (more == NULL)
                free(all);
            all = more;
            room *= 2;
        }
        if (all != NULL && read_process((pid_t)id, &all[*count]))
            ++*count;
    }
    if (folder == NULL) {
        free(all);
        return NULL;
    }
    closedir(folder);
    return all;
}

static bool belongs_itself(const struct family *family, const struct found *found)
{
    const struct session *session = family->session;
    for (size_t i = 0; i < family->count; i++)
        if (is_same(found->process, family->known[i]))
            return true;
    return is_same(found->process, session->client) || found->user[0] == session->user || found->user[1] == session->user ||
           found->user[2] == session->user;
}

static void mark_descendants(struct found *all, size_t count)
{
    for (bool more = true; more;) {
        more = false;
        for (size_t child = 0; child < count; child++)
            for (size_t parent = 0; !all[child].belongs && parent < count; parent++)
                if (all[parent].belongs && all[child].parent == all[parent].process.id)
                    more = all[child].belongs = true;
    }
}

bool family_look(struct family *family)
{
    size_t count, kept = 0;
    struct found *all = read_all(&count);
    if (all == NULL)
        return false;
    struct process *known = malloc((count + 1) * sizeof *known);
    if (known == NULL) {
        free(all);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        all[i].belongs = belongs_itself(family, &all[i]);
    mark_descendants(all, count);
    for (size_t i = 0; i < count; i++) {
        bool is_over = all[i].state == 'Z' || all[i].state == 'X';
        bool is_client = is_same(all[i].process, family->session->client);
        bool is_apart = is_client ? family->session->client_left : all[i].process.id == getpid();
        if (all[i].belongs && !is_over && !is_apart)
            known[kept++] = all[i].process;
    }
    free(all);
    free(family->known);
    family->known = known;
    family->count = kept;
    return true;
}

static void send_signal(const struct family *family, int number, bool to_client)
{
    for (size_t i = 0; i < family->count; i++)
        /* A moment ago it was this process; only a number that was used again within that moment is another's. */
        if ((to_client || !is_same(family->known[i], family->session->client)) &&
            is_same(process_find(family->known[i].id), family->known[i]))
            kill(family->known[i].id, number);
}

/* Waits until none is left, at most so long. */
static bool wait_for_end(struct family *family, unsigned milliseconds)
{
    for (unsigned waited = 0;; waited += PAUSE_MS) {
        if (family_look(family) && family->count == 0)
            return true;
        if (waited >= milliseconds)
            return false;
        nanosleep(&(struct timespec){.tv_nsec = (long)PAUSE_MS * 1000 * 1000}, NULL);
    }
}

/*
 * Only with the user's own rights: a process that may signal the first one has more, and would end the machine.
 */
void process_kill_user(uid_t user)
{
    if (geteuid() != 0)
        return;
    pid_t child = fork();
    if (child == 0) {
        if (setresuid(user, user, user) == 0 && getuid() == user && user != 0 && kill(1, 0) != 0 && errno == EPERM)
            kill(-1, SIGKILL);
        _exit(0);
    }
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
}

bool family_end(struct family *family, unsigned grace)
{
    (void)family_look(family);
    /* The client last: it may close the session in an orderly way once what it serves has ended. */
    send_signal(family, SIGHUP, false);
    send_signal(family, SIGCONT, false);
    (void)wait_for_end(family, grace * 1000);
    /* Also where nobody is seen any more: somebody may be quicker than a look. */
    for (unsigned tries = 0; tries < KILL_SECONDS; tries++) {
        process_kill_user(family->session->user);
        send_signal(family, SIGKILL, true);
        if (wait_for_end(family, 1000))
            return true;
    }
    return false;
}
