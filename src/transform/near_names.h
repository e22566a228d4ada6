// transform/near_names.h
//
// The hint for a resource that is not there: a name that was nearly written, or which resources of the kind there are.
#pragma once

#include "resource/resource_map.h"
#include "transform/context.h"

// Adds it to the newest diagnostic, or nothing where there is nothing to say. An empty kind is any kind.
void hint_near_names(struct transform_context *, const struct resource_map *, struct slice kind, struct slice name);
