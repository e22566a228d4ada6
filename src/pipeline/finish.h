// pipeline/finish.h
//
// What happens once, at the root, when all resources are accumulated: hashes, references, objects that
// are only for the build dropped, the final order, annotations cleaned.
#pragma once

#include "pipeline/accumulate.h"

// False: diagnosed.
bool finish(struct accumulate_context *, const struct kustomization *root, const struct variables *);
