// compare/trace.h
//
// Where the values of one object come from. The build is observed, and each state of the object is kept that differs
// from the one before. An object that is asked for by a name that it got later is found by the first build and observed
// in a second one:
//
//     struct trace *trace = trace_new(build, observed);
//     if (trace_find(trace, &options, directory, &pattern))
//         trace_observe(trace);
//     trace_free(trace);
//
// Both builds are the caller's. Where they share files (repository/session.h), the second one parses nothing again.
// What a step did to a field is asked afterwards (compare/trace_field.h).
#pragma once

#include "pipeline/build.h"
#include "pipeline/observer.h"
#include "pipeline/select.h"

enum { TRACE_VALUE_SHOWN = 120 };  // bytes of a value in a line of text

// The object after a step. Positions belong to the sources of `trace->observed`.
struct trace_state {
    struct node *root;                // a copy; NULL: the object was deleted
    const struct node *const *nodes;  // the nodes that were copied, in the order of trace_node_number
};

struct trace_step {
    struct build_event event;  // without `resources`, `made` and `replaced`
    const char *verb;          // "set", "patch", "images" …
    uint8_t behavior;          // of a generator that took the place of the object
    struct slice *chain;       // the directories from the root down to the one of the step
    size_t chain_count;
    struct trace_state state;
};

struct trace_steps {
    struct trace_step *items;
    size_t count, capacity;
};

struct trace {
    struct build *build;     // the first, which has all messages
    struct build *observed;  // the one that was observed
    struct arena *arena;     // of the build that runs
    struct build_options options;
    struct slice directory;
    bool built;    // the root builds
    bool watched;  // the first build has filled `steps`
    struct {
        const struct resource **made, **replaced;
        size_t count, capacity;
    } births;
    size_t first;                     // the number of the birth with which the object began
    const struct resource *found;     // in the first build
    const struct resource *resource;  // in the one that was observed
    struct trace_steps steps;         // those that touched the object
    size_t passed;                    // steps that saw the object and did not touch it
};

struct trace *trace_new(struct build *, struct build *observed);
void trace_free(struct trace *);

// Builds the root and finds the object by one of its names, also one that was deleted. False: diagnosed in
// trace->build.
bool trace_find(struct trace *, const struct build_options *, struct slice directory, const struct select_pattern *);

// Fills `steps`, if need be by building it again. A build that fails ends the trail.
void trace_observe(struct trace *);

// In place of both, for who wants only the finished object: it is the one state of the one step.
bool trace_find_result(struct trace *, const struct build_options *, struct slice directory,
                       const struct select_pattern *);

// The object after its last step; NULL: it was deleted.
const struct node *trace_result(const struct trace *);

// The number of a node in its tree, from 0, from the top down. SIZE_MAX: it is not in the tree.
size_t trace_node_number(const struct node *root, const struct node *);
