// pipeline/level.h
//
// One kustomization while it is being built, and the stages of building it. For src/pipeline alone.
#pragma once

#include "pipeline/accumulate.h"

struct level {
    struct accumulate_context *shared;
    struct build *build;
    struct file_loader *files;
    struct kustomization *kustomization;
    struct resource_ahead *ahead;  // what has been read ahead of each entry of `resources`; may be NULL
    struct accumulation *into;
};

struct read_context level_read_context(struct build *);

// --- resources.c

// Appends the objects of an entry of `resources`, by its number. False: diagnosed.
bool level_load_entry(struct level *, size_t index);

// Appends the objects of one entry of `resources`: a file, a directory with a kustomization. The entry need not
// stand in `resources`: configuration objects are loaded in the same way. False: diagnosed.
bool level_load_resource(struct level *, struct text path, struct accumulation *into);

// Objects of one file that has been read. False: diagnosed.
bool level_add_objects(struct level *, const struct source *, struct slice path, struct resource_map *into);

// Lets a component act on what the level has.
bool level_load_component(struct level *, struct text path);

// --- field_specs.c

// Reads `configurations` and `crds` and adds them to the field specs of the accumulation. False: diagnosed.
bool level_read_field_specs(struct level *);

// --- steps.c

bool level_run_generators(struct level *);
bool level_run_transformers(struct level *);
bool level_run_validators(struct level *);
