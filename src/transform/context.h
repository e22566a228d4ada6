// transform/context.h
//
// The context of every step that changes objects. A step sees the objects, its own settings, and this context, but no
// commands and no other steps. It reads only files that its configuration names.
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

// Reported after one entry of a step with several entries has been applied.
struct entry_done {
    struct position position;
    struct slice detail;     // a description of where its value comes from
    struct position source;  // of that value; line 0: it has none
};

struct entry_observer {
    void (*notify)(void *state, const struct entry_done *);
    void *state;
};

struct transform_context {
    struct resource_context *resources;  // arena, names, diagnostics, schema
    struct arena *arena;                 // its memory lives until the build ends
    struct name_table *names;
    struct name_cache *name_cache;  // for reading YAML
    struct diagnostics *diagnostics;
    struct field_config *fields;  // field specs: the defaults and those of configurations
    struct file_loader *files;
    enum name_hash name_hash;              // for hashing names before the end of the build
    struct workers *workers;               // other threads (transform/parallel_for.h); may be NULL
    const struct entry_observer *entries;  // steps that can report single entries tell it about each; may be NULL
    const struct match_observer *matches;  // told what the configuration matched (transform/matches.h); may be NULL
};

// The context for reading YAML.
static inline struct read_context transform_read_context(const struct transform_context *context)
{
    return (struct read_context){context->arena, context->name_cache, context->diagnostics};
}
