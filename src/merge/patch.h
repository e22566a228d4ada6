// merge/patch.h
//
// What the three fields for patches have in common: reading a patch, finding what it is for, applying it.
#pragma once

#include "merge/json_patch.h"
#include "resource/selector.h"
#include "transform/context.h"

struct patch_options {
    struct position position;
    bool allow_name_change, allow_kind_change;
};

extern const struct decode_type patch_options_type;

// The objects in a text, each a strategic merge patch. False: diagnosed.
bool patch_read_objects(struct transform_context *, const struct source *, struct resource_list *);

// The one object with the id of the patch, now or before. NULL: diagnosed.
struct resource *patch_find_target(struct transform_context *, struct resource_map *, const struct resource *patch);

// Merges the patch into an object, which then gets back its name, namespace and kind, unless the options say
// otherwise. `aimed`: the object was chosen by a target, or by patchesStrategicMerge; then labels and annotations of
// the patch count as texts, and the new id must be free. `options` may be NULL. False: diagnosed.
bool patch_merge(struct transform_context *, struct resource_map *, struct resource *target,
                 const struct resource *patch, const struct patch_options *, bool aimed);

// Merges the patch into all objects that the selector selects, which are `aimed` at. False: diagnosed.
bool patch_merge_selected(struct transform_context *, struct resource_map *, const struct compiled_selector *,
                          const struct resource *patch, const struct patch_options *);

// Applies a JSON patch to all objects that the selector selects. `remember`: their present ids become former ones.
bool patch_apply_json(struct transform_context *, struct resource_map *, const struct compiled_selector *,
                      const struct json_patch *, bool remember);
