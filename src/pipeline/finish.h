// pipeline/finish.h
//
// What happens once, at the root, when all resources are accumulated. The list is the order. To add a step: its line
// here, and `finish_NAME` in finish.c, which says what it does.
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
