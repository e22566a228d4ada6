// pipeline/plugins.h
//
// The fields of kustomization.yaml that belong to generators and transformers.
#pragma once

#include "kustomization/kustomization.h"

// The shape of a whole kustomization, also of what the build keeps as it was written: for who changes or prints one.
struct decode_type plugins_kustomization_shape(struct arena *);

// Names and shapes of all fields in the registries.
struct plugin_fields plugins_fields(struct arena *);
