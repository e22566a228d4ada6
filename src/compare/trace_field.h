// compare/trace_field.h
//
// The history of one field of an object, step by step:
//
//     spec.template.spec.containers[main].image      an element by its merge key
//     spec.ports[80/TCP].nodePort                    by two of them
//     spec.template.spec.containers[0].image         by its index in the finished object
//     metadata.labels.app\.kubernetes\.io/name       a key with dots
//     /spec/replicas                                 a JSON pointer
//     data.config\.json.!json.server.port            a value inside a string: !json or !yaml
//
// An element of a list is followed by the merge keys in the schema; otherwise by `name`, if each element has a unique
// one; otherwise as the same node; and by its index if a step has replaced the whole list.
#pragma once

#include "compare/trace.h"
#include "compare/trace_element.h"

struct trace_field {
    struct trace_element *items;
    size_t count, capacity;
    const char *marker;  // "!json" or "!yaml", as written
    size_t inside;  // number of elements that lead to the string; the others lead into it. `count`: there is no string
};

// A value in one state of the object.
struct trace_value {
    const struct node *node;  // NULL: absent
    struct position position;
    size_t place;  // the index in the innermost list on the path; SIZE_MAX: none
};

enum trace_change_kind { CHANGE_CREATED, CHANGE_VALUE, CHANGE_NONE, CHANGE_MOVED, CHANGE_DELETED };

struct trace_change {
    const struct trace_step *step;
    enum trace_change_kind kind;
    struct slice path;  // as in the finished object
    struct trace_value before, after;
};

struct trace_changes {
    struct trace_change *items;
    size_t count, capacity;
};

// False: `*problem` says what is wrong with the path.
bool trace_field_parse(struct arena *, struct slice text, struct trace_field *, struct slice *problem);

// The steps that set, changed, moved, or deleted the field. False: no state has it; diagnosed in trace->build, with the
// most similar field.
bool trace_field_changes(struct trace *, struct trace_field *, struct slice text, struct trace_changes *);

// Everything that a step did to the object. The first step has one change: the object itself.
void trace_step_changes(struct trace *, size_t step, struct trace_changes *);

// Calls `visit` with each scalar of the object and its path, in this state or a copy of it. `field` limits this to one
// field; NULL: all. False: the object has no such field; diagnosed.
bool trace_leaves(struct trace *, const struct node *root, struct trace_field *field, struct slice text,
                  void (*visit)(void *state, struct slice path, const struct node *), void *state);
