// cli/diff.h
//
// Shared by the files of `kiln diff`.
#pragma once

#include "cli/build.h"
#include "cli/command.h"
#include "cli/options.h"
#include "compare/comparison.h"
#include "report/report.h"

// The same as those of diff and kubectl.
enum { DIFF_SAME = 0, DIFF_DIFFERENT = 1, DIFF_UNKNOWN = 2 };

struct diff_settings {
    const char *format, *context, *max_bytes;
    bool kubectl, quiet, show_all, show_unchanged;
    struct compare_options compare;
    struct text_values ignored, presets, masked;
    struct build_settings build;  // of both sides; select and exclude apply to the comparison
    const char *against, *exact_against, *live;
    int group;  // enum report_group
    bool staged;
    const struct report_format *report_format;
    size_t context_lines, byte_limit;
    bool by_change;  // operands only limit which of the affected roots are compared
};

// Adds the masks of the .kiln.yaml that applies to a directory of the file system. The build is for messages. False:
// diagnosed.
bool diff_read_config(struct invocation *, struct diff_settings *, struct build *, const struct file_system *,
                      struct slice directory);

// Applies --select and --exclude, and notes which patterns of --select match. False: a pattern is malformed; diagnosed
// in the build of the new side.
bool diff_select(const struct diff_settings *, struct side sides[2], bool *used);
// False: a pattern of --select matches nothing on either side; diagnosed.
bool diff_check_selected(struct diagnostics *, const struct diff_settings *, const bool *used);

// Prints the report. Returns the exit status.
enum status diff_print(struct invocation *, const struct diff_settings *, struct report *);

// True if the call compares revisions instead of two operands.
bool diff_has_revisions(const struct diff_settings *, const struct operands *);
// Compares directories in two revisions: named ones, all roots, or the roots that the change affects.
enum status diff_revisions(struct invocation *, struct diff_settings *, const struct operands *);
// Asks a cluster what would change with `kubectl diff`, which calls kiln to print it.
enum status diff_live(struct invocation *, const struct diff_settings *, const struct operands *);
