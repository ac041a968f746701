/*
 * strongroom-watch CONFIG SESSION: watches the session that pam_strongroom opened, ends it when its grant does, and
 * confirms that access is closed, once no process of it is left (D-04). It goes into the background once it watches; exit
 * code 1 where it cannot.
 *
 * strongroom-watch CONFIG: looks after all sessions once, also those whose watcher was killed. Exit code 1 where something
 * is still to be closed.
 */
#include "grant.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

enum look { GOES_ON, STRUCK_OFF, NOT_ON_RECORD };

static void say(int priority, const char *what, const char *why)
{
    syslog(priority, "%s: %s", what, why);
    fprintf(stderr, "strongroom-watch: %s: %s\n", what, why);
}

static bool settle(const struct config *config, struct why *why)
{
    struct journal journal;
    if (!config_open(config, &journal, why))
        return false;
    bool settled = grant_settle(config, &journal, why);
    journal_close(&journal);
    return settled;
}

/* Whether the session may go on. A journal that cannot be read, or that another process keeps, is a no. */
static bool goes_on(const struct config *config, const struct session *session, struct why *why)
{
    struct journal journal;
    uint64_t now = setting_clock(config->clock);
    if (now == STRONGROOM_NO_TIME || now >= session->until)
        return why_not(why, "the grant is over, or the time is not known");
    if (!config_open(config, &journal, why))
        return false;
    bool holds = grant_holds(config, &journal, session->engineer, session->request, why);
    journal_close(&journal);
    return holds;
}

/*
 * Strikes a session off of which no process was seen any more, and tells the engine. Whoever is too quick to be seen is
 * killed now, unless the same engineer is in by another session; under the journal's lock no new one begins meanwhile.
 */
static enum look strike_off(const struct config *config, const char *path, const struct session *session)
{
    struct journal journal;
    struct why why;
    if (!config_open(config, &journal, &why)) {
        say(LOG_ERR, "the session has ended, and that is not on record", why.text);
        return NOT_ON_RECORD;
    }
    if (session_count(config, 0, session->user, &why) == 1)
        process_kill_user(session->user);
    unlink(path);
    if (!grant_settle(config, &journal, &why))
        say(LOG_NOTICE, "not all is closed", why.text);
    journal_close(&journal);
    return STRUCK_OFF;
}

static enum look look_after(const struct config *config, const char *path, struct family *family)
{
    struct why why;
    bool is_over = family_look(family) && family->count == 0;
    if (!is_over && goes_on(config, family->session, &why))
        return GOES_ON;
    if (!is_over) {
        say(LOG_NOTICE, "the session ends", why.text);
        is_over = family_end(family, config->grace);
    }
    if (is_over)
        return strike_off(config, path, family->session);
    say(LOG_ALERT, "the session does not end", "processes of it are left; the log asks for it until they are gone");
    (void)settle(config, &why); /* which records that the grant is over, and confirms nothing */
    return GOES_ON;
}

/* ---- one session ---- */

/* Sleeps until the next look, or until the grant's end if that comes first. */
static void sleep_until_next_look(const struct config *config, const struct session *session)
{
    uint64_t now = setting_clock(config->clock), pause = config->every;
    if (now < session->until && session->until - now < pause)
        pause = session->until - now;
    nanosleep(&(struct timespec){.tv_sec = (time_t)pause}, NULL);
}

static int watch(const struct config *config, const char *path, struct session *session)
{
    struct family family = {.session = session};
    enum look look = GOES_ON;
    while (look == GOES_ON) {
        struct session again;
        struct why why;
        bool gone = false;
        sleep_until_next_look(config, session);
        if (session_read(path, &again, &gone, &why))
            *session = again; /* the client may have left */
        look = gone ? STRUCK_OFF /* by somebody else, or it was never opened */ : look_after(config, path, &family);
    }
    free(family.known);
    return look == STRUCK_OFF ? 0 : 1;
}

static int watch_one(const struct config *config, const char *path)
{
    struct session session;
    struct why why;
    bool gone;
    if (!session_read(path, &session, &gone, &why)) {
        say(LOG_ERR, "nobody watches the session", why.text);
        return 1;
    }
    umask(077);
    /* The module waits for this process only: the PAM client gets no child that it does not know. */
    if (daemon(0, 0) != 0) {
        say(LOG_ERR, "nobody watches the session", "no process");
        return 1;
    }
    return watch(config, path, &session);
}

/* ---- all, once ---- */

static bool look_once(void *user, const char *path, struct why *why)
{
    struct session session;
    struct family family = {.session = &session};
    bool gone;
    if (!session_read(path, &session, &gone, why))
        return gone;
    (void)look_after(user, path, &family); /* all that is left to do is told at the end */
    free(family.known);
    return true;
}

static int watch_all(struct config *config)
{
    struct why why;
    if (session_each(config, look_once, config, &why) && settle(config, &why))
        return 0;
    say(LOG_ERR, "not all is closed", why.text);
    return 1;
}

int main(int count, char **arguments)
{
    struct config config;
    struct why why;
    openlog("strongroom-watch", LOG_PID, LOG_AUTHPRIV);
    if (count != 2 && count != 3) {
        fprintf(stderr, "usage: strongroom-watch CONFIG [SESSION]\n");
        return 2;
    }
    if (!config_read(arguments[1], &config, &why)) {
        say(LOG_ERR, "nobody watches", why.text);
        return 1;
    }
    return count == 3 ? watch_one(&config, arguments[2]) : watch_all(&config);
}
