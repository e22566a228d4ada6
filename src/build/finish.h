// build/finish.h
//
// What happens once, at the root, when all resources are accumulated: hashes, references, objects that
// are only for the build dropped, the final order, annotations cleaned.
#pragma once

#include "build/accumulate.h"

// Which text the hashes are taken of: the caller's choice, the annotation of the root kustomization, the caller's
// default. False: diagnosed.
bool finish_choose_name_hash(struct build *, const struct kustomization *root, enum name_hash *);
// Which release of kustomize the build follows, chosen alike: build->diagnostics.release. False: diagnosed.
bool finish_choose_release(struct build *, const struct kustomization *root);

// False: diagnosed.
bool finish(struct accumulate_context *, const struct kustomization *root, const struct variables *);
