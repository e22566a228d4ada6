// check/references.h
//
// The fields of objects that name other objects: one table for Pods, and one for all other objects.
#pragma once

#include "check/objects.h"

struct object_reference_field {
    const char *group, *holder;  // of the objects that have the field; NULL: Pods
    const char *path;            // of the map with the name; empty: the Pod specification itself
    const char *name;
    const char *kind;       // the kind that the name refers to; NULL: the field `kind` next to the name says it
    const char *otherwise;  // the default for that
    const char *keys;       // fields with keys of the named object, relative to the map; NULL: none
    bool has_namespace;     // a field `namespace` is next to the name
    bool is_subject;        // of a role binding: can be a user or a group
};

struct object_reference {
    const struct object_reference_field *field;
    const struct resource *holder;
    struct slice kind, namespace;  // that the name refers to; the namespace is empty if unknown
    const struct node *map, *name;
    const struct field_trail *trail;  // of the map
};

// Calls `found` for each nonempty name in the Pods of a built-in workload.
void for_each_pod_reference(const struct resource *, void (*found)(void *state, const struct object_reference *),
                            void *state);
// All references of the root, in Pods and elsewhere. They live as long as the objects.
struct object_reference_list {
    struct object_reference *items;
    size_t count, capacity;
};
const struct object_reference_list *judge_references(struct judge *);

// True if the object marks the reference as optional.
bool reference_is_optional(const struct object_reference *);
