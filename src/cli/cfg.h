// cli/cfg.h
//
// Shared by the commands of `cfg` and `fn`.
#pragma once

#include "cfg/package.h"
#include "cli/command.h"
#include "cli/options.h"

// Reads flags and operands. False: `*status` is the exit status.
bool cfg_parse(struct invocation *, void *settings, struct operands *, size_t most, enum status *status);

// Splits each value at its commas; "a,b" in double quotes is one value.
struct text_values cfg_split_values(struct arena *, const struct text_values *);

// Reads the objects from standard input. False: diagnosed.
bool cfg_read_input(struct cfg *, struct tree_documents *, struct package_wrapping *);

// Calls `work` with the objects of standard input, or of each package of a directory, and prints what it appends to
// `out`.
struct cfg_job {
    const char *directory;  // NULL: standard input
    bool recurse;
    bool separated;  // by lines `---`
    bool titled;     // each package after a line with its path
    bool (*work)(struct cfg *, void *settings, struct tree_documents *, struct buffer *out);  // false: diagnosed
    void *settings;
    const char *output;  // a file instead of standard output; NULL or empty: none
};
enum status cfg_run(struct invocation *, const struct cfg_job *);
