// repository/work_tree.h
//
// The work tree beside the index: each directory that Git has is looked into once.
#pragma once

#include "load/git_index.h"
#include "load/glob.h"

enum work_tree_state {
    WORK_TREE_MISSING,
    WORK_TREE_SAME,   // the file that Git has looked at; or it was not asked for
    WORK_TREE_DOUBT,  // its content has to be compared
    WORK_TREE_LINK,   // in place of a file
    WORK_TREE_OTHER,  // a file in place of a link, or what is no file, such as a pipe
};

struct work_tree {
    enum work_tree_state *states;  // for each entry of the index
    struct path_list strangers;    // files and directories that the index does not have, from the top
};

// `compares` is false where it is enough to know what is there. False: a directory cannot be looked into.
bool work_tree_look(struct arena *, struct slice top, const struct git_index *, bool compares, struct work_tree *);
