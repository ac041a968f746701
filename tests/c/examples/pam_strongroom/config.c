#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static bool read_path(const char *text, char path[FILE_PATH])
{
    size_t length = strlen(text);
    if (text[0] != '/' || length >= FILE_PATH)
        return false;
    memcpy(path, text, length + 1);
    return true;
}

/* A UUID: 32 hexadecimal digits, with hyphens wherever. */
static bool read_uuid(const char *text, uint8_t uuid[16])
{
    size_t digits = 0;
    memset(uuid, 0, 16);
    for (; *text != '\0'; text++) {
        const char *hex = "0123456789abcdef", *digit = strchr(hex, *text >= 'A' && *text <= 'F' ? *text + 32 : *text);
        if (*text == '-')
            continue;
        if (digit == NULL || digits == 32)
            return false;
        uuid[digits / 2] = (uint8_t)(uuid[digits / 2] << 4 | (digit - hex));
        digits++;
    }
    return digits == 32;
}

static bool read_number(const char *text, unsigned *number)
{
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    if (errno != 0 || text[0] < '0' || text[0] > '9' || *end != '\0' || value < 1 || value > 3600)
        return false;
    *number = (unsigned)value;
    return true;
}

static bool read_word(const char *text, const char *(*name)(uint8_t), uint8_t *word)
{
    for (unsigned number = 0; number < 255; number++) {
        const char *known = name((uint8_t)number);
        if (known != NULL && strcmp(known, text) == 0) {
            *word = (uint8_t)number;
            return true;
        }
    }
    return false;
}

static bool read_serial(const char *text, strongroom_text_t serial)
{
    size_t length = strlen(text);
    if (length >= sizeof(strongroom_text_t))
        return false;
    memcpy(serial, text, length + 1);
    return true;
}

static bool read_engineer(struct config *config, const char *login, const char *id)
{
    size_t length = strlen(login);
    if (id == NULL || config->engineers == CONFIG_ENGINEERS || length >= CONFIG_LOGIN)
        return false;
    if (config_engineer(config, login) != NULL || !read_uuid(id, config->engineer[config->engineers].id))
        return false;
    memcpy(config->engineer[config->engineers++].login, login, length + 1);
    return true;
}

static bool read_line(struct config *config, char *line)
{
    char *rest, *key = strtok_r(line, " \t\r\n", &rest), *value = strtok_r(NULL, " \t\r\n", &rest);
    if (key == NULL || key[0] == '#')
        return true;
    char *second = strtok_r(NULL, " \t\r\n", &rest);
    if (value == NULL || strtok_r(NULL, " \t\r\n", &rest) != NULL)
        return false;
    if (strcmp(key, "engineer") == 0)
        return read_engineer(config, value, second);
    if (second != NULL)
        return false;
    if (strcmp(key, "journal") == 0)
        return read_path(value, config->journal);
    if (strcmp(key, "sessions") == 0)
        return read_path(value, config->sessions);
    if (strcmp(key, "watch") == 0)
        return read_path(value, config->watch);
    if (strcmp(key, "clock") == 0)
        return read_path(value, config->clock);
    if (strcmp(key, "subject") == 0)
        return read_word(value, strongroom_subject_name, &config->subject);
    if (strcmp(key, "deployment") == 0)
        return read_word(value, strongroom_deployment_name, &config->device.deployment);
    if (strcmp(key, "serial") == 0)
        return read_serial(value, config->device.serial);
    if (strcmp(key, "provider") == 0)
        return read_uuid(value, config->device.provider);
    if (strcmp(key, "vendor") == 0)
        return read_uuid(value, config->device.vendor);
    if (strcmp(key, "every") == 0)
        return read_number(value, &config->every);
    if (strcmp(key, "stale") == 0)
        return read_number(value, &config->stale);
    if (strcmp(key, "wait") == 0)
        return read_number(value, &config->wait);
    return strcmp(key, "grace") == 0 && read_number(value, &config->grace);
}

static bool is_whole(const struct config *config, struct why *why)
{
    static const uint8_t nobody[16];
    const struct {
        const char *key;
        bool given;
    } needed[] = {
        {"journal", config->journal[0] != '\0'},
        {"subject", config->subject != UINT8_MAX},
        {"deployment", config->device.deployment != UINT8_MAX},
        {"serial", config->device.serial[0] != '\0'},
        {"provider", memcmp(config->device.provider, nobody, sizeof nobody) != 0},
        {"vendor", memcmp(config->device.vendor, nobody, sizeof nobody) != 0},
    };
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (!needed[i].given)
            return why_not(why, "%s does not say \"%s\"", config->path, needed[i].key);
    return true;
}

bool config_read(const char *path, struct config *config, struct why *why)
{
    *config = (struct config){.sessions = "/run/strongroom", .watch = "/usr/local/libexec/strongroom-watch", .every = 5,
                              .stale = 60, .wait = 5, .grace = 5, .subject = UINT8_MAX, .device.deployment = UINT8_MAX};
    if (!read_path(path, config->path))
        return why_not(why, "the configuration's path is not absolute, or too long");
    int descriptor = file_open(path, O_RDONLY, 0022, why);
    if (descriptor < 0)
        return false;
    FILE *file = fdopen(descriptor, "r");
    if (file == NULL) {
        close(descriptor);
        return why_not(why, "%s: %s", path, strerror(errno));
    }
    char line[512];
    bool good = true;
    for (unsigned number = 1; good && fgets(line, sizeof line, file) != NULL; number++)
        if ((strchr(line, '\n') == NULL && !feof(file)) || !read_line(config, line))
            good = why_not(why, "%s, line %u: no such key, or a value that it cannot have", path, number);
    if (good && ferror(file))
        good = why_not(why, "%s cannot be read", path);
    fclose(file);
    return good && is_whole(config, why);
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
    if (config->clock[0] == '\0') {
        time_t now = time(NULL);
        return now > 0 ? (uint64_t)now : STRONGROOM_NO_TIME;
    }
    struct why why;
    uint64_t now = STRONGROOM_NO_TIME;
    int descriptor = file_open(config->clock, O_RDONLY, 0022, &why);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "r");
    if (file == NULL || fscanf(file, "%" SCNu64, &now) != 1)
        now = STRONGROOM_NO_TIME;
    if (file != NULL)
        fclose(file);
    else if (descriptor >= 0)
        close(descriptor);
    return now;
}

double config_elapsed(void)
{
    struct timespec now;
    return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? (double)now.tv_sec + (double)now.tv_nsec / 1e9 : 1e18;
}
