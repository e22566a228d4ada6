// cli/diff_affected.h
//
// `kiln diff` of the roots that a change touches, for a command that has found out which change is meant.
#pragma once

#include "cli/build.h"
#include "cli/command.h"
#include "cli/options.h"

struct diff_affected {
    const char *format;      // "text" or another of `kiln diff`
    const char *since, *to;  // revisions; `to` NULL: the work tree
    bool of_branch;          // `to` is compared with where it left `since`
    bool exact, staged;      // `since` itself; the index in place of the work tree
    struct operands tops;    // where roots are looked for; none: below the current directory
};

// The exit status is that of `kiln diff`.
enum status diff_affected(struct invocation *, const struct build_settings *, const struct diff_affected *);
