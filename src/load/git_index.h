// load/git_index.h
//
// Git's index, read without a process. What is rare (a split or sparse index, an unknown format) is left to the program
// `git`.
#pragma once

#include <sys/stat.h>

#include "load/repository_git.h"

struct git_index_entry {
    struct slice path;  // from the top
    enum git_entry entry;
    bool is_skipped;               // not in a sparse work tree, unless it is there all the same
    bool is_announced;             // by `git add -N`: it has no content yet
    unsigned stage;                // 0, or the side of a conflict
    const unsigned char *object;   // its name, in bytes
    const unsigned char *numbers;  // what Git has noted of the file on the disk
};

struct git_index {
    struct git_index_entry *items;  // sorted by path, then by stage
    size_t count;
    unsigned object_size;
    struct slice tree;  // that it is the same as; empty: none, or it is not known
    bool has_modules, has_conflicts;
    uint32_t seconds, nanoseconds;  // when it was written
};

// It lives in the arena. False, and nothing is diagnosed: ask git instead.
bool git_index_read(const struct git_repository *, struct arena *, struct git_index *);
// The name of an entry's content, as Git prints it.
struct slice git_index_object(const struct git_index *, const struct git_index_entry *, struct arena *);
// True where the file is, for certain, the one that Git has looked at.
bool git_index_is_same(const struct git_index *, const struct git_index_entry *, const struct stat *);
