// cfg/ignore.h
//
// A `.krmignore` lists files and directories of a package that are ignored, one pattern per line, much like a
// `.gitignore`:
//
//     *.tmp.yaml     a name in any directory
//     drafts/        a directory
//     /local/a.yaml  a path relative to the top directory
//     !keep.yaml     never ignored, whatever other patterns say
//
// `*` and `?` match within one name only. `**` is not supported.
#pragma once

#include "base/arena.h"
#include "base/slice.h"

struct ignore_pattern {
    struct slice text;  // without slashes around it
    size_t depth;       // the number of names in it
    bool from_top, directory, glob;
};

struct ignore_list {
    struct ignore_pattern *items;
    size_t count, capacity;
};

struct ignore {
    struct ignore_list ignored, kept;
};

void ignore_read(struct arena *, struct slice text, struct ignore *);
// `path` is relative to the directory of the `.krmignore`.
bool ignore_matches(const struct ignore *, struct slice path, bool is_directory);
