#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool why_not(struct why *why, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(why->text, sizeof why->text, format, arguments) < 0)
        why->text[0] = '\0';
    va_end(arguments);
    return false;
}

static bool is_safe(const char *path, const struct stat *found, mode_t forbidden, struct why *why)
{
    if (found->st_uid != 0 && found->st_uid != geteuid())
        return why_not(why, "%s belongs to user %u, and has to be root's: chown root", path, (unsigned)found->st_uid);
    if ((found->st_mode & forbidden) != 0)
        return why_not(why, "%s is open to others (mode %03o): chmod %03o", path, (unsigned)(found->st_mode & 0777),
                       (unsigned)(found->st_mode & 0777 & ~forbidden));
    return true;
}

void file_folder(const char *path, char folder[FILE_PATH])
{
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    if (slash == NULL)
        snprintf(folder, FILE_PATH, ".");
    else if (length == 0)
        snprintf(folder, FILE_PATH, "/");
    else
        snprintf(folder, FILE_PATH, "%.*s", (int)(length < FILE_PATH ? length : FILE_PATH - 1), path);
}

bool file_folder_is_safe(const char *folder, mode_t forbidden, struct why *why)
{
    struct stat found;
    if (stat(folder, &found) != 0)
        return why_not(why, "%s: %s", folder, strerror(errno));
    if (!S_ISDIR(found.st_mode))
        return why_not(why, "%s is no folder", folder);
    return is_safe(folder, &found, forbidden, why);
}

int file_open(const char *path, int flags, mode_t forbidden, struct why *why)
{
    char folder[FILE_PATH];
    file_folder(path, folder);
    if (!file_folder_is_safe(folder, forbidden, why))
        return -1;
    /* Not blocking, lest somebody put a pipe there. */
    int file = open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) {
        why_not(why, "%s: %s", path, strerror(errno));
        return -1;
    }
    struct stat found;
    bool good = fstat(file, &found) == 0 ? true : why_not(why, "%s: %s", path, strerror(errno));
    if (good && !S_ISREG(found.st_mode))
        good = why_not(why, "%s is no regular file", path);
    if (!good || !is_safe(path, &found, forbidden, why)) {
        close(file);
        return -1;
    }
    return file;
}
