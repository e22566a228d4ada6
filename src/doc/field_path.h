// doc/field_path.h
//
// The dotted paths of replacements and vars:
//
//     spec.template.spec.containers.[name=web].image
//     metadata.annotations.[example.com/owner]        a key with dots; the same as example\.com/owner
//     spec.ports.0.port                               an index; `-` is the last element
//
// One syntax with two ways to follow a path. `field_path_get` finds one place and compares strings in `[key=value]`:
// for sources and vars. `field_path_find` finds all places, supports `*` and regular expressions in `[key=expression]`,
// and can create missing fields: for targets.
//
// No function here adds a diagnostic. `*problem` says what is wrong, in words that fit after a colon; it is empty if
// the path just doesn't lead anywhere.
#pragma once

#include "base/name.h"
#include "base/pattern.h"
#include "doc/tree.h"

enum field_path_step {
    FIELD_PATH_FIELD,
    FIELD_PATH_INDEX,
    FIELD_PATH_EVERY,  // *
    FIELD_PATH_MATCH,  // [key=value], [=value]
    FIELD_PATH_BLANK,  // an empty string between two dots
};

struct field_path_element {
    enum field_path_step step;
    uint32_t start;          // where it begins in the path
    bool negative;           // a field that looks like a negative index
    const struct name *key;  // for a field: the whole element
    size_t index;
    const struct name *match_key;  // empty: compares the element itself; NULL: the brackets have no `=`
    struct slice match_value;
    struct pattern *pattern;  // of match_value; compiled when first needed
};

struct field_path {
    struct slice text;
    struct field_path_element *elements;
    size_t count;
};

enum field_path_flag {
    FIELD_PATH_TRIM = 1,      // ignore blanks around elements
    FIELD_PATH_BRACKETS = 2,  // read `ports[0]` as `ports.0`, as in vars
};

// `separator` is `.`, or `/` for paths written that way. NULL if there are too many elements, with `*problem` set.
struct field_path *field_path_parse(struct arena *, struct name_table *, struct slice text, char separator,
                                    unsigned flags, struct slice *problem);

// Follows one element. `*found` is NULL if there is nothing. On false, `*problem` is set.
bool field_path_step_into(struct arena *, const struct field_path_element *, struct node *from, struct node **found,
                          struct slice *problem);

// Finds the place that the path leads to; blank elements are skipped. `*found` is NULL if there is nothing.
bool field_path_get(struct arena *, const struct field_path *, struct node *root, struct node **found,
                    struct slice *problem);

// A place on the way: a node of a resource or, inside a string that contains YAML, a node of its tree. Exactly one of
// the two is set.
struct field_path_at {
    struct node *node;
    struct tree *tree;
};

struct field_path_place {
    struct field_path_at at;
    bool created;  // an empty scalar, map, or list that was just created
};

struct field_path_places {
    struct field_path_place *items;
    size_t count, capacity;
};

struct field_path_search {
    struct arena *arena;
    bool create;
    enum node_kind create_kind;  // of the node at the end of the path
    struct position position;    // of nodes that are created
    // Parses a scalar that the path leads into. On NULL, `*problem` is set.
    struct tree *(*open)(void *state, struct slice text, struct slice *problem);
    // The string that expressions match: the node as YAML in its own style.
    struct slice (*print)(void *state, struct field_path_at);
    void *state;
};

// Appends the places that the elements lead to. On false, `*problem` is set, and created nodes remain.
bool field_path_find(const struct field_path_search *, struct field_path_element *elements, size_t count,
                     struct field_path_at root, struct field_path_places *, struct slice *problem);
