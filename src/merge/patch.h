// merge/patch.h
//
// Shared by the three fields for patches: reading a patch, finding its target, and applying it.
#pragma once

#include "merge/json_patch.h"
#include "resource/selector.h"
#include "transform/context.h"

struct patch_options {
    struct position position;
    bool allow_name_change, allow_kind_change;
};

extern const struct decode_type patch_options_type;

// Reads the objects in a source, each of which is a strategic merge patch. False: diagnosed.
bool patch_read_objects(struct transform_context *, const struct source *, struct resource_list *);

// Finds the only object that has or had the ID of the patch. NULL: diagnosed.
struct resource *patch_find_target(struct transform_context *, struct resource_map *, const struct resource *patch);

// Merges the patch into an object, whose name, namespace, and kind are then restored unless the options allow them to
// change. `aimed`: the object was chosen by a target or by patchesStrategicMerge. In that case, labels and annotations
// of the patch are taken as strings, and the new ID must be unique. `options` may be NULL. False: diagnosed.
bool patch_merge(struct transform_context *, struct resource_map *, struct resource *target,
                 const struct resource *patch, const struct patch_options *, bool aimed);

// Merges the patch into all objects that the selector selects, as if `aimed`. False: diagnosed.
bool patch_merge_selected(struct transform_context *, struct resource_map *, const struct compiled_selector *,
                          const struct resource *patch, const struct patch_options *);

// Applies a JSON patch to all objects that the selector selects. `remember`: first stores their current IDs as former
// ones. False: diagnosed.
bool patch_apply_json(struct transform_context *, struct resource_map *, const struct compiled_selector *,
                      const struct json_patch *, bool remember);
