// pipeline/observer.h
//
// Tells somebody of each step of a build: he then looks at the objects, and must not change them. A build without an
// observer pays one branch a step.
#pragma once

#include "load/loader.h"
#include "resource/resource_map.h"

enum build_event_kind {
    EVENT_READ,       // `made` was read from a file
    EVENT_GENERATED,  // `made` came from a generator, and took the place of `replaced` unless that is NULL
    EVENT_STEP,       // objects were changed
    EVENT_DIRECTORY,  // the kustomization of `directory` is going to be built; for who has `matches`
};

struct build_event {
    enum build_event_kind kind;
    struct build *build;             // that runs
    const char *field;               // of the kustomization; NULL: the step is an object, or one of the root's
    size_t index;                    // of the entry in that field; SIZE_MAX: the field as a whole
    const char *transformer;         // the kind that kustomize gives the step: "PatchTransformer"; NULL: none
    const char *finish;              // a step that the root takes at the end: "name_hash"; NULL: another
    struct slice program;            // the object that configures a program; empty: kiln's own step
    struct position ordered_by;      // the entry, the value of the field or the object; line 0: nobody asked for it
    struct slice detail;             // where an entry gets its value, in words; empty: nothing to say
    struct position source;          // where that value is; line 0: nowhere
    const struct file_loader *directory;  // of the kustomization; NULL: the end of the build
    const struct resource_map *resources;
    const struct resource *made, *replaced;
    uint8_t behavior;  // of the generator, where it replaced something
};

struct match_observer;

struct build_observer {
    void (*tell)(void *state, const struct build_event *);
    void *state;
    const struct match_observer *matches;  // transform/matches.h; NULL: nothing is counted
};
