#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* flock, the program's name */
#endif
#include "journal_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define ERASE_SIZE 64 /* an EEPROM's page */
#define SMALLEST (24 * 1024)
#define LARGEST (16 * 1024 * 1024)

/* ---- the medium's functions: each returns errno ---- */

int journal_file_put(int file, const void *bytes, size_t length, off_t at)
{
    for (size_t done = 0; done < length;) {
        ssize_t put = pwrite(file, (const char *)bytes + done, length - done, at + (off_t)done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return put < 0 ? errno : EIO;
        done += (size_t)put;
    }
    return 0;
}

static int32_t medium_read(void *user, uint32_t at, uint8_t *bytes, size_t length)
{
    const struct journal_file *journal = user;
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

static int32_t medium_write(void *user, uint32_t at, const uint8_t *bytes, size_t length)
{
    const struct journal_file *journal = user;
    int failed = journal_file_put(journal->file, bytes, length, (off_t)at);
    return failed != 0 ? failed : fdatasync(journal->file) != 0 ? errno : 0;
}

static int32_t medium_erase(void *user, uint32_t from, uint32_t to)
{
    const struct journal_file *journal = user;
    uint8_t blank[ERASE_SIZE];
    memset(blank, 0xff, sizeof blank);
    for (; from < to; from += ERASE_SIZE) {
        int failed = journal_file_put(journal->file, blank, sizeof blank, (off_t)from);
        if (failed != 0)
            return failed;
    }
    return fdatasync(journal->file) != 0 ? errno : 0;
}

int journal_file_can_have(off_t bytes)
{
    return bytes >= SMALLEST && bytes <= LARGEST && bytes % ERASE_SIZE == 0;
}

strongroom_medium_t journal_file_medium(struct journal_file *journal, uint32_t bytes)
{
    return (strongroom_medium_t){.user = journal, .read = medium_read, .write = medium_write, .erase = medium_erase,
                                 .capacity = bytes, .erase_size = ERASE_SIZE};
}

/* ---- one process at a time ---- */

/* What the holder wrote of itself. */
static void read_holder(int lock, char holder[JOURNAL_FILE_HOLDER])
{
    ssize_t length = pread(lock, holder, JOURNAL_FILE_HOLDER - 1, 0);
    holder[length > 0 ? length : 0] = '\0';
    holder[strcspn(holder, "\r\n")] = '\0';
    if (holder[0] == '\0')
        snprintf(holder, JOURNAL_FILE_HOLDER, "a process that does not say who it is");
}

static void introduce(int lock)
{
    char since[32] = "?", text[160];
    time_t now = time(NULL);
    struct tm utc;
    if (gmtime_r(&now, &utc) != NULL)
        strftime(since, sizeof since, "%Y-%m-%dT%H:%M:%SZ", &utc);
    int length = snprintf(text, sizeof text, "process %ld (%.64s) since %s\n", (long)getpid(), program_invocation_short_name, since);
    /* Only for messages: whoever waits does without where it cannot be written. */
    if (ftruncate(lock, 0) == 0 && length > 0 && journal_file_put(lock, text, (size_t)length, 0) != 0)
        return;
}

static long long milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum journal_lock journal_file_lock(struct journal_file *journal, const char *path, int wait, char holder[JOURNAL_FILE_HOLDER])
{
    char beside[PATH_MAX];
    snprintf(beside, sizeof beside, "%s.lock", path);
    journal->lock = open(beside, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (journal->lock < 0)
        return JOURNAL_UNLOCKABLE;
    for (long long until = milliseconds() + wait; flock(journal->lock, LOCK_EX | LOCK_NB) != 0;) {
        int error = errno;
        if (error != EWOULDBLOCK && error != EINTR) {
            close(journal->lock);
            errno = error;
            return JOURNAL_UNLOCKABLE;
        }
        if (milliseconds() >= until) {
            read_holder(journal->lock, holder);
            close(journal->lock);
            return JOURNAL_BUSY;
        }
        nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
    }
    introduce(journal->lock);
    return JOURNAL_LOCKED;
}
