// base/leftover.h
//
// Files and directories that are not complete yet, and what is left of them when their process was killed. Their names
// end with `kiln-` and 16 hexadecimal digits, and begin with a dot where users look. Whoever makes one holds its lock
// (flock) until it has its real name or is gone. The lock ends with the process, so what can be locked is left over.
// Where a file system has no locks, nothing is ever taken for left over.
#pragma once

#include <stdbool.h>

#include <sys/types.h>

enum { LEFTOVER_NAME_SIZE = 128 };

// A new file for this user only, open for reading and writing. Its name is written to `name`. The lock is that of the
// descriptor. Below 0: errno says why.
int leftover_create_file(int directory, char name[LEFTOVER_NAME_SIZE]);
// A new directory for this user only. The same, but open for reading.
// `start` is the beginning of its name: nothing, a dot, or a dot and more, of which a part is taken.
int leftover_create_directory(int directory, const char *start, char name[LEFTOVER_NAME_SIZE]);

// Removes what dead processes of this user have left in a directory. `finish`, if it isn't NULL, is called before with
// the descriptor of each directory that is left over. False: it has failed, errno says why, and the directory stays.
bool leftover_sweep(int directory, bool (*finish)(int directory, int left));

// Removes a directory with all below. Links are not followed.
void tree_remove(int directory, const char *name);
