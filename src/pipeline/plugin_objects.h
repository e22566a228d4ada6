// pipeline/plugin_objects.h
//
// Generators, transformers, and validators that are configured by an object:
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
    const struct origin *origin;  // of what it generates or changes; NULL unless origins are tracked
};

struct plugin_objects {
    struct plugin_object *items;
    size_t count, capacity;
};

// Loads the objects that one field lists: first the inline ones, then those from files and directories. `noun` is what
// messages call an entry: "generator". False: diagnosed (for instance, two objects have the same ID).
bool plugin_objects_load(struct kust_target *, const char *noun, const struct text_list *entries,
                         struct plugin_objects *);

// After an error: reports what is wrong in the entries, except for directories, which may run programs, and URLs.
void plugin_objects_examine(struct kust_target *, const char *noun, const struct text_list *entries);

// True for apiVersion `builtin`.
bool plugin_object_is_builtin(const struct resource *);
