// pipeline/openapi.h
//
// The field `openapi` of kustomizations. It chooses the schema that says how lists merge and which kinds are
// cluster-scoped.
//
//     openapi:
//       path: schema.json
//
// A build has one schema: the one that the root names, or else the one that the first directory names. It applies from
// then on, in the directories above as well.
#pragma once

#include "pipeline/accumulate.h"

// Must be called before anything is loaded.
void openapi_start(struct accumulate_context *);

// Must be called when a directory is entered. False: diagnosed.
bool openapi_enter(struct accumulate_context *, struct file_loader *, const struct kustomization *);

// Must be called after everything has been accumulated. False: diagnosed (the document is unreadable but was needed).
bool openapi_check(struct accumulate_context *);
