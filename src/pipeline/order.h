// pipeline/order.h
//
// The order of the stream: by kind, then by group, version, kind, then by namespace and name ("legacy"),
// or as accumulated ("fifo").
#pragma once

#include "resource/resource_map.h"

struct order_lists {
    const struct slice *first, *last;  // kinds; NULL: the default lists
    size_t first_count, last_count;
};

// Sorts in the legacy order. `lists` NULL: the default ones.
void order_legacy(struct resource_map *, const struct order_lists *);
