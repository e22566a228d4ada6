// transform/unlisted.h
//
// Finds the file that defines a missing resource but that the build hasn't read, because no kustomization lists it.
#pragma once

#include "load/loader.h"
#include "resource/resource_map.h"

// A hint that names such a file in a directory of the build, or in a subdirectory that is neither a kustomization nor a
// chart. The kind is one of those given; an empty name matches any. A file that also defines a resource of the map
// isn't suggested. Empty: there is none, or finding it would take too long.
struct slice unlisted_hint(struct resource_context *, struct resource_map *, const struct loader *,
                           const struct slice *kinds, size_t kind_count, struct slice name);
