// cli/kustomization_changes.h
//
// Kustomization files that are to be changed: all of them, or none. One that somebody else has changed since it was
// read is left as it is.
#pragma once

#include "base/buffer.h"
#include "cli/command.h"
#include "edit/fmt.h"

struct kustomization_change {
    struct slice directory, name;  // the directory is absolute, with all links resolved
    struct slice shown;            // the path in messages
    struct slice before, after;
    struct slice report;  // what is printed when it is written
    int lock;
};

struct kustomization_changes {
    struct invocation *call;
    struct slice top;         // the directory that all files are in or below; links resolved
    bool reports_as_message;  // to standard error
    bool failed;
    bool broken;  // not by a mistake in a file: then none is written
    struct kustomization_change *items;
    size_t count, capacity;
};

// Diagnoses what is the matter with a file. Always false.
bool kustomization_changes_refuse(struct kustomization_changes *, const char *what, struct slice path);
// The same where the system says no.
bool kustomization_changes_refuse_broken(struct kustomization_changes *, const char *reason, struct slice path);
// Adds the file that fmt_run has changed. `report` is printed when it is written, and may be empty. The arena holds
// copies of both texts. The pointer is good until the next one is added.
const struct kustomization_change *kustomization_changes_add(struct kustomization_changes *, struct arena *,
                                                             const struct fmt_file *, struct slice report);
// Makes the top one that this directory, with all links resolved, is in or below.
void kustomization_changes_widen(struct kustomization_changes *, struct slice directory);
// What was interrupted below the top comes to its end. False: diagnosed.
bool kustomization_changes_finish_interrupted(struct kustomization_changes *);
enum status kustomization_changes_write(struct kustomization_changes *);
