// cli/check_fix.h
//
// `kiln check --fix`: fixes the findings that have only one right answer, in the kustomization files. It changes
// nothing else, and writes only if every root still builds the same:
//
//     struct check_fix fix = {.call = call, .build = build};
//     if (check_fix_find(&fix, &run))                 after a run with digests
//         … a second run on check_fix_files(&fix) …
//         if (check_fix_is_correct(&fix, &run, &second)) kustomization_changes_write(&fix.changes)
#pragma once

#include "check/run.h"
#include "cli/kustomization_changes.h"
#include "load/file_overlay.h"

struct check_fix {
    struct invocation *call;
    struct build *build;  // owns the memory
    struct kustomization_changes changes;
    struct file_overlay overlay;
};

// False: there is nothing to change.
bool check_fix_find(struct check_fix *, const struct check_run *);
// The files with the changes. Valid as long as the fix.
struct file_system check_fix_files(struct check_fix *);
// True if all roots still build the same; then each change has its report. False: diagnosed.
bool check_fix_is_correct(struct check_fix *, const struct check_run *before, const struct check_run *after);
