// pipeline/accumulate.h
//
// Builds the resources of a directory, depth first: resources and bases, then generators, components, and finally
// the transformers in their fixed order.
#pragma once

#include "kustomization/kustomization.h"
#include "load/loader.h"
#include "pipeline/build.h"
#include "pipeline/vars.h"
#include "schema/field_spec.h"

// Which schema applies (pipeline/openapi.h).
struct openapi_choice {
    bool chosen;
    bool unreadable;  // the document is broken, which is an error only if something needs it
    struct diagnostic problem;
    struct schema_use *use;  // of the schema that applies now
};

struct read_ahead;
struct resource_ahead;

// The most visits to directories that a build makes.
enum { VISITS_MAX = 1 << 18 };

// What visits to a directory have established about it (known_directory.work).
struct directory_work {
    struct kustomization *kustomization;
    struct diagnostic *diagnostics;  // reported while reading it
    size_t diagnostic_count;
    struct resource_ahead *ahead;  // for each of its entries; NULL: reading has not started
    bool is_visited;               // the first visit has started

    // For src/pipeline/bare_bases.c.
    bool is_built, is_bare, has_other_bases;
    struct field_config *fields;      // that even a bare base passes on
    const struct schema_use *schema;  // that applied
    size_t height;                    // length of the longest chain of bases below it
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
    struct accumulation *innermost;  // of those being built
    enum name_hash name_hash;        // chosen at the root
    struct slice namespace;          // of the directory being built, or of the nearest one above that sets it
    bool examines;                   // after an error: only look for more errors in what is loaded
    struct kustomization *partial;   // of the last directory where accumulate_read failed (kustomization_read)
    bool track_origins;              // the root's buildMetadata is not empty
    struct read_ahead *read_ahead;   // NULL: nothing is read ahead of its turn
    uint32_t visits, walks;          // visits to directories; walks over known directories
    uint32_t fetches_left;           // how many URLs may still be tried after an error
};

// What a kustomization has produced, and what it passes on to the kustomizations that list it.
struct accumulation {
    struct resource_map resources;
    struct field_config *fields;  // NULL: no directory has been finished
    struct variables variables;
    struct accumulation *outer;  // while it is being built: the one that waits for it
};

void accumulation_init(struct accumulation *, struct build *);
// Moves everything out of `from`. False: diagnosed.
bool accumulation_absorb(struct accumulation *into, struct accumulation *from);

// Builds a directory whose kustomization has been read, and adds the result to `into`. A component also changes what
// `into` already holds. False: diagnosed.
bool accumulate_directory(struct accumulate_context *, struct file_loader *, struct accumulation *into);

// Returns the kustomization of a directory, read on the first call only. `asked_for` is where the directory is named.
// NULL: diagnosed.
struct kustomization *accumulate_read(struct accumulate_context *, struct file_loader *, struct position asked_for);

// After accumulate_read has failed: looks for more errors in the fields that could be decoded and in what they name.
// Does nothing if the first error is enough. Always false.
bool accumulate_examine(struct accumulate_context *, struct file_loader *);

// Counts a visit. False: diagnosed (VISITS_MAX is exceeded).
bool accumulate_count(struct accumulate_context *, struct position asked_for);
