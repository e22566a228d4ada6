// merge/misspelled_target.h
//
// Targets of patches whose kind or name is misspelled: they would select nothing, without a word.
#pragma once

#include "resource/selector.h"
#include "transform/context.h"

// Warns of a target whose kind or name no object has, but one has nearly.
void warn_of_misspelled_target(struct transform_context *, const struct selector *target, struct resource_map *);
