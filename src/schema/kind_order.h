// schema/kind_order.h
//
// The order in which objects are best applied: what others need comes first, admission webhooks come last.
#pragma once

#include "base/name.h"

// Negative for the kinds that come first, in their order; positive for those that come last; else 0.
int kind_rank(struct slice kind);

// The order of kinds of one rank: by the text `group_version_kind`, in which `~G`, `~V` and `~K` stand for empty
// parts. Like memcmp.
struct kind_key {
    const struct name *group, *version, *kind;
};
int kind_compare(struct kind_key, struct kind_key);
