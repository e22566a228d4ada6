// pipeline/order.h
//
// The order of the stream. "legacy" sorts by rank of the kind, then by group, version, and kind, then by namespace and
// name. "fifo" keeps the order of accumulation.
#pragma once

#include "resource/resource_map.h"

struct order_lists {
    const struct slice *first, *last;  // kinds; NULL: the default lists
    size_t first_count, last_count;
};

// Sorts in the legacy order, with the default lists if `lists` is NULL.
void order_legacy(struct resource_map *, const struct order_lists *);
