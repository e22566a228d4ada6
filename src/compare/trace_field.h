// compare/trace_field.h
//
// The history of one field of an object, step by step:
//
//     spec.template.spec.containers[main].image      an element by its merge key
//     spec.ports[80/TCP].nodePort                    by two of them
//     spec.template.spec.containers[0].image         by its index in the finished object
//     metadata.labels.app\.kubernetes\.io/name       a key with dots
//     /spec/replicas                                 a JSON pointer
//     data.config\.json.!json.server.port            a value inside of a string: !json or !yaml
//
// An element of a list is followed by the merge keys that the schema knows, else by `name` where each element has one
// of its own, else as the same node, and by its place where a step has written the whole list anew.
#pragma once

#include "compare/trace.h"
#include "compare/trace_element.h"

struct trace_field {
    struct trace_element *items;
    size_t count, capacity;
    const char *marker;  // "!json" or "!yaml", as it is written
    size_t inside;       // so many elements lead to the text that the others look into; `count`: none do
};

// A value in one state of the object.
struct trace_value {
    const struct node *node;  // NULL: it is not there
    struct position position;
    size_t place;  // in the innermost list on the way; SIZE_MAX: there is none
};

enum trace_change_kind { CHANGE_CREATED, CHANGE_VALUE, CHANGE_NONE, CHANGE_MOVED, CHANGE_DELETED };

struct trace_change {
    const struct trace_step *step;
    enum trace_change_kind kind;
    struct slice path;  // as the finished object would have it
    struct trace_value before, after;
};

struct trace_changes {
    struct trace_change *items;
    size_t count, capacity;
};

// False: `*problem` says what is wrong with the text.
bool trace_field_parse(struct arena *, struct slice text, struct trace_field *, struct slice *problem);

// The steps that set, changed, moved or deleted the field. False: no state has it, which is diagnosed in trace->build
// with the nearest field there is.
bool trace_field_changes(struct trace *, struct trace_field *, struct slice text, struct trace_changes *);

// All that a step did to the object. The first step has one change: the object itself.
void trace_step_changes(struct trace *, size_t step, struct trace_changes *);

// Calls `visit` for each scalar of the object, in this state of it or a copy, with its path. `field`: for those of this
// field alone; NULL: for all. False: the object has no such field, which is diagnosed.
bool trace_leaves(struct trace *, const struct node *root, struct trace_field *field, struct slice text,
                  void (*visit)(void *state, struct slice path, const struct node *), void *state);
