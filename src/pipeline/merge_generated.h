// pipeline/merge_generated.h
//
// Puts a generated object among those that are there, by its behavior: create, merge, replace.
#pragma once

#include "resource/resource_map.h"

// False: diagnosed (it exists and must not, or the reverse).
bool merge_generated(struct resource_context *, struct resource_map *, struct resource *generated);
