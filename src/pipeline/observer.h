// pipeline/observer.h
//
// Notifies an observer of each step of a build. The observer may look at the objects but must not change them. Without
// an observer, each step costs one branch.
#pragma once

#include "load/loader.h"
#include "resource/resource_map.h"

enum build_event_kind {
    EVENT_READ,       // `made` was read from a file
    EVENT_GENERATED,  // `made` came from a generator, and replaced `replaced` unless that is NULL
    EVENT_STEP,       // objects were changed
    EVENT_DIRECTORY,  // the kustomization of `directory` is about to be built; only for observers with `matches`
};

struct build_event {
    enum build_event_kind kind;
    struct build *build;
    const char *field;           // of the kustomization; NULL: the step is an object, or a final step at the root
    size_t index;                // of the entry in that field; SIZE_MAX: the field as a whole
    const char *transformer;     // what kustomize calls the kind of the step, as in "PatchTransformer"; may be NULL
    const char *finish;          // a final step at the root, such as "name_hash"; NULL: any other step
    struct slice program;        // the object that configures a program; empty: the step is built in
    struct position ordered_by;  // the entry, field value, or object that asks for the step; line 0: none
    struct slice detail;         // a description of where an entry's value comes from; may be empty
    struct position source;      // of that value; line 0: it has none
    const struct file_loader *directory;  // of the kustomization; NULL: the step is a final one
    const struct resource_map *resources;
    const struct resource *made, *replaced;
    uint8_t behavior;  // of the generator, if it replaced something
};

struct match_observer;

struct build_observer {
    void (*notify)(void *state, const struct build_event *);
    void *state;
    const struct match_observer *matches;  // transform/matches.h; NULL: matches are not counted
};
