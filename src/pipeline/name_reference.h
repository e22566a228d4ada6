// pipeline/name_reference.h
//
// Lets references follow the renaming of what they refer to: volumes the ConfigMap that got a hash,
// a RoleBinding the ServiceAccount that got a prefix.
#pragma once

#include "resource/resource_map.h"
#include "schema/field_spec.h"

// Once, at the root of a build, after the hashes. False: diagnosed (an ambiguous reference, a field of
// the wrong kind).
// `matches` may be NULL.
struct match_observer;
bool name_reference_apply(struct resource_context *, struct resource_map *, const struct name_references *,
                          const struct match_observer *);
