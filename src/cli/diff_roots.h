// cli/diff_roots.h
//
// Which roots `kiln diff` compares between two states of the repository: those that the change touches, or all.
#pragma once

#include "repository/roots.h"

struct diff_roots {
    const char *since;   // a commit: the older state
    const char *to;      // the newer one; NULL: the work tree
    bool exact, staged;  // staged: the index in place of the work tree
    bool all;
    const char *const *tops;  // directories, or patterns for them
    size_t top_count;
    struct slice config;  // a file in place of the repository's .kiln.yaml
    bool no_config;
    size_t total;  // set: the roots that there are, also those that the change does not touch
};

// Appends the roots of either state below the tops, with the flags that .kiln.yaml has for them. False: diagnosed.
bool diff_find_roots(struct build *, struct diff_roots *, struct root_list *);
