// cli/build_files.h
//
// Writes the result of a build to one file, or each object to its own file.
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/output_file.h"
#include "pipeline/build.h"

struct file_options {
    bool sync;    // wait until everything is on disk
    mode_t mode;  // of each file; 0: existing files keep theirs, new files follow the umask
};

struct file_request {
    struct slice directory;
    struct slice layout;  // empty: kustomize's names
    struct slice root;    // replaces {root} in the layout. Not empty: other roots share the directory
    struct file_options options;
    int *lock;        // on the directory, for output_batch_enter_kept; NULL: locked for this request only
    bool if_changed;  // don't touch files that already have these bytes and this mode
    // Called for each file once all are in place; may be NULL.
    void (*wrote)(void *state, struct slice path, struct slice content, bool changed);
    void *state;
};

// Writes a complete file, which gets its name with output_batch_commit. False: diagnosed, and the batch has ended.
bool build_files_begin_one(struct build *, struct slice path, struct slice stream, const struct file_options *,
                           struct output_batch *);

// Like the next function, writes everything or nothing. False: diagnosed.
bool build_files_write_one(struct build *, struct slice path, struct slice stream, const struct file_options *);

// The same for a file whose directories are created if they are missing.
bool build_files_write_below(struct build *, struct slice path, struct slice text, const struct file_options *);

// File names are kustomize's (`apps_v1_deployment_web.yaml`) or come from a layout that file_layout_check has accepted.
// Whatever the objects are called, nothing is written outside the directory, and no two objects share a file.
// Missing directories are created. A warning names YAML and JSON files in the directory that this build did not write.
bool build_files_write_each(struct build *, const struct file_request *);

// False: diagnosed (an unknown placeholder, or a path that leads out of the directory).
bool file_layout_check(struct diagnostics *, struct slice layout);
