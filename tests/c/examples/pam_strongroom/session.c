#include "session.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX ".session"

bool session_write(const struct config *config, const struct session *session, char path[FILE_PATH + 64], struct why *why)
{
    char text[256], fresh[FILE_PATH + 72];
    if (mkdir(config->sessions, 0700) != 0 && errno != EEXIST)
        return why_not(why, "%s: %s", config->sessions, strerror(errno));
    if (!file_folder_is_safe(config->sessions, 0077, why))
        return false;
    int length = snprintf(text, sizeof text, "request %" PRIu32 " until %" PRIu64 " client %ld %llu user %lu left %d login %s\n",
                          session->request, session->until, (long)session->client.id, session->client.start,
                          (unsigned long)session->user, session->client_left, session->login);
    snprintf(path, FILE_PATH + 64, "%s/%ld-%llu" SUFFIX, config->sessions, (long)session->client.id, session->client.start);
    snprintf(fresh, sizeof fresh, "%s.new", path);
    int file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return why_not(why, "%s: %s", fresh, strerror(errno));
    bool good = length > 0 && write(file, text, (size_t)length) == length && fsync(file) == 0;
    good = close(file) == 0 && good;
    if (good && rename(fresh, path) == 0)
        return true;
    why_not(why, "%s: %s", fresh, strerror(errno));
    unlink(fresh);
    return false;
}

bool session_read(const char *path, struct session *session, bool *gone, struct why *why)
{
    *gone = access(path, F_OK) != 0 && errno == ENOENT;
    int descriptor = file_open(path, O_RDONLY, 0077, why);
    if (descriptor < 0)
        return false;
    char text[256];
    ssize_t length = read(descriptor, text, sizeof text - 1);
    close(descriptor);
    text[length > 0 ? length : 0] = '\0';
    long client;
    unsigned long user;
    int left;
    *session = (struct session){0};
    if (sscanf(text, "request %" SCNu32 " until %" SCNu64 " client %ld %llu user %lu left %d login %32s", &session->request,
               &session->until, &client, &session->client.start, &user, &left, session->login) != 7)
        return why_not(why, "%s is no session's", path);
    session->client.id = (pid_t)client;
    session->user = (uid_t)user;
    session->client_left = left != 0;
    return true;
}

struct family session_family(const struct session *session)
{
    return (struct family){.client = session->client, .client_left = session->client_left, .user = session->user};
}

bool session_each(const struct config *config, bool (*take)(void *user, const char *path, struct why *why), void *user,
                  struct why *why)
{
    DIR *folder = opendir(config->sessions);
    if (folder == NULL) /* where nobody was let in yet, nobody is in */
        return errno == ENOENT ? true : why_not(why, "%s: %s", config->sessions, strerror(errno));
    bool good = true;
    for (const struct dirent *entry; good && (entry = readdir(folder)) != NULL;) {
        char path[FILE_PATH + sizeof entry->d_name];
        size_t length = strlen(entry->d_name), end = strlen(SUFFIX);
        snprintf(path, sizeof path, "%s/%s", config->sessions, entry->d_name);
        if (length > end && strcmp(entry->d_name + length - end, SUFFIX) == 0)
            good = take(user, path, why);
    }
    closedir(folder);
    return good;
}

struct asked {
    const char *but; /* a session that does not count; or NULL */
    uint32_t request;
    uid_t user;
};

static bool is_another(void *user, const char *path, struct why *why)
{
    const struct asked *asked = user;
    struct session session;
    bool gone;
    if (asked->but != NULL && strcmp(path, asked->but) == 0)
        return true;
    if (!session_read(path, &session, &gone, why))
        return gone;
    if (asked->but == NULL ? session.request != asked->request : session.user != asked->user)
        return true;
    return why_not(why, "a session of %s is open: %s", session.login, path);
}

bool session_none_under(const struct config *config, uint32_t request, struct why *why)
{
    struct asked asked = {.request = request};
    return session_each(config, is_another, &asked, why);
}

bool session_none_but(const struct config *config, const char *path, uid_t user, struct why *why)
{
    struct asked asked = {.but = path, .user = user};
    return session_each(config, is_another, &asked, why);
}
