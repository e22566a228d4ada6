// base/temporary.h
//
// A private directory for files that other programs read and write: clones, values files, plugin configurations. It is
// created when first needed. Nobody else can access it, and it is removed at the end of the build, even if a signal
// ends the process. If the process is killed, the next one removes what it left (base/leftover.h).
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

// A zeroed struct is a directory that hasn't been needed yet.
struct temporary {
    char *path;  // absolute, links resolved; NULL: not created
    int note;    // for base/interrupt.h
    int lock;    // an open descriptor of the directory
    unsigned next_number;
};

// Creates an empty directory below it, named NAME-1, NAME-2, and so on. On false, `*reason` says why. The path ends
// with a NUL.
bool temporary_directory(struct temporary *, struct arena *, const char *name, struct slice *path,
                         struct slice *reason);

// Creates it as an empty directory next to `path`, to be moved there when complete. On false, `*reason` says why.
bool temporary_create_beside(struct temporary *, struct arena *, struct slice path, struct slice *reason);
// Called after it has been moved: it stays.
void temporary_release(struct temporary *);

// Creates a file that only this user can access. On false, `*reason` says why.
bool temporary_write(struct arena *, struct slice path, struct slice content, struct slice *reason);

// Removes a directory in it with everything below, without following links. False if something is left.
bool temporary_remove_directory(const char *path);

// Removes it with everything in it.
void temporary_remove(struct temporary *);
