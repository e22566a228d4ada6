// repository/work_tree.h
//
// The work tree compared with the index: reads each tracked directory once.
#pragma once

#include "load/git_index.h"
#include "load/glob.h"

enum work_tree_state {
    WORK_TREE_MISSING,
    WORK_TREE_SAME,   // unchanged since Git's last look, or not requested
    WORK_TREE_DOUBT,  // the content must be compared
    WORK_TREE_LINK,   // instead of a file
    WORK_TREE_OTHER,  // a file instead of a link, or a special file such as a pipe
};

struct work_tree_entry {
    enum work_tree_state state;
    struct slice content;  // of a kustomization file, which is read in passing; data NULL: not read
};

struct work_tree {
    struct work_tree_entry *entries;  // for each entry of the index
    struct path_list untracked;       // files and directories that aren't in the index, from the top
};

// `compares` false: only checks what exists. Returns false if a directory can't be read.
bool work_tree_read(struct arena *, struct slice top, const struct git_index *, bool compares, struct work_tree *);
