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

// Merges each patch into the only object that has or had its ID. The object's name, namespace, and kind are then
// restored unless the options allow them to change. `aimed`: for patchesStrategicMerge, where labels and annotations of
// the patch are taken as strings, and the new ID must be unique. `options` may be NULL. False: diagnosed; after an
// error, the other patches are tried, too.
bool patch_merge_each(struct transform_context *, struct resource_map *, const struct resource_list *patches,
                      const struct patch_options *, bool aimed);

// Merges the patch into all objects that the selector selects, as if `aimed`. False: diagnosed.
bool patch_merge_selected(struct transform_context *, struct resource_map *, const struct compiled_selector *,
                          const struct resource *patch, const struct patch_options *);

// Applies a JSON patch to all objects that the selector selects. `remember`: first stores their current IDs as former
// ones. False: diagnosed.
bool patch_apply_json(struct transform_context *, struct resource_map *, const struct compiled_selector *,
                      const struct json_patch *, bool remember);
