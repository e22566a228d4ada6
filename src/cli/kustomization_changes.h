// cli/kustomization_changes.h
//
// Changes to kustomization files: kiln writes all of them or none. It leaves a file alone if somebody has changed it
// since it was read.
#pragma once

#include "base/buffer.h"
#include "cli/command.h"
#include "edit/fmt.h"

struct kustomization_change {
    struct slice directory, name;  // the directory is absolute, with all links resolved
    struct slice shown;            // the path in messages
    struct slice before, after;
    struct slice report;  // printed when the file is written
    int lock;
};

struct kustomization_changes {
    struct invocation *call;
    struct slice top;         // the directory that all files are in or below; links resolved
    bool reports_as_message;  // to standard error
    bool failed;
    bool broken;  // a file could not be read or written, so none is written
    struct kustomization_change *items;
    size_t count, capacity;
};

// Diagnoses a problem with a file. Always returns false.
bool kustomization_changes_refuse(struct kustomization_changes *, const char *what, struct slice path);
// Diagnoses that a file or directory cannot be read, after which nothing is written. Always returns false.
bool kustomization_changes_refuse_broken(struct kustomization_changes *, const char *reason, struct slice path);
// Adds a file that fmt_run has changed. `report` is printed when the file is written, and may be empty. Copies both
// texts into the arena. The pointer is valid until the next change is added.
const struct kustomization_change *kustomization_changes_add(struct kustomization_changes *, struct arena *,
                                                             const struct fmt_file *, struct slice report);
// Extends the top directory so that it contains this directory, which has all links resolved.
void kustomization_changes_widen(struct kustomization_changes *, struct slice directory);
// Finishes interrupted writes below the top directory. False: diagnosed.
bool kustomization_changes_finish_interrupted(struct kustomization_changes *);
enum status kustomization_changes_write(struct kustomization_changes *);
