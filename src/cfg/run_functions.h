// cfg/run_functions.h
//
// Runs KRM functions on the files of a directory. A function is a program or container that reads objects and prints
// the result. Objects declare the functions:
//
//     metadata:
//       annotations:
//         config.kubernetes.io/function: |
//           container: {image: "example.com/set-team:v1"}   # or exec: {path: ./set-team.sh}
//
// Such a function sees the objects in its directory and below. If the directory is called `functions`, its parent
// counts instead.
#pragma once

#include "cfg/object.h"

struct run_request {
    struct slice directory;       // the current directory, resolved, in which programs run; NUL-terminated
    const struct slice *sources;  // directories with functions to run instead of those among the objects
    size_t source_count;
    struct tree *function;  // a function to run instead; may be NULL
    bool enable_exec, global, network;
    struct slice results;          // the directory for results; empty: don't write them
    struct build_options options;  // for mounts, variables, and the user
    bool as_kustomize;  // like kustomize, use only the last source, and leave traces of the search in the objects
    void (*announce)(struct slice what);  // called before each function; may be NULL
};

// Runs all functions on the objects. `*ended` becomes true if one of them left no objects: then nothing must be
// written. `*deferred` becomes true if a function failed but let the others run: the caller must write the result and
// then fail. False: diagnosed.
bool run_functions(struct cfg *, const struct run_request *, struct tree_documents *, bool *ended, bool *deferred);

// Creates the configuration of a function that is named on the command line, by either `image` or `program`. `items`
// are `key=value`, except that the first may be a kind. NULL: diagnosed.
struct tree *run_function_config(struct cfg *, struct slice image, struct slice program, bool network,
                                 const struct slice *items, size_t count);

// Sets the path of an object without one to DIRECTORY/NAMESPACE/KIND_NAME.yaml. False: diagnosed.
bool run_default_path(struct cfg *, struct slice directory, struct tree *root);
