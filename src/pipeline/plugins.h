// pipeline/plugins.h
//
// The fields of a kustomization that belong to generators and transformers.
#pragma once

#include "kustomization/kustomization.h"

// The shape of a whole kustomization, including what the build does not decode. For code that edits or prints one.
struct decode_type plugins_kustomization_shape(struct arena *);

// The names and shapes of all fields in the registries.
struct plugin_fields plugins_fields(struct arena *);
