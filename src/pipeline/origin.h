// pipeline/origin.h
//
// Where objects come from and which steps they went through, for buildMetadata: the annotations
// config.kubernetes.io/origin and alpha.config.kubernetes.io/transformations.
#pragma once

#include "load/loader.h"
#include "resource/resource_map.h"

const struct origin *origin_of_file(struct file_loader *, struct slice path);
// A builtin step that a file of this directory configures.
const struct origin *origin_of_configuration(struct file_loader *, struct slice file, const char *kind);

// The texts of the two annotations; empty when nothing is known.
struct slice origin_text(struct arena *, const struct resource *);
struct slice origin_transformations_text(struct arena *, const struct resource *);

// Says where an object comes from (NULL: nothing to say), also in its annotations while it is being built, as kustomize
// does: a patch that takes them all away takes this too. False: diagnosed (annotations that are no map).
bool origin_add(struct resource_context *, struct resource *, const struct origin *);
// The same, and all other annotations become texts.
bool origin_set(struct resource_context *, struct resource *, const struct origin *);

// After a step: every object that is there remembers it, changed or not. One that has lost its origin comes from this
// step from now on.
bool origin_remember_step(struct resource_context *, struct resource_map *, const struct origin *step);

void origin_annotate(struct resource_context *, struct resource_map *, bool origins, bool transformations);
