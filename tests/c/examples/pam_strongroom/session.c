#include "session.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX ".session"

bool session_write(const struct config *config, const struct session *session, char path[SESSION_PATH], struct why *why)
{
    char fresh[SESSION_PATH + 8];
    if (mkdir(config->sessions, 0700) != 0 && errno != EEXIST)
        return why_not(why, "%s: %s", config->sessions, strerror(errno));
    if (!config_is_safe(config->sessions, 0077, why))
        return false;
    snprintf(path, SESSION_PATH, "%s/%ld-%llu" SUFFIX, config->sessions, (long)session->client.id, session->client.start);
    snprintf(fresh, sizeof fresh, "%s.new", path);
    int file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return why_not(why, "%s: %s", fresh, strerror(errno));
    /* As it is in memory: it is read by the same program on the same machine, and gone after a restart. */
    bool good = write(file, session, sizeof *session) == (ssize_t)sizeof *session && fsync(file) == 0;
    good = close(file) == 0 && good;
    if (good && rename(fresh, path) == 0)
        return true;
    why_not(why, "%s: %s", fresh, strerror(errno));
    unlink(fresh);
    return false;
}

bool session_read(const char *path, struct session *session, bool *gone, struct why *why)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    *gone = file < 0 && errno == ENOENT;
    if (file < 0)
        return why_not(why, "%s: %s", path, strerror(errno));
    ssize_t length = read(file, session, sizeof *session);
    close(file);
    if (!config_is_safe(path, 0077, why))
        return false;
    return length == (ssize_t)sizeof *session ? true : why_not(why, "%s is no session's", path);
}

bool session_each(const struct config *config, bool (*take)(void *user, const char *path, struct why *why), void *user,
                  struct why *why)
{
    DIR *folder = opendir(config->sessions);
    if (folder == NULL) /* where nobody was let in yet, nobody is in */
        return errno == ENOENT ? true : why_not(why, "%s: %s", config->sessions, strerror(errno));
    bool good = true;
    for (const struct dirent *entry; good && (entry = readdir(folder)) != NULL;) {
        char path[SETTING + sizeof entry->d_name];
        size_t length = strlen(entry->d_name), end = strlen(SUFFIX);
        snprintf(path, sizeof path, "%s/%s", config->sessions, entry->d_name);
        if (length > end && strcmp(entry->d_name + length - end, SUFFIX) == 0)
            good = take(user, path, why);
    }
    closedir(folder);
    return good;
}

struct counted {
    uint32_t request;
    uid_t user;
    int count;
};

static bool count_one(void *user, const char *path, struct why *why)
{
    struct counted *counted = user;
    struct session session;
    bool gone;
    if (!session_read(path, &session, &gone, why))
        return gone;
    counted->count += session.request == counted->request || (counted->user != 0 && session.user == counted->user);
    return true;
}

int session_count(const struct config *config, uint32_t request, uid_t user, struct why *why)
{
    struct counted counted = {.request = request, .user = user};
    return session_each(config, count_one, &counted, why) ? counted.count : -1;
}
