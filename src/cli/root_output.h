// cli/root_output.h
//
// Writes the streams of several roots: to a file or directory each below the directory of -o, or as one stream.
//
//     struct root_outputs outputs = {.build = build, .settings = settings, .roots = roots};
//     root_outputs_begin(&outputs);
//     if (root_outputs_place(&outputs) && root_outputs_take(&outputs))
//         … build the roots into outputs.results, and root_outputs_write each …
//     root_outputs_write_joined(&outputs);            if all were built
//     root_outputs_join(&outputs);                    if all were built, with --join
//     root_outputs_end(&outputs, &removed);
//     root_outputs_free(&outputs);
#pragma once

#include <pthread.h>
#include <time.h>

#include "cli/build.h"
#include "cli/build_manifest.h"
#include "load/glob.h"
#include "repository/root_builds.h"

// The output of one root.
struct root_output {
    struct slice path;      // below the directory of -o
    struct buffer stream;   // of --join, or if one depfile is for all roots
    struct buffer depfile;  // if one depfile is for all roots
    size_t bytes;
    struct slice hash;
    bool changed;
};

struct root_outputs {
    struct build *build;  // for messages that belong to no root
    const struct build_settings *settings;
    struct root_list roots;
    struct root_result *results;
    struct root_output *items;  // for each root
    struct slice directory;     // of -o; empty with --join, or if nothing is written
    int opened;                 // the directory; negative: it did not exist
    int kept;                   // the lock on the directory
    pthread_mutex_t lock;       // protects the outputs
    struct manifest manifest, old;
    struct timespec start;
    size_t ended_count;  // of roots
    // If only some of the roots with outputs in the directory are built: the roots that no longer have a kustomization.
    // Only their outputs are removed. Otherwise NULL.
    const struct path_list *gone;
};

void root_outputs_begin(struct root_outputs *);
// Chooses the output paths. False: diagnosed (a root has no path below the directory, or two have the same path).
bool root_outputs_place(struct root_outputs *);
// Locks the directory against other kiln processes, so that the manifest matches one run. False: diagnosed.
bool root_outputs_take(struct root_outputs *);
// Writes the output of a built root, or keeps it, if one depfile is for all roots; callable from any thread. False:
// diagnosed in its build.
bool root_outputs_write(struct root_outputs *, size_t index, struct build *);
// Writes the depfile of all roots, if there is one, and their outputs. Call it after all are built. False: diagnosed,
// and nothing is written.
bool root_outputs_write_joined(struct root_outputs *);
// Writes the streams one after the other, or nothing unless all of them are complete.
enum status root_outputs_join(struct root_outputs *);
// Writes the manifest, and with --prune-output removes files that no root writes anymore. False: diagnosed.
bool root_outputs_end(struct root_outputs *, size_t *removed);
void root_outputs_free(struct root_outputs *);

// The file or directory of a root.
struct slice root_output_path(const struct root_outputs *, size_t index);
