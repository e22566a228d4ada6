// check/pod_references.h
//
// The ConfigMaps, Secrets, and other objects that the Pods of a workload name.
#pragma once

#include "check/judge.h"

// Calls `found` with the kind and the node of each name. Only for built-in workloads.
void for_each_pod_reference(const struct resource *,
                            void (*found)(void *state, const struct name *kind, const struct node *name), void *state);
