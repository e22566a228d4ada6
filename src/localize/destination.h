// localize/destination.h
//
// The directory that a localization makes. It grows under a hidden name beside its place and is moved there when it is
// complete: whoever looks sees all of it or nothing.
#pragma once

#include "base/diagnostics.h"
#include "base/temporary.h"

struct destination {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct slice path;           // where it will be; absolute, the links of its parent resolved
    const char *name;            // the last element of it
    struct slice shown;          // as the caller wrote it
    struct temporary temporary;  // where it grows
    int parent, directory;       // held open: the one that it will be in, and where it grows
};

// False: diagnosed (something is there already, its parent is missing).
bool destination_open(struct destination *, struct slice path);
// Paths are relative to the destination. Directories on the way are made. False: diagnosed.
bool destination_make_directory(struct destination *, struct slice path);
bool destination_write(struct destination *, struct slice path, struct slice content);
bool destination_has(const struct destination *, struct slice path);
// Copies what is in a directory outside, without following links, to a path of the destination. False: diagnosed.
bool destination_copy_directory(struct destination *, struct slice source, struct slice path);
// Puts it into its place, for which no memory is taken. False: diagnosed, and nothing is left of it.
bool destination_commit(struct destination *);
// Removes it, when it has not been put into its place.
void destination_discard(struct destination *);
