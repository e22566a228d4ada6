// pipeline/merge_generated.h
//
// Adds a generated object to the resources according to its behavior: create, merge, or replace.
#pragma once

#include "load/loader.h"
#include "resource/resource_map.h"

// False: diagnosed (an object that must not exist does, or the other way around). The loader is for hints.
bool merge_generated(struct resource_context *, struct resource_map *, struct resource *generated, struct loader *);
