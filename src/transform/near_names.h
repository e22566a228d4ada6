// transform/near_names.h
//
// The hint for a resource that doesn't exist: a similar name, or the existing resources of the kind.
#pragma once

#include "resource/resource_map.h"
#include "transform/context.h"

// Adds a hint to the last diagnostic if there is anything to suggest. An empty kind means any kind.
void hint_near_names(struct transform_context *, const struct resource_map *, struct slice kind, struct slice name);
