// cli/affected.h
//
// What the files of `kiln affected` share.
#pragma once

#include "cli/build.h"
#include "repository/affected.h"

enum { AFFECTED_TEXT, AFFECTED_JSON, AFFECTED_PATHS, AFFECTED_MATRIX, AFFECTED_DOT };

struct affected_settings {
    struct build_settings build;  // of --build
    const char *since, *exact_since, *depth, *chunks;
    struct text_values between;
    bool staged, of_branch, everything, from_input, null_input, why, builds, diffs, checks, all_kustomizations,
        exit_code, null_output;
    bool absolute, quiet;
    int format;
    size_t depth_limit, chunk_count;
    struct {
        struct named_change *items;
        size_t count, capacity;
    } named;
    struct operands tops;
};

// The revision that counts where none is named: from the environment of a CI system, else HEAD.
const char *affected_default_revision(struct arena *);

// Appends the answer in the format of the settings.
void affected_print(struct invocation *, const struct affected_settings *, struct affected *, struct buffer *);
// Writes to standard error what is to be said beside it.
void affected_say(struct invocation *, const struct affected_settings *, struct affected *);
