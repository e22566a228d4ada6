// build/origin.h
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

void origin_annotate(struct resource_context *, struct resource_map *, bool origins, bool transformations);
