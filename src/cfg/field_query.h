// cfg/field_query.h
//
// Paths of fields as `cfg grep` and `cfg tree` take them:
//
//     metadata.name
//     spec.template.spec.containers[name=web].image     elements whose name fits the expression
//     metadata.annotations.example\.com/owner           a dot in a key
//     spec.ports.0.port, spec.*.name                    an element by number, all elements
//
// A text that stands in the middle of a path is read as YAML, and the path goes on in there.
#pragma once

#include "cfg/object.h"
#include "base/pattern.h"

struct query_step {
    enum { STEP_FIELD, STEP_INDEX, STEP_ALL, STEP_MATCH } kind;
    struct slice name;  // of the field; of the field that an element is matched by, empty: the element itself
    size_t index;
    const struct pattern *pattern;  // NULL: `defect` says what is wrong, for when the path leads here
    struct slice defect;
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

// What a path leads to in an object, with the texts by which elements were matched on the way, the innermost first.
struct query_result {
    struct tree *node;
    struct slice matches;  // joined by '/'
};

struct query_results {
    struct query_result *items;
    size_t count, capacity;
};

// False: diagnosed, the object has another form than the path.
bool query_run(struct cfg *, const struct field_query *, struct tree *root, struct query_results *);
