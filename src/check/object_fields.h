// check/object_fields.h
//
// Access to finished objects: fields by name, and paths such as `containers[].env[].valueFrom`, with the place in the
// object for a finding.
#pragma once

#include "check/judge.h"

// A step on the path from the top of an object; the first one has no outer step.
struct field_trail {
    const struct field_trail *outer;
    struct slice key;  // may hold several steps; empty: an item of a list
    size_t index;
};

// A field of a map, exactly as it is written. NULL: absent, or null.
const struct node *field_get(const struct node *map, const char *name);
// The string value of a field; empty: absent, or not a scalar.
struct slice field_text(const struct node *map, const char *name);
// Follows a path of keys with dots; NULL: a part of it is absent.
const struct node *field_at(const struct node *map, const char *path);
const struct node *field_at_path(const struct node *map, struct slice path);

// Calls `found` for each node that a path leads to. `name[]` stands for all items of a list, `name{}` for all values of
// a map.
void for_each_at(const struct node *, const char *path, const struct field_trail *outer,
                 void (*found)(void *state, const struct node *, const struct field_trail *), void *state);
// "spec.template.spec.containers[0].name" in the judge's arena; `field` may be NULL.
const char *trail_text(struct judge *, const struct field_trail *, const char *field);

// A placeholder that another program fills in later: `${NAME}`, `$(NAME)`, `{{ name }}`.
bool is_placeholder(struct slice text);
bool is_kind(const struct resource *, const char *group, const char *kind);
// True for a group other than Kubernetes' own.
bool is_custom_resource(const struct resource *);
// The position of a node in an object; if unknown, that of the object.
struct position object_place(const struct resource *, const struct node *);
// True for a node that the API server reads as a string.
bool is_text_node(const struct node *);
// True if two trees differ only in the order of keys and in styles.
uint64_t node_digest(const struct node *);
