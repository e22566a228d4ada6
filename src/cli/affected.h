// cli/affected.h
//
// Shared by the files of `kiln affected`.
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

// The default revision: the one that a CI system names in the environment, or HEAD.
const char *affected_default_revision(struct arena *);

// Appends the answer in the format of the settings.
void affected_print(struct invocation *, const struct affected_settings *, struct affected *, struct buffer *);
// Writes to standard error what accompanies the answer.
void affected_report(struct invocation *, const struct affected_settings *, struct affected *);
