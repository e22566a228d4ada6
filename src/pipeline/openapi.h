// pipeline/openapi.h
//
// The field `openapi` of kustomizations: which schema says how lists merge and what is cluster-scoped.
//
//     openapi:
//       path: schema.json
//
// There is one schema for a build: that of the root, else that of the first directory which names one. It counts
// from then on, also in the directories above.
#pragma once

#include "pipeline/accumulate.h"

// Before anything is loaded.
void openapi_start(struct accumulate_context *);

// When a directory is entered. False: diagnosed.
bool openapi_enter(struct accumulate_context *, struct file_loader *, const struct kustomization *);

// When everything is accumulated. False: diagnosed, the document cannot be read and was needed.
bool openapi_check(struct accumulate_context *);
