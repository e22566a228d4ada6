// cli/diff.h
//
// What the files of `kiln diff` share.
#pragma once

#include "cli/build.h"
#include "cli/command.h"
#include "cli/options.h"
#include "compare/comparison.h"
#include "report/report.h"

// As diff and kubectl have it.
enum { DIFF_SAME = 0, DIFF_DIFFERENT = 1, DIFF_UNKNOWN = 2 };

struct diff_settings {
    const char *format, *context, *max_bytes;
    bool kubectl, quiet, show_all, show_unchanged;
    struct compare_options compare;
    struct text_values ignored, presets, masked;
    struct build_settings build;  // of both sides; select and exclude are those of the difference
    const char *against, *exact_against, *live;
    int group;  // enum report_group
    bool staged;
    const struct report_format *report_format;
    size_t context_lines, byte_limit;
    bool by_change;  // operands only limit which roots that the change touches are compared
};

// Adds the masks of the .kiln.yaml that counts for a directory, as the files have it. The build is for messages. False:
// diagnosed.
bool diff_read_config(struct invocation *, struct diff_settings *, struct build *, const struct file_system *,
                      struct slice directory);

// Leaves the objects that --select and --exclude leave, and notes which patterns of --select match. False: diagnosed in
// the build of the side after, a pattern is malformed.
bool diff_select(const struct diff_settings *, struct side sides[2], bool *used);
// False: diagnosed, a pattern of --select matches nothing anywhere.
bool diff_check_selected(struct diagnostics *, const struct diff_settings *, const bool *used);

// Prints what was found out.
enum status diff_print(struct invocation *, const struct diff_settings *, struct report *);

// True where the call compares revisions, and not two operands.
bool diff_has_revisions(const struct diff_settings *, const struct operands *);
// Compares directories as they are in two revisions: those that are named, all roots, or those that the change touches.
enum status diff_revisions(struct invocation *, struct diff_settings *, const struct operands *);
// Asks a cluster what would change: `kubectl diff`, which shows it by kiln.
enum status diff_live(struct invocation *, const struct diff_settings *, const struct operands *);
