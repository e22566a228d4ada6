// localize/localize.h
//
// Copies a kustomization with everything that it refers to into a new directory. Remote files and directories from git
// repositories become files in the copy, and the references point to them.
//
//     app/                                           localized-app/
//       kustomization.yaml                             kustomization.yaml
//         resources:                            →        resources:
//         - https://host/crds.yaml                       - localized-files/host/crds.yaml
//                                                      localized-files/host/crds.yaml
//
// The copy mirrors the scope. Local references must not lead out of the scope.
#pragma once

#include "localize/destination.h"
#include "pipeline/build.h"

struct localize_request {
    struct slice target;       // a directory, or a git URL with a reference
    struct slice destination;  // empty: derived from the target's name, in the current directory
    struct slice scope;        // empty: the target
};

struct localize_result {
    struct slice destination;  // a path that the caller can use
    struct slice copy;         // the copy of the target in it
    struct destination made;   // set by localize_run
};

// Creates the copy under a temporary name; localize_commit must follow. All memory is in `build`, which must not have
// run anything, and must live until then. False: diagnosed there, and nothing is left of the copy.
bool localize_run(struct build *, const struct localize_request *, struct localize_result *);
// Moves the copy to its final place, without allocating memory. False: diagnosed, and nothing is left of it.
bool localize_commit(struct localize_result *);

enum verify_outcome {
    VERIFY_SAME,
    VERIFY_DIFFERENT,
    VERIFY_ORIGINAL_FAILED,  // the target does not build
    VERIFY_COPY_FAILED
};

struct verification {
    struct build *original, *copy;  // with their diagnostics; freed by localize_verify_free
    struct slice difference;        // for VERIFY_DIFFERENT: the first resource that differs
};

// Builds both and compares the resources. Origin annotations are ignored, because they are meant to differ.
enum verify_outcome localize_verify(const struct build_options *, struct slice target, struct slice copy,
                                    struct verification *);
void localize_verify_free(struct verification *);
