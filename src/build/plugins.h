// build/plugins.h
//
// The fields of kustomization.yaml that belong to generators and transformers.
#pragma once

#include "kustomization/kustomization.h"

// Names and shapes of all fields in the registries.
struct plugin_fields plugins_fields(struct arena *);
