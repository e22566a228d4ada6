// resource/name_hash.h
//
// Appends a hash of the content to generated names, so that new content gets a new name.
#pragma once

#include "resource/resource_map.h"

// What the hash of a generated name covers. V3: the name too, as in kustomize up to v3 and the Kubernetes tutorials.
// V4: an empty name, as in kustomize v4 and later.
enum name_hash { NAME_HASH_UNSET, NAME_HASH_V3, NAME_HASH_V4 };

// Renames every resource that is marked for it; references are updated later. False: diagnosed.
bool name_hash_apply(struct resource_context *, struct resource_map *, enum name_hash);

// `web-config` of `web-config-dkb82h5ct6`; false if the string doesn't end like a name with a hash.
bool name_without_hash(struct slice name, struct slice *base);
