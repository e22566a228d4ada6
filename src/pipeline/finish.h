// pipeline/finish.h
//
// The final steps, which run once, at the root, after all resources have been accumulated. They run in the order of
// this list. To add a step, add a line here and `finish_NAME` in finish.c, with a comment that says what it does.
#pragma once

#include "pipeline/accumulate.h"

#define FINISH_STEPS(STEP)                                                                                             \
    STEP(name_hash)                                                                                                    \
    STEP(name_references)                                                                                              \
    STEP(vars)                                                                                                         \
    STEP(local_config)                                                                                                 \
    STEP(unique)                                                                                                       \
    STEP(order)                                                                                                        \
    STEP(managed_by_label)                                                                                             \
    STEP(settle)                                                                                                       \
    STEP(origins)

// False: diagnosed.
bool finish(struct accumulate_context *, const struct kustomization *root, const struct variables *);
