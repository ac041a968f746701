#include "config.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_closed(const char *path, mode_t forbidden, struct why *why)
{
    struct stat found;
    if (lstat(path, &found) != 0)
        return why_not(why, "%s: %s", path, strerror(errno));
    if (!S_ISREG(found.st_mode) && !S_ISDIR(found.st_mode))
        return why_not(why, "%s is neither file nor folder", path);
    if (found.st_uid != 0 && found.st_uid != geteuid())
        return why_not(why, "%s belongs to user %u, and has to be root's: chown root", path, (unsigned)found.st_uid);
    if ((found.st_mode & forbidden) != 0)
        return why_not(why, "%s is open to others (mode %03o): chmod %03o", path, (unsigned)(found.st_mode & 0777),
                       (unsigned)(found.st_mode & 0777 & ~forbidden));
    return true;
}

bool config_is_safe(const char *path, mode_t forbidden, struct why *why)
{
    char folder[SETTING];
    if (path[0] != '/' || snprintf(folder, sizeof folder, "%s", path) >= SETTING)
        return why_not(why, "%s: the path is not absolute, or too long", path);
    return is_closed(dirname(folder), forbidden, why) && is_closed(path, forbidden, why);
}

static bool read_subject(struct config *config, struct why *why)
{
    char text[SETTING];
    if (!setting(config->path, "subject", NULL, text, why))
        return false;
    for (config->subject = 0; config->subject < UINT8_MAX; config->subject++) {
        const char *name = strongroom_subject_name(config->subject);
        if (name != NULL && strcmp(name, text) == 0)
            return true;
    }
    return why_not(why, "%s: subject %s: nothing that access is granted to", config->path, text);
}

static bool read_device(struct config *config, struct why *why)
{
    char path[SETTING];
    strongroom_start_t start;
    if (!setting(config->path, "start", NULL, path, why) || !config_is_safe(path, 0022, why) ||
        !journal_read_start(path, &start, why))
        return false;
    config->device = start.device;
    return true;
}

bool config_read(const char *path, struct config *config, struct why *why)
{
    if (!config_is_safe(path, 0022, why))
        return false;
    memcpy(config->path, path, strlen(path) + 1); /* a safe path is not too long */
    return setting(path, "journal", NULL, config->journal, why) && read_device(config, why) && read_subject(config, why) &&
           setting(path, "sessions", "/run/strongroom", config->sessions, why) &&
           setting(path, "watch", "/usr/local/libexec/strongroom-watch", config->watch, why) &&
           setting(path, "clock", "", config->clock, why) &&
           (config->clock[0] == '\0' || config_is_safe(config->clock, 0022, why)) && setting_number(path, "every", "5", &config->every, why) &&
           setting_number(path, "wait", "10", &config->wait, why) && setting_number(path, "grace", "5", &config->grace, why);
}

bool config_engineer(const struct config *config, const char *login, uint8_t id[16], struct why *why)
{
    char key[SETTING];
    int length = snprintf(key, sizeof key, "engineer %s", login);
    if (length > 0 && length < SETTING && strpbrk(login, " \t\r\n") == NULL && setting_uuid(config->path, key, id, why))
        return true;
    return why_not(why, "this login is no engineer's");
}

bool config_open(const struct config *config, struct journal *journal, struct why *why)
{
    /* Neither may others read it, nor take its lock and keep it. */
    char folder[SETTING];
    snprintf(folder, sizeof folder, "%s", config->journal);
    return config_is_safe(config->journal, 0022, why) && is_closed(dirname(folder), 0077, why) &&
           journal_open(journal, config->journal, &config->device, (int)config->wait * 1000, why);
}
