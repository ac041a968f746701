/*
 * pam_strongroom.so: lets a provider's engineer log in only while a grant is in force (L-24, L-39, L-40).
 *
 *     account  required  pam_strongroom.so  [config=PATH]
 *     session  required  pam_strongroom.so  [config=PATH]
 *
 * Whatever cannot be read, known or written, the answer is no. README.md says how to set it up.
 */
#include "grant.h"
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <security/pam_modutil.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <syslog.h>
#include <unistd.h>

#define DEFAULT_CONFIG "/etc/strongroom/pam.conf"
#define SESSION "strongroom-session" /* what open_session leaves for close_session */

/* One login: who, and what the journal says. */
struct login {
    struct config config;
    struct journal journal;
    const char *name;
    uint8_t id[16];
    strongroom_request_t grant;
};

static bool read_arguments(int count, const char **arguments, struct config *config, struct why *why)
{
    const char *path = DEFAULT_CONFIG;
    for (int i = 0; i < count; i++) {
        if (strncmp(arguments[i], "config=", 7) != 0)
            return why_not(why, "the module does not know its argument %s", arguments[i]);
        path = arguments[i] + 7;
    }
    return config_read(path, config, why);
}

static bool read_login(pam_handle_t *pam, int count, const char **arguments, struct login *login, struct why *why)
{
    if (!read_arguments(count, arguments, &login->config, why))
        return false;
    if (pam_get_user(pam, &login->name, NULL) != PAM_SUCCESS || login->name == NULL)
        return why_not(why, "nobody said who logs in");
    return config_engineer(&login->config, login->name, login->id, why);
}

/* Opens the journal and looks for a grant; where there is one, the journal stays open. */
static bool open_with_grant(struct login *login, struct why *why)
{
    struct why unsettled;
    if (!config_open(&login->config, &login->journal, why))
        return false;
    /* What is still to be closed keeps nobody out: if the journal failed, the next line says no. */
    (void)grant_settle(&login->config, &login->journal, &unsettled);
    if (grant_find(&login->config, &login->journal, login->id, &login->grant, why))
        return true;
    journal_close(&login->journal);
    return false;
}

static int deny(pam_handle_t *pam, int flags, const struct why *why, int code)
{
    pam_syslog(pam, LOG_NOTICE, "access denied: %s", why->text);
    if (((unsigned)flags & PAM_SILENT) == 0)
        pam_error(pam, "strongroom: access denied: %s", why->text);
    return code;
}

/* The user that the login's processes run as, by which they are told from all others. */
static bool find_user(pam_handle_t *pam, const char *name, uid_t *user, struct why *why)
{
    const struct passwd *found = pam_modutil_getpwnam(pam, name);
    if (found == NULL)
        return why_not(why, "%s is no user of this machine", name);
    if (found->pw_uid == 0)
        return why_not(why, "%s is the superuser, whose processes cannot be told apart", name);
    if (found->pw_uid == geteuid())
        return why_not(why, "%s opens the session without help, and could end its watcher", name);
    *user = found->pw_uid;
    return true;
}

/* ---- the watcher ---- */

/* Runs a program with nothing of the PAM client's: neither files nor signals nor environment. Its exit code, or -1. */
static int run(char *const arguments[])
{
    char *const environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    pid_t child;
    int status = -1;
    sigemptyset(&none);
    sigfillset(&all);
    if (posix_spawn_file_actions_init(&files) != 0)
        return -1;
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return -1;
    }
    if (posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDWR, 0) == 0 &&
        posix_spawn_file_actions_adddup2(&files, STDIN_FILENO, STDOUT_FILENO) == 0 &&
        posix_spawn_file_actions_adddup2(&files, STDIN_FILENO, STDERR_FILENO) == 0 &&
        posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1) == 0 &&
        posix_spawnattr_setsigmask(&attributes, &none) == 0 && posix_spawnattr_setsigdefault(&attributes, &all) == 0 &&
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) == 0 &&
        posix_spawn(&child, arguments[0], &files, &attributes, arguments, environment) == 0)
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            continue;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Starts the watcher, which ends with 0 and goes on in the background once it watches. */
static bool start_watcher(struct config *config, char *session, struct why *why)
{
    char *const arguments[] = {config->watch, config->path, session, NULL};
    struct sigaction standard = {.sa_handler = SIG_DFL}, before;
    if (!config_is_safe(config->watch, 0022, why))
        return false;
    /* A client that does not care for its children would have no exit code of this one. */
    if (sigaction(SIGCHLD, &standard, &before) != 0)
        return why_not(why, "nobody would watch the session: %s", strerror(errno));
    int code = run(arguments);
    sigaction(SIGCHLD, &before, NULL);
    if (code == 0)
        return true;
    return why_not(why, "nobody would watch the session: %s: %s", config->watch,
                   code < 0 || code == 127 ? "it cannot be run" : "it does not watch; the system's log has the reason");
}

/* ---- the session ---- */

static void forget(pam_handle_t *pam, void *data, int status)
{
    (void)pam;
    (void)status;
    free(data);
}

static bool remember(pam_handle_t *pam, const char *path, struct why *why)
{
    char *copy = strdup(path);
    if (copy != NULL && pam_set_data(pam, SESSION, copy, forget) == PAM_SUCCESS)
        return true;
    free(copy);
    return why_not(why, "there is no memory left");
}

/* Under the journal's lock, so that nobody confirms that all is closed between the look and the record of the session. */
static bool begin(struct login *login, uid_t user, char path[SESSION_PATH], struct why *why)
{
    if (!open_with_grant(login, why))
        return false;
    struct session session = {.request = login->grant.number, .until = login->grant.deadline, .user = user};
    session.client = process_find(getpid());
    memcpy(session.engineer, login->id, sizeof session.engineer);
    bool good = session.client.start != 0 ? true : why_not(why, "/proc cannot be read");
    good = good && grant_use(&login->config, &login->journal, login->id, login->grant.number, why) &&
           session_write(&login->config, &session, path, why);
    journal_close(&login->journal);
    return good;
}

extern int pam_sm_acct_mgmt(pam_handle_t *pam, int flags, int count, const char **arguments)
{
    struct login login;
    struct why why;
    if (!read_login(pam, count, arguments, &login, &why) || !open_with_grant(&login, &why))
        return deny(pam, flags, &why, PAM_PERM_DENIED);
    journal_close(&login.journal);
    return PAM_SUCCESS;
}

extern int pam_sm_open_session(pam_handle_t *pam, int flags, int count, const char **arguments)
{
    struct login login;
    struct why why;
    char path[SESSION_PATH];
    uid_t user = 0;
    if (!read_login(pam, count, arguments, &login, &why) || !find_user(pam, login.name, &user, &why) ||
        !begin(&login, user, path, &why))
        return deny(pam, flags, &why, PAM_SESSION_ERR);
    if (!start_watcher(&login.config, path, &why) || !remember(pam, path, &why)) {
        unlink(path); /* no session, and the watcher ends where it finds none */
        return deny(pam, flags, &why, PAM_SESSION_ERR);
    }
    return PAM_SUCCESS;
}

extern int pam_sm_close_session(pam_handle_t *pam, int flags, int count, const char **arguments)
{
    struct config config;
    struct session session;
    struct why why;
    const void *path;
    char written[SESSION_PATH];
    bool gone = false;
    (void)flags;
    if (pam_get_data(pam, SESSION, &path) != PAM_SUCCESS || path == NULL)
        return PAM_SUCCESS; /* none was opened */
    if (!read_arguments(count, arguments, &config, &why) || !session_read(path, &session, &gone, &why)) {
        if (gone)
            return PAM_SUCCESS; /* the watcher ended it */
        pam_syslog(pam, LOG_ERR, "the session stays under watch: %s", why.text);
        return PAM_SESSION_ERR;
    }
    /* The watcher goes once nothing that the session left behind runs any more. */
    session.client_left = true;
    if (!session_write(&config, &session, written, &why)) {
        pam_syslog(pam, LOG_ERR, "the session stays under watch: %s", why.text);
        return PAM_SESSION_ERR;
    }
    return PAM_SUCCESS;
}
