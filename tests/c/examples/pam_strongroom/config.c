#include "config.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- files that nobody else can have written ---- */

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
    char folder[CONFIG_PATH];
    snprintf(folder, sizeof folder, "%s", path);
    return is_closed(dirname(folder), forbidden, why) && is_closed(path, forbidden, why);
}

/* ---- lines ---- */

static bool read_text(const char *text, char *place, size_t size)
{
    size_t length = strlen(text);
    if (length >= size)
        return false;
    memcpy(place, text, length + 1);
    return true;
}

static bool read_number(const char *text, unsigned *number)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10); /* of too large a number the largest */
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || value < 1 || value > 3600)
        return false;
    *number = (unsigned)value;
    return true;
}

static bool read_subject(const char *text, uint8_t *subject)
{
    for (uint8_t number = 0; number < UINT8_MAX; number++) {
        const char *name = strongroom_subject_name(number);
        if (name != NULL && strcmp(name, text) == 0) {
            *subject = number;
            return true;
        }
    }
    return false;
}

static bool read_engineer(struct config *config, const char *login, const char *id)
{
    if (config->engineers == CONFIG_ENGINEERS || config_engineer(config, login) != NULL)
        return false;
    size_t next = config->engineers;
    if (!read_text(login, config->engineer[next].login, CONFIG_LOGIN) || !journal_read_uuid(id, config->engineer[next].id))
        return false;
    config->engineers++;
    return true;
}

static bool read_value(struct config *config, const char *key, const char *value)
{
    const struct {
        const char *key;
        char *path;
        unsigned *number;
    } places[] = {
        {"journal", config->journal, NULL}, {"start", config->start, NULL}, {"sessions", config->sessions, NULL},
        {"watch", config->watch, NULL},     {"clock", config->clock, NULL}, {"every", NULL, &config->every},
        {"wait", NULL, &config->wait},      {"grace", NULL, &config->grace},
    };
    if (strcmp(key, "subject") == 0)
        return read_subject(value, &config->subject);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (strcmp(key, places[i].key) != 0)
            continue;
        if (places[i].number != NULL)
            return read_number(value, places[i].number);
        return value[0] == '/' && read_text(value, places[i].path, CONFIG_PATH);
    }
    return false;
}

static bool read_line(struct config *config, char *line)
{
    char *words[4], *rest;
    size_t count = 0;
    for (char *word = strtok_r(line, " \t\r\n", &rest); word != NULL && count < 4; word = strtok_r(NULL, " \t\r\n", &rest))
        words[count++] = word;
    if (count == 0 || words[0][0] == '#')
        return true;
    if (count == 3 && strcmp(words[0], "engineer") == 0)
        return read_engineer(config, words[1], words[2]);
    return count == 2 && read_value(config, words[0], words[1]);
}

static bool read_lines(struct config *config, struct why *why)
{
    FILE *file = fopen(config->path, "re");
    if (file == NULL)
        return why_not(why, "%s: %s", config->path, strerror(errno));
    char line[512];
    bool good = true;
    for (unsigned number = 1; good && fgets(line, sizeof line, file) != NULL; number++)
        if ((strchr(line, '\n') == NULL && !feof(file)) || !read_line(config, line))
            good = why_not(why, "%s, line %u: no such key, or a value that it cannot have", config->path, number);
    if (good && ferror(file))
        good = why_not(why, "%s cannot be read", config->path);
    fclose(file);
    return good;
}

bool config_read(const char *path, struct config *config, struct why *why)
{
    strongroom_start_t start;
    *config = (struct config){.sessions = "/run/strongroom", .watch = "/usr/local/libexec/strongroom-watch", .every = 5,
                              .wait = 10, .grace = 5, .subject = UINT8_MAX};
    if (path[0] != '/' || !read_text(path, config->path, CONFIG_PATH))
        return why_not(why, "the configuration's path is not absolute, or too long");
    if (!config_is_safe(path, 0022, why) || !read_lines(config, why))
        return false;
    if (config->journal[0] == '\0' || config->start[0] == '\0' || config->subject == UINT8_MAX)
        return why_not(why, "%s does not say journal, start and subject", path);
    if (!config_is_safe(config->start, 0022, why) || !journal_read_start(config->start, &start, why))
        return false;
    config->device = start.device;
    return true;
}

const uint8_t *config_engineer(const struct config *config, const char *login)
{
    for (size_t i = 0; i < config->engineers; i++)
        if (strcmp(config->engineer[i].login, login) == 0)
            return config->engineer[i].id;
    return NULL;
}

uint64_t config_now(const struct config *config)
{
    struct why why;
    if (config->clock[0] == '\0')
        return journal_now(NULL);
    return config_is_safe(config->clock, 0022, &why) ? journal_now(config->clock) : STRONGROOM_NO_TIME;
}

bool config_open(const struct config *config, struct journal *journal, struct why *why)
{
    /* Neither may others read it, nor take its lock and keep it. */
    char folder[CONFIG_PATH];
    snprintf(folder, sizeof folder, "%s", config->journal);
    return is_closed(dirname(folder), 0077, why) &&
           journal_open(journal, config->journal, &config->device, (int)config->wait * 1000, why);
}
