// resource/gvk_table.h
//
// Values that are computed once for each group, version, and kind, and shared by all of its resources.
#pragma once

#include "base/hash_index.h"
#include "resource/resource.h"

struct gvk_value {
    struct gvk gvk;
    void *value;
};

// A zeroed struct is an empty table.
struct gvk_table {
    struct gvk_value *items;
    size_t count, capacity;
    struct hash_index by_gvk;
};

// NULL: nothing was added for this group, version, and kind.
void *gvk_table_get(const struct gvk_table *, const struct gvk *);
// Call this only once for each. The table keeps the pointer.
void gvk_table_add(struct arena *, struct gvk_table *, const struct gvk *, void *value);
