// doc/decode.h
//
// From nodes to structs by a table: strict, with positions, "unknown field, did you mean" and "wrong
// type" in one place. A table has one row a field:
//
//     struct replica { struct position position; struct text name; struct integer count; };
//     static const struct decode_field replica_fields[] = {
//         {"name", DECODE_TEXT, offsetof(struct replica, name), NULL},
//         {"count", DECODE_INTEGER, offsetof(struct replica, count), NULL},
//     };
//     const struct decode_type replica_type = DECODE_TYPE("replica", struct replica, replica_fields);
//
// The rules are those by which kustomize reads kustomization.yaml: scalars follow YAML 1.1, a null is the
// zero value, nothing is converted (`newTag: 1.10` and `count: "3"` are errors), field names match without
// regard to case, of a repeated field the last counts. A repeated field and a field in another case
// give a warning with both positions, since users regret them.
#pragma once

#include "base/diagnostics.h"
#include "doc/node.h"

struct text {
    struct slice slice;
    struct position position;  // line 0: the field is absent
};

struct integer {
    int64_t value;
    struct position position;  // line 0: the field is absent
};

struct text_list {
    struct text *items;
    size_t count, capacity;
};

struct text_pair {
    struct text key, value;
};

// In the order of the input, a repeated key once (the last value).
struct text_map {
    struct text_pair *items;
    size_t count, capacity;
};

enum decode_kind {
    DECODE_TEXT,       // struct text
    DECODE_STEPS,      // struct text: at most NODE_DEPTH_MAX steps with `/` between them
    DECODE_BOOL,       // bool
    DECODE_INTEGER,    // struct integer
    DECODE_TEXT_LIST,  // struct text_list; a null item is an empty text
    DECODE_TEXT_MAP,   // struct text_map
    DECODE_STRUCT,     // T *, NULL when absent; `type` says which
    DECODE_LIST,       // struct { T **items; size_t count, capacity; }, see DECODE_LIST_OF
    DECODE_NODE,       // struct node *, anything at all
    DECODE_MAP,        // struct node *, a map with any content
};

struct decode_type;

struct decode_field {
    const char *name;
    enum decode_kind kind;
    size_t offset;
    const struct decode_type *type;  // of DECODE_STRUCT and of the items of DECODE_LIST
};

struct decode_type {
    const char *name;  // for messages
    const struct decode_field *fields;
    size_t field_count;
    size_t size;  // of the struct; its first member is `struct position position`
};

#define DECODE_TYPE(name, struct_type, fields) {(name), (fields), countof(fields), sizeof(struct_type)}

// The member for a field of DECODE_LIST.
#define DECODE_LIST_OF(struct_type)  \
    struct {                         \
        struct_type **items;         \
        size_t count, capacity;      \
    }

// The generic shape of any DECODE_LIST_OF.
struct decode_list {
    void **items;
    size_t count, capacity;
};

struct decode_context {
    struct arena *arena;
    struct diagnostics *diagnostics;
    // For configuration objects of builtin plugins: fields that they do not know are ignored, scalars follow the rules
    // of resources (`yes` is a text), and numbers and booleans become the texts that are wanted.
    bool ignore_unknown;
    // For files that are edited: fields that are not known stay as they are, with a warning.
    bool keep_unknown;
    // The field that is used today in the place of a deprecated one, which no hint suggests; NULL: none is deprecated.
    const char *(*field_instead)(const char *field);
};

// A struct of the type in the arena, or NULL (diagnosed). A null node gives the zero value.
void *decode_struct(struct decode_context *, const struct decode_type *, const struct node *);

// The same by the usual rules, and by those for configuration objects.
void *decode_strict(struct arena *, struct diagnostics *, const struct decode_type *, const struct node *);
void *decode_configuration(struct arena *, struct diagnostics *, const struct decode_type *, const struct node *);

// One value by a row: into the struct at `base`. False: diagnosed.
bool decode_value(struct decode_context *, const struct decode_field *, const struct node *, void *base);
