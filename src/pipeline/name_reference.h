// pipeline/name_reference.h
//
// Updates references to resources that have been renamed: the volume of a ConfigMap whose name got a hash, or the
// RoleBinding of a ServiceAccount whose name got a prefix.
#pragma once

#include "resource/resource_map.h"
#include "schema/field_spec.h"

// Runs once, at the root of a build, after hashes have been added to names. `matches` may be NULL. False: diagnosed (an
// ambiguous reference, or a field of the wrong type).
struct match_observer;
bool name_reference_apply(struct resource_context *, struct resource_map *, const struct name_references *,
                          const struct match_observer *);
