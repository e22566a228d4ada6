// cli/diff_affected.h
//
// `kiln diff` for the roots that a change affects, for commands that have already determined the change.
#pragma once

#include "cli/build.h"
#include "cli/command.h"
#include "cli/options.h"

struct diff_affected {
    const char *format;      // "text" or another of `kiln diff`
    const char *since, *to;  // revisions; `to` NULL: the work tree
    bool of_branch;          // compare `to` with the commit where it branched off from `since`
    bool exact, staged;      // compare with `since` itself; use the index instead of the work tree
    struct operands tops;    // where to look for roots; none: below the current directory
};

// Returns the exit status of `kiln diff`.
enum status diff_affected(struct invocation *, const struct build_settings *, const struct diff_affected *);
