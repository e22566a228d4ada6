// transform/misfit.h
//
// Why no resource has the identity that a patch, a replacement, or a var refers to: which part of it is wrong, and what
// was probably meant.
#pragma once

#include "doc/decode.h"
#include "load/loader.h"
#include "resource/resource_map.h"

// The parts of an identity, with their positions. An empty part matches anything.
struct sought {
    struct text api_version, group, version, kind, name, namespace;
    bool is_exact;             // an absent apiVersion matches only an absent one, as in a merge patch
    struct position position;  // of the whole
};

struct misfit {
    struct position position;  // of the part that is wrong
    struct slice hint;         // may be empty
    bool is_type;              // it is the group or the version
    bool is_new;               // no kind is similar, so it may be a resource that should be added
    bool is_absent;            // no resource has both the kind and the name
};

// The current or a previous name of the resource, whichever is the most similar; empty: none is. Files refer to a
// resource by the name that it has before prefixes, suffixes, and hashes.
struct slice resource_nearest_name(struct arena *, const struct resource *, struct slice wanted);

// With a loader, also looks for a file that defines the resource but is not listed (transform/unlisted.h).
struct misfit misfit_find(struct resource_context *, struct resource_map *, const struct sought *, struct loader *);
