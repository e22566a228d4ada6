// cli/diff_roots.h
//
// Finds the roots that `kiln diff` compares between two states of the repository: those that the change affects, or
// all.
#pragma once

#include "repository/roots.h"

struct diff_roots {
    const char *since;   // a commit: the older state
    const char *to;      // the newer one; NULL: the work tree
    bool exact, staged;  // staged: the index instead of the work tree
    bool all;
    const char *const *tops;  // directories or patterns
    size_t top_count;
    struct slice config;  // a file to use instead of the repository's .kiln.yaml
    bool no_config;
    size_t total;  // set by the call: the number of all roots, affected or not
};

// Appends the roots of both states below the tops, with their flags from .kiln.yaml. False: diagnosed.
bool diff_find_roots(struct build *, struct diff_roots *, struct root_list *);
