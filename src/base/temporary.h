// base/temporary.h
//
// A private directory for what other programs read and write: clones, values files, plugin configurations.
// It is made when it is first needed, nobody else can look into it, and it disappears with the build, also
// when a signal ends the process. What the process leaves when it is killed, the next one removes (base/leftover.h).
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

// A zeroed struct is one that was not needed yet.
struct temporary {
    char *path;  // absolute, links resolved; NULL: not made
    int note;    // for base/interrupt.h
    int lock;    // the directory, open
    unsigned next_number;
};

// A new empty directory below it, NAME-1, NAME-2 … False: `*reason` says why. Its path ends with NUL.
bool temporary_directory(struct temporary *, struct arena *, const char *name, struct slice *path,
                         struct slice *reason);

// Makes it as an empty directory beside `path`, to be moved there when it is complete. False: `*reason` says why.
bool temporary_make_beside(struct temporary *, struct arena *, struct slice path, struct slice *reason);
// It has been moved, and stays.
void temporary_release(struct temporary *);

// A new file in a directory, for this user only. False: `*reason` says why.
bool temporary_write(struct arena *, struct slice path, struct slice content, struct slice *reason);

// Removes a directory in it with all below. Links are not followed. False: something is left.
bool temporary_remove_directory(const char *path);

// Removes everything.
void temporary_remove(struct temporary *);
