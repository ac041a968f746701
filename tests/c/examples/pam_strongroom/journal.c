#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define ERASE_SIZE 64u
#define SMALLEST (24 * 1024)
#define LARGEST (16 * 1024 * 1024)

/* ---- the medium's functions ---- */

static int32_t medium_read(void *user, uint32_t at, uint8_t *bytes, size_t length)
{
    const struct journal *journal = user;
    for (size_t done = 0; done < length;) {
        ssize_t got = pread(journal->file, bytes + done, length - done, (off_t)(at + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? errno : EIO;
        done += (size_t)got;
    }
    return 0;
}

static int32_t put(const struct journal *journal, uint32_t at, const uint8_t *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t put = pwrite(journal->file, bytes + done, length - done, (off_t)(at + done));
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return put < 0 ? errno : EIO;
        done += (size_t)put;
    }
    return 0;
}

static int32_t medium_write(void *user, uint32_t at, const uint8_t *bytes, size_t length)
{
    const struct journal *journal = user;
    int32_t failed = put(journal, at, bytes, length);
    return failed != 0 ? failed : fdatasync(journal->file) != 0 ? errno : 0;
}

static int32_t medium_erase(void *user, uint32_t from, uint32_t to)
{
    const struct journal *journal = user;
    uint8_t blank[ERASE_SIZE];
    memset(blank, 0xff, sizeof blank);
    for (; from < to; from += ERASE_SIZE) {
        int32_t failed = put(journal, from, blank, sizeof blank);
        if (failed != 0)
            return failed;
    }
    return fdatasync(journal->file) != 0 ? errno : 0;
}

/* ---- one process at a time ---- */

/* What the holder wrote of itself. */
static void read_holder(int lock, char *holder, size_t size)
{
    ssize_t length = pread(lock, holder, size - 1, 0);
    holder[length > 0 ? length : 0] = '\0';
    holder[strcspn(holder, "\r\n")] = '\0';
    if (holder[0] == '\0')
        snprintf(holder, size, "a process that does not say who it is");
}

static void introduce(int lock)
{
    char name[64] = "?", since[32] = "?", text[160];
    int command = open("/proc/self/comm", O_RDONLY | O_CLOEXEC);
    if (command >= 0) {
        ssize_t length = read(command, name, sizeof name - 1);
        name[length > 0 ? length : 0] = '\0';
        name[strcspn(name, "\n")] = '\0';
        close(command);
    }
    time_t now = time(NULL);
    struct tm utc;
    if (gmtime_r(&now, &utc) != NULL)
        strftime(since, sizeof since, "%Y-%m-%dT%H:%M:%SZ", &utc);
    int length = snprintf(text, sizeof text, "process %ld (%s) since %s\n", (long)getpid(), name, since);
    /* Only for messages: whoever waits does without where it cannot be written. */
    if (ftruncate(lock, 0) == 0 && length > 0 && pwrite(lock, text, (size_t)length, 0) < 0)
        return;
}

static enum journal_found take_lock(const struct config *config, struct journal *journal, struct why *why)
{
    char path[FILE_PATH + 8], holder[160];
    snprintf(path, sizeof path, "%s.lock", config->journal);
    journal->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (journal->lock < 0) {
        why_not(why, "%s: %s", path, strerror(errno));
        return JOURNAL_CLOSED;
    }
    for (double until = config_elapsed() + config->wait; flock(journal->lock, LOCK_EX | LOCK_NB) != 0;) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            why_not(why, "%s: %s", path, strerror(errno));
            close(journal->lock);
            return JOURNAL_CLOSED;
        }
        if (config_elapsed() >= until) {
            read_holder(journal->lock, holder, sizeof holder);
            why_not(why, "%s is held by %s; end that process, or wait for it", config->journal, holder);
            close(journal->lock);
            return JOURNAL_HELD;
        }
        nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
    }
    introduce(journal->lock);
    return JOURNAL_OPEN;
}

/* ---- what is in it ---- */

/* A blank medium would mount as a new engine; a login is no time to begin one. */
static bool is_blank(struct journal *journal, uint32_t capacity)
{
    uint8_t bytes[512];
    for (uint32_t at = 0; at + sizeof bytes <= capacity; at += (uint32_t)sizeof bytes) {
        if (medium_read(journal, at, bytes, sizeof bytes) != 0)
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
    if (fstat(journal->file, &found) != 0)
        return why_not(why, "%s: %s", path, strerror(errno));
    if (found.st_size < SMALLEST || found.st_size > LARGEST || found.st_size % ERASE_SIZE != 0)
        return why_not(why, "%s has %lld bytes, which is no journal's size", path, (long long)found.st_size);
    strongroom_medium_t medium = {.user = journal, .read = medium_read, .write = medium_write, .erase = medium_erase,
                                  .capacity = (uint32_t)found.st_size, .erase_size = ERASE_SIZE};
    if (is_blank(journal, medium.capacity))
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
    enum journal_found found = take_lock(config, journal, why);
    if (found != JOURNAL_OPEN)
        return found;
    journal->file = file_open(config->journal, O_RDWR, 0022, why);
    if (journal->file >= 0 && mount(config, journal, why))
        return JOURNAL_OPEN;
    if (journal->file >= 0)
        close(journal->file);
    close(journal->lock);
    return JOURNAL_CLOSED;
}

void journal_close(struct journal *journal)
{
    strongroom_engine_deinit(&journal->engine);
    close(journal->file);
    close(journal->lock);
}
