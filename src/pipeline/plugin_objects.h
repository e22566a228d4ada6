// pipeline/plugin_objects.h
//
// Generators, transformers and validators that are configured as objects of their own:
//
//     transformers:
//     - |-
//       apiVersion: builtin
//       kind: PrefixTransformer
//       metadata: {name: p}
//       prefix: x-
//       fieldSpecs: [{path: metadata/name}]
//     - labels.yaml
#pragma once

#include "pipeline/kust_target.h"

struct plugin_object {
    struct resource *resource;
    const struct origin *origin;  // of what it makes or changes; NULL when nobody asks
};

struct plugin_objects {
    struct plugin_object *items;
    size_t count, capacity;
};

// The objects of the entries of one field: those that stand in it first, then those from files and
// directories. False: diagnosed (also for two objects with one id).
bool plugin_objects_load(struct kust_target *, const struct text_list *entries, struct plugin_objects *);

// True for apiVersion `builtin`.
bool plugin_object_is_builtin(const struct resource *);
