// pipeline/accumulate.h
//
// From a directory to its finished resources, depth first: resources and bases, generators, components,
// then the transformers in their fixed order.
#pragma once

#include "kustomization/kustomization.h"
#include "load/loader.h"
#include "pipeline/build.h"
#include "pipeline/vars.h"
#include "schema/field_spec.h"

// Which schema counts (pipeline/openapi.h).
struct openapi_choice {
    bool chosen;
    bool unreadable;  // the document is broken, which matters as soon as something needs it
    struct diagnostic problem;
    struct schema_use *use;  // of the schema that counts now
};

struct read_ahead;
struct resource_ahead;

// So many visits of directories are made.
enum { VISITS_MAX = 1 << 18 };

// What is known of a directory from its visits (known_directory.work).
struct directory_work {
    struct kustomization *kustomization;
    struct diagnostic *diagnostics;  // what reading it had to say
    size_t diagnostic_count;
    struct resource_ahead *ahead;  // of its entries; NULL: nothing has been begun
    bool is_visited;               // the first visit has begun

    // For src/pipeline/bare_bases.c.
    bool is_built, is_bare, has_other_bases;
    struct field_config *fields;      // what flows from a bare one all the same
    const struct schema_use *schema;  // that counted
    size_t height;                    // how many directories are below it in a row
    struct {
        struct known_directory **items;
        uint32_t count, capacity;
    } bases;
};

// What the directories of one build share.
struct accumulate_context {
    struct build *build;
    struct loader *loader;
    struct plugin_fields plugin_fields;
    struct field_config *fields;  // the defaults
    struct openapi_choice openapi;
    struct accumulation *innermost;  // of those that are being built
    enum name_hash name_hash;        // chosen at the root
    struct slice namespace;          // of the directory that is being built, or the nearest above that has one
    bool examines;                   // after an error: what is loaded goes nowhere, nothing acts on it
    bool track_origins;              // the root's buildMetadata asks for something
    struct read_ahead *read_ahead;   // NULL: everything is read when its turn comes
    uint32_t visits, walks;          // of directories, over bare bases
};

// What a kustomization has made, and what flows from it to those that name it.
struct accumulation {
    struct resource_map resources;
    struct field_config *fields;  // NULL: no directory has been finished
    struct variables variables;
    struct accumulation *outer;  // while it is being built: the one that waits for it
};

void accumulation_init(struct accumulation *, struct build *);
// All of `from`, which is empty afterwards. False: diagnosed.
bool accumulation_absorb(struct accumulation *into, struct accumulation *from);

// Builds a directory whose kustomization has been read, and adds to `into`. A component acts on what is there already.
// False: diagnosed.
bool accumulate_directory(struct accumulate_context *, struct file_loader *, struct accumulation *into);

// The kustomization of a directory, which is read once. `asked_for` is where the directory is named. NULL: diagnosed.
struct kustomization *accumulate_read(struct accumulate_context *, struct file_loader *, struct position asked_for);

// Counts a visit. False: diagnosed, there are too many.
bool accumulate_count(struct accumulate_context *, struct position asked_for);
