// pipeline/kust_target.h
//
// One kustomization while it is being built, and the stages of building it. For src/pipeline alone.
#pragma once

#include "pipeline/accumulate.h"

struct kust_target {
    struct accumulate_context *shared;
    struct build *build;
    struct file_loader *files;
    struct kustomization *kustomization;
    struct resource_ahead *ahead;  // what has been read ahead of each entry of `resources`; may be NULL
    struct accumulation *into;
    uint32_t latest_entry;  // that an observer was told of, in the list of its field
};

// --- resources.c

// Appends the objects of an entry of `resources`, by its number. False: diagnosed.
bool kust_target_load_entry(struct kust_target *, size_t index);

// Appends the objects of one entry of `resources`: a file, a directory with a kustomization. The entry need not
// stand in `resources`: configuration objects are loaded in the same way. False: diagnosed.
bool kust_target_load_resource(struct kust_target *, struct text path, struct accumulation *into);

// Objects of one file that has been read. False: diagnosed.
bool kust_target_add_objects(struct kust_target *, const struct source *, struct slice path, struct resource_map *into);

// Lets a component act on what the kustomization has.
bool kust_target_load_component(struct kust_target *, struct text path);

// Looks for errors in a component, on its own.
void kust_target_examine_component(struct kust_target *, struct text path);

// True for what is fetched by Git or over HTTP.
bool kust_target_is_remote(struct kust_target *, struct slice path);

// --- bare_bases.c

// A base that is known to be empty counts as built, with the field specs that flow from it.
bool kust_target_reuse_bare(struct kust_target *, struct file_loader *base, struct accumulation *below);

// To be called for each base that has been built or reused.
void kust_target_note_base(struct kust_target *, const struct file_loader *base, const struct accumulation *below);

// --- field_specs.c

// Reads `configurations` and `crds` and adds them to the field specs of the accumulation. False: diagnosed.
bool kust_target_read_field_specs(struct kust_target *);

// --- steps.c

bool kust_target_run_generators(struct kust_target *);
bool kust_target_run_transformers(struct kust_target *);
bool kust_target_run_validators(struct kust_target *);

// After an error: whatever else is wrong in the kustomization and the files that it names, without regard to its
// resources, which are not all there. No program runs. Both return false, and do nothing where the first error is
// enough (diagnostics_go_on).
bool kust_target_examine(struct kust_target *);
bool kust_target_examine_transformers(struct kust_target *);
