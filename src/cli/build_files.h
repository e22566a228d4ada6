// cli/build_files.h
//
// The result of a build in files: the stream in one, or each object in its own.
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/output_file.h"
#include "pipeline/build.h"

struct file_options {
    bool sync;    // wait until the disk has everything
    mode_t mode;  // of each file; 0: a file that is there keeps its own, a new one has what the umask leaves
};

struct file_request {
    struct slice directory;
    struct slice layout;  // empty: kustomize's names
    struct slice root;    // of {root} in the layout. Not empty: other roots have files in the directory, too
    struct file_options options;
    int *lock;        // of the directory, for output_batch_enter_kept; NULL: it is locked for this request alone
    bool if_changed;  // a file that has these bytes and this mode already is left alone
    // Told of each file when all are in their places; may be NULL.
    void (*wrote)(void *state, struct slice path, struct slice content, bool changed);
    void *state;
};

// The file is complete, and gets its name by output_batch_commit. False: diagnosed, and the batch is over.
bool build_files_begin_one(struct build *, struct slice path, struct slice stream, const struct file_options *,
                           struct output_batch *);

// All or nothing, as the next one. False: diagnosed.
bool build_files_write_one(struct build *, struct slice path, struct slice stream, const struct file_options *);

// The names of the files are kustomize's, `apps_v1_deployment_web.yaml`, or those of a layout that file_layout_check
// has accepted. Nothing is written outside of the directory, whatever the names of objects are, and no two objects into
// one file. Directories that are missing are made. YAML and JSON files that are there and do not belong to this build
// are named in a warning.
bool build_files_write_each(struct build *, const struct file_request *);

// False: diagnosed (an unknown placeholder, a path that leads elsewhere).
bool file_layout_check(struct diagnostics *, struct slice layout);
