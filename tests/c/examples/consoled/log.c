/* The tenant log as JSON Lines, as strongroom and tests/verify_log.py have them: on the disk before it is acknowledged. */
#include "consoled.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define LINE_SIZE 512 /* a line of the log, and more */
#define HEX (2 * STRONGROOM_RECORD_SIZE + 1)

static char log_path[SETTING];
static const char *log_serial;
static int log_file = -1;
static uint32_t exported; /* the sequence number of the next record to export */
static char last[HEX];    /* the one before, to know it again */

/* Finds out how far the log goes, so that no record is in it twice. A line that a crash tore is cut off. */
void log_open(const char *serial)
{
    configure("log", NULL, log_path);
    log_serial = serial;
    log_file = open(log_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    FILE *lines = log_file == -1 ? NULL : fopen(log_path, "re");
    if (lines == NULL)
        fail("%s: %s", log_path, strerror(errno));
    if (flock(log_file, LOCK_EX | LOCK_NB) == -1)
        fail("%s: another consoled writes it", log_path);
    char line[LINE_SIZE];
    uint32_t sequence;
    off_t whole = 0;
    while (fgets(line, sizeof line, lines) != NULL && strchr(line, '\n') != NULL) {
        whole = ftello(lines);
        /* Heads have no sequence number. */
        if (sscanf(line, "{\"engine\":\"%*[^\"]\",\"log\":\"tenant\",\"sequence\":%" SCNu32 ",\"record\":\"%236[0-9a-f]", &sequence, last) == 2)
            exported = sequence + 1;
    }
    if (ferror(lines) || ftruncate(log_file, whole) == -1)
        fail("%s: %s", log_path, strerror(errno));
    fclose(lines);
}

static void write_hex(const uint8_t *bytes, size_t count, char hex[HEX])
{
    for (size_t i = 0; i < count; i++)
        snprintf(hex + 2 * i, 3, "%02x", (unsigned)bytes[i]);
}

static void print_line(FILE *lines, const char *counted, uint32_t number, const char *name, const uint8_t *bytes, size_t count)
{
    char hex[HEX] = "";
    write_hex(bytes, count, hex);
    fprintf(lines, "{\"engine\":\"%s\",\"log\":\"tenant\",\"%s\":%" PRIu32 ",\"%s\":\"%s\"}\n", log_serial, counted, number, name, hex);
}

/* The records that were not exported before, and the log's head. */
static int print_records(FILE *lines, const strongroom_engine_t *engine, uint32_t next, uint32_t size)
{
    uint8_t record[STRONGROOM_RECORD_SIZE], root[STRONGROOM_DIGEST_SIZE];
    uint32_t first;
    if (strongroom_log_first(engine, STRONGROOM_LOG_TENANT, &first) != STRONGROOM_OK)
        return 0;
    if (first > next) {
        say("%s: records %" PRIu32 " to %" PRIu32 " are missing; somebody else has acknowledged them", log_path, next, first - 1);
        next = first;
    }
    for (; next < size; next++) {
        if (strongroom_log_record(engine, STRONGROOM_LOG_TENANT, next, record) != STRONGROOM_OK)
            return 0;
        print_line(lines, "sequence", next, "record", record, sizeof record);
    }
    if (strongroom_log_root(engine, STRONGROOM_LOG_TENANT, root) != STRONGROOM_OK)
        return 0;
    print_line(lines, "size", size, "root", root, sizeof root);
    return 1;
}

/* Puts bytes at the log's end and on the disk, whole or not at all. */
static int append(const char *text, size_t length)
{
    off_t end = lseek(log_file, 0, SEEK_END);
    int error = end == -1 ? errno : journal_file_put(log_file, text, length, end);
    if (error == 0 && fsync(log_file) == -1)
        error = errno;
    if (error == 0)
        return 1;
    say("%s: %s", log_path, strerror(error));
    if (end != -1 && ftruncate(log_file, end) == -1)
        say("%s: %s", log_path, strerror(errno));
    return 0;
}

/* The last record of a log that has so many, if the engine still holds it; else "". */
static void read_last(const strongroom_engine_t *engine, uint32_t size, char hex[HEX])
{
    uint8_t record[STRONGROOM_RECORD_SIZE];
    hex[0] = '\0';
    if (size > 0 && strongroom_log_record(engine, STRONGROOM_LOG_TENANT, size - 1, record) == STRONGROOM_OK)
        write_hex(record, sizeof record, hex);
}

/* The log is erased with its lease, and counts from 0 again; it may have more records by now than the former one had. */
static int is_another(const strongroom_engine_t *engine, uint32_t size)
{
    char hex[HEX];
    if (size < exported)
        return 1;
    read_last(engine, exported, hex);
    return hex[0] != '\0' && strcmp(hex, last) != 0;
}

int log_export(const strongroom_engine_t *engine, uint32_t *next)
{
    char *text = NULL;
    size_t length = 0;
    uint32_t size;
    if (strongroom_log_size(engine, STRONGROOM_LOG_TENANT, &size) != STRONGROOM_OK)
        return 0;
    *next = size;
    if (is_another(engine, size))
        exported = 0;
    if (size == exported)
        return 1;
    FILE *lines = open_memstream(&text, &length);
    if (lines == NULL)
        return 0;
    int safe = print_records(lines, engine, exported, size);
    safe = fclose(lines) == 0 && safe && append(text, length);
    free(text);
    if (safe) {
        exported = size;
        read_last(engine, size, last);
    }
    return safe;
}
