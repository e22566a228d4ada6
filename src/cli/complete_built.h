// cli/complete_built.h
//
// Candidates for completion from the build of a directory: the names of resources, and the fields of one. The build
// fetches nothing, runs no programs, and prints no messages. A directory that doesn't build has no candidates.
#pragma once

#include "base/arena.h"
#include "base/slice.h"

struct built_names {
    struct slice *items;
    size_t count, capacity;
};

// "Deployment/web", as --select takes them.
void complete_resources(struct arena *, struct slice directory, struct built_names *);

// "spec.replicas": each field with a value, as `trace` takes them. `resource` is as in "Deployment/web".
void complete_fields(struct arena *, struct slice directory, struct slice resource, struct built_names *);
