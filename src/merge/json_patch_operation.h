// merge/json_patch_operation.h
//
// A parsed JSON patch, for the files that read and apply it (merge/json_patch.h).
#pragma once

#include "base/line_index.h"
#include "merge/json_patch.h"

enum operation_kind {
    OPERATION_ADD,
    OPERATION_REMOVE,
    OPERATION_REPLACE,
    OPERATION_MOVE,
    OPERATION_COPY,
    OPERATION_TEST,
    OPERATION_UNKNOWN,
};

struct operation {
    enum operation_kind kind;
    struct position position;
    const struct node *map;               // the operation itself
    const struct node *op, *path, *from;  // NULL where absent
    struct node *value;
};

struct json_patch {
    struct operation *items;
    size_t count, capacity;
    uint32_t file;            // number of its source
    bool strict;              // JSON, whose values are compared by their source text
    struct line_index lines;  // of strict JSON that contains a test
};

// The names of the known kinds, by kind.
extern const char *const json_patch_operation_names[OPERATION_UNKNOWN];

// True for a member of an operation that is a string; it may be absent (NULL).
static inline bool json_patch_is_string(const struct node *node)
{
    return node_is_scalar(node) && node->tag == TAG_STRING;
}
