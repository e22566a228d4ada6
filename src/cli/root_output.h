// cli/root_output.h
//
// Where the streams of several roots go: a file or a directory for each below the directory of -o, or one stream.
//
//     struct root_outputs outputs = {.build = build, .settings = settings, .roots = roots};
//     root_outputs_begin(&outputs);
//     if (root_outputs_place(&outputs) && root_outputs_take(&outputs))
//         … build the roots into outputs.results, and root_outputs_write each …
//     root_outputs_free(&outputs);
#pragma once

#include <pthread.h>
#include <time.h>

#include "cli/build.h"
#include "cli/build_manifest.h"
#include "load/glob.h"
#include "repository/root_builds.h"

// Where the stream of a root goes.
struct root_output {
    struct slice path;      // below the directory of -o
    struct buffer stream;   // of --join
    struct buffer depfile;  // where one is for all roots
    size_t bytes;
    struct slice hash;
    bool changed;
};

struct root_outputs {
    struct build *build;  // of what belongs to no root
    const struct build_settings *settings;
    struct root_list roots;
    struct root_result *results;
    struct root_output *items;  // for each root
    struct slice directory;     // of -o; empty: --join, or nothing is written
    int opened;                 // the directory; below 0: it was not there
    int kept;                   // the lock of the directory
    pthread_mutex_t lock;       // of what is written
    struct manifest manifest, old;
    struct timespec start;
    size_t ended_count;  // of roots
    // Not NULL: these are some of the roots that have outputs there. Nothing is removed but the outputs of those here,
    // which have no kustomization any more.
    const struct path_list *gone;
};

void root_outputs_begin(struct root_outputs *);
// False: diagnosed (a root has no place below the directory, two have the same one).
bool root_outputs_place(struct root_outputs *);
// From here on no other kiln writes there: the manifest is of one run. False: diagnosed.
bool root_outputs_take(struct root_outputs *);
// Of a root that is built, from any thread. False: diagnosed in its build.
bool root_outputs_write(struct root_outputs *, size_t index, struct build *);
// Writes the depfile of all roots, where there is one. To be called when all are built. False: diagnosed.
bool root_outputs_join_depfiles(struct root_outputs *);
// The streams one after the other. Nothing is printed or written unless all of them are there.
enum status root_outputs_join(struct root_outputs *);
// Writes the manifest, and removes what no root makes any more where that is asked for. False: diagnosed.
bool root_outputs_end(struct root_outputs *, size_t *removed);
void root_outputs_free(struct root_outputs *);

// The file or directory of a root.
struct slice root_output_path(const struct root_outputs *, size_t index);
