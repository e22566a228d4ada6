// cfg/field_query.h
//
// Field paths for `cfg grep` and `cfg tree`:
//
//     metadata.name
//     spec.template.spec.containers[name=web].image     elements whose name matches the expression
//     metadata.annotations.example\.com/owner           a dot in a key
//     spec.ports.0.port, spec.*.name                    an element by index, all elements
//
// If the path leads into a string, the string is parsed as YAML.
#pragma once

#include "cfg/object.h"
#include "base/pattern.h"

struct query_step {
    enum { STEP_FIELD, STEP_INDEX, STEP_ALL, STEP_MATCH } kind;
    struct slice name;  // of the field; for STEP_MATCH, of the field to match, or empty for the element itself
    size_t index;
    const struct pattern *pattern;  // for STEP_MATCH; NULL: invalid, which matters only if the path leads here
    struct slice defect;            // why the pattern is invalid
};

struct field_query {
    struct query_step *items;
    size_t count, capacity;
};

// The words of a path: `list[a=b]` is two. False: diagnosed.
struct query_words {
    struct slice *items;
    size_t count, capacity;
};
bool query_split(struct cfg *, struct slice path, struct query_words *);

void query_compile(struct cfg *, const struct query_words *, struct field_query *);

// A node that a path leads to, with the texts of the elements that were matched on the way, innermost first.
struct query_result {
    struct tree *node;
    struct slice matches;  // joined by '/'
};

struct query_results {
    struct query_result *items;
    size_t count, capacity;
};

// False: diagnosed (the object doesn't have the structure that the path requires).
bool query_run(struct cfg *, const struct field_query *, struct tree *root, struct query_results *);
