// transform/resource_typo.h
//
// Whether a resource, rather than what refers to it, is misspelled: Kubernetes knows the kind or field that was asked
// for, but not the similar one that the resource has. Only errors should pay for this.
#pragma once

#include "doc/path_misfit.h"
#include "resource/resource.h"

// A hint to correct the kind of the resource; empty: it isn't misspelled.
struct slice resource_typo_kind_hint(struct resource_context *, const struct resource *, struct slice kind);

// For a path that leads nowhere in the resource: a hint to correct a field of the resource; empty: none is misspelled.
struct slice resource_typo_field_hint(struct resource_context *, const struct node *root, const struct path_parts *,
                                      const struct path_misfit *);

// Lets the API of the resource's kind judge which keys may be meant by parts of the path.
void resource_judge_path(struct resource_context *, const struct node *root, struct path_parts *);

// True if the kind is known, and no release of Kubernetes has the field that this part names.
bool resource_refuses_key(const struct node *root, const struct path_parts *, size_t part);

// True if the kind's API doesn't allow what would have to be created at the path, starting at its part number `first`.
// If it is 0, the resource is disregarded. `*near` gets the path with similar fields, which the API allows; empty:
// there are none.
bool resource_refuses_path(struct resource_context *, const struct node *root, const struct path_parts *, size_t first,
                           struct slice *near);

// The hint of resource_typo_field_hint or, if no field is misspelled, a hint to correct the path, or a list of what
// exists there; empty: neither is known.
struct slice resource_path_hint(struct resource_context *, const struct node *root, const struct path_parts *,
                                const struct path_misfit *);
