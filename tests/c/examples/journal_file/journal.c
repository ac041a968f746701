#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A blank medium would mount as a new engine; nobody who only looks begins one. */
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

static bool mount(struct journal *journal, const char *path, const strongroom_device_t *device, struct why *why)
{
    struct stat found;
    strongroom_mounted_t mounted;
    if (fstat(journal->kept.file, &found) != 0)
        return why_not(why, "%s: %s", path, strerror(errno));
    if (!S_ISREG(found.st_mode) || !journal_file_can_have(found.st_size))
        return why_not(why, "%s has %lld bytes, which is no journal's size", path, (long long)found.st_size);
    if ((found.st_uid != 0 && found.st_uid != geteuid()) || (found.st_mode & 0022) != 0)
        return why_not(why, "%s is open to others: chown and chmod 600", path);
    strongroom_medium_t medium = journal_file_medium(&journal->kept, (uint32_t)found.st_size);
    if (is_blank(&medium))
        return why_not(why, "%s is blank", path);
    /* The policy is that of a new engine; this one has its own. */
    journal->engine = (strongroom_engine_t)STRONGROOM_STORAGE_INIT;
    strongroom_status_t status = strongroom_engine_mount(&journal->engine, sizeof journal->engine, STRONGROOM_ABI_VERSION,
                                                         device, STRONGROOM_POLICY_AZURE, &medium, &mounted);
    if (status != STRONGROOM_OK)
        return why_not(why, "%s: %s", path, strongroom_error_text(status));
    if (mounted.found == STRONGROOM_MOUNTED_RESTORED)
        return true;
    strongroom_engine_deinit(&journal->engine);
    if (mounted.found == STRONGROOM_MOUNTED_HELD)
        return why_not(why, "%s is another device's, or of another version of the library (reason %u, %" PRIu64 ")", path,
                       (unsigned)mounted.why, mounted.number);
    return why_not(why, "%s cannot be read: it is damaged, and every access is closed", path);
}

bool journal_open(struct journal *journal, const char *path, const strongroom_device_t *device, int wait, struct why *why)
{
    char holder[JOURNAL_FILE_HOLDER];
    enum journal_lock lock = journal_file_lock(&journal->kept, path, wait, holder);
    if (lock == JOURNAL_BUSY)
        return why_not(why, "%s is held by %s; end that process, or wait for it", path, holder);
    if (lock != JOURNAL_LOCKED)
        return why_not(why, "%s.lock: %s", path, strerror(errno));
    journal->kept.file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool good = journal->kept.file >= 0 ? mount(journal, path, device, why) : why_not(why, "%s: %s", path, strerror(errno));
    if (!good && journal->kept.file >= 0)
        close(journal->kept.file);
    if (!good)
        close(journal->kept.lock);
    return good;
}

void journal_close(struct journal *journal)
{
    strongroom_engine_deinit(&journal->engine);
    close(journal->kept.file);
    close(journal->kept.lock);
}

bool journal_read_start(const char *path, strongroom_start_t *start, struct why *why)
{
    uint8_t frame[STRONGROOM_MAX_FRAME];
    FILE *file = fopen(path, "rbe");
    if (file == NULL)
        return why_not(why, "%s: %s", path, strerror(errno));
    size_t length = fread(frame, 1, sizeof frame, file);
    const uint8_t *end = ferror(file) ? NULL : memchr(frame, 0, length);
    fclose(file);
    if (end == NULL)
        return why_not(why, "%s: it does not begin with a frame", path);
    strongroom_status_t status = strongroom_frame_start(frame, (size_t)(end - frame) + 1, start);
    return status == STRONGROOM_OK ? true : why_not(why, "%s: its first frame: %s", path, strongroom_error_text(status));
}

strongroom_status_t journal_tick(struct journal *journal, uint64_t now)
{
    strongroom_reply_t reply = {.verdict = STRONGROOM_VERDICT_ACCEPTED};
    strongroom_status_t status = STRONGROOM_OK;
    uint8_t due = now != STRONGROOM_NO_TIME;
    /* What was refused changed nothing, and would be refused again. */
    while (due && status == STRONGROOM_OK && reply.verdict == STRONGROOM_VERDICT_ACCEPTED) {
        status = strongroom_engine_is_due(&journal->engine, now, &due);
        if (status == STRONGROOM_OK && due)
            status = strongroom_engine_tick(&journal->engine, now, &reply);
    }
    return status;
}

bool journal_asks(const struct journal *journal, const strongroom_effect_t *effect, uint8_t subject, strongroom_request_t *request)
{
    return (effect->kind == STRONGROOM_EFFECT_OPEN_ACCESS || effect->kind == STRONGROOM_EFFECT_CLOSE_ACCESS) &&
           strongroom_request_find(&journal->engine, effect->about, request) == STRONGROOM_OK && request->subject == subject;
}

strongroom_status_t journal_confirm(struct journal *journal, uint64_t now, uint32_t effect, strongroom_reply_t *reply)
{
    strongroom_command_t confirm = {.verb = STRONGROOM_VERB_CONFIRM, .by.role = STRONGROOM_ROLE_ENFORCER};
    confirm.with.confirm.effect = effect;
    return strongroom_engine_apply(&journal->engine, now, &confirm, reply);
}
