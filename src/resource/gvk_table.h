// resource/gvk_table.h
//
// What is worked out once for each group, version, and kind, and then found for every object of them.
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

// NULL: nothing was added for them.
void *gvk_table_get(const struct gvk_table *, const struct gvk *);
// Not to be called twice for the same. The value stays where it is.
void gvk_table_add(struct arena *, struct gvk_table *, const struct gvk *, void *value);
