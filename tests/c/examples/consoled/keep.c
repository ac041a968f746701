/* The engine: its time, the journal that it is kept in, and the log that its records go to. */
#include "consoled.h"

#include "../journal_file/journal_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LOGS 2
#define LINE_SIZE 512 /* a line of the log, and more */

strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
strongroom_start_t ordered;
int failed;

static const char *journal_path, *log_path, *clock_path;
static struct journal_file journal = {-1, -1};
static int log_file = -1;
static uint32_t exported[LOGS]; /* the sequence number of the next record to export */
static strongroom_principal_t drains[LOGS];
static int may_drain[LOGS];

static const uint8_t logs[LOGS] = {STRONGROOM_LOG_TENANT, STRONGROOM_LOG_LIFECYCLE};

/* ---- time ---- */

uint64_t keep_now(void)
{
    if (clock_path == NULL)
        return (uint64_t)time(NULL);
    uint64_t now;
    FILE *file = fopen(clock_path, "r");
    int read = file != NULL ? fscanf(file, "%" SCNu64, &now) : 0;
    if (file != NULL)
        fclose(file);
    return read == 1 ? now : STRONGROOM_NO_TIME;
}

/* ---- files ---- */

/* A name is on the disk once its folder is. */
static void sync_folder(const char *path)
{
    char copy[PATH_MAX];
    snprintf(copy, sizeof copy, "%s", path);
    int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder == -1 || fsync(folder) == -1)
        fail("%s: its folder: %s", path, strerror(errno));
    close(folder);
}

/* One process writes a journal. The lock ends with its process, however that ends. */
static void take_lock(void)
{
    char holder[JOURNAL_FILE_HOLDER];
    switch (journal_file_lock(&journal, journal_path, 0, holder)) {
    case JOURNAL_LOCKED:
        break;
    case JOURNAL_BUSY:
        fail("%s: another process has it: %s", journal_path, holder);
        break;
    default:
        fail("%s.lock: %s", journal_path, strerror(errno));
    }
}

/* A blank journal, there as a whole or not at all. */
static int make_journal(void)
{
    static uint8_t blank[JOURNAL_FILE_SIZE];
    char path[PATH_MAX];
    memset(blank, 0xff, sizeof blank);
    snprintf(path, sizeof path, "%s.new", journal_path);
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file == -1 || journal_file_put(file, blank, sizeof blank, 0) != 0 || fsync(file) == -1 || rename(path, journal_path) == -1)
        fail("%s: %s", path, strerror(errno));
    sync_folder(journal_path);
    return file;
}

static void mount(void)
{
    struct stat about;
    journal.file = open(journal_path, O_RDWR | O_CLOEXEC);
    if (journal.file == -1 && errno != ENOENT)
        fail("%s: %s", journal_path, strerror(errno));
    if (journal.file == -1)
        journal.file = make_journal();
    if (fstat(journal.file, &about) == -1)
        fail("%s: %s", journal_path, strerror(errno));

    uint8_t policy;
    if (strongroom_policy_find(ordered.policy, &policy) != STRONGROOM_OK)
        fail("the Start frame names a policy that is no preset of this library's");
    if (!journal_file_can_have(about.st_size))
        fail("%s has %lld bytes, which is no journal's size", journal_path, (long long)about.st_size);
    const strongroom_medium_t medium = journal_file_medium(&journal, (uint32_t)about.st_size);
    strongroom_mounted_t mounted;
    strongroom_status_t status =
        strongroom_engine_mount(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &ordered.device, policy, &medium, &mounted);
    if (status != STRONGROOM_OK)
        fail("%s: %s", journal_path, strongroom_error_text(status));
    if (mounted.found == STRONGROOM_MOUNTED_HELD)
        fail("%s: it is another device's, or of another version of the library (reason %u, %" PRIu64 ")", journal_path,
             (unsigned)mounted.why, mounted.number);
    if (mounted.found == STRONGROOM_MOUNTED_INVALID)
        say("%s: it cannot be read (reason %u, %" PRIu64 "): every access is closed, and the way on is a quarantine",
            journal_path, (unsigned)mounted.why, mounted.number);
    if (mounted.found == STRONGROOM_MOUNTED_RESTORED)
        say("%s: restored%s", journal_path, mounted.torn ? "; what a power cut tore was never answered" : "");
}

/* ---- the log: JSON Lines, as `strongroom replay --json` and tests/verify_log.py have them ---- */

/* Finds out how far the log goes, so that no record is in it twice. A line that a crash tore is cut off. */
static void open_log(void)
{
    log_file = open(log_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    FILE *lines = log_file == -1 ? NULL : fopen(log_path, "r");
    if (lines == NULL)
        fail("%s: %s", log_path, strerror(errno));
    sync_folder(log_path);
    char line[LINE_SIZE], name[16];
    uint32_t sequence;
    off_t whole = 0;
    while (fgets(line, sizeof line, lines) != NULL && strchr(line, '\n') != NULL) {
        whole = ftello(lines);
        if (sscanf(line, "{\"engine\":\"%*[^\"]\",\"log\":\"%15[^\"]\",\"sequence\":%" SCNu32 ",", name, &sequence) != 2)
            continue; /* a head */
        for (size_t log = 0; log < LOGS; log++)
            if (strcmp(name, strongroom_log_name(logs[log])) == 0)
                exported[log] = sequence + 1;
    }
    if (ferror(lines) || ftruncate(log_file, whole) == -1 || lseek(log_file, 0, SEEK_END) == -1)
        fail("%s: %s", log_path, strerror(errno));
    fclose(lines);
}

static void print_hex(FILE *lines, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fprintf(lines, "%02x", (unsigned)bytes[i]);
    fputs("\"}\n", lines);
}

/* The records of one log that were not exported before, and the log's head. */
static void print_records(FILE *lines, size_t log, uint32_t next, uint32_t size)
{
    const char *name = strongroom_log_name(logs[log]);
    uint8_t record[STRONGROOM_RECORD_SIZE], root[STRONGROOM_DIGEST_SIZE];
    uint32_t first;
    if (strongroom_log_first(&engine, logs[log], &first) == STRONGROOM_OK && first > next) {
        say("%s: records %" PRIu32 " to %" PRIu32 " of the %s log are missing; they were acknowledged before", log_path, next,
            first - 1, name);
        next = first;
    }
    for (; next < size; next++) {
        if (strongroom_log_record(&engine, logs[log], next, record) != STRONGROOM_OK)
            return;
        fprintf(lines, "{\"engine\":\"%s\",\"log\":\"%s\",\"sequence\":%" PRIu32 ",\"record\":\"", ordered.device.serial, name, next);
        print_hex(lines, record, sizeof record);
    }
    if (strongroom_log_root(&engine, logs[log], root) != STRONGROOM_OK)
        return;
    fprintf(lines, "{\"engine\":\"%s\",\"log\":\"%s\",\"size\":%" PRIu32 ",\"root\":\"", ordered.device.serial, name, size);
    print_hex(lines, root, sizeof root);
}

/* Puts bytes at the log's end and on the disk, whole or not at all. */
static int append(const char *text, size_t length)
{
    off_t end = lseek(log_file, 0, SEEK_END);
    int error = end == -1 ? errno : journal_file_put(log_file, text, length, end);
    if (error == 0 && fsync(log_file) == -1)
        error = errno;
    if (error != 0) {
        say("%s: %s", log_path, strerror(error));
        if (end != -1 && ftruncate(log_file, end) == -1)
            say("%s: %s", log_path, strerror(errno));
    }
    return error == 0;
}

/* Exports what is new. Says whether every record is safe now. */
static int export_records(void)
{
    char *text = NULL;
    size_t length = 0;
    uint32_t size[LOGS];
    FILE *lines = open_memstream(&text, &length);
    if (lines == NULL)
        return 0;
    for (size_t log = 0; log < LOGS; log++) {
        if (strongroom_log_size(&engine, logs[log], &size[log]) != STRONGROOM_OK)
            size[log] = exported[log];
        /* A tenant log that is shorter was erased with the lease, and counts from 0 again. */
        uint32_t next = size[log] < exported[log] ? 0 : exported[log];
        if (next < size[log])
            print_records(lines, log, next, size[log]);
    }
    int safe = fclose(lines) == 0 && (length == 0 || append(text, length));
    free(text);
    if (safe)
        memcpy(exported, size, sizeof exported);
    return safe;
}

/* ---- steps ---- */

strongroom_principal_t keep_part(uint8_t role)
{
    strongroom_principal_t part = {0};
    part.role = role;
    return part;
}

strongroom_principal_t keep_provider(uint8_t role, const uint8_t id[16])
{
    strongroom_principal_t person = keep_part(role);
    memcpy(person.organisation, ordered.device.provider, sizeof person.organisation);
    memcpy(person.id, id, sizeof person.id);
    return person;
}

/* What the library cannot do, or the journal does not take, ends everything. */
static int happened(strongroom_status_t status)
{
    if (status == STRONGROOM_OK)
        return 1;
    strongroom_fault_t fault = {0};
    if (strongroom_engine_fault(&engine, &fault) == STRONGROOM_OK && fault.what != STRONGROOM_OK)
        say("%s: %s: %s", journal_path, strongroom_error_text(status), fault.code != 0 ? strerror(fault.code) : strongroom_error_text(fault.what));
    else
        say("the engine: %s", strongroom_error_text(status));
    failed = 1;
    return 0;
}

/* Acknowledges a log that has no room any more; each time leaves a record itself. Not before the records are safe. */
static void drain(void)
{
    for (size_t log = 0; log < LOGS; log++) {
        strongroom_command_t command = {0};
        strongroom_reply_t reply;
        strongroom_account_t account;
        uint32_t room;
        if (!may_drain[log] || strongroom_log_room(&engine, logs[log], &room) != STRONGROOM_OK || room > 1)
            continue;
        command.verb = STRONGROOM_VERB_ACKNOWLEDGE;
        command.by = drains[log];
        if (logs[log] == STRONGROOM_LOG_TENANT && strongroom_engine_account(&engine, &account) == STRONGROOM_OK)
            memcpy(command.by.organisation, account.organisation, sizeof command.by.organisation);
        command.with.acknowledge.log = logs[log];
        command.with.acknowledge.next = exported[log];
        if (happened(strongroom_engine_apply(&engine, keep_now(), &command, &reply)) &&
            reply.verdict != STRONGROOM_VERDICT_ACCEPTED)
            say("the %s log cannot be acknowledged: %s", strongroom_log_name(logs[log]), strongroom_rule_text(reply.rule));
    }
}

/* A step was stored: its records leave, and make room. */
static void export_and_drain(void)
{
    if (export_records()) {
        drain();
        export_records();
    }
}

int keep_tick(void)
{
    const int longest = clock_path != NULL ? 100 : 60000; /* the clock may be set meanwhile */
    uint64_t now = keep_now(), deadline;
    strongroom_reply_t reply = {.verdict = STRONGROOM_VERDICT_ACCEPTED};
    uint8_t due;
    while (now != STRONGROOM_NO_TIME && reply.verdict == STRONGROOM_VERDICT_ACCEPTED && !failed &&
           strongroom_engine_is_due(&engine, now, &due) == STRONGROOM_OK && due) {
        if (happened(strongroom_engine_tick(&engine, now, &reply))) {
            say("time: %s: %s", strongroom_rule_name(reply.rule), strongroom_rule_text(reply.rule));
            export_and_drain();
        }
    }
    if (strongroom_engine_next_deadline(&engine, &deadline) != STRONGROOM_OK || deadline == STRONGROOM_NO_TIME ||
        now == STRONGROOM_NO_TIME || deadline >= now + 60)
        return longest;
    return deadline > now && (deadline - now) * 1000 < (uint64_t)longest ? (int)(deadline - now) * 1000 : longest;
}

int keep_apply(const strongroom_command_t *command, strongroom_reply_t *reply)
{
    (void)keep_tick();
    if (failed || !happened(strongroom_engine_apply(&engine, keep_now(), command, reply)))
        return 0;
    export_and_drain();
    return 1;
}

/* ---- life ---- */

static void read_start(const char *path)
{
    uint8_t frame[STRONGROOM_MAX_FRAME];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail("%s: %s", path, strerror(errno));
    size_t length = fread(frame, 1, sizeof frame, file);
    const uint8_t *end = memchr(frame, 0, length);
    if (ferror(file) || end == NULL)
        fail("%s: it does not begin with a frame", path);
    fclose(file);
    strongroom_status_t status = strongroom_frame_start(frame, (size_t)(end - frame) + 1, &ordered);
    if (status != STRONGROOM_OK)
        fail("%s: its first frame: %s", path, strongroom_error_text(status));
    if (strpbrk(ordered.device.serial, "\"\\") != NULL)
        fail("%s: a serial number with a quote or a backslash", path);
}

void keep_open(const struct options *options)
{
    const char *ids[LOGS] = {options->auditor, options->pool};
    const char *names[LOGS] = {"auditor", "pool"};
    const uint8_t roles[LOGS] = {STRONGROOM_ROLE_AUDITOR, STRONGROOM_ROLE_POOL};
    journal_path = options->journal;
    log_path = options->log;
    clock_path = options->clock;
    read_start(options->start);
    for (size_t log = 0; log < LOGS; log++) {
        uint8_t id[16];
        may_drain[log] = ids[log] != NULL;
        if (!may_drain[log])
            continue;
        read_uuid(names[log], ids[log], id);
        drains[log] = keep_provider(roles[log], id);
    }
    take_lock();
    mount();
    open_log();
    export_and_drain();
}

void keep_close(void)
{
    (void)strongroom_engine_deinit(&engine);
    close(log_file);
    close(journal.file);
    close(journal.lock);
}
