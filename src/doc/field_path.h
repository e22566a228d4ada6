// doc/field_path.h
//
// The dotted paths of replacements and vars:
//
//     spec.template.spec.containers.[name=web].image
//     metadata.annotations.[example.com/owner]        a key with dots; the same as example\.com/owner
//     spec.ports.0.port                               an index; `-` is the last element
//
// One syntax, two ways to follow it. `field_path_get` leads to one place, with plain comparison in
// `[key=value]`: sources, vars. `field_path_find` leads to all places, with `*` and expressions in
// `[key=expression]`, and can make what is missing: targets.
//
// Nothing here diagnoses: `*problem` says what is wrong, in words that stand behind a colon, and is empty
// where a path only leads nowhere.
#pragma once

#include "base/name.h"
#include "base/pattern.h"
#include "doc/tree.h"

enum field_path_step {
    FIELD_PATH_FIELD,
    FIELD_PATH_INDEX,
    FIELD_PATH_EVERY,  // *
    FIELD_PATH_MATCH,  // [key=value], [=value]
    FIELD_PATH_BLANK,  // nothing between two dots
};

struct field_path_element {
    enum field_path_step step;
    bool negative;           // a field that looks like a negative index
    const struct name *key;  // of a field: the whole element
    size_t index;
    const struct name *match_key;  // empty: the element itself is compared; NULL: brackets without `=`
    struct slice match_value;
    struct pattern *pattern;  // of match_value; compiled when it is first needed
};

struct field_path {
    struct slice text;
    struct field_path_element *elements;
    size_t count;
};

enum field_path_flag {
    FIELD_PATH_TRIM = 1,      // blanks around elements do not count
    FIELD_PATH_BRACKETS = 2,  // `ports[0]` is `ports.0`, as vars have it
};

// `separator` is `.`, or `/` in paths that are written so. NULL: too many elements, `*problem` says so.
struct field_path *field_path_parse(struct arena *, struct name_table *, struct slice text, char separator,
                                    unsigned flags, struct slice *problem);

// One element further. `*found` NULL: nothing there. False: `*problem`.
bool field_path_step_into(struct arena *, const struct field_path_element *, struct node *from, struct node **found,
                          struct slice *problem);

// The place that the path leads to; blank elements are skipped. `*found` NULL: nothing there.
bool field_path_get(struct arena *, const struct field_path *, struct node *root, struct node **found,
                    struct slice *problem);

// What a path leads through: a node of an object or, in a text that stands in one, of the text's tree. One of both is
// set.
struct field_path_at {
    struct node *node;
    struct tree *tree;
};

struct field_path_place {
    struct field_path_at at;
    bool created;  // an empty scalar, map or list that was just made
};

struct field_path_places {
    struct field_path_place *items;
    size_t count, capacity;
};

struct field_path_search {
    struct arena *arena;
    bool create;
    enum node_kind create_kind;  // of what the path ends in
    // The tree in a scalar that the path leads through; NULL: `*problem`.
    struct tree *(*open)(void *state, struct slice text, struct slice *problem);
    // The text of a node as expressions see it: YAML in its own style.
    struct slice (*print)(void *state, struct field_path_at);
    void *state;
};

// Appends the places that the elements lead to. False: `*problem`, and what was made stays.
bool field_path_find(const struct field_path_search *, struct field_path_element *elements, size_t count,
                     struct field_path_at root, struct field_path_places *, struct slice *problem);
