#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A blank medium would mount as a new engine; a login is no time to begin one. */
static bool is_blank(const strongroom_medium_t *medium)
{
    uint8_t bytes[64];
    for (uint32_t at = 0; at < medium->capacity; at += (uint32_t)sizeof bytes) {
        if (medium->read(medium->user, at, bytes, sizeof bytes) != 0)
            return true;
        for (size_t i = 0; i < sizeof bytes; i++)
            if (bytes[i] != 0xff)
                return false;
    }
    return true;
}

static const char *held_because(uint8_t why)
{
    switch (why) {
    case STRONGROOM_WHY_RULES:
        return "has steps of another version of the rules; open and compact it with that version first";
    case STRONGROOM_WHY_FORMAT:
        return "has another version's format";
    case STRONGROOM_WHY_DEVICE:
        return "is another device's; see serial, provider, vendor and deployment in the configuration";
    default:
        return "is not this program's to read";
    }
}

static bool mount(const struct config *config, struct journal *journal, struct why *why)
{
    const char *path = config->journal;
    struct stat found;
    if (fstat(journal->kept.file, &found) != 0)
        return why_not(why, "%s: %s", path, strerror(errno));
    if (!journal_file_can_have(found.st_size))
        return why_not(why, "%s has %lld bytes, which is no journal's size", path, (long long)found.st_size);
    strongroom_medium_t medium = journal_file_medium(&journal->kept, (uint32_t)found.st_size);
    if (is_blank(&medium))
        return why_not(why, "%s is blank", path);
    strongroom_mounted_t mounted;
    journal->engine = (strongroom_engine_t)STRONGROOM_STORAGE_INIT;
    strongroom_status_t status =
        strongroom_engine_mount(&journal->engine, sizeof journal->engine, STRONGROOM_ABI_VERSION, &config->device,
                                STRONGROOM_POLICY_AZURE, &medium, &mounted);
    if (status != STRONGROOM_OK)
        return why_not(why, "%s: %s", path, strongroom_error_text(status));
    if (mounted.found == STRONGROOM_MOUNTED_RESTORED)
        return true;
    strongroom_engine_deinit(&journal->engine);
    if (mounted.found == STRONGROOM_MOUNTED_HELD)
        return why_not(why, "%s %s", path, held_because(mounted.why));
    return why_not(why, "%s cannot be read: it is damaged, and every access is closed", path);
}

enum journal_found journal_open(const struct config *config, struct journal *journal, struct why *why)
{
    /* Neither may others read it, nor take its lock and keep it. */
    char folder[FILE_PATH];
    file_folder(config->journal, folder);
    if (!file_folder_is_safe(folder, 0077, why))
        return JOURNAL_CLOSED;
    char holder[JOURNAL_FILE_HOLDER];
    switch (journal_file_lock(&journal->kept, config->journal, (int)(config->wait * 1000), holder)) {
    case JOURNAL_LOCKED:
        break;
    case JOURNAL_BUSY:
        why_not(why, "%s is held by %s; end that process, or wait for it", config->journal, holder);
        return JOURNAL_HELD;
    default:
        why_not(why, "%s.lock: %s", config->journal, strerror(errno));
        return JOURNAL_CLOSED;
    }
    journal->kept.file = file_open(config->journal, O_RDWR, 0022, why);
    if (journal->kept.file >= 0 && mount(config, journal, why))
        return JOURNAL_OPEN;
    if (journal->kept.file >= 0)
        close(journal->kept.file);
    close(journal->kept.lock);
    return JOURNAL_CLOSED;
}

void journal_close(struct journal *journal)
{
    strongroom_engine_deinit(&journal->engine);
    close(journal->kept.file);
    close(journal->kept.lock);
}
