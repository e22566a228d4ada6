// check/references.h
//
// The fields of objects that name other objects: one table of those in Pods, and one of all others.
#pragma once

#include "check/objects.h"

struct object_reference_field {
    const char *group, *holder;  // of the objects that have it; NULL: Pods
    const char *path;            // of the map that holds the name; empty: that of the Pod itself
    const char *name;
    const char *kind;       // what is named; NULL: the field `kind` beside the name says it
    const char *otherwise;  // where that is absent
    const char *keys;       // of the object that is named, from the map on; NULL: none are asked for
    bool has_namespace;     // the field `namespace` beside the name
    bool is_subject;        // of a role binding: may be a user or a group
};

struct object_reference {
    const struct object_reference_field *field;
    const struct resource *holder;
    struct slice kind, namespace;  // what is named; the namespace is empty where nobody knows it
    const struct node *map, *name;
    const struct field_trail *trail;  // of the map
};

// Calls `found` for each name of a built-in workload's Pods that is not empty.
void for_each_pod_reference(const struct resource *, void (*found)(void *state, const struct object_reference *),
                            void *state);
// All of the root, of Pods of any kind and outside of Pods; they live as long as the objects.
struct object_reference_list {
    struct object_reference *items;
    size_t count, capacity;
};
const struct object_reference_list *judge_references(struct judge *);

// The object marks the reference as optional.
bool reference_is_optional(const struct object_reference *);
