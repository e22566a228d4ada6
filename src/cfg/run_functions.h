// cfg/run_functions.h
//
// KRM functions over the files of a directory: each is a program or a container that gets objects and prints what
// becomes of them. Which ones, the objects say themselves:
//
//     metadata:
//       annotations:
//         config.kubernetes.io/function: |
//           container: {image: "example.com/set-team:v1"}   # or exec: {path: ./set-team.sh}
//
// Such a function sees the objects of its directory and below; one in a directory `functions` those around that.
#pragma once

#include "cfg/object.h"

struct run_request {
    struct slice directory;       // the current one, resolved: where programs run; ends with NUL
    const struct slice *sources;  // directories to read the functions from, instead of from the objects
    size_t source_count;
    struct tree *function;        // the one to run instead; NULL: none
    bool enable_exec, global, network;
    struct slice results;         // where results go; empty: nowhere
    struct build_options options;  // mounts, variables, the user
    bool as_kustomize;            // of several sources only the last counts; a trace of the search stays in the objects
    void (*announce)(struct slice what);  // before each function; NULL: nobody wants to know
};

// Runs all functions on the objects. `*ended` is set when one of them left no object: then nothing is to be written.
// False: diagnosed. What failed but lets the others run is in `*deferred`: the result is to be written, and it failed.
bool run_functions(struct cfg *, const struct run_request *, struct tree_documents *, bool *ended, bool *deferred);

// The configuration of a function that is named on the command line: `items` are `key=value`; the first may be a kind.
// NULL: diagnosed. One of `image` and `program` is set.
struct tree *run_function_config(struct cfg *, struct slice image, struct slice program, bool network,
                                 const struct slice *items, size_t count);

// Gives an object without a path one: KIND_NAME.yaml below `directory` and its namespace. False: diagnosed.
bool run_default_path(struct cfg *, struct slice directory, struct tree *root);
