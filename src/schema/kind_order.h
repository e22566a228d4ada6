// schema/kind_order.h
//
// The order in which resources should be applied: what others depend on comes first, and admission webhooks come last.
#pragma once

#include "base/name.h"

// Negative for kinds that come first, positive for kinds that come last, and 0 for the others.
int kind_rank(struct slice kind);

// The order of kinds with the same rank: by the string `group_version_kind`, with `~G`, `~V`, and `~K` for empty parts.
// Returns a result like memcmp.
struct kind_key {
    const struct name *group, *version, *kind;
};
int kind_compare(struct kind_key, struct kind_key);
