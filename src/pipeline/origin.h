// pipeline/origin.h
//
// Where objects come from and which steps changed them. For buildMetadata: the annotations config.kubernetes.io/origin
// and alpha.config.kubernetes.io/transformations.
#pragma once

#include "load/loader.h"
#include "resource/resource_map.h"

const struct origin *origin_of_file(struct file_loader *, struct slice path);
// The origin for a built-in step that is configured in a file of this directory.
const struct origin *origin_of_configuration(struct file_loader *, struct slice file, const char *kind);

// The values of the two annotations; empty if nothing is known.
struct slice origin_text(struct arena *, const struct resource *);
struct slice origin_transformations_text(struct arena *, const struct resource *);

// Sets the origin of an object (may be NULL) and adds the annotation at once, as kustomize does: a patch that removes
// all annotations removes this one, too. False: diagnosed (the annotations are not a map).
bool origin_add(struct resource_context *, struct resource *, const struct origin *);
// The same, and turns the values of all other annotations into strings.
bool origin_set(struct resource_context *, struct resource *, const struct origin *);

// Records a step in every object, changed or not. An object without an origin (because a patch removed it) gets this
// step as its origin. False: diagnosed.
bool origin_remember_step(struct resource_context *, struct resource_map *, const struct origin *step);

void origin_annotate(struct resource_context *, struct resource_map *, bool origins, bool transformations);
