// check/custom_type.h
//
// Schemas of custom resources and JSON Schema files, read once: each schema of a tree is a type, whose keywords are
// known. Both are trees of nodes that share the objects' table of names.
#pragma once

#include "base/hash_index.h"
#include "base/pattern.h"
#include "check/validation.h"

enum {
    TYPE_STRING = 0x01,
    TYPE_INTEGER = 0x02,
    TYPE_NUMBER = 0x04,
    TYPE_BOOLEAN = 0x08,
    TYPE_OBJECT = 0x10,
    TYPE_ARRAY = 0x20,
    TYPE_NULL = 0x40,
};

enum list_type { LIST_PLAIN, LIST_SET, LIST_BY_KEYS };

struct custom_bound {
    bool is_set, is_exclusive;
    double value;
};

struct custom_count {
    bool is_set;
    uint64_t value;
};

struct custom_type {
    const struct node *schema;
    bool never;          // `false`: allows nothing
    bool is_structural;  // of a CustomResourceDefinition: fields that it doesn't name are dropped
    unsigned types;      // TYPE_…; 0: any
    bool nullable, int_or_string, preserves, embedded, unique_items;
    enum list_type list_type;
    const struct node *list_keys;
    const struct node *properties, *required, *values, *constant;
    const struct node *additional;  // a schema, or false
    const struct node *items, *pattern_properties;
    const struct node *all_of, *any_of, *one_of, *not_of;
    struct slice format;
    struct pattern *pattern;
    struct slice pattern_text;
    struct custom_bound minimum, maximum;
    struct custom_count min_length, max_length, min_items, max_items, min_properties, max_properties;
    double multiple_of;  // 0: any
    const struct node *reference;
};

// A tree of schemas: the target of `$ref`, and the keywords in it that aren't checked.
struct custom_root {
    const struct node *document;
    bool is_structural;
    bool has_rules;        // in CEL
    struct slice unknown;  // the first keyword that is not checked; empty: none
};

struct custom_types {
    struct arena *arena;
    struct custom_root *root;  // of the current validation
    struct {
        struct custom_root **items;
        size_t count, capacity;
    } roots;
    struct hash_index roots_by_document;
    struct hash_index by_schema;
    struct {
        const struct custom_type **items;
        size_t count, capacity;
    } types;
};

// From here on, validates against the tree whose top is `document`.
void custom_types_enter(struct custom_types *, const struct node *document, bool is_structural);
// Accepts any node: one that isn't a schema allows everything.
const struct custom_type *custom_type_of(struct custom_types *, const struct node *schema);
// The schema that a `$ref` refers to; NULL: it doesn't exist, or is in another file.
const struct custom_type *custom_type_follow(struct custom_types *, const struct custom_type *);
