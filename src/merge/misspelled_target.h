// merge/misspelled_target.h
//
// Finds targets of patches that silently select nothing because their kind or name is misspelled.
#pragma once

#include "resource/selector.h"
#include "transform/context.h"

// Warns about a target whose kind or name matches no object, but is similar to that of one.
void warn_of_misspelled_target(struct transform_context *, const struct selector *target, struct resource_map *);
