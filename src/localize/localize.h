// localize/localize.h
//
// Copies a kustomization with all that it refers to into a new directory. What came from elsewhere, files behind http
// and directories in git repositories, lies in the copy as files, and the references point there.
//
//     app/                                           localized-app/
//       kustomization.yaml                             kustomization.yaml
//         resources:                            →        resources:
//         - https://host/crds.yaml                       - localized-files/host/crds.yaml
//                                                      localized-files/host/crds.yaml
//
// The copy mirrors the scope, the directory outside of which nothing local may be named.
#pragma once

#include "localize/destination.h"
#include "pipeline/build.h"

struct localize_request {
    struct slice target;       // a directory, or a git URL with a reference
    struct slice destination;  // empty: made from the target's name, in the current directory
    struct slice scope;        // empty: the target
};

struct localize_result {
    struct slice destination;  // as the caller may use it
    struct slice copy;         // the target's copy in it
    struct destination made;   // by localize_run
};

// Makes the copy under another name; localize_commit must follow. Everything is made in `build`, which has run nothing
// and lives until then. False: diagnosed there, and nothing is left of the copy.
bool localize_run(struct build *, const struct localize_request *, struct localize_result *);
// Puts the copy into its place, for which no memory is taken. False: diagnosed, and nothing is left of it.
bool localize_commit(struct localize_result *);

enum verify_outcome {
    VERIFY_SAME,
    VERIFY_DIFFERENT,
    VERIFY_ORIGINAL_FAILED,  // does not build
    VERIFY_COPY_FAILED
};

struct verification {
    struct build *original, *copy;  // with what they have to say; freed by localize_verify_free
    struct slice difference;        // of VERIFY_DIFFERENT: the first object that differs
};

// Builds both and compares the objects. Annotations that tell where an object comes from do not count: they differ, and
// should.
enum verify_outcome localize_verify(const struct build_options *, struct slice target, struct slice copy,
                                    struct verification *);
void localize_verify_free(struct verification *);
