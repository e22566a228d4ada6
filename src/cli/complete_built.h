// cli/complete_built.h
//
// What the finished build of a directory has, for who completes a word: the names of resources, and the fields of one.
// Nothing is fetched, no program is run, and nothing is said: somebody pressed a key. What does not build has nothing.
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
