// doc/decode.h
//
// Fills structs from nodes by a table. Decoding is strict: positions, unknown fields (with "did you mean"), and wrong
// types are handled here, in one place. A table has a row for each field:
//
//     struct replica { struct position position; struct text name; struct integer count; };
//     static const struct decode_field replica_fields[] = {
//         {"name", DECODE_TEXT, offsetof(struct replica, name), NULL},
//         {"count", DECODE_INTEGER, offsetof(struct replica, count), NULL},
//     };
//     const struct decode_type replica_type = DECODE_TYPE("replica", struct replica, replica_fields);
//
// The rules are those by which kustomize reads kustomization.yaml. Scalars follow YAML 1.1, null is the zero value, and
// nothing is converted (`newTag: 1.10` and `count: "3"` are errors). Field names match in any case, and the last of
// repeated fields wins. A repeated field, or a field in another case, causes a warning with its position, because it is
// usually a mistake.
#pragma once

#include "base/diagnostics.h"
#include "doc/node.h"

struct text {
    struct slice slice;
    struct position position;  // line 0: the field is missing
};

struct integer {
    int64_t value;
    struct position position;  // line 0: the field is missing
};

struct text_list {
    struct text *items;
    size_t count, capacity;
};

struct text_pair {
    struct text key, value;
};

// In the order of the input. A repeated key occurs once, with its last value.
struct text_map {
    struct text_pair *items;
    size_t count, capacity;
};

enum decode_kind {
    DECODE_TEXT,       // struct text
    DECODE_STEPS,      // struct text: at most NODE_DEPTH_MAX steps separated by `/`
    DECODE_BOOL,       // bool
    DECODE_INTEGER,    // struct integer
    DECODE_TEXT_LIST,  // struct text_list; a null item is an empty string
    DECODE_TEXT_MAP,   // struct text_map
    DECODE_STRUCT,     // T *, NULL if missing; `type` describes T
    DECODE_LIST,       // struct { T **items; size_t count, capacity; }, see DECODE_LIST_OF
    DECODE_NODE,       // struct node *, of any kind
    DECODE_MAP,        // struct node *, a map with any content
};

struct decode_type;

struct decode_field {
    const char *name;
    enum decode_kind kind;
    size_t offset;
    // For DECODE_STRUCT, and for the items of DECODE_LIST. Otherwise, only hints use it: with DECODE_NODE, it is the
    // type of the value; with DECODE_TEXT_MAP, a type whose boolean fields people mistakenly write as keys of the map.
    const struct decode_type *type;
    // Says in a hint what to write instead of a value of the wrong kind, which is the field's value or (`is_item`) an
    // item of its list. False: it said nothing, so the general hint is used. NULL: the same for every value.
    bool (*hint)(struct diagnostics *, const struct node *found, bool is_item);
    // Words that people write instead of the field's name, separated by spaces, or NULL.
    const char *mistaken_for;
    enum decode_kind node_kind;  // with DECODE_NODE: what the value should be, for hints
};

struct decode_type {
    const char *name;  // for messages
    const struct decode_field *fields;
    size_t field_count;
    size_t size;  // of the struct; its first member is `struct position position`
    // Adds a hint to the newest error, about a field that the type doesn't have. False: it has none of its own. NULL:
    // only general hints.
    bool (*hint_unknown)(struct diagnostics *, const struct node *map, const struct map_entry *unknown);
};

#define DECODE_TYPE(name, struct_type, fields)                                                                         \
    {                                                                                                                  \
        (name), (fields), countof(fields), sizeof(struct_type)                                                         \
    }

// The type of the member for a DECODE_LIST field.
#define DECODE_LIST_OF(struct_type)                                                                                    \
    struct {                                                                                                           \
        struct_type **items;                                                                                           \
        size_t count, capacity;                                                                                        \
    }

// The common layout of all DECODE_LIST_OF types.
struct decode_list {
    void **items;
    size_t count, capacity;
};

struct decode_context {
    struct arena *arena;
    struct diagnostics *diagnostics;
    // For configurations of built-in plugins: unknown fields are ignored, scalars follow the rules of resources (`yes`
    // is a string), and numbers and booleans become strings where strings are expected.
    bool ignore_unknown;
    // For files that are edited: unknown fields are left alone, with a warning.
    bool keep_unknown;
    // Returns the field that replaces a deprecated one, because no hint suggests deprecated fields. NULL: there are
    // none.
    const char *(*field_instead)(const char *field);
};

// A new struct of the type in the arena, or NULL with a diagnostic. A null node gives the zero value.
void *decode_struct(struct decode_context *, const struct decode_type *, const struct node *);
// The same, but even after an error `value` has the fields that could be decoded. False: diagnosed.
bool decode_struct_into(struct decode_context *, const struct decode_type *, const struct node *, void **value);

// True for a string of one line that is short enough for a hint.
bool decode_is_short(const struct node *);

// True when the type has a field of this name, ignoring case.
bool decode_type_has(const struct decode_type *, struct slice name);
// The field with the most similar name; empty: none is similar.
struct slice decode_type_nearest(struct arena *, const struct decode_type *, struct slice name);

// Gives the newest error kustomize's words for an unknown field.
void decode_phrase_unknown(struct diagnostics *, struct slice field);

// The same by the usual rules, and by the rules for plugin configurations.
void *decode_strict(struct arena *, struct diagnostics *, const struct decode_type *, const struct node *);
void *decode_configuration(struct arena *, struct diagnostics *, const struct decode_type *, const struct node *);

// Decodes one value by a row of a table into the struct at `base`. On false, a diagnostic was added.
bool decode_value(struct decode_context *, const struct decode_field *, const struct node *, void *base);
