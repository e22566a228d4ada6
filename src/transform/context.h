// transform/context.h
//
// What every step that changes objects is given. It sees the objects, its own settings, and what is in here: no
// commands, no other step, and only those files that its configuration names.
#pragma once

#include "base/diagnostics.h"
#include "load/file_loader.h"
#include "resource/name_hash.h"
#include "resource/resource_map.h"
#include "schema/field_spec.h"
#include "schema/schema.h"
#include "yaml/read.h"

struct match_observer;
struct workers;

// One entry of a step that has several was applied.
struct entry_done {
    struct position position;
    struct slice detail;     // where its value comes from, in words
    struct position source;  // and the place of that value; line 0: none
};

struct entry_observer {
    void (*tell)(void *state, const struct entry_done *);
    void *state;
};

struct transform_context {
    struct resource_context *resources;  // arena, names, diagnostics, schema
    struct arena *arena;                 // what is made here lives until the build ends
    struct name_table *names;
    struct name_cache *name_cache;  // for yaml_read
    struct diagnostics *diagnostics;
    struct field_config *fields;  // field specs: defaults and configurations
    struct file_loader *files;
    enum name_hash name_hash;              // for who hashes names before the end of the build
    struct workers *workers;               // other threads (transform/parallel_for.h); NULL: none
    const struct entry_observer *entries;  // told of what each entry did, by who knows it; NULL: nobody asks
    const struct match_observer *matches;  // told of what the configuration fitted (transform/matches.h); NULL: nobody
};

// For who reads texts with it.
static inline struct read_context transform_read_context(const struct transform_context *context)
{
    return (struct read_context){context->arena, context->name_cache, context->diagnostics};
}
