// compare/trace.h
//
// Finds out where the values of an object come from. Observes the build and keeps each state of the object that differs
// from the one before. If the caller names the object by a later name, the first build finds it and a second one
// observes it:
//
//     struct trace *trace = trace_new(build, observed);
//     if (trace_find(trace, &options, directory, &pattern))
//         trace_observe(trace);
//     trace_free(trace);
//
// The caller owns both builds. If they share files (repository/session.h), the second one doesn't parse them again. Use
// compare/trace_field.h to find out what each step did to a field.
#pragma once

#include "pipeline/build.h"
#include "pipeline/observer.h"
#include "pipeline/select.h"

enum { TRACE_VALUE_SHOWN = 120 };  // bytes of a value shown on a line

// The object after a step. Positions belong to the sources of `trace->observed`.
struct trace_state {
    struct node *root;                // a copy; NULL: the object was deleted
    const struct node *const *nodes;  // the nodes that were copied, in the order of trace_node_number
};

struct trace_step {
    struct build_event event;  // without `resources`, `made`, and `replaced`
    const char *verb;          // "set", "patch", "images" …
    uint8_t behavior;          // of a generator that replaced the object
    struct slice *chain;       // the directories from the root down to that of the step
    size_t chain_count;
    struct trace_state state;
};

struct trace_steps {
    struct trace_step *items;
    size_t count, capacity;
};

struct trace {
    struct build *build;     // the first one, which has all messages
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
    size_t first;                     // index of the event that created the object
    const struct resource *found;     // in the first build
    const struct resource *resource;  // in the one that was observed
    struct trace_steps steps;         // those that touched the object
    size_t passed;                    // number of steps that saw the object but didn't touch it
};

struct trace *trace_new(struct build *, struct build *observed);
void trace_free(struct trace *);

// Builds the root and finds the object by one of its names, even if it was deleted later. False: diagnosed in
// trace->build.
bool trace_find(struct trace *, const struct build_options *, struct slice directory, const struct select_pattern *);

// Fills `steps`, building again if necessary. If the build fails, the trace ends there.
void trace_observe(struct trace *);

// Replaces both if only the finished object is needed, which becomes the only state of the only step.
bool trace_find_result(struct trace *, const struct build_options *, struct slice directory,
                       const struct select_pattern *);

// The object after its last step; NULL: it was deleted.
const struct node *trace_result(const struct trace *);

// The index of a node in its tree, from 0, in top-down order. SIZE_MAX: not in the tree.
size_t trace_node_number(const struct node *root, const struct node *);
