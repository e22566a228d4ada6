// compare/trace_element.h
//
// Elements of lists, as traces name them and find them again: `[main]` by a name, `[80/TCP]` by two merge keys,
// `[port=80]` by one with another name, `[0]` by the place where nothing else tells elements apart.
#pragma once

#include "base/name.h"
#include "doc/node.h"
#include "schema/schema.h"

struct trace_element {
    struct slice text;  // a key, or what is between brackets
    bool brackets;
    enum { FOLLOW_KEY, FOLLOW_MERGE_KEYS, FOLLOW_NODE } follow;
    struct {
        struct slice key, value;  // an empty value: the element has none
    } merge_keys[SCHEMA_MERGE_KEYS_MAX];
    size_t merge_key_count;
};

struct element_context {
    struct arena *arena;
    struct name_table *names;
};

// The keys by which the elements of a list are told apart: those of the schema, else `name` where each element has one
// of its own. None: their places tell them apart.
struct schema_merge element_keys(const struct element_context *, const struct node *list, struct schema_type);

// Notes how an element is found again.
void element_describe(const struct element_context *, const struct schema_merge *, const struct node *item,
                      struct trace_element *);

// An element that has the merge keys, or the only one that has no other; SIZE_MAX: there is none.
size_t element_find(const struct element_context *, const struct trace_element *, const struct node *list);
bool element_has_keys(const struct element_context *, const struct trace_element *, const struct node *item);

// The element that the text between brackets means: `main`, `name=main`, `80/TCP`, `port=80,protocol=TCP`, `0`.
// SIZE_MAX: none, or several.
size_t element_find_written(const struct element_context *, const struct node *list, struct schema_type,
                            struct slice text);

// What is between the brackets of a path.
struct slice element_label(const struct element_context *, const struct trace_element *, size_t place);

// False: the text is no number.
bool element_parse_place(struct slice text, size_t *place);

// The type of a field, or of the elements of a list.
struct schema_type element_type_below(struct schema_type, const struct node *, struct slice key);
