// localize/destination.h
//
// The directory that `localize` creates. It is built under a hidden name next to its final place, and moved there when
// it is complete, so that nobody ever sees a part of it.
#pragma once

#include "base/diagnostics.h"
#include "base/temporary.h"

struct destination {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct slice path;           // where it will be; absolute, the links of its parent resolved
    const char *name;            // its last element
    struct slice shown;          // as the user wrote it
    struct temporary temporary;  // where it is built
    int parent, directory;       // held open: the final parent, and where it is built
};

// False: diagnosed (the destination exists already, or its parent is missing).
bool destination_open(struct destination *, struct slice path);
// Paths are relative to the destination. Missing directories on the way are created. False: diagnosed.
bool destination_make_directory(struct destination *, struct slice path);
bool destination_write(struct destination *, struct slice path, struct slice content);
bool destination_has(const struct destination *, struct slice path);
// Copies the contents of a directory from elsewhere to a path in the destination, without its links. False: diagnosed.
bool destination_copy_directory(struct destination *, struct slice source, struct slice path);
// Moves the destination to its final place, without allocating memory. False: diagnosed, and nothing is left of it.
bool destination_commit(struct destination *);
// Removes the destination unless it was committed.
void destination_discard(struct destination *);
