/* Files that nobody but root, or the user that asks, can have written. */
#ifndef FILE_H
#define FILE_H

#include "why.h"

#include <sys/types.h>

#define FILE_PATH 256 /* bytes of a path, its final zero included */

/*
 * Opens a regular file that is there, if it belongs to root or to the effective user and has none of the permission
 * bits in `forbidden`, and the same is true of its folder. Returns the descriptor, or -1 and says why.
 */
int file_open(const char *path, int flags, mode_t forbidden, struct why *why);

/* The folder of a path. */
void file_folder(const char *path, char folder[FILE_PATH]);

/* Whether a folder is there, with an owner as above and none of the permission bits in `forbidden`. */
bool file_folder_is_safe(const char *folder, mode_t forbidden, struct why *why);

#endif
