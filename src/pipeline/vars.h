// pipeline/vars.h
//
// The deprecated `vars`: names for fields of objects, put where `$(NAME)` stands:
//
//     vars:
//     - name: SERVICE
//       objref: {apiVersion: v1, kind: Service, name: web}
//       fieldref: {fieldPath: metadata.name}
//
// Each kustomization registers its own at the end of its stages, when their objects still have names that it knows;
// those of bases flow upwards. At the very end of a build the values are taken and put in.
#pragma once

#include "doc/decode.h"
#include "resource/resource_map.h"
#include "schema/field_spec.h"

struct variable;

// The variables of a kustomization and its bases, by name. A zeroed struct is empty.
struct variables {
    struct variable **items;
    size_t count, capacity;
    struct hash_index by_name;
};

// Adds those of the field `vars` of a kustomization, each tied to the object that it names; `field` may be NULL.
// False: diagnosed (a name that is taken, two objects that fit).
bool variables_register(struct resource_context *, struct variables *, const struct node *field, struct resource_map *);

// All of `from`. False: diagnosed (a name that is taken).
bool variables_absorb(struct resource_context *, struct variables *into, const struct variables *from);

// Puts the values into the fields that the specs name. Variables that stand nowhere give a notice.
// False: diagnosed (no object, no such field, a field of the wrong kind).
// `matches` is told of each variable, and the notice left out; NULL: nobody asks.
struct match_observer;
bool variables_replace(struct resource_context *, const struct variables *, struct resource_map *,
                       const struct field_specs *references, const struct match_observer *matches);
