// cfg/ignore.h
//
// A `.krmignore`: which files and directories of a package are left out. One pattern a line, much as in a `.gitignore`:
//
//     *.tmp.yaml     a name anywhere
//     drafts/        a directory
//     /local/a.yaml  only there, from the top
//     !keep.yaml     not ignored, whatever else says
//
// `*` and `?` stand for part of one name; there is no `**`.
#pragma once

#include "base/arena.h"
#include "base/slice.h"

struct ignore_pattern {
    struct slice text;  // without slashes around it
    size_t depth;       // how many names it has
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
// `path` is relative to where the file stood.
bool ignore_matches(const struct ignore *, struct slice path, bool is_directory);
