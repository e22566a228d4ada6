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
    bool track_origins;              // the root's buildMetadata asks for something
    struct read_ahead *read_ahead;   // NULL: everything is read when its turn comes
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

// Builds the directory of a kustomization that has been read, and adds to `into`. A component acts on what is
// there already. What has been read ahead of its resources may be NULL. False: diagnosed.
bool accumulate_directory(struct accumulate_context *, struct file_loader *, struct kustomization *,
                          struct resource_ahead *, struct accumulation *into);

// Reads the kustomization of a directory. `asked_for` is where the directory is named. NULL: diagnosed.
struct kustomization *accumulate_read(struct accumulate_context *, struct file_loader *, struct position asked_for);
