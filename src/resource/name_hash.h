// resource/name_hash.h
//
// Appends to generated names a hash of their content, so that a change of the content is a new name.
#pragma once

#include "resource/resource_map.h"

// Which text the hash of a generated name is taken of. V3: with the name, as kustomize up to v3 and
// the Kubernetes tutorials; V4: with an empty name, as kustomize v4 and later.
enum name_hash { NAME_HASH_UNSET, NAME_HASH_V3, NAME_HASH_V4 };

// Renames every object that is marked for it; references follow later. False: diagnosed.
bool name_hash_apply(struct resource_context *, struct resource_map *, enum name_hash);

// `web-config` of `web-config-dkb82h5ct6`; false if the string doesn't end like a name with a hash.
bool name_without_hash(struct slice name, struct slice *base);
