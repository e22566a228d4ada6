// base/leftover.h
//
// Files and directories that are not complete yet, and cleaning up after a process that was killed. Their names end
// with `kiln-` and 16 hexadecimal digits, and begin with a dot in directories that users see. The process that creates
// one locks it (flock) until it has its final name or is removed. The lock ends with the process, so one that can be
// locked is left over. On file systems without locks, nothing counts as left over.
#pragma once

#include <stdbool.h>

#include <sys/types.h>

enum { LEFTOVER_NAME_SIZE = 128 };

// Creates a file that only this user can access, open for reading and writing, and writes its name to `name`. The
// descriptor holds the lock. Returns a negative number on failure and sets errno.
int leftover_create_file(int directory, char name[LEFTOVER_NAME_SIZE]);
// The same for a directory, open for reading. `start` is the beginning of its name: empty, a dot, or a dot with more
// text, which is shortened if it is long.
int leftover_create_directory(int directory, const char *start, char name[LEFTOVER_NAME_SIZE]);

// Removes what dead processes of this user have left in a directory. Before a directory is removed, `finish` is called
// with its descriptor, unless it is NULL. If `finish` fails, the directory stays, errno says why, and the result is
// false.
bool leftover_sweep(int directory, bool (*finish)(int directory, int left));

// Removes a directory with everything in it, without following links.
void tree_remove(int directory, const char *name);
