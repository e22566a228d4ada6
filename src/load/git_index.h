// load/git_index.h
//
// Reads Git's index without running git. Rare cases (a split or sparse index, an unknown format) are left to git.
#pragma once

#include <sys/stat.h>

#include "load/repository_git.h"

struct git_index_entry {
    struct slice path;  // from the top
    enum git_entry entry;
    bool is_skipped;               // outside the sparse work tree, but the file may still exist
    bool is_announced;             // with `git add -N`: it has no content yet
    unsigned stage;                // 0, or the side of a conflict
    const unsigned char *object;   // its hash, in binary
    const unsigned char *numbers;  // what Git recorded about the file on the disk
};

struct git_index {
    struct git_index_entry *items;  // sorted by path, then by stage
    size_t count;
    unsigned object_size;
    struct slice tree;  // the tree that it equals; empty: none, or unknown
    bool has_modules, has_conflicts;
    uint32_t seconds, nanoseconds;  // when it was written
};

// The index lives in the arena. False: ask git instead; nothing is diagnosed.
bool git_index_read(const struct git_repository *, struct arena *, struct git_index *);
// The hash of an entry's content, as Git prints it.
struct slice git_index_object(const struct git_index *, const struct git_index_entry *, struct arena *);
// True when the file has certainly not changed since Git looked at it.
bool git_index_is_same(const struct git_index *, const struct git_index_entry *, const struct stat *);
