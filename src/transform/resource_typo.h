// transform/resource_typo.h
//
// Whether a resource, rather than what refers to it, is misspelled: Kubernetes knows the kind or field that was asked
// for, but not the similar one that the resource has. Only errors should pay for this.
#pragma once

#include "doc/path_misfit.h"
#include "resource/resource.h"

// A hint to correct the kind of the resource; empty: it isn't misspelled.
struct slice resource_typo_kind_hint(struct resource_context *, const struct resource *, struct slice kind);

// A hint to correct a field of the resource, for a path that leads nowhere in it; empty: none is misspelled.
struct slice resource_typo_field_hint(struct resource_context *, const struct node *root, const struct path_parts *,
                                      const struct path_misfit *);
