// pipeline/kust_target.h
//
// One kustomization while it is being built, and the stages of building it. Only for src/pipeline.
#pragma once

#include "pipeline/accumulate.h"

struct kust_target {
    struct accumulate_context *shared;
    struct build *build;
    struct file_loader *files;
    struct kustomization *kustomization;
    struct resource_ahead *ahead;  // for each entry of `resources`, what has been read ahead; may be NULL
    struct accumulation *into;
    uint32_t *serials;      // for each entry of `resources`, the serial that its first resource gets
    uint32_t latest_entry;  // index of the last entry that an observer was told about
};

// --- resources.c

// Appends the objects of the entry of `resources` at `index`. False: diagnosed.
bool kust_target_load_entry(struct kust_target *, size_t index);

// Appends the objects of a file, or of a directory with a kustomization. Also loads configuration objects from other
// fields. `noun` is what messages call the entry: "resource". False: diagnosed.
bool kust_target_load_resource(struct kust_target *, const char *noun, struct text path, struct accumulation *into);

// Appends the objects of a file that has been read. False: diagnosed.
bool kust_target_add_objects(struct kust_target *, const struct source *, struct slice path, struct resource_map *into);

// Applies a component to what has been accumulated so far. False: diagnosed.
bool kust_target_load_component(struct kust_target *, struct text path);

// Reports errors in a component without applying it.
void kust_target_examine_component(struct kust_target *, struct text path);

// True for a path that is fetched by Git or over HTTP.
bool kust_target_is_remote(struct kust_target *, struct slice path);

// --- twin.c

// Explains the newest error, about a resource that the entry of `resources` at `index` adds a second time. Errors since
// the mark belong to this entry.
void kust_target_explain_twin(struct kust_target *, size_t index, size_t mark);

// --- bare_bases.c

// If the base is known to be empty, adds the field specs that it passes on and returns true: it needs no new build.
bool kust_target_reuse_bare(struct kust_target *, struct file_loader *base, struct accumulation *below);

// Must be called for each base that has been built or reused.
void kust_target_note_base(struct kust_target *, const struct file_loader *base, const struct accumulation *below);

// --- field_specs.c

// Reads `configurations` and `crds` and adds them to the field specs of the accumulation. False: diagnosed.
bool kust_target_read_field_specs(struct kust_target *);

// --- steps.c

bool kust_target_run_generators(struct kust_target *);
bool kust_target_run_transformers(struct kust_target *);
bool kust_target_run_validators(struct kust_target *);

// After an error, report what else is wrong in the kustomization and the files that it names. Its resources are
// incomplete by then, so nothing is checked against them. No program runs. Both always return false, and do nothing if
// the first error is enough (diagnostics_may_continue).
bool kust_target_examine(struct kust_target *);
bool kust_target_examine_transformers(struct kust_target *);
