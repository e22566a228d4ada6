// transform/doubt.h
//
// After an error, the remaining steps run only to find more errors. What a failed step should have changed is in doubt:
// an error about it may be a consequence of the first one.
#pragma once

#include "resource/resource_map.h"

enum doubt {
    DOUBT_NONE,
    DOUBT_CONTENT,   // what the resource contains, except its identity
    DOUBT_IDENTITY,  // also its kind, name, and namespace
};

// What is in doubt if a field was not changed. `first` and `second` are the first keys of its path; empty: there is
// none.
enum doubt doubt_of_field(struct slice first, struct slice second);

void doubt_resource(struct resource *, enum doubt);
void doubt_resources(const struct resource_list *, enum doubt);
void doubt_all_resources(const struct resource_map *, enum doubt);
// For a step that names a resource that doesn't exist: any that has or had the same kind or name may be the one.
void doubt_similar_resources(const struct resource_map *, const struct name *kind, const struct name *name, enum doubt);

// Marks the newest error as independent, unless the resource is in doubt. Always returns false.
bool diagnose_about_resource(struct diagnostics *, const struct resource *);
// Marks the newest error, about a missing resource, as independent, unless the identity of a resource that has or had
// this kind or name is in doubt. If `kind` or `name` is empty, the error is independent only if no resource's identity
// is in doubt. Always returns false.
bool diagnose_about_missing(struct diagnostics *, const struct resource_map *, struct slice kind, struct slice name);
