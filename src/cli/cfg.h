// cli/cfg.h
//
// What the commands of `cfg` and `fn` have in common.
#pragma once

#include "cfg/package.h"
#include "cli/command.h"
#include "cli/options.h"

// Reads flags and operands. False: `*status` is how the command ends.
bool cfg_parse(struct invocation *, void *settings, struct operands *, size_t most, enum status *status);

// Each value cut at its commas; "a,b" in double quotes is one.
struct text_values cfg_split_values(struct arena *, const struct text_values *);

// The objects of standard input. False: diagnosed.
bool cfg_read_input(struct cfg *, struct tree_documents *, struct package_wrapping *);

// Does `work` for the objects of standard input, or of each package of a directory, and prints what it appends to
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
