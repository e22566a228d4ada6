// compare/trace_element.h
//
// How traces name and find list elements: `[main]` by name, `[80/TCP]` by two merge keys, `[port=80]` by another key,
// and `[0]` by index if nothing else identifies an element.
#pragma once

#include "base/name.h"
#include "doc/node.h"
#include "schema/schema.h"

struct trace_element {
    struct slice text;  // a key, or what is between brackets
    bool brackets;
    enum { FOLLOW_KEY, FOLLOW_MERGE_KEYS, FOLLOW_NODE } follow;
    struct {
        struct slice key, value;  // an empty value: the element doesn't have the key
    } merge_keys[SCHEMA_MERGE_KEYS_MAX];
    size_t merge_key_count;
};

struct element_context {
    struct arena *arena;
    struct name_table *names;
};

// The keys that identify the elements of a list: those of the schema, or `name` if each element has a unique one. None:
// elements are identified by index.
struct schema_merge element_keys(const struct element_context *, const struct node *list, struct schema_type);

// Records how to find an element again.
void element_describe(const struct element_context *, const struct schema_merge *, const struct node *item,
                      struct trace_element *);

// An element with these merge keys, or the only one without conflicting keys; SIZE_MAX: none.
size_t element_find(const struct element_context *, const struct trace_element *, const struct node *list);
bool element_has_keys(const struct element_context *, const struct trace_element *, const struct node *item);

// The element for the text between brackets: `main`, `name=main`, `80/TCP`, `port=80,protocol=TCP`, or `0`.
// SIZE_MAX: none, or several.
size_t element_find_written(const struct element_context *, const struct node *list, struct schema_type,
                            struct slice text);

// The text between the brackets of a path.
struct slice element_label(const struct element_context *, const struct trace_element *, size_t place);

// False: the text is not a number.
bool element_parse_place(struct slice text, size_t *place);

// The type of a field, or of the elements of a list.
struct schema_type element_type_below(struct schema_type, const struct node *, struct slice key);
