/*
 * strongroom-watch CONFIG SESSION: watches the session that pam_strongroom opened, ends it when its grant does, and
 * confirms that access is closed, once no process of it is left (D-04).
 *
 * strongroom-watch CONFIG: does so once for all sessions, also for those whose watcher was killed. Exit code 1 where
 * something is still to be closed.
 */
#include "grant.h"
#include "session.h"
#include "watch.h"

#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

static void say(int priority, const char *what, const char *why)
{
    syslog(priority, "%s: %s", what, why);
    fprintf(stderr, "strongroom-watch: %s: %s\n", what, why);
}

/* Whether the session may go on. Where another process holds the journal it may, until `seen` is too long ago. */
static bool goes_on(const struct config *config, const struct session *session, double *seen, struct why *why)
{
    struct journal journal;
    uint64_t now = config_now(config);
    const uint8_t *id = config_engineer(config, session->login);
    if (id == NULL)
        return why_not(why, "%s is no engineer's login", session->login);
    if (now == STRONGROOM_NO_TIME)
        return why_not(why, "the time is not known");
    if (now >= session->until)
        return why_not(why, "the grant is over");
    enum journal_found found = journal_open(config, &journal, why);
    if (found == JOURNAL_HELD)
        return config_elapsed() - *seen < config->stale;
    if (found == JOURNAL_CLOSED)
        return false;
    bool holds = grant_holds(config, &journal, id, session->request, why);
    journal_close(&journal);
    if (holds)
        *seen = config_elapsed();
    return holds;
}

/*
 * Strikes a session off of which no process was seen any more, and tells the engine. Where it was not made to end, whoever
 * is too quick to be seen is killed now, unless the same engineer is in by another session; under the journal's lock no
 * new one begins meanwhile.
 */
static bool strike_off(const struct config *config, const char *path, const struct session *session, struct why *why)
{
    struct journal journal;
    struct why other;
    if (journal_open(config, &journal, why) != JOURNAL_OPEN)
        return false;
    if (session_none_but(config, path, session->user, &other))
        process_kill_user(session->user);
    unlink(path);
    bool settled = grant_settle(config, &journal, why);
    journal_close(&journal);
    return settled;
}

static bool settle(const struct config *config, struct why *why)
{
    struct journal journal;
    if (journal_open(config, &journal, why) != JOURNAL_OPEN)
        return false;
    bool settled = grant_settle(config, &journal, why);
    journal_close(&journal);
    return settled;
}

/* ---- one session ---- */

/* Sleeps until the next look, or until the grant's end if that comes first. */
static void sleep_until_next_look(const struct config *config, const struct session *session)
{
    uint64_t now = config_now(config), pause = config->every;
    if (now < session->until && session->until - now < pause)
        pause = session->until - now;
    nanosleep(&(struct timespec){.tv_sec = (time_t)pause}, NULL);
}

/* After the last process has ended: tries for a while, since others may hold the journal. */
static int finish(const struct config *config, const char *path, const struct session *session)
{
    struct why why;
    double began = config_elapsed();
    while (!strike_off(config, path, session, &why)) {
        if (config_elapsed() - began >= config->stale) {
            say(LOG_ERR, "the session has ended, and that is not on record", why.text);
            return 1;
        }
        nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
    }
    return 0;
}

static int watch(const struct config *config, const char *path, struct session *session)
{
    struct family family = session_family(session);
    double seen = config_elapsed();
    struct why why;
    for (;;) {
        sleep_until_next_look(config, session);
        bool gone = false;
        if (!session_read(path, session, &gone, &why) && gone)
            break; /* it was never opened, or somebody else has ended it */
        family.client_left = session->client_left;
        if (family_look(&family) && family.count == 0) {
            family_free(&family);
            return finish(config, path, session);
        }
        if (goes_on(config, session, &seen, &why))
            continue;
        say(LOG_NOTICE, "the session ends", why.text);
        if (family_end(&family, config->grace)) {
            family_free(&family);
            return finish(config, path, session);
        }
        say(LOG_ALERT, "the session does not end", "processes of it are left; the log asks for it until they are gone");
        (void)settle(config, &why); /* which records that the grant is over, and confirms nothing */
    }
    family_free(&family);
    return 0;
}

static int say_ready(const char *answer)
{
    bool told = write(WATCH_READY, answer, strlen(answer)) == (ssize_t)strlen(answer);
    close(WATCH_READY);
    return told ? 0 : 1;
}

static int watch_one(const char *config_path, const char *path)
{
    struct config config;
    struct session session;
    struct why why;
    bool gone;
    if (!config_read(config_path, &config, &why) || !session_read(path, &session, &gone, &why)) {
        say_ready(why.text);
        return 1;
    }
    return say_ready(".") == 0 ? watch(&config, path, &session) : 1;
}

/* ---- all, once ---- */

static bool end_what_is_over(void *user, const char *path, struct why *why)
{
    const struct config *config = user;
    struct session session;
    bool gone;
    double seen = config_elapsed();
    if (!session_read(path, &session, &gone, why))
        return gone;
    struct family family = session_family(&session);
    bool is_over = family_look(&family) && family.count == 0;
    if (!is_over && !goes_on(config, &session, &seen, why)) {
        say(LOG_NOTICE, "the session ends", why->text);
        is_over = family_end(&family, config->grace);
        if (!is_over)
            say(LOG_ALERT, "the session does not end", path);
    }
    family_free(&family);
    if (is_over)
        (void)strike_off(config, path, &session, why); /* all that is left to do is told at the end */
    return true;
}

static int watch_all(const char *config_path)
{
    struct config config;
    struct why why;
    if (config_read(config_path, &config, &why) && session_each(&config, end_what_is_over, &config, &why) && settle(&config, &why))
        return 0;
    say(LOG_ERR, "not all is closed", why.text);
    return 1;
}

int main(int count, char **arguments)
{
    openlog("strongroom-watch", LOG_PID, LOG_AUTHPRIV);
    if (count == 3)
        return watch_one(arguments[1], arguments[2]);
    if (count == 2)
        return watch_all(arguments[1]);
    fprintf(stderr, "usage: strongroom-watch CONFIG [SESSION]\n");
    return 2;
}
