#include "resource/gvk_table.h"

static uint64_t hash_gvk(const struct gvk *gvk)
{
    return hash_combine(gvk->kind->hash, hash_combine(gvk->group->hash, gvk->version->hash));
}

void *gvk_table_get(const struct gvk_table *table, const struct gvk *gvk)
{
    uint32_t number;
    for (struct hash_cursor at = hash_index_find(&table->by_gvk, hash_gvk(gvk)); hash_cursor_next(&at, &number);)
        if (gvk_equal(table->items[number].gvk, *gvk))
            return table->items[number].value;
    return NULL;
}

void gvk_table_add(struct arena *arena, struct gvk_table *table, const struct gvk *gvk, void *value)
{
    struct gvk_value item = {*gvk, value};
    hash_index_add(arena, &table->by_gvk, hash_gvk(gvk), (uint32_t)table->count);
    list_append(arena, table, item);
}
