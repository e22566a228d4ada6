// compare/mask.h
//
// Takes out of a difference what must not be shown, so that no format can show it: values of Secrets, values whose name
// speaks of a password, texts that stand in a Secret of the sources, logins in URLs, and what the user has masked.
#pragma once

#include "compare/comparison.h"

#define MASK_LAST_APPLIED "kubectl.kubernetes.io/last-applied-configuration"

// True for a top-level field of a Secret whose values are not shown.
bool mask_is_secret_field(struct slice key);
// True for a value that is hidden where its name speaks of a password: a string.
bool mask_hides(const struct node *);
bool mask_is_secret_object(const struct resource *);

// Replaces the nodes of the changes.
void mask_difference(const struct comparison *, struct object_difference *);
// To be called first: makes the values of a side's Secrets known, so that they are found in other texts, too.
void mask_learn(const struct side *);
