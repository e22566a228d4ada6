// build/accumulate.h
//
// From a directory to its finished resources, depth first: resources and bases, generators, components,
// then the transformers in their fixed order.
#pragma once

#include "build/build.h"
#include "kustomization/kustomization.h"
#include "load/loader.h"
#include "schema/field_spec.h"

// What the directories of one build share.
struct accumulate_context {
    struct build *build;
    struct loader *loader;
    struct plugin_fields plugin_fields;
    struct field_config *fields;  // the defaults
};

// Reads the directory's kustomization and appends its resources to `into`. A component acts on what is
// there already. `*kustomization` is the decoded file. False: diagnosed.
bool accumulate_directory(struct accumulate_context *, struct file_loader *, struct kustomization *,
                          struct resource_map *into);

// Reads the kustomization of a directory. `asked_for` is where the directory is named. NULL: diagnosed.
struct kustomization *accumulate_read(struct accumulate_context *, struct file_loader *, struct position asked_for);
