// transform/doubt.h
//
// After an error, the remaining steps run only to find more errors. A resource that a failed step should have changed
// is in doubt: an error in it may be a consequence of the first one.
#pragma once

#include "resource/resource_map.h"

void doubt_resources(const struct resource_list *);
void doubt_all_resources(const struct resource_map *);
// For a step that names a resource that doesn't exist: any with the same kind or the same name may be the one.
void doubt_similar_resources(const struct resource_map *, const struct name *kind, const struct name *name);

// Marks the newest error as independent, unless the resource is in doubt. Always returns false.
bool diagnose_about_resource(struct diagnostics *, const struct resource *);
