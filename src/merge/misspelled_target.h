// merge/misspelled_target.h
//
// Finds targets of patches and replacements that select nothing because they are misspelled.
#pragma once

#include "resource/selector.h"
#include "transform/context.h"

// For a target that matches no resource: warns if it is similar to a resource.
void warn_of_misspelled_target(struct transform_context *, const struct selector *target, struct resource_map *);
