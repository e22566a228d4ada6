// pipeline/vars.h
//
// The deprecated field `vars`. A var names a field of an object, whose value replaces `$(NAME)`:
//
//     vars:
//     - name: SERVICE
//       objref: {apiVersion: v1, kind: Service, name: web}
//       fieldref: {fieldPath: metadata.name}
//
// Each kustomization registers its vars at the end of its stages, while their objects still have names that it knows.
// It inherits the vars of its bases. The values are looked up and inserted at the very end of a build.
#pragma once

#include "doc/decode.h"
#include "resource/resource_map.h"
#include "schema/field_spec.h"

struct loader;
struct match_observer;
struct variable;

// The variables of a kustomization and its bases, by name. A zeroed struct is empty.
struct variables {
    struct variable **items;
    size_t count, capacity;
    struct hash_index by_name;
};

// Adds the vars of a kustomization, each bound to the object that it names. `field` is the value of its field `vars`,
// and may be NULL. False: diagnosed (a name is already defined, or two objects match).
bool variables_register(struct resource_context *, struct variables *, const struct node *field, struct resource_map *);

// Adds all of `from`. False: diagnosed (a name is already defined).
bool variables_absorb(struct resource_context *, struct variables *into, const struct variables *from);

// Inserts the values into the fields that the specs name. If `matches` is NULL, a notice lists the variables that were
// never used; otherwise, `matches` is told about each variable instead. The loader is for hints.
// False: diagnosed (no object, no such field, a field of the wrong type).
bool variables_replace(struct resource_context *, const struct variables *, struct resource_map *,
                       const struct field_specs *references, const struct match_observer *matches, struct loader *);
