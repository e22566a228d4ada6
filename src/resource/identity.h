// resource/identity.h
//
// Explains what is wrong with a resource's kind, metadata, or name, and what to write instead. Internal to resource.
#pragma once

#include "resource/resource.h"

// The text of a scalar that isn't null; otherwise empty.
static inline struct slice scalar_text(const struct node *node)
{
    return node_is_scalar(node) && !node_is_typed_null(node) ? node_text(node) : (struct slice){0};
}

// Diagnoses a missing or wrong kind or name. Always returns false.
bool identity_diagnose(struct resource_context *, const struct node *root);
// Warns if a resource without an apiVersion has a key that is nearly that: it builds, but no API server accepts it.
void identity_warn_of_version(struct resource_context *, const struct node *root);
// Diagnoses a document that isn't a resource; `root` may be NULL.
void identity_refuse_other(struct resource_context *, const struct node *root);
